"""Nobody is kept waiting: who is asked next where a host does not answer, and the matching desk at the end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from learning_portal.common.actions import answered
from learning_portal.common.mail import rhythm
from learning_portal.common.models import Message
from learning_portal.common.models.message import State as Sending

from ..mail_kinds import MEETING_ASKED
from ..models import Contact, Introduction, IntroductionStep, Membership
from ..working_days import after_working_days
from . import hosts
from .steps import Holder, State, Verb, move, put_to, tell_moved_on, write_step

WORKING_DAYS = 5
ASKS = (Verb.ASKED, Verb.TEAM_ASKED)


@transaction.atomic
def note_due(*, today: datetime.date | None = None) -> int:
    """Count the five working days of a host from the day on which their mail left; how many were noted. For every tick.

    A mail that can never leave (stopped, given up, an account that was closed) lets it go on at once.
    """
    noted = 0
    waiting = Introduction.objects.filter(state=State.ASKED, due_on=None).select_related("host__organisation")
    for introduction in waiting:
        mails = Message.objects.filter(kind=MEETING_ASKED.name, thread=introduction.thread)
        sent = mails.filter(state=Sending.SENT).values_list("not_before", flat=True).first()
        if sent is not None:
            due = _due(_day(sent), introduction)
        elif not mails.waiting().exists():
            due = (today or timezone.localdate()) - datetime.timedelta(days=1)
        else:
            continue
        noted += move(introduction, State.ASKED, due_on=due)
    return noted


def _day(quarter: int) -> datetime.date:
    return rhythm.day_of(datetime.datetime.fromtimestamp(quarter * rhythm.QUARTER, datetime.UTC))


def _due(left: datetime.date, introduction: Introduction) -> datetime.date:
    nation = introduction.host.organisation.nation if introduction.host else None
    return after_working_days(left, WORKING_DAYS, nation)


def pass_on_unanswered(*, today: datetime.date | None = None) -> int:
    """Put what a host has not answered in time, or who is not there any more, to the next; how many. For every tick."""
    today = today or timezone.localdate()
    waiting = Introduction.objects.filter(_may_go_on(today), state=State.ASKED)
    passed = 0
    for introduction in list(waiting.select_related("host__user", "host__organisation", "asker").order_by("pk")):
        if introduction.due_on is not None and introduction.due_on < today:
            passed += pass_on(introduction=introduction, because=Verb.UNANSWERED, today=today)
        elif not _is_there(introduction, today):
            passed += pass_on(introduction=introduction, because=Verb.AWAY, today=today)
    return passed


def _may_go_on(today: datetime.date) -> Q:
    """Narrows in the database what `pass_on_unanswered` decides."""
    nobody = Q(host__user=None) | Q(host__user__is_active=False)
    gone = Q(host__paused_until__gte=today) | ~Q(host__in=Contact.objects.living(today))
    return Q(due_on__lt=today) | gone | nobody & Q(host__team_mailbox="") | Q(holder=Holder.TEAM, host__team_mailbox="")


def _is_there(introduction: Introduction, today: datetime.date) -> bool:
    """A team's mailbox was asked instead of somebody: it is there while it has an address."""
    host = introduction.host
    if host is None or introduction.holder == Holder.TEAM:
        return host is not None and bool(host.team_mailbox)
    return hosts.is_there(host, today)


@transaction.atomic
def pass_on(*, introduction: Introduction, because: str, today: datetime.date) -> bool:
    """Put it to the next whom the asker allowed, else to the matching desk. False if somebody answered meanwhile.
    `because`: the step that says why, unless it is written."""
    locked = Introduction.objects.select_for_update(of=("self",)).filter(
        pk=introduction.pk, state=introduction.state, thread=introduction.thread
    )
    if not locked.exists():
        return False
    if because:
        write_step(introduction, because, introduction.host, today)
    for host, holder in candidates(introduction):
        if _may_have_it(introduction, host, holder, today) and put_to(introduction, host, holder, today):
            tell_moved_on(introduction, holder)
            return True
    return to_desk(introduction, today)


def to_desk(introduction: Introduction, today: datetime.date) -> bool:
    """Give it to the matching desk."""
    thread = introduction.thread
    if not move(introduction, introduction.state, state=State.AT_DESK, host=None, asked_on=None, due_on=None):
        return False
    answered(thread=thread)
    write_step(introduction, Verb.TO_DESK, None, today)
    tell_moved_on(introduction, State.AT_DESK)
    return True


def candidates(introduction: Introduction) -> Iterator[tuple[Contact, str]]:
    """Whom the asker allowed to see it and who was not asked yet: deputies, team mailboxes, convenors."""
    steps = IntroductionStep.objects.filter(introduction=introduction, verb__in=ASKS)
    done = {(step.contact_id, step.verb) for step in steps}
    asked = [step.contact for step in steps.select_related("contact__deputy__user", "contact__user") if step.contact]
    if introduction.may_go_to(Holder.DEPUTY):
        for contact in asked:
            if contact.deputy and (contact.deputy.pk, Verb.ASKED) not in done:
                yield contact.deputy, Holder.DEPUTY
    if introduction.may_go_to(Holder.TEAM):
        for contact in asked:
            if contact.team_mailbox and (contact.pk, Verb.TEAM_ASKED) not in done:
                yield contact, Holder.TEAM
    if introduction.may_go_to(Holder.CONVENOR):
        for contact in convenors_between(introduction.asker_id, [one.user_id for one in asked if one.user_id]):
            if (contact.pk, Verb.ASKED) not in done:
                yield contact, Holder.CONVENOR


def convenors_between(asker: int, users: list[int]) -> list[Contact]:
    """The cards of convenors of networks that the asker shares with one of these people; none of them themselves."""
    current = Membership.objects.current()
    shared = current.filter(network__in=current.filter(user=asker).values("network"), user__in=users)
    convene = current.filter(is_convenor=True, network__in=shared.values("network"))
    cards = Contact.objects.filter(user__in=convene.values("user")).exclude(user__in=[asker, *users])
    return list(cards.select_related("user", "organisation").order_by("pk"))


def _may_have_it(introduction: Introduction, host: Contact, holder: str, today: datetime.date) -> bool:
    """Whether the next one is there and has room. A mailbox is asked for somebody who did not answer: what they said of
    themselves, a pause too, does not hold for their team."""
    if not Contact.objects.select_for_update().filter(pk=host.pk).exists():
        return False
    if holder == Holder.TEAM:
        is_open = hosts.is_open_between(introduction.asker, host, introduction.pk)
        return not is_open and hosts.has_room(host, today, introduction.pk)
    return hosts.why_not(asker=introduction.asker, host=host, today=today, but=introduction.pk) is None
