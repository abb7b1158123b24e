"""Readers report a story, and organisations reply to it."""

from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.limits import Rate
from learning_portal.common.views import errors

from ..actions import Refused
from ..actions import report as verbs
from ..forms import ReplyForm, ReportForm
from ..models import Story

REPORTS_FROM = Rate("reports from", 20, 60 * 60)
"""Forms that one network address sends. A whole office may share one; nothing says which story they were about."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a story, without an account. What one may not read cannot be reported either: a 404 like any other."""
    story = _published(request, pk)
    if request.method == "POST" and (wait := REPORTS_FROM.take(get_ip(request))):
        return errors.too_many(wait)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        verbs.send(
            story=story,
            reason=told["reason"],
            words=told["words"],
            address=told["address"],
            language="cy" if get_language() == "cy" else "en",
            today=timezone.localdate(),
        )
        return redirect("stories:report-sent", pk)
    return _page(request, "stories/report_new.html", {"story": story, "form": form}, 422 if form.errors else 200)


@never_cache
@require_safe
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens with a report next. It says the same to whoever has sent none."""
    return _page(request, "stories/report_sent.html", {"story": _published(request, pk)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply to a named story for the organisation whose it is; a 404 for whoever does not work there."""
    story = _published(request, pk)
    if not verbs.may_reply(request.user, story):
        raise Http404("Not for this reader.")
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _proposed(request, story, form):
        messages.success(request, _("Your reply is with the moderators. It is shown once one of them lets it stand."))
        return redirect(story)
    return _page(request, "stories/reply_new.html", {"story": story, "form": form}, 422 if form.errors else 200)


def _proposed(request: HttpRequest, story: Story, form: ReplyForm) -> bool:
    try:
        verbs.propose_reply(by=request.user, story=story, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _published(request: HttpRequest, pk: int) -> Story:
    return get_object_or_404(Story.objects.visible_to(request.user).published().for_cards(), pk=pk)


def _page(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
