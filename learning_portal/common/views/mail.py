"""What people decide about their mail, and what the programme team sees of mail that does not get through."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..actions import stop_kinds, try_again
from ..counts import FEWEST
from ..mail import stopping
from ..mail.kinds import DIGEST, UnknownKind, Words, kind_of
from ..models import Message, User
from ..team import check_team


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One button that stops kinds of mail, without signing in. To look at the page changes nothing: programs that
    search mail for harm open every link.

    Mail programs post to it by themselves (RFC 8058) and know no form token: that of the address is all that it takes.
    """
    found = stopping.read(token)
    if found is None or not _is_there(found[0]):
        raise Http404("No token of ours, or of somebody who left.")
    subscriber, names = found
    if request.method == "POST":
        stop_kinds(subscriber=subscriber, names=names)
    labels = [kind_of(name).label for name in names]
    response = render(request, "common/mail_stop.html", {"labels": labels, "stopped": request.method == "POST"})
    response["X-Robots-Tag"] = "noindex"
    return response


def _is_there(subscriber: stopping.Subscriber) -> bool:
    return subscriber.user_id is None or User.objects.filter(pk=subscriber.user_id).exists()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def failing(request: HttpRequest) -> HttpResponse:
    """For the programme team: how much mail does not get through, by kind, and a button to try it again."""
    check_team(request)
    if request.method == "POST":
        try_again(by=request.user)
        return redirect("common:mail-failing")
    rows = [(_label(kind), _told(trying), _told(failed)) for kind, trying, failed in Message.objects.in_trouble()]
    return render(request, "common/mail_failing.html", {"rows": rows})


def _label(name: str) -> Words:
    if name == DIGEST:
        return _("Weekly mail")
    try:
        return kind_of(name).label
    except UnknownKind:
        return name


def _told(number: int) -> str:
    """A count in words, without those that would tell of one person."""
    if not number:
        return _("none")
    return _("fewer than five") if number < FEWEST else number_format(number)
