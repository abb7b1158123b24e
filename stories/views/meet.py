"""What somebody has asked and is asked; the page that prepares a meeting; and what came of it."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning_portal.common.calendar_files import calendar_response
from networks import introductions
from networks.introductions.links import AFTERWARDS, ANSWER, TOGETHER
from networks.likeness import describe
from networks.meeting_files import entry_of
from networks.meeting_forms import MetForm, OutcomeForm
from networks.models import Contact, Introduction
from networks.views.meeting_links import meeting_link_over

from ..access import Reader
from ..actions import meet
from ..meetings import story_of
from ..models import Reuse, Story, StoryQuestion
from ..uptake import stop_token, use_by

State = Introduction.State
HELD = (State.ACCEPTED, State.MET, State.NOT_MET, State.UNHEARD)
"""What has, or had, a meeting."""
OFF = (State.CALLED_OFF, State.WITHDRAWN)
SETTLED = (*HELD, *OFF)
"""Also what was called off: its page says so to whoever comes back."""
ROWS = 100


@never_cache
@require_safe
@login_required
def meet_list(request: HttpRequest) -> HttpResponse:
    """What one has asked, what one is asked, and what authors without a name answered."""
    today = timezone.localdate()
    rows = Introduction.objects.select_related("asker", "organisation", "host__organisation")
    asked_of_me = rows.filter(host__user=request.user).exclude(state__in=[State.AT_DESK, State.NOBODY])
    questions = StoryQuestion.objects.filter(asker=request.user).order_by("-week", "pk")
    visible = Story.objects.visible_to(request.user).published().for_cards()
    stories = {story.pk: story for story in visible.filter(pk__in=questions.values("story"))}
    released = set(questions.released(today).values_list("pk", flat=True))
    mine = list(rows.filter(asker=request.user)[:ROWS])
    seen = set(_seen_cards(request.user, mine))
    context = {
        "mine": [(one, one.host_id in seen, one.state in HELD and one.meets_at) for one in mine],
        "asked": [(one, _link_for(one)) for one in asked_of_me[:ROWS]],
        "questions": [(one, stories.get(one.story_id), one.pk in released) for one in questions[:ROWS]],
    }
    return render(request, "stories/meet_list.html", context)


def _seen_cards(reader: Reader, rows: list[Introduction]) -> list[int]:
    """Whose names the asker may read: cards that they may see, and of whoever agreed to meet them."""
    keys = [row.host_id for row in rows if row.host_id]
    seen = list(Contact.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", flat=True))
    return seen + [row.host_id for row in rows if row.state in HELD and row.host_id]


def _link_for(introduction: Introduction) -> str:
    """Where a host who is signed in goes on."""
    if introduction.state == State.ASKED:
        return reverse("networks:meet-answer", args=[ANSWER.token_for(introduction.pk, introduction.host_id or 0)])
    return reverse("stories:meeting", args=[introduction.pk]) if introduction.state in HELD else ""


@require_POST
@login_required
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    introduction = get_object_or_404(Introduction.objects.select_related("host__user"), pk=key, asker=request.user)
    if introductions.withdraw(by=request.user, introduction=introduction):
        messages.success(request, _("Your request is withdrawn."))
    return redirect("stories:meet-list")


# --- The meeting ----------------------------------------------------------------------------------------------------


@never_cache
@require_safe
@login_required
def meeting(request: HttpRequest, key: int) -> HttpResponse:
    """What prepares the conversation, for whoever asked and whoever is asked; a 404 for anybody else."""
    introduction = theirs(request, key, SETTLED)
    if introduction.state in OFF:
        return redirect("stories:meeting-change", introduction.pk)
    return _meeting(request, introduction, request.user, "")


@never_cache
@require_safe
@login_required
def meeting_calendar(request: HttpRequest, key: int) -> HttpResponse:
    introduction = theirs(request, key)
    return _calendar(introduction, introduction.asker_id == request.user.pk)


@never_cache
@require_safe
def meeting_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same for a host without an account, who reads what any visitor may read."""
    found = by_link(token, SETTLED)
    if found is None:
        return meeting_link_over(request)
    if found.state in OFF:
        return redirect("stories:meeting-change-link", token)
    return _meeting(request, found, AnonymousUser(), token)


@never_cache
@require_safe
def meeting_calendar_by_link(request: HttpRequest, token: str) -> HttpResponse:
    found = by_link(token)
    if found is None:
        return meeting_link_over(request)
    return _calendar(found, False)


