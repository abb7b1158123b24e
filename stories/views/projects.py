"""The programme team brings its list of projects, and their leads answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.counts import FEWEST, rounded

from ..access import authored_by
from ..actions import Refused, invite
from ..actions import projects as verbs
from ..choices import Origin, StoryKind
from ..forms import ListForm, MatchForm
from ..models import InvitedProject, ProjectList, Story
from .curate import check_team
from .telling.receipt import give, kept_private

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 50
"""New projects and bad rows that are listed; the rest is counted."""


@never_cache
@READ_OR_SEND
@login_required
def project_list(request: HttpRequest) -> HttpResponse:
    """How many were asked and what came of it; and the place for the next list."""
    check_team(request)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if form.is_valid():
        try:
            return redirect("stories:project-match", verbs.keep_list(by=request.user, table=form.table).pk)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    counts = InvitedProject.objects.counted()
    rows = [
        (_("Leads invited"), str(counts["invited"])),
        (_("Summaries started"), str(counts["started"])),
        (_("Summaries sent in"), str(counts["submitted"])),
        (_("Summaries published"), str(counts["published"])),
        (_("Lessons records published"), _lessons()),
    ]
    context = {"form": form, "rows": rows}
    return render(request, "stories/project_list.html", context, status=422 if form.is_bound else 200)


def _lessons() -> str:
    """In steps of five, and nothing below: which came from whom is no affair of the team's."""
    told = Story.objects.published().filter(kind=StoryKind.LESSONS, origin=Origin.TOLD).count()
    if told < FEWEST:
        return _("fewer than five")
    return _("at least %(number)s") % {"number": rounded(told)}


@never_cache
@READ_OR_SEND
@login_required
def match(request: HttpRequest, key: int) -> HttpResponse:
    """Which column is what, and what would come of it; then take it over, or drop it."""
    check_team(request)
    kept = get_object_or_404(ProjectList, pk=key, user=request.user)
    wanted = request.POST.get("do", "")
    if request.method == "POST" and wanted in ("take", "drop"):
        return _done(request, kept, wanted)
    columns = verbs.columns_of(kept)
    form = MatchForm(request.POST if request.method == "POST" else None, columns=columns, initial=kept.matching)
    if form.is_valid():
        try:
            verbs.match(by=request.user, kept=kept, matching=form.cleaned_data)
            return redirect("stories:project-match", kept.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    found = verbs.look(kept)
    context = {"form": form, "found": found, **_shortened(found)}
    return render(request, "stories/project_match.html", context, status=422 if form.is_bound else 200)


def _shortened(found: verbs.Found | None) -> dict[str, object]:
    """A list of 10,000 is no page."""
    if found is None:
        return {}
    more = {"more_new": max(0, len(found.new) - SHOWN), "more_problems": max(0, len(found.problems) - SHOWN)}
    return {"new": found.new[:SHOWN], "problems": found.problems[:SHOWN], **more}


def _done(request: HttpRequest, kept: ProjectList, wanted: str) -> HttpResponse:
    try:
        if wanted == "drop":
            verbs.drop(by=request.user, kept=kept)
            messages.success(request, _("The list is erased. Nobody was asked."))
            return redirect("stories:project-list")
        made = verbs.take_in(by=request.user, kept=kept)
    except Refused as refusal:
        messages.error(request, str(refusal))
        there = ProjectList.objects.filter(pk=kept.pk).exists()
        return redirect("stories:project-match", kept.pk) if there else redirect("stories:project-list")
    done = ngettext(
        "%(number)s draft is made. Its lead is invited.", "%(number)s drafts are made. Their leads are invited.", made
    )
    messages.success(request, done % {"number": made})
    return redirect("stories:project-list")


@never_cache
@READ_OR_SEND
@login_required
def invited(request: HttpRequest, key: int) -> HttpResponse:
    """The lead decides: tell about it, or rather not. For everybody else nothing is here."""
    project = invite.invited_as(request.user, key)
    if project is None:
        taken = InvitedProject.objects.filter(pk=key, story__in=Story.objects.filter(authored_by(request.user)))
        if request.method != "POST" and taken.exists():
            return redirect("stories:tell-mine")
        raise Http404("Nothing waits for this reader here.")
    wanted = request.POST.get("do", "")
    try:
        if wanted == "start":
            story, receipt = invite.accept(by=request.user, invited=project)
            return kept_private(give(redirect("stories:tell-words", story.pk), story, receipt))
        if wanted == "decline":
            invite.decline(by=request.user, invited=project)
            messages.success(request, _("The draft and your address are erased. Nobody will ask you again about it."))
            return redirect("common:account")
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    story = project.story
    rows = [
        (_("Project"), project.name),
        (_("Organisation"), project.organisation.name),
        (_("Cost in pounds"), "" if story.cost is None else f"{story.cost:,}"),
        (_("Months"), story.months or ""),
        (_("Year"), story.year or ""),
    ]
    context = {"project": project, "rows": rows}
    return render(request, "stories/project_invited.html", context, status=422 if request.method == "POST" else 200)
