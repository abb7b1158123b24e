"""Whoever moderates a story answers what is reported of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning_portal.common.paging import page_of

from ..actions import Refused, moderate
from ..actions import report as verbs
from ..choices import Status
from ..forms import AnswerForm, SentReplyForm
from ..models import Reply, Story, StoryReport
from .moderation import check_moderates

A_PAGE = 30


@never_cache
@require_safe
@login_required
def report_list(request: HttpRequest) -> HttpResponse:
    """What was reported of the stories in one's pool and waits for an answer, the oldest first; replies that wait."""
    check_moderates(request)
    today = timezone.localdate()
    waiting = _reports(request).filter(answered_week=None).select_related("story__published_version")
    page = page_of(waiting, request.GET.get("page"), A_PAGE)
    context = {
        "page": page,
        "reports": [
            (report, verbs.due_on(report.week), verbs.due_on(report.week) < today) for report in page.object_list
        ],
        "replies": _replies(request).select_related("story__published_version", "organisation").order_by("on", "pk"),
    }
    return render(request, "stories/report_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_detail(request: HttpRequest, key: int) -> HttpResponse:
    """One report: hide the story at once, show it again, answer, or put down what an organisation replies."""
    check_moderates(request)
    report = get_object_or_404(_reports(request).select_related("story__published_version"), pk=key)
    wanted = request.POST.get("do", "") if request.method == "POST" else ""
    answer = AnswerForm(request.POST if wanted == "answer" else None)
    reply = SentReplyForm(request.POST if wanted == "reply" else None)
    if wanted and (done := _done(request, report, wanted, answer, reply)):
        messages.success(request, done)
        return redirect("stories:report-list" if wanted == "answer" else "stories:report-detail", *_key(report, wanted))
    context = {
        "report": report,
        "story": report.story,
        "due": verbs.due_on(report.week),
        "hidden": report.story.status == Status.HIDDEN,
        "answer_form": answer,
        "reply_form": reply,
        "form": reply if wanted == "reply" else answer,
    }
    return render(request, "stories/report_detail.html", context, status=422 if request.method == "POST" else 200)


def _key(report: StoryReport, wanted: str) -> list[int]:
    return [] if wanted == "answer" else [report.pk]


def _done(request: HttpRequest, report: StoryReport, wanted: str, answer: AnswerForm, reply: SentReplyForm) -> str:
    """Do what was asked for, and say so; nothing if it could not be done: the form then says why."""
    by, story = request.user, report.story
    form = reply if wanted == "reply" else answer
    try:
        if wanted == "hide":
            moderate.hide(by=by, story=story, reason=str(report.get_reason_display()))
            return _("The story is hidden. Now answer the report.")
        if wanted == "restore":
            moderate.restore(by=by, story=story)
            return _("The story is shown again.")
        if wanted == "answer" and answer.is_valid():
            verbs.close(by=by, report=report, answer=answer.cleaned_data["answer"])
            return _("The report is answered.")
        if wanted == "reply" and reply.is_valid():
            verbs.write_reply(by=by, story=story, **reply.cleaned_data)
            return _("The reply is shown below the story.")
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return ""


@never_cache
@require_POST
@login_required
def reply_decide(request: HttpRequest, key: int) -> HttpResponse:
    """Let a reply that waits stand, or drop it."""
    check_moderates(request)
    reply = get_object_or_404(_replies(request).select_related("story"), pk=key)
    shown = request.POST.get("do") == "show"
    try:
        (verbs.show_reply if shown else verbs.drop_reply)(by=request.user, reply=reply)
        messages.success(request, _("The reply is shown.") if shown else _("The reply is erased."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("stories:report-list")


def _looked_after(request: HttpRequest) -> QuerySet[Story]:
    """Withdrawn and retired stories are their authors' alone: `close_moot_reports` answers what is said of them."""
    shown = (Status.PUBLISHED, Status.HIDDEN)
    return Story.objects.looked_after_by(request.user).filter(status__in=shown)


def _reports(request: HttpRequest) -> QuerySet[StoryReport]:
    return StoryReport.objects.filter(story__in=_looked_after(request))


def _replies(request: HttpRequest) -> QuerySet[Reply]:
    return Reply.objects.filter(story__in=_looked_after(request), shown=False).with_change()
