"""The programme team sees who moderates, invites moderators and ends their role; whoever is invited answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.counts import rounded
from learning_portal.common.models import ModeratorInvitation, Role
from learning_portal.common.team import check_team

from ..access import people_of
from ..actions import Refused
from ..actions import people as verbs
from ..choices import Pool
from ..forms import InviteForm
from ..people import gaps, in_words, lost_without, moderating
from ..worklist import number_late

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@READ_OR_SEND
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Each pool, for which readers too few are there, and a form to invite somebody."""
    check_team(request)
    if request.method != "POST":
        return _page(request, InviteForm())
    form = InviteForm(request.POST)
    if request.POST.get("do") == "take_back":
        return _taken_back(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        verbs.invite_moderator(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("address", str(refusal))
        return _page(request, form, status=422)
    messages.success(request, _("They are invited. The mail goes on the next working morning."))
    return redirect("stories:people")


def _taken_back(request: HttpRequest, form: InviteForm) -> HttpResponse:
    address = form.cleaned_data["address"] if form.is_valid() else ""
    try:
        verbs.take_back(by=request.user, address=address)
        messages.success(request, _("The invitation is taken back. The address is erased."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("stories:people")


def _page(request: HttpRequest, form: InviteForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "form": form,
        "found": moderating(today),
        "gaps": in_words(gaps(today)),
        "late": rounded(number_late(today)),
        "invitations": ModeratorInvitation.objects.all(),
    }
    return render(request, "stories/people.html", context, status=status)


@never_cache
@READ_OR_SEND
@login_required
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be missing without this moderator, and the button that ends their role."""
    check_team(request)
    person = get_object_or_404(people_of(Pool.MODERATORS), pk=pk)
    if request.method != "POST":
        others = people_of(Pool.MODERATORS).exclude(pk=pk)
        lost = in_words(lost_without(person, timezone.localdate()))
        context = {"person": person, "lost": lost, "is_last": not others.exists()}
        return render(request, "stories/people_end.html", context)
    try:
        verbs.end_role(by=request.user, person=person)
        messages.success(request, _("Their role has ended."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("stories:people")


@never_cache
@READ_OR_SEND
@login_required
def invited(request: HttpRequest) -> HttpResponse:
    """Whoever is invited to moderate says yes or no. For everybody else nothing is here."""
    if verbs.invitation_of(request.user) is None:
        if request.method != "POST" and request.user.has_role(Role.MODERATOR):
            return redirect("stories:moderation-list")
        raise Http404("Nobody asks this reader.")
    wanted = request.POST.get("do", "")
    try:
        if wanted == "accept":
            verbs.accept(by=request.user)
            messages.success(request, _("Thank you. You are a moderator now."))
            return redirect("stories:moderation-list")
        if wanted == "decline":
            verbs.decline(by=request.user)
            messages.success(request, _("The invitation is erased. Thank you for telling us."))
            return redirect("common:account")
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    return render(request, "stories/moderator_invited.html", status=422 if request.method == "POST" else 200)
