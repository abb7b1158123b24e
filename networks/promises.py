"""Verbs about actions, which is what people said they would do: keyword-only, `by=`, in a transaction."""

import calendar
import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from learning_portal.common.actions import answered, post
from learning_portal.common.models import User
from learning_portal.common.one_button import Purpose

from .mail_kinds import ACTION_ASKED, ACTION_DUE, ACTION_RECORDED, shortened
from .models import Action, ActionFollowUp, Attendance, Event, Membership, Network
from .models.action import MONTHS, LearningStage
from .models.event import EventQuerySet

OPEN_AFTER = datetime.timedelta(days=14)
"""How long after an event people may still leave an action."""
REMIND_BEFORE = datetime.timedelta(days=7)
REMIND_AGAIN = datetime.timedelta(days=7)
REMIND_UNTIL = datetime.timedelta(days=30)
"""After the day, when an action is so late that another mail changes nothing."""
ASK_WITHIN = datetime.timedelta(days=45)
"""What became of something is asked in these days or not at all: never about one and three months together."""
FOLLOW_UP = Purpose("action follow-up", 60)


class NotTheirs(Exception):
    """This action is not for them to make or to change."""


class LeftAlready(Exception):
    """They left one at this event."""


def takes_actions(event: Event, now: datetime.datetime) -> bool:
    """From the start of an event until two weeks after it."""
    return not event.is_cancelled and event.has_started(now) and now < event.ends_at + OPEN_AFTER


def may_leave_action(user: User, event: Event, now: datetime.datetime) -> bool:
    """Whether they were there, and the event still takes actions."""
    return takes_actions(event, now) and Attendance.objects.filter(event=event, user=user).present().exists()


@transaction.atomic
def leave_action(*, by: User, event: Event, text: str, due_on: datetime.date) -> Action:
    """The one action that somebody leaves at an event. Raises NotTheirs for who was not there or comes too late, and
    LeftAlready."""
    if not may_leave_action(by, event, timezone.now()):
        raise NotTheirs
    try:
        with transaction.atomic():
            return Action.objects.create(owner=by, event=event, network=event.network, text=text, due_on=due_on)
    except IntegrityError as error:
        raise LeftAlready from error


def meetings_to_record(user: User, network: Network) -> EventQuerySet:
    """At which of a network's meetings somebody may have taken something on: today's and those before, the latest
    first."""
    return Event.objects.visible_to(user).begun_by(timezone.localdate()).filter(network=network)


@transaction.atomic
def record_action(
    *, by: User, network: Network, owner: User, text: str, due_on: datetime.date, event: Event | None = None
) -> Action:
    """A convenor writes down what a member took on, and at which meeting. The member is told, and may decline. Raises
    NotTheirs."""
    members = Membership.objects.current().filter(network=network)
    if not (members.filter(user=by, is_convenor=True).exists() and members.filter(user=owner).exists()):
        raise NotTheirs
    if event and not meetings_to_record(by, network).filter(pk=event.pk).exists():
        raise NotTheirs
    action = Action.objects.create(
        owner=owner, network=network, event=event, text=text, due_on=due_on, is_recorded=True
    )
    if owner != by:
        post(to=owner, kind=ACTION_RECORDED.name, context={"due": due_on.isoformat()})
    return action


@transaction.atomic
def settle(*, by: User, action: Action, state: str) -> bool:
    """Done, given up, or (what a convenor wrote down) declined; False if it was settled already. Raises NotTheirs."""
    if action.owner_id != by.pk or (state == Action.State.DECLINED and not action.is_recorded):
        raise NotTheirs
    if not Action.objects.open().filter(pk=action.pk, owner=by).update(state=Action.State(state)):
        return False
    answered(thread=action.thread)
    return True


@transaction.atomic
def change_day(*, by: User, action: Action, due_on: datetime.date) -> bool:
    """Another day for it; False if it is settled. Its reminders begin anew. Raises NotTheirs."""
    if action.owner_id != by.pk:
        raise NotTheirs
    if not Action.objects.open().filter(pk=action.pk, owner=by).update(due_on=due_on, reminded_on=None):
        return False
    answered(thread=action.thread)
    return True


@transaction.atomic
def answer_follow_up(*, follow_up: ActionFollowUp, answer: str) -> bool:
    """What became of it, by whoever has the link; False if it was answered before."""
    waiting = ActionFollowUp.objects.filter(pk=follow_up.pk, answer="")
    return bool(waiting.update(answer=LearningStage(answer), answered_on=timezone.localdate()))


@transaction.atomic
def give_up(*, follow_up: ActionFollowUp) -> bool:
    """It came to nothing, by whoever has the link; nothing more is asked. False if it was settled."""
    action = follow_up.action
    kept = Action.objects.kept().filter(pk=action.pk)
    if follow_up.answer or not kept.update(state=Action.State.DROPPED):
        return False
    answered(thread=action.thread)
    return True


# --- For the tick ---------------------------------------------------------------------------------------------------


def remind_of_actions(*, today: datetime.date | None = None) -> int:
    """Remind of what is due within a week or late, in the weekly mail, twice at most; of how many."""
    today = today or timezone.localdate()
    due = Action.objects.open().filter(
        due_on__range=(today - REMIND_UNTIL, today + REMIND_BEFORE), owner__is_active=True
    )
    waiting = due.filter(reminded_on=None) | due.filter(reminded_on__lte=today - REMIND_AGAIN)
    return sum(_remind(action, today) for action in waiting.select_related("owner"))


@transaction.atomic
def _remind(action: Action, today: datetime.date) -> bool:
    """The day on the row is the guard: of two ticks at once, one reminds."""
    unchanged = Action.objects.open().filter(pk=action.pk, reminded_on=action.reminded_on, due_on=action.due_on)
    if not unchanged.update(reminded_on=today):
        return False
    own = "" if action.is_recorded else shortened(action.text)  # nobody mails others through us
    context = {"text": own, "due": action.due_on.isoformat()}
    return post(to=action.owner, kind=ACTION_DUE.name, context=context, thread=action.thread) is not None


def ask_what_became(*, today: datetime.date | None = None) -> int:
    """Ask after one, three and six months what became of an action; how many are asked about."""
    today = today or timezone.localdate()
    return sum(_ask(action, months, today) for months in MONTHS for action in _to_ask(months, today))


def _to_ask(months: int, today: datetime.date) -> Any:
    last = months_before(today, months)
    asked = ActionFollowUp.objects.filter(months=months).values("action")
    kept = Action.objects.kept().filter(made_on__range=(last - ASK_WITHIN, last), owner__is_active=True)
    return kept.exclude(pk__in=asked).select_related("owner")


@transaction.atomic
def _ask(action: Action, months: int, today: datetime.date) -> bool:
    """The row is the guard: of two ticks at once, one asks."""
    follow_up, made = ActionFollowUp.objects.get_or_create(action=action, months=months, defaults={"asked_on": today})
    if not made:
        return False
    context: dict[str, str | int] = {"token": FOLLOW_UP.token_for(follow_up.pk, action.owner_id), "months": months}
    post(to=action.owner, kind=ACTION_ASKED.name, context=context)
    return True


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months before, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
