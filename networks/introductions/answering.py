"""The host answers, the asker thinks better of it, and the matching desk finds somebody.

Each by compare-and-set: of two at once one is told that it is too late.
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning_portal.common.actions import answered, post, record
from learning_portal.common.models import User
from learning_portal.common.public_ids import random_key

from ..mail_kinds import MEETING_AGREED, MEETING_ANSWERED
from ..models import Block, Contact, Introduction, IntroductionStep, Report
from . import hosts
from .changing import call_off
from .hosts import NotAsked, Why
from .links import TOGETHER
from .steps import Holder, State, Verb, mailbox_of, move, put_to, tell_moved_on, write_step

WAITING_FOR_A_VISIT = 3
"""So many who wait for one host are offered one visit together."""


@dataclasses.dataclass(frozen=True)
class Proposal:
    """When and where a host would meet."""

    meets_at: datetime.datetime
    place: str
    words: str = ""
    is_for_all: bool = False
    """One visit for everybody who waits for this host."""


def waiting_for(host: Contact):
    """What this host has not answered, the longest first."""
    return Introduction.objects.filter(state=State.ASKED, host=host).order_by("asked_on", "pk")


@transaction.atomic
def accept(
    *, introduction: Introduction, host: Contact, proposal: Proposal, today: datetime.date | None = None
) -> bool:
    """The host agrees to meet; whoever comes along is told at once. False if it is not theirs to answer any more."""
    today = today or timezone.localdate()
    mine = Introduction.objects.filter(state=State.ASKED, host=host)
    asked = mine if proposal.is_for_all else mine.filter(pk=introduction.pk)
    rows = list(asked.select_for_update(of=("self",)).select_related("asker").order_by("pk"))
    if introduction.pk not in {row.pk for row in rows}:
        return False
    agreed: dict[str, Any] = {
        "state": State.ACCEPTED,
        "answered_on": today,
        "due_on": None,
        "meets_at": proposal.meets_at,
        "place": proposal.place,
        "words": proposal.words,
        "visit": random_key() if len(rows) > 1 else None,
    }
    for row in rows:
        if move(row, State.ASKED, **agreed):
            answered(thread=row.thread)
            write_step(row, Verb.ACCEPTED, host, today)
            tell_agreed(row, host)
    return True


def tell_agreed(introduction: Introduction, host: Contact) -> None:
    """Both are told at once on which day they meet."""
    post(to=introduction.asker, kind=MEETING_AGREED.name, context={"key": introduction.pk, "token": ""})
    address = mailbox_of(host, introduction.holder)
    token = TOGETHER.token_for(introduction.pk, host.pk) if isinstance(address, str) else ""
    if address:
        post(to=address, kind=MEETING_AGREED.name, context={"key": introduction.pk, "token": token})


@transaction.atomic
def not_now(*, introduction: Introduction, host: Contact, words: str = "", today: datetime.date | None = None) -> bool:
    """Not now: the asker may try again in three months."""
    return _refuse(introduction, host, State.NOT_NOW, words, today)


@transaction.atomic
def decline(*, introduction: Introduction, host: Contact, words: str = "", today: datetime.date | None = None) -> bool:
    """They cannot help; their words may say who can."""
    return _refuse(introduction, host, State.DECLINED, words, today)


def _refuse(introduction: Introduction, host: Contact, state: str, words: str, today: datetime.date | None) -> bool:
    today = today or timezone.localdate()
    if introduction.host_id != host.pk:
        return False
    refused = {"state": state, "answered_on": today, "ended_on": today, "due_on": None, "words": words}
    if not move(introduction, State.ASKED, **refused):
        return False
    answered(thread=introduction.thread)
    write_step(introduction, Verb(state), host, today)
    post(to=introduction.asker, kind=MEETING_ANSWERED.name, context={"answer": state})
    return True


@transaction.atomic
def redirect(
    *, introduction: Introduction, host: Contact, colleague: Contact, today: datetime.date | None = None
) -> bool:
    """The host names a colleague, who is asked instead and has their own five days. Raises NotAsked if that one cannot
    be asked, or was asked before."""
    today = today or timezone.localdate()
    if introduction.host_id != host.pk or introduction.state != State.ASKED:
        return False
    found = Contact.objects.select_for_update().get(pk=colleague.pk)
    why = hosts.why_not(asker=introduction.asker, host=found, today=today, but=introduction.pk)
    if why or found.organisation_id != host.organisation_id:
        raise NotAsked(why or Why.BUSY)
    if was_asked(introduction, found):
        raise NotAsked(Why.OPEN)
    locked = Introduction.objects.filter(pk=introduction.pk, state=State.ASKED, thread=introduction.thread)
    if not locked.select_for_update().exists():
        return False
    write_step(introduction, Verb.REDIRECTED, host, today)
    if not put_to(introduction, found, Holder.COLLEAGUE, today):
        raise NotAsked(Why.BUSY)
    tell_moved_on(introduction, Holder.COLLEAGUE)
    return True


@transaction.atomic
def withdraw(*, by: User, introduction: Introduction, today: datetime.date | None = None) -> bool:
    """The asker thinks better of it; once it is agreed, both are told at once."""
    today = today or timezone.localdate()
    was, host = introduction.state, introduction.host
    if introduction.asker_id != by.pk or not introduction.is_open:
        return False
    if was == State.ACCEPTED:
        return call_off(introduction=introduction, by_host=False, today=today)
    if not move(introduction, was, state=State.WITHDRAWN, ended_on=today, due_on=None):
        return False
    answered(thread=introduction.thread)
    write_step(introduction, Verb.WITHDRAWN, host, today)
    return True


# --- What protects a host -------------------------------------------------------------------------------------------


@transaction.atomic
def pause(*, host: Contact, until: datetime.date) -> None:
    """Nobody new is put to this card until after this day."""
    Contact.objects.filter(pk=host.pk).update(paused_until=until)


@transaction.atomic
def block(*, introduction: Introduction, host: Contact, today: datetime.date | None = None) -> None:
    """This card is not to be asked by that person any more, who is told no more than of any host without time."""
    today = today or timezone.localdate()
    Block.objects.get_or_create(contact=host, user=introduction.asker, defaults={"on": today})
    _refuse(introduction, host, State.DECLINED, "", today)


@transaction.atomic
def report(*, introduction: Introduction, host: Contact, words: str, today: datetime.date | None = None) -> None:
    """For the programme team. The same card reports a request once; later words count."""
    found = {"words": words, "on": today or timezone.localdate(), "closed_on": None}
    Report.objects.update_or_create(introduction=introduction, contact=host, defaults=found)


# --- The matching desk ----------------------------------------------------------------------------------------------


@transaction.atomic
def hand_over(*, by: User, introduction: Introduction, host: Contact, today: datetime.date | None = None) -> bool:
    """The matching desk puts it to somebody. Raises NotAsked if they cannot be asked, or were asked before."""
    today = today or timezone.localdate()
    found = Contact.objects.select_for_update().get(pk=host.pk)
    if why := hosts.why_not(asker=introduction.asker, host=found, today=today, but=introduction.pk):
        raise NotAsked(why)
    if was_asked(introduction, found):
        raise NotAsked(Why.OPEN)
    if introduction.state != State.AT_DESK or not put_to(introduction, found, Holder.DESK, today):
        return False
    record(by=by.email, verb="introduced", subject=f"{introduction.asker.email} to {found}")
    tell_moved_on(introduction, Holder.DESK)
    return True


def was_asked(introduction: Introduction, host: Contact) -> bool:
    """Whether this card was asked for it before: nobody is asked twice."""
    steps = IntroductionStep.objects.filter(introduction=introduction, contact=host)
    return steps.filter(verb__in=[Verb.ASKED, Verb.TEAM_ASKED]).exists()


@transaction.atomic
def nobody_found(*, by: User, introduction: Introduction, today: datetime.date | None = None) -> bool:
    """The matching desk found nobody, and says so."""
    today = today or timezone.localdate()
    if not move(introduction, State.AT_DESK, state=State.NOBODY, ended_on=today):
        return False
    write_step(introduction, Verb.NOBODY, None, today)
    record(by=by.email, verb="found nobody for", subject=introduction.asker.email)
    tell_moved_on(introduction, State.NOBODY)
    return True
