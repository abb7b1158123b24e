"""What each verb about an introduction does besides: write down the step, and put it to somebody."""

from __future__ import annotations

import datetime

from learning_portal.common.actions import answered, post
from learning_portal.common.models import User
from learning_portal.common.public_ids import random_key

from ..mail_kinds import MEETING_ASKED, MEETING_MOVED_ON
from ..models import Contact, Introduction, IntroductionStep
from .links import ANSWER

State = Introduction.State
Holder = Introduction.Holder
Verb = IntroductionStep.Verb


def write_step(introduction: Introduction, verb: str, contact: Contact | None, today: datetime.date) -> None:
    """For whoever has just moved it by compare-and-set, and so holds its row."""
    number = IntroductionStep.objects.filter(introduction=introduction).count() + 1
    IntroductionStep.objects.create(introduction=introduction, number=number, verb=verb, contact=contact, on=today)


def move(introduction: Introduction, was: str, **values) -> bool:
    """Compare-and-set on its state and on whom it was put to; the row in hand follows. False: somebody was quicker."""
    same = Introduction.objects.filter(pk=introduction.pk, state=was, thread=introduction.thread)
    if not same.update(**values):
        return False
    for name, value in values.items():
        setattr(introduction, name, value)
    return True


def mailbox_of(host: Contact, holder: str) -> User | str:
    """Where mail to a host goes: to themselves, or to their team."""
    if holder != Holder.TEAM and host.user is not None and host.user.is_active:
        return host.user
    return host.team_mailbox


def put_to(introduction: Introduction, host: Contact, holder: str, today: datetime.date) -> bool:
    """Put it to this card, in a mail. False if somebody moved it meanwhile, or if no mail may go there: the caller goes
    on to the next."""
    was, thread, address = introduction.state, introduction.thread, mailbox_of(host, holder)
    put = {"state": State.ASKED, "host": host, "holder": holder, "asked_on": today, "due_on": None}
    if not address or not move(introduction, was, thread=random_key(), **put):
        return False
    answered(thread=thread)
    write_step(introduction, Verb.TEAM_ASKED if isinstance(address, str) else Verb.ASKED, host, today)
    organisation = introduction.organisation
    context = {
        "token": ANSWER.token_for(introduction.pk, host.pk),
        "place": organisation.name_en if organisation else "",
        "place_cy": organisation.name_cy or organisation.name_en if organisation else "",
    }
    if post(to=address, kind=MEETING_ASKED.name, context=context, thread=introduction.thread):
        return True
    write_step(introduction, Verb.AWAY, host, today)
    return False


def tell_moved_on(introduction: Introduction, to: str) -> None:
    """Tell the asker where it lies now: a holder, "at_desk" or "nobody"."""
    post(to=introduction.asker, kind=MEETING_MOVED_ON.name, context={"to": to})
