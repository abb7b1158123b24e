"""Queue mail, and leave off queueing it. `deliver` sends it."""

import datetime
import functools
import json
from collections.abc import Collection, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..mail import kinds, rhythm
from ..mail.compose import Scalar
from ..mail.stopping import Subscriber, may_be_stopped
from ..models import MailStop, Message, User
from ..models.message import LONGEST_CONTEXT, State
from .deliver import try_one


def post(
    *,
    to: User | str,
    kind: str,
    context: Mapping[str, Scalar] | None = None,
    language: str = "",
    thread: int | None = None,
    many: bool = False,
    now: datetime.datetime | None = None,
) -> Message | None:
    """Queue a mail to a person, or to an address that has no account, in the caller's transaction.

    What answers something that they did is tried once the transaction is committed; everything else waits for their
    weekly mail. None, and nothing is queued, if they stopped this kind, their account is closed, or `thread` was
    followed up often enough or is waiting already: so a job may ask every day. Which of these it was is their affair.

    `context` holds what the template needs and as little as can be: no title or word of a story that is not public.
    `thread` is a random number that the caller keeps with what the mail is about: never a story's own key.
    `many`: one of very many, which would keep the reader waiting who caused them: the next tick sends it.
    Raises UnknownKind, and ValueError for a context that is too long.
    """
    found = kinds.kind_of(kind)
    user, address = _addressee(to)
    message = Message(
        user=user,
        address=address,
        kind=kind,
        context=_short(context or {}),
        language=language or (user.language if user else "en"),
        thread=thread,
        not_before=0 if found.answers else rhythm.next_morning(now or timezone.now()),
    )
    if not message.may_be_sent or _is_stopped(message) or _was_ignored(message) or not _queued(message):
        return None
    if found.answers and not many:
        transaction.on_commit(functools.partial(try_one, message.pk), robust=True)
    return message


def _addressee(to: User | str) -> tuple[User | None, str]:
    """A person if the address is that of one, else the address."""
    if isinstance(to, User):
        return to, ""
    address = to.strip().lower()
    user = User.objects.filter(email=address).first()
    return (user, "") if user else (None, address)


def _short(context: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """Each text on one line, so that nobody's words become a subject, a heading or a button."""
    lines = {name: _on_one_line(value) if isinstance(value, str) else value for name, value in context.items()}
    if len(json.dumps(lines)) > LONGEST_CONTEXT:
        raise ValueError("The context of a mail holds a few short values.")
    return lines


def _on_one_line(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


def _is_stopped(message: Message) -> bool:
    subscriber = Subscriber.of(message.user_id, message.address)
    return MailStop.objects.of(subscriber).filter(kind=message.kind).exists()


def _was_ignored(message: Message) -> bool:
    """Whether this reminder waits already, or went often enough without an answer."""
    if message.thread is None:
        return False
    sent = Message.objects.to(message.user_id, message.address).filter(
        kind=message.kind, thread=message.thread, state=State.SENT
    )
    return sent.count() >= rhythm.MOST_FOLLOW_UPS


def _queued(message: Message) -> bool:
    """Whether it stands in the outbox now; not if the same reminder waits there (a constraint)."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if message.thread is None:
            raise
        return False
    return True


STANDING = -1
"""The thread of mails that say how something stands: no random number is below 0."""


def tell_how_it_stands(
    *, kind: str, to: Mapping[User, Mapping[str, Scalar]], now: datetime.datetime | None = None
) -> None:
    """Say how something stands to these people, each in their weekly mail for as long as it stands; to nobody else any
    more. For every tick: one such mail waits for each, and says the newest.

    It is no reminder, which would be sent twice at most: each of them tells of another week.
    """
    standing = Message.objects.filter(kind=kind, thread=STANDING)
    standing.exclude(user__in=list(to)).delete()
    for user, context in to.items():
        theirs = standing.filter(user=user)
        if theirs.waiting().exists():
            theirs.held().exclude(context=_short(context)).update(context=_short(context))
            continue
        theirs.filter(state=State.SENT).delete()
        post(to=user, kind=kind, context=context, thread=STANDING, now=now)


def answered(*, thread: int) -> None:
    """The person did what mails of this thread ask for: forget them all, sent and waiting."""
    Message.objects.filter(thread=thread).delete()


@transaction.atomic
def stop_kinds(*, subscriber: Subscriber, names: Sequence[str]) -> None:
    """This person wants no more mail of these kinds; what waits of them is dropped. Kinds that answer are left."""
    stopped = [name for name in names if may_be_stopped(name)]
    MailStop.objects.bulk_create(
        [MailStop(user_id=subscriber.user_id, address_sha256=subscriber.address_sha256, kind=name) for name in stopped],
        ignore_conflicts=True,
    )
    waiting = Message.objects.waiting().filter(kind__in=stopped)
    if subscriber.user_id is not None:
        waiting.filter(user_id=subscriber.user_id).drop(timezone.now())
        return
    theirs = [one.pk for one in waiting.filter(user=None) if Subscriber.of(None, one.address) == subscriber]
    Message.objects.filter(pk__in=theirs).drop(timezone.now())


@transaction.atomic
def choose_kinds(*, by: User, wanted: Collection[str], among: Collection[str]) -> None:
    """Of these kinds, this person wants some and no other. What they were not asked about stays as it is."""
    subscriber = Subscriber(by.pk)
    MailStop.objects.of(subscriber).filter(kind__in=wanted).delete()
    stop_kinds(subscriber=subscriber, names=[name for name in among if name not in wanted])
