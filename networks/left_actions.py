"""Somebody says that a person has left. It is checked with whoever works there; until then nothing changes."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from learning_portal.common.actions import post, record
from learning_portal.common.models import User
from learning_portal.common.one_button import Purpose

from .mail_kinds import CARD_DOWN, LEFT_ASKED
from .models import Affiliation, Contact, LeftReport
from .succession import archive, confirm, language_of, reached_at
from .work_actions import NotTheirs

LINK = Purpose("has left", 42)


def may_report(user: User) -> bool:
    """Verified public servants."""
    return Affiliation.objects.verified().filter(user=user).exists()


@transaction.atomic
def report_left(*, by: User, contact: Contact, words: str) -> LeftReport | None:
    """Ask the team, or the deputy, whether it is so; None if they are being asked already. Raises NotTheirs."""
    if not may_report(by) or contact.user_id == by.pk:
        raise NotTheirs
    try:
        with transaction.atomic():
            report = LeftReport.objects.create(contact=contact, by=by, words=words, on=timezone.localdate())
    except IntegrityError:
        return None
    to = _asked_about(contact, by)
    if to is not None:
        context = {"token": LINK.token_for(report.pk), "name": contact.name, "place": contact.organisation.name}
        sent = post(to=to, kind=LEFT_ASKED.name, context=context, language=language_of(to, contact))
        LeftReport.objects.filter(pk=report.pk).update(is_mailed=sent is not None)
    return report


def _asked_about(contact: Contact, by: User) -> User | str | None:
    """The team's mailbox, else the deputy; never whoever says it, nor the person whom it is about."""
    deputy = contact.deputy if contact.deputy and contact.deputy.is_there else None
    for to in (contact.team_mailbox, reached_at(deputy) if deputy else None):
        address = to.email if isinstance(to, User) else to
        if to and address not in {by.email, contact.user.email if contact.user else ""}:
            return to
    return None


@transaction.atomic
def answer_left(*, report: LeftReport, left: bool, by: str) -> bool:
    """They have left: their card comes down and they are told. Or they are still there, which confirms it. False if
    somebody was first."""
    state = LeftReport.State.LEFT if left else LeftReport.State.STILL_HERE
    if not LeftReport.objects.waiting().filter(pk=report.pk).update(state=state):
        return False
    contact = report.contact
    record(
        by=by,
        verb="said of a person that they have left" if left else "said of a person that they are still there",
        subject=contact.public_id,
    )
    if not left:
        return confirm(contact=contact)
    done = archive(contact=contact)
    if done and contact.user is not None:
        post(to=contact.user, kind=CARD_DOWN.name)
    return done


def erase_old_left_reports(*, today: datetime.date | None = None) -> int:
    """Reports past their time, answered or not; how many."""
    return LeftReport.objects.over(today or timezone.localdate()).delete()[0]
