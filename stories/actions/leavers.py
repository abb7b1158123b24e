"""Mail a link to whoever leaves: four weeks before their contract ends, once more a week before, then never again."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from learning_portal.common.actions import post
from learning_portal.common.mail.compose import Scalar

from ..choices import ReceiptKind
from ..mails import LEAVING_LINK
from ..models import LeavingRequest, Story
from ..models.handed import MAILED_BEFORE, REMINDED_BEFORE
from ..receipt_rights import handed_in
from .deciding import locked
from .keep import erase_requests
from .links import hand
from .refused import Refused

LONGEST_AHEAD = datetime.timedelta(days=366)
"""An address is kept no longer than this before its contract ends."""
A_TICK = 200
"""Mails at one tick: others wait for the database too."""


@transaction.atomic
def ask(
    *, story: Story, address: str, ends_on: datetime.date, language: str, today: datetime.date | None = None
) -> LeavingRequest:
    """Keep whom to mail a link before their contract ends, and mail it if that is soon. Raises Refused for a story
    without a name, of which a mail would tell; once it is sent in; for a day that is past or far off; and for a second
    address."""
    story, today = locked(story), today or timezone.localdate()
    if not story.is_named:
        raise Refused(_("A mail would tell of this story. Make a leaving link instead, and hand it over in person."))
    if ReceiptKind.LEAVING not in handed_in(story.status):
        raise Refused(_("Nobody else writes this story any more: you have sent it in."))
    if not today < ends_on <= today + LONGEST_AHEAD:
        raise Refused(_("Write a day within the next twelve months."))
    try:
        with transaction.atomic():
            found = LeavingRequest.objects.create(
                story=story, address=address.strip().lower(), language=language, ends_on=ends_on
            )
    except IntegrityError:
        raise Refused(_("A link goes to somebody already.")) from None
    if found.due_on <= today:
        _mail(found, today, sent_on=None)
    return found


@transaction.atomic
def waive(*, story: Story) -> None:
    """The author does without: no mail goes any more, the link opens nothing, and the address is erased. Raises Refused
    if nobody was asked."""
    if not erase_requests(LeavingRequest.objects.filter(story=locked(story))):
        raise Refused(_("Nobody is to be mailed a link any more."))


# --- Jobs of the tick -----------------------------------------------------------------------------------------------


def mail_leavers(*, today: datetime.date | None = None) -> int:
    """Mail those whose contract ends within four weeks, once each; how many."""
    today = today or timezone.localdate()
    due = LeavingRequest.objects.filter(sent_on=None, ends_on__range=(today, today + MAILED_BEFORE))
    return sum(_mail_locked(one, today, sent_on=None) for one in _some(due))


def remind_leavers(*, today: datetime.date | None = None) -> int:
    """Remind those whose contract ends within a week, once, if a week has gone by since the first mail; how many."""
    today = today or timezone.localdate()
    due = LeavingRequest.objects.filter(
        reminded_on=None, ends_on__range=(today, today + REMINDED_BEFORE), sent_on__lte=today - REMINDED_BEFORE
    )
    return sum(_mail_locked(one, today, reminded_on=None) for one in _some(due))


def erase_leavers(*, today: datetime.date | None = None) -> int:
    """Erase the addresses of those whose contract has ended; how many."""
    over = LeavingRequest.objects.filter(ends_on__lt=today or timezone.localdate())
    return sum(_erase(one) for one in _some(over))


def _some(found: QuerySet[LeavingRequest]) -> list[LeavingRequest]:
    return list(found.order_by("pk").select_related("story")[:A_TICK])


@transaction.atomic
def _erase(one: LeavingRequest) -> int:
    return erase_requests(LeavingRequest.objects.filter(pk=one.pk, ends_on=one.ends_on))


@transaction.atomic
def _mail_locked(one: LeavingRequest, today: datetime.date, **untouched: None) -> bool:
    """The story is held, so that it is not sent in or erased between the mail and its link."""
    try:
        locked(one.story)
    except Refused:
        return False
    return _mail(one, today, **untouched)


def _mail(one: LeavingRequest, today: datetime.date, **untouched: None) -> bool:
    """Queue a mail with a receipt of its own, which stands nowhere else. Compare-and-set: of two ticks at once, one
    does."""
    marked = LeavingRequest.objects.filter(pk=one.pk, **untouched)
    if not marked.update(**dict.fromkeys(untouched, today)):
        return False
    receipt = hand(story=one.story, kind=ReceiptKind.LEAVING, expires_on=one.ends_on, leaver=one)
    with override(one.language):
        context: dict[str, Scalar] = {
            "place": one.story.place,
            "receipt": receipt,
            "day": date_format(one.ends_on, "DATE_FORMAT"),
            "again": "reminded_on" in untouched,
        }
    post(to=one.address, kind=LEAVING_LINK.name, context=context, language=one.language, thread=one.thread)
    return True
