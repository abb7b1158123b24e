"""What somebody said they would do: left at an event, looked after, and asked about later."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.one_button import link_over
from networks import promises
from networks.models import Action, ActionFollowUp, Event
from networks.models.action import LearningStage

from ..actions import Refused
from ..actions.meeting import keep_use, leave_action_from
from ..events import agendas
from ..forms.meeting import DueForm, LeaveActionForm
from ..models import Story, StoryAction
from ..uptake import stop_token, use_from

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
SETTLED_SHOWN = 50
NOTHING = "nothing"
"""The button that ends the questions."""
SETTLES = {
    "done": (Action.State.DONE, gettext_lazy("Well done. We ask you later what became of it.")),
    "drop": (Action.State.DROPPED, gettext_lazy("You have given it up. You hear no more of it.")),
    "decline": (Action.State.DECLINED, gettext_lazy("You have declined it. The convenors see that.")),
}


@never_cache
@require_safe
@login_required
def action_list(request: HttpRequest) -> HttpResponse:
    """One's own: what is open, the next one first, and what is settled."""
    mine = Action.objects.filter(owner=request.user).select_related("network")
    is_open, settled = (
        list(mine.open()),
        list(mine.exclude(state=Action.State.OPEN).order_by("-due_on")[:SETTLED_SHOWN]),
    )
    stories = _stories_of([*is_open, *settled], request)
    today = timezone.localdate()
    context = {
        "open": [(action, stories.get(action.pk), action.is_late(today)) for action in is_open],
        "settled": [(action, stories.get(action.pk)) for action in settled],
    }
    return render(request, "stories/action_list.html", context)


def _stories_of(actions: list[Action], request: HttpRequest) -> dict[int, Story]:
    """The story behind each, where the reader may open it still."""
    visible = Story.objects.visible_to(request.user).published()
    links = StoryAction.objects.filter(action__in=actions, story__in=visible).values_list("action", "story")
    pairs = dict(links)
    stories = {story.pk: story for story in Story.objects.cards_of(list(set(pairs.values())))}
    return {action: stories[story] for action, story in pairs.items() if story in stories}


@never_cache
@READ_OR_SEND
@login_required
def action_detail(request: HttpRequest, key: int) -> HttpResponse:
    """One's own that is open: another day for it, or one of the buttons that settle it."""
    action = get_object_or_404(Action.objects.open().filter(owner=request.user), pk=key)
    wanted = request.POST.get("do", "")
    if wanted in SETTLES and (wanted != "decline" or action.is_recorded):
        state, words = SETTLES[wanted]
        if promises.settle(by=request.user, action=action, state=state):
            messages.success(request, words)
        return redirect("stories:action-list")
    form = DueForm(request.POST if request.method == "POST" else None, initial={"due_on": action.due_on})
    if form.is_valid():
        promises.change_day(by=request.user, action=action, due_on=form.cleaned_data["due_on"])
        messages.success(request, _("The day is changed."))
        return redirect("stories:action-list")
    context = {"action": action, "form": form}
    return render(request, "stories/action_detail.html", context, status=422 if form.errors else 200)


@never_cache
@READ_OR_SEND
@login_required
def leave(request: HttpRequest, key: int) -> HttpResponse:
    """At an event, for two weeks: whoever was there leaves one action."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=key)
    if not promises.may_leave_action(request.user, event, timezone.now()):
        raise Http404("Not for this reader, or not now.")
    if Action.objects.filter(event=event, owner=request.user, is_recorded=False).exists():
        messages.info(request, _("You have left your action at this event."))
        return redirect("stories:action-list")
    form = LeaveActionForm(
        request.POST if request.method == "POST" else None,
        visible=Story.objects.visible_to(request.user).published(),
        agenda=agendas([event], request.user)[event.pk],
    )
    if form.is_valid() and _left(request, event, form):
        return redirect("stories:action-list")
    context = {"event": event, "form": form}
    return render(request, "stories/event_action.html", context, status=422 if form.errors else 200)


def _left(request: HttpRequest, event: Event, form: LeaveActionForm) -> bool:
    """Whether to go on: what was left twice is left once."""
    try:
        leave_action_from(by=request.user, event=event, **form.facts)
        messages.success(request, _("It is kept. We remind you before the day, and ask later what became of it."))
    except promises.LeftAlready:
        messages.info(request, _("You have left your action at this event."))
    except (promises.NotTheirs, Refused):
        form.add_error(None, _("This cannot be kept any more."))
        return False
    return True


@never_cache
@READ_OR_SEND
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail, without signing in: what became of it, one button for each answer. To look at it changes nothing."""
    opened = promises.FOLLOW_UP.read(token)
    found = ActionFollowUp.objects.select_related("action__owner")
    follow_up = found.filter(pk=opened.key, action__owner=opened.who).first() if opened else None
    if opened is None or follow_up is None:
        raise Http404("No link of ours, or about what is gone.")
    if opened.is_over:
        words = _("It was good for 60 days. What you said you would do stands in your account.")
        return link_over(request, words, "stories:action-list", _("What you said you would do"))
    wanted = request.POST.get("answer", "") if request.method == "POST" else ""
    given_up = follow_up.action.state not in {Action.State.OPEN, Action.State.DONE}
    answered = False
    if wanted == NOTHING:
        given_up |= promises.give_up(follow_up=follow_up)
    elif wanted in LearningStage.values and not given_up:
        answered = promises.answer_follow_up(follow_up=follow_up, answer=wanted)
    follow_up.refresh_from_db()
    if answered:
        keep_use(follow_up=follow_up)
    use = use_from(follow_up.action)
    context = {
        "follow_up": follow_up,
        "stages": LearningStage.choices,
        "thanks": answered,
        "given_up": given_up,
        "use": use,
        "stop": stop_token(use),
    }
    is_wrong = request.method == "POST" and wanted not in {*LearningStage.values, NOTHING}
    response = render(request, "stories/action_asked.html", context, status=422 if is_wrong else 200)
    response["X-Robots-Tag"] = "noindex"
    return response
