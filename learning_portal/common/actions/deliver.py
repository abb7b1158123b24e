"""Send what is due. Any number of processes may do it at once, and any of them may die at any moment: a mail goes at
least once, under one Message-ID.

None of this runs inside a transaction: a claim must be seen by others before the mail goes out.
"""

import datetime
import enum
import logging

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from ..mail import kinds, rhythm
from ..mail.compose import mail_of, weekly_mail_of
from ..mail.headers import PortalMail
from ..models import Message
from ..models.message import State

logger = logging.getLogger(__name__)

BATCH = 200
"""Mails in one go, so that a weekly round does not keep back what must go at once."""
FAILURES_IN_A_ROW = 3
REMEMBERED = datetime.timedelta(weeks=52)
"""How long a reminder that went counts. By then nobody asks about the same thing."""
SHOWN_AS_FAILED = datetime.timedelta(weeks=4)


class Result(enum.Enum):
    """What came of trying one message."""

    SENT = enum.auto()
    FAILED = enum.auto()
    NOTHING = enum.auto()
    """It was not due, another process had it, or there was no more to say."""


def deliver_mail(*, now: datetime.datetime | None = None) -> int:
    """Send what is due and tidy up; how many mails went. Idempotent: called by every tick. `now` is for tests."""
    begun = now or timezone.now()
    tidy(begun)
    sent = _try_all(Message.objects.due_at_once(begun), now)
    if rhythm.is_mail_time(begun):
        bundle(begun)
        sent += _try_all(Message.objects.digests_due(begun), now)
    return sent


def _try_all(due, now: datetime.datetime | None) -> int:
    """Try a batch; how many went. When several fail in a row the mail server is down: the next tick goes on."""
    sent = in_a_row = 0
    for key in list(due.order_by("not_before", "pk").values_list("pk", flat=True)[:BATCH]):
        result = try_one(key, now=now)
        sent += result is Result.SENT
        in_a_row = in_a_row + 1 if result is Result.FAILED else 0
        if in_a_row == FAILURES_IN_A_ROW:
            break
    return sent


def try_one(key: int, *, now: datetime.datetime | None = None) -> Result:
    """Try one message, unless it is not due or another process has it."""
    now = now or timezone.now()
    message = Message.objects.claim(key, now)
    if message is None:
        return Result.NOTHING
    if not message.may_be_sent:
        Message.objects.to(message.user_id, message.address).drop(now)
        return Result.NOTHING
    try:
        mail = _compose(message)
        if mail is not None:
            mail.send()
    except Exception as error:  # whatever the mail server, or a template, may raise: the next message must not wait
        # Its words would name the address.
        logger.warning("A mail of kind %s could not be sent: %s.", message.kind, type(error).__name__)
        if message.attempts >= rhythm.LAST_TRY:
            _give_up(message)
        return Result.FAILED
    if mail is None:
        message.delete()
        return Result.NOTHING
    _sent(message, now)
    return Result.SENT


def _compose(message: Message) -> PortalMail | None:
    """The mail; None for a weekly one of which nothing is left to say."""
    if not message.is_digest:
        return mail_of(message)
    items = _in_order(list(_items_of(message)))
    return weekly_mail_of(message, items) if items else None


def _items_of(digest: Message):
    return Message.objects.waiting().filter(digest=digest.pk, kind__in=kinds.names(answers=False))


def _in_order(items: list[Message]) -> list[Message]:
    """What goes into a weekly mail, in the order in which it stands there."""
    by_key = {item.pk: item for item in items}
    return [by_key[found.key] for found in rhythm.digest_of(map(_as_waiting, items))]


def _as_waiting(item: Message) -> rhythm.Waiting:
    kind = kinds.kind_of(item.kind)
    return rhythm.Waiting(item.pk, kind.needs_answer, kind.priority, item.not_before)


# --- Weekly mails ---------------------------------------------------------------------------------------------------


def bundle(now: datetime.datetime) -> None:
    """Make one mail out of what waits for each person whose week is over."""
    held = Message.objects.held().filter(not_before__lte=rhythm.begun(now))
    same_person = Q(user=OuterRef("user")) | Q(user=None, address=OuterRef("address"))
    blocked = Message.objects.digests_that_block(rhythm.day_of(now)).filter(same_person)
    people = held.filter(~Exists(blocked)).order_by().values_list("user_id", "address").distinct()
    for user_id, address in list(people[:BATCH]):
        try:
            _bundle_one(user_id, address, now)
        except IntegrityError:
            logger.debug("Another process made this weekly mail.")


@transaction.atomic
def _bundle_one(user_id: int | None, address: str, now: datetime.datetime) -> None:
    """Raises IntegrityError where this person has a weekly mail of today, or one that still waits."""
    chosen = _in_order(list(Message.objects.to(user_id, address).held()))
    if not chosen:
        return
    digest = Message.objects.create(
        user_id=user_id,
        address=address,
        kind=kinds.DIGEST,
        language=chosen[0].language,
        not_before=rhythm.begun(now),
        day=rhythm.day_of(now),
    )
    Message.objects.held().filter(pk__in=[item.pk for item in chosen]).update(digest=digest)


# --- What becomes of a message --------------------------------------------------------------------------------------


@transaction.atomic
def _sent(message: Message, now: datetime.datetime) -> None:
    """Erase what went. Reminders and weekly mails leave a row with a day, and no word."""
    this = Message.objects.filter(pk=message.pk)
    went = _items_of(message) if message.is_digest else this
    went.filter(thread=None).delete()
    rows = Message.objects.filter(Q(pk__in=went.values("pk")) | Q(pk=message.pk))
    rows.update(state=State.SENT, context={}, digest=None, attempts=0, not_before=rhythm.midnight(now))


@transaction.atomic
def _give_up(message: Message) -> None:
    """A single message has failed. What was in a weekly mail goes into the next one, three times at most."""
    if not message.is_digest:
        Message.objects.filter(pk=message.pk).update(state=State.FAILED)
        return
    parts = _items_of(message)
    parts.update(attempts=F("attempts") + 1)
    parts.filter(attempts__gte=rhythm.LAST_DIGEST).update(state=State.FAILED, digest=None)
    message.delete()


def tidy(now: datetime.datetime) -> None:
    """Erase what no rule needs any more; drop what is no news any more; show what nobody can compose any more."""
    rows, today = Message.objects.all(), rhythm.day_of(now)
    known = [kinds.DIGEST, *kinds.names(answers=True), *kinds.names(answers=False)]
    rows.waiting().exclude(kind__in=known).update(state=State.FAILED, digest=None, not_before=rhythm.begun(now))
    patient = [kind.name for kind in kinds.all_kinds() if kind.needs_answer]
    rows.held().exclude(kind__in=patient).filter(not_before__lt=rhythm.before(now, rhythm.STALE)).drop(now)
    rows.filter(state=State.SENT, kind=kinds.DIGEST, day__lte=rhythm.last_day_that_blocks(today)).delete()
    sent = rows.filter(state=State.SENT).exclude(kind=kinds.DIGEST)
    sent.filter(not_before__lt=rhythm.before(now, REMEMBERED)).delete()
    over = rows.filter(state__in=[State.FAILED, State.DROPPED])
    over.filter(not_before__lt=rhythm.before(now, SHOWN_AS_FAILED)).delete()
