"""Receipts that are given out: to an author, or by an author to somebody else, and the end of those."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.mail.kinds import MESSAGE_WAITING

from .. import receipts
from ..choices import ReceiptKind
from ..mails import WORDS_WAITING
from ..models import LeavingRequest, Receipt, Story
from ..receipt_rights import handed_in
from ..weeks import monday_of
from .deciding import locked, tell_author
from .refused import Refused

MOST_OPEN = 20
"""Links of one story that open at the same time."""


@transaction.atomic
def hand(
    *, story: Story, kind: str, expires_on: datetime.date | None = None, leaver: LeavingRequest | None = None
) -> str:
    """A new receipt for the story, in words: the only time that it can be read. The author's is one for a published
    story and its change. `leaver`: the request with which it goes."""
    receipt = receipts.make()
    Receipt.objects.create(
        story_id=story.root_id if kind == ReceiptKind.AUTHOR else story.pk,
        sha256=receipts.sha256(receipt),
        kind=ReceiptKind(kind),
        expires_on=last_day(story, expires_on) if expires_on else None,
        leaver=leaver,
    )
    return receipt


def last_day(story: Story, day: datetime.date) -> datetime.date:
    """The last on which a receipt opens that should open until this day: a Monday for a story without a name."""
    return day if story.is_named else monday_of(day) + datetime.timedelta(days=7)


def ends_after(story: Story, days: int) -> datetime.date:
    """The last day of a link that is made today for so many days."""
    return last_day(story, timezone.localdate() + datetime.timedelta(days=days))


@transaction.atomic
def hand_link(*, story: Story, kind: str, days: int) -> str:
    """A link for somebody else, in words. Raises Refused once the story is in a state in which such a link is for
    nothing, and while too many are open."""
    story = locked(story)
    if kind not in handed_in(story.status):
        raise Refused(_("Nobody else writes this story any more: you have sent it in."))
    today = timezone.localdate()
    if Receipt.objects.handed(story, today).count() >= MOST_OPEN:
        raise Refused(_("Too many links are open. End one first."))
    return hand(story=story, kind=kind, expires_on=today + datetime.timedelta(days=days))


@transaction.atomic
def end_link(*, story: Story, key: int) -> None:
    """A link that was handed to somebody opens nothing any more. Raises Refused if it does not now."""
    if not Receipt.objects.handed(story, timezone.localdate()).filter(pk=key).delete()[0]:
        raise Refused(_("This link is no longer open."))


@transaction.atomic
def say_written(*, receipt: Receipt) -> None:
    """Whoever holds a link has written for its author, who is mailed that words wait: once, until they write too. Of a
    story that is not named the mail says no more than that a message waits. Compare-and-set: a link that has ended
    tells nobody."""
    if Receipt.objects.filter(pk=receipt.pk, is_told=False).update(is_told=True):
        tell_author(receipt.story, WORDS_WAITING.name if receipt.story.is_named else MESSAGE_WAITING.name)
