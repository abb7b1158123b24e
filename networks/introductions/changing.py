"""A meeting that is agreed is moved or called off by either of the two. Both are told, with a file for their calendars.

Whoever calls these has made sure whose page it is: `by_host` says which of the two it was.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from learning_portal.common.actions import answered, post

from ..mail_kinds import MEETING_MOVED, MEETING_OFF
from ..models import Introduction, IntroductionStep
from .links import TOGETHER
from .steps import State, Verb, mailbox_of, write_step

MOST_MOVES = 5
"""Each mails two people."""


def is_coming(introduction: Introduction, now: datetime.datetime) -> bool:
    """Whether it is agreed, and its day lies ahead: until then it can be moved or called off."""
    return introduction.state == State.ACCEPTED and bool(introduction.meets_at and introduction.meets_at > now)


def may_move(introduction: Introduction, *, by_host: bool) -> bool:
    """Not for ever; and a visit that several share is its host's to move."""
    moved = IntroductionStep.objects.filter(introduction=introduction, verb=Verb.MOVED).count()
    return moved < MOST_MOVES and (by_host or introduction.visit is None)


@transaction.atomic
def move_meeting(
    *,
    introduction: Introduction,
    meets_at: datetime.datetime,
    place: str,
    seen: datetime.datetime | None,
    by_host: bool,
    today: datetime.date | None = None,
) -> bool:
    """To another day or place; a visit together moves for everybody. `seen`: the day that whoever moves it knew. False
    if it was changed meanwhile, or cannot be moved."""
    today = today or timezone.localdate()
    rows = _locked(introduction, by_host)
    if not any(row.pk == introduction.pk and row.meets_at == seen for row in rows):
        return False
    if not may_move(introduction, by_host=by_host):
        return False
    for row in rows:
        Introduction.objects.filter(pk=row.pk).update(meets_at=meets_at, place=place, followed_up_on=None)
        answered(thread=row.thread)
        write_step(row, Verb.MOVED, row.host, today)
        _tell_both(row, MEETING_MOVED.name, by_host)
    return True


@transaction.atomic
def call_off(*, introduction: Introduction, by_host: bool, today: datetime.date | None = None) -> bool:
    """It does not take place; the host calls a visit together off for everybody. Frees the place in the host's limit.
    False if it is not agreed any more."""
    today = today or timezone.localdate()
    rows = _locked(introduction, by_host)
    if introduction.pk not in {row.pk for row in rows}:
        return False
    state, verb = (State.CALLED_OFF, Verb.CALLED_OFF) if by_host else (State.WITHDRAWN, Verb.WITHDRAWN)
    for row in rows:
        Introduction.objects.filter(pk=row.pk).update(state=state, ended_on=today)
        answered(thread=row.thread)
        write_step(row, verb, row.host, today)
        _tell_both(row, MEETING_OFF.name, by_host)
    return True


def _locked(introduction: Introduction, by_host: bool) -> list[Introduction]:
    """It, and for its host all that share its visit, as they are now and until this transaction ends."""
    together = by_host and introduction.visit is not None
    which = {"visit": introduction.visit} if together else {"pk": introduction.pk}
    agreed = Introduction.objects.filter(state=State.ACCEPTED, host=introduction.host_id, **which)
    return list(agreed.select_for_update(of=("self",)).select_related("asker", "host__user").order_by("pk"))


def _tell_both(row: Introduction, kind: str, by_host: bool) -> None:
    """`own`: whether whoever is mailed did it. Day and place stand in the file alone, as they are when the mail
    leaves."""
    post(to=row.asker, kind=kind, context={"key": row.pk, "token": "", "own": int(not by_host)})
    host = row.host
    address = mailbox_of(host, row.holder) if host else ""
    if host and address:
        token = TOGETHER.token_for(row.pk, host.pk) if isinstance(address, str) else ""
        post(to=address, kind=kind, context={"key": row.pk, "token": token, "own": int(by_host)})
