"""Two weeks after a meeting both are asked what came of it."""

from __future__ import annotations

import dataclasses
import datetime

from django.db import transaction
from django.utils import timezone

from learning_portal.common.actions import answered, post

from ..mail_kinds import MEETING_AFTERWARDS
from ..models import Introduction
from ..models.introduction import MOST_MEETINGS
from .answering import tell_agreed
from .links import AFTERWARDS
from .steps import State, Verb, mailbox_of, move, write_step

ASKED_AFTER = datetime.timedelta(days=14)
REMINDED_AFTER = datetime.timedelta(days=14)
UNHEARD_AFTER = datetime.timedelta(days=56)
"""After the question: by then nobody answers any more."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What the asker says came of it."""

    did_meet: bool
    result: str = ""
    """One of `Introduction.Result`."""
    next_meeting: datetime.datetime | None = None
    """Of a mentoring that goes on."""


def follow_up(*, now: datetime.datetime | None = None) -> int:
    """Ask, two weeks after the day of a meeting, whether it helped; how many were asked about. For every tick.

    Of a reminder that waits, or went twice, the outbox takes no more.
    """
    now = now or timezone.now()
    over = Introduction.objects.filter(state=State.ACCEPTED, meets_at__lte=now - ASKED_AFTER)
    fresh = over.filter(followed_up_on=None).select_related("asker", "host__user")
    found = sum(_ask_both(introduction, timezone.localdate(now)) for introduction in fresh)
    again = over.filter(followed_up_on__lte=timezone.localdate(now) - REMINDED_AFTER).select_related("asker")
    for introduction in again:
        _ask_asker(introduction)
    return found


@transaction.atomic
def _ask_both(introduction: Introduction, today: datetime.date) -> bool:
    """Compare-and-set, then post: two ticks at once ask once."""
    fresh = Introduction.objects.filter(pk=introduction.pk, state=State.ACCEPTED, followed_up_on=None)
    if not fresh.update(followed_up_on=today):
        return False
    _ask_asker(introduction)
    host = introduction.host
    if host and host_may_say(introduction) and (address := mailbox_of(host, introduction.holder)):
        token = AFTERWARDS.token_for(introduction.pk, host.pk)
        post(to=address, kind=MEETING_AFTERWARDS.name, context={"token": token, "is_host": 1})
    return True


def _ask_asker(introduction: Introduction) -> None:
    context: dict[str, str | int] = {"token": AFTERWARDS.token_for(introduction.pk), "is_host": 0}
    post(to=introduction.asker, kind=MEETING_AFTERWARDS.name, context=context, thread=introduction.thread)


@transaction.atomic
def say(*, introduction: Introduction, outcome: Outcome, today: datetime.date | None = None) -> bool:
    """What the asker says of it: also after the host has, and again. False while there is nothing to say."""
    today = today or timezone.localdate()
    if introduction.state not in (State.ACCEPTED, State.MET, State.NOT_MET, State.UNHEARD):
        return False
    goes_on = introduction.is_mentoring and outcome.next_meeting and introduction.meetings + 1 < MOST_MEETINGS
    if outcome.did_meet and goes_on and introduction.state == State.ACCEPTED:
        met = {"meetings": introduction.meetings + 1, "meets_at": outcome.next_meeting, "followed_up_on": None}
        moved = move(introduction, State.ACCEPTED, result=outcome.result, **met)
        if moved and introduction.host:
            tell_agreed(introduction, introduction.host)
    else:
        moved = _end(introduction, outcome.did_meet, today, result=outcome.result if outcome.did_meet else "")
    if moved:
        answered(thread=introduction.thread)
    return moved


def host_may_say(introduction: Introduction) -> bool:
    """Until the asker has said something; and of a mentoring, which may go on, it is the asker who says."""
    return introduction.state == State.ACCEPTED and not introduction.is_mentoring


@transaction.atomic
def host_says(*, introduction: Introduction, did_meet: bool, today: datetime.date | None = None) -> bool:
    """What the host says of it, while the asker has not said anything. Their own answer stands beside it."""
    if not host_may_say(introduction):
        return False
    return _end(introduction, did_meet, today or timezone.localdate())


def _end(introduction: Introduction, did_meet: bool, today: datetime.date, **values) -> bool:
    state = State.MET if did_meet else State.NOT_MET
    ended = {"state": state, "ended_on": introduction.ended_on or today, **values}
    if did_meet and introduction.state != State.MET:
        ended["meetings"] = min(introduction.meetings + 1, MOST_MEETINGS if introduction.is_mentoring else 1)
    was = introduction.state
    if not move(introduction, was, **ended):
        return False
    if was != state:
        write_step(introduction, Verb(state), introduction.host, today)
    return True


@transaction.atomic
def close_unheard(*, today: datetime.date | None = None) -> int:
    """End those of which nobody said anything; how many. For every tick."""
    today = today or timezone.localdate()
    silent = Introduction.objects.filter(state=State.ACCEPTED, followed_up_on__lte=today - UNHEARD_AFTER)
    closed = 0
    for introduction in silent:
        if move(introduction, State.ACCEPTED, state=State.UNHEARD, ended_on=today):
            answered(thread=introduction.thread)
            write_step(introduction, Verb.UNHEARD, introduction.host, today)
            closed += 1
    return closed


@transaction.atomic
def erase_old_introductions(*, today: datetime.date | None = None) -> int:
    """Erase what ended a year ago, with its steps and reports; how many there were. For every tick."""
    over = Introduction.objects.over(today or timezone.localdate())
    number = over.count()
    over.delete()
    return number