def _rows(states: Sequence[str] = HELD):
    """What was withdrawn before a day was agreed was never a meeting."""
    found = Introduction.objects.filter(state__in=states).exclude(state__in=OFF, meets_at=None)
    return found.select_related("asker", "organisation", "host__user", "host__organisation")


def theirs(request: HttpRequest, key: int, states: Sequence[str] = HELD) -> Introduction:
    """In one of these states, of whoever asked and whoever is asked. Raises Http404 for anybody else."""
    introduction = get_object_or_404(_rows(states), pk=key)
    host = introduction.host
    if request.user.pk not in {introduction.asker_id, host.user_id if host else None}:
        raise Http404("Not for this reader.")
    return introduction


def by_link(token: str, states: Sequence[str] = HELD) -> Introduction | None:
    """None for a link that has run out."""
    opened = TOGETHER.read(token)
    if opened is None:
        raise Http404("No link of ours.")
    introduction = get_object_or_404(_rows(states), pk=opened.key, host=opened.who)
    return None if opened.is_over else introduction


def _meeting(request: HttpRequest, introduction: Introduction, reader: Reader, token: str) -> HttpResponse:
    host, is_asker = introduction.host, introduction.asker_id == reader.pk
    ours, theirs = introduction.organisation, host.organisation if host else None
    if not is_asker:
        ours, theirs = theirs, ours
    by, key = ("-link", token) if token else ("", introduction.pk)
    context = {
        "introduction": introduction,
        "is_asker": is_asker,
        "together": introduction.together,
        "comparison": describe(ours, theirs) if ours and theirs and ours != theirs else None,
        "ours": ours,
        "theirs": theirs,
        "story": story_of(introduction, reader),
        "is_link": bool(re.fullmatch(r"https://\S+", introduction.place)),
        "calendar": reverse(f"stories:meeting-calendar{by}", args=[key]),
        "change": reverse(f"stories:meeting-change{by}", args=[key]),
        "afterwards": reverse("stories:meet-afterwards", args=[_afterwards_for(introduction, is_asker)]),
        "is_past": introduction.is_past,
        "may_say": is_asker or introductions.host_may_say(introduction),
    }
    response = render(request, "stories/meeting.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _afterwards_for(introduction: Introduction, is_asker: bool) -> str:
    return AFTERWARDS.token_for(introduction.pk, 0 if is_asker else introduction.host_id or 0)


def _calendar(introduction: Introduction, is_asker: bool) -> HttpResponse:
    """The words of the file are in the language of whoever takes it."""
    host = introduction.host
    other = (host.name if host else "") if is_asker else introduction.asker.name
    entry = entry_of(introduction, other or _("a colleague"))
    if entry is None:
        raise Http404("No day is set.")
    return calendar_response([entry], "meeting")


# --- Afterwards -----------------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meet_afterwards(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail two weeks later, without signing in: one form for whoever asked, another for the host."""
    opened = AFTERWARDS.read(token)
    if opened is None:
        raise Http404("No link of ours.")
    introduction = get_object_or_404(_rows(), pk=opened.key)
    if opened.who and opened.who != introduction.host_id:
        raise Http404("It is another's.")
    if opened.is_over:
        return meeting_link_over(request)
    form = _form_for(introduction, bool(opened.who), request.POST if request.method == "POST" else None)
    if form.is_valid():
        _say(introduction, form)
        return redirect(f"{request.path}?done=1")
    use = None if opened.who else _use_of(introduction)
    context = {
        "introduction": introduction,
        "form": form,
        "is_host": bool(opened.who),
        "is_settled": bool(opened.who) and not introductions.host_may_say(introduction),
        "done": "done" in request.GET,
        "use": use,
        "stop": stop_token(use),
    }
    response = render(request, "stories/meet_afterwards.html", context, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


def _use_of(introduction: Introduction) -> Reuse | None:
    """What the asker said of the story from which it came, if they may still open it."""
    story = story_of(introduction, introduction.asker)
    return use_by(introduction.asker, story) if story else None


def _form_for(introduction: Introduction, is_host: bool, data: Any) -> OutcomeForm | MetForm:
    if is_host:
        return MetForm(data)
    return OutcomeForm(data, introduction=introduction, today=timezone.localdate())


def _say(introduction: Introduction, form: OutcomeForm | MetForm) -> None:
    if isinstance(form, MetForm):
        introductions.host_says(introduction=introduction, did_meet=form.cleaned_data["answer"] == "yes")
    else:
        meet.say_what_came(introduction=introduction, outcome=form.outcome())
