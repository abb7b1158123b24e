import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Cast, Length

from ..constraints import bounded_text, one_of
from ..mail import kinds, rhythm
from ..public_ids import random_key

LONGEST_CONTEXT = 1000
"""Characters of JSON."""


class State(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    """Kept only where a rule still needs it: the day of a weekly mail, and how often a follow-up went."""
    FAILED = "failed"
    DROPPED = "dropped"
    """Not sent, and nothing is wrong: its kind was stopped, the account closed, or it was no news any more."""


WAITS = Q(state=State.WAITING)
STANDS = Q(state__in=[State.WAITING, State.FAILED])
"""Waits, or can be made to wait again."""
IS_DIGEST = Q(kind=kinds.DIGEST)


class MessageQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=State.WAITING)

    def to(self, user_id: int | None, address: str):
        return self.filter(user_id=user_id, address=address)

    def due_at_once(self, now: datetime.datetime):
        """What answers something that the person did."""
        return self.waiting().filter(kind__in=kinds.names(answers=True), not_before__lte=rhythm.begun(now))

    def held(self):
        """What waits for its person's next weekly mail."""
        return self.waiting().filter(kind__in=kinds.names(answers=False), digest=None)

    def digests_due(self, now: datetime.datetime):
        return self.waiting().filter(kind=kinds.DIGEST, not_before__lte=rhythm.begun(now))

    def digests_that_block(self, today: datetime.date):
        """Weekly mails because of which their people get none today."""
        recent = Q(state=State.SENT, day__gt=rhythm.last_day_that_blocks(today))
        return self.filter(Q(state=State.WAITING) | recent, kind=kinds.DIGEST)

    def in_trouble(self):
        """Of each kind: how many were tried in vain and wait to be tried again, and how many were given up."""
        trying = Count("pk", filter=WAITS & Q(attempts__gt=0))
        failed = Count("pk", filter=Q(state=State.FAILED))
        counted = self.values("kind").annotate(trying=trying, failed=failed).exclude(trying=0, failed=0)
        return counted.order_by("kind").values_list("kind", "trying", "failed")

    def claim(self, key: int, now: datetime.datetime) -> "Message | None":
        """The message, if it is due and this caller alone may try it now.

        Compare-and-set: of two that ask at once, one gets it. Whoever claims and dies leaves it due again after the
        pause.
        """
        due = self.waiting().select_related("user").filter(pk=key, not_before__lte=rhythm.begun(now)).first()
        if due is None:
            return None
        tried = due.attempts + 1
        claimed: dict[str, Any] = {
            "attempts": tried,
            "not_before": rhythm.later(now, rhythm.pause_after(tried)),
            "day": rhythm.day_of(now) if due.is_digest else None,
        }
        if not self.waiting().filter(pk=key, attempts=due.attempts).update(**claimed):
            return None
        due.attempts = tried
        return due

    def drop(self, now: datetime.datetime) -> int:
        """Give up what waits here, and forget what it would have said."""
        return self.waiting().update(state=State.DROPPED, context={}, digest=None, not_before=rhythm.midnight(now))


class Message(models.Model):
    """A mail to be sent, or a part of a weekly one. What is sent is erased, unless a rule still needs to know of it.

    Nothing here says when it was queued, by whom or about what: docs/decisions/0008-outbox.md lists what a copy of this
    table tells. Its key is random, so that the order of rows is not that of events.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True, blank=True)
    """Mailed at the address that they have by then."""
    address = models.EmailField(max_length=254, blank=True)
    """Of somebody without an account."""
    kind = models.CharField(max_length=40)
    """Of those registered in `mail.kinds`; it names the template too."""
    context = models.JSONField(default=dict, blank=True)
    """What the template needs besides, as short as can be."""
    language = models.CharField(max_length=2)
    """Or `mail.compose.BOTH`."""
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.PositiveIntegerField(default=0)
    """A quarter (`mail.rhythm`), or 0: at once."""
    thread = models.BigIntegerField(null=True, blank=True)
    """A random number that its sender keeps: mails of one thread remind of the same thing."""
    digest = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True, blank=True)
    """The weekly mail that it goes with."""
    day = models.DateField(null=True, blank=True)
    """Of a weekly mail: on which it was tried last."""

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("state", "not_before", name="message_due"),
            models.Index("thread", name="message_thread", condition=~Q(thread=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_has_one_recipient",
                condition=Q(user=None) & ~Q(address="") | ~Q(user=None) & Q(address=""),
            ),
            models.CheckConstraint(
                name="message_day_is_of_a_digest",
                condition=IS_DIGEST & Q(thread=None, digest=None) & ~Q(day=None) | ~IS_DIGEST & Q(day=None),
            ),
            models.CheckConstraint(name="message_only_what_waits_is_in_a_digest", condition=Q(digest=None) | WAITS),
            models.CheckConstraint(name="message_sent_says_nothing", condition=~Q(state=State.SENT) | Q(context={})),
            models.CheckConstraint(
                name="message_context_bounded",
                condition=Q(
                    models.lookups.LessThanOrEqual(Length(Cast("context", models.TextField())), LONGEST_CONTEXT)
                ),
            ),
            one_of("message", "state", State),
            models.UniqueConstraint("user", "day", name="message_one_digest_a_day"),
            models.UniqueConstraint("address", "day", condition=Q(user=None), name="message_one_digest_a_day_there"),
            models.UniqueConstraint("user", condition=WAITS & IS_DIGEST, name="message_one_digest_waits"),
            models.UniqueConstraint(
                "address", condition=WAITS & IS_DIGEST & Q(user=None), name="message_one_digest_waits_there"
            ),
            models.UniqueConstraint("user", "kind", "thread", condition=STANDS, name="message_reminds_once"),
            models.UniqueConstraint(
                "address", "kind", "thread", condition=STANDS & Q(user=None), name="message_reminds_once_there"
            ),
            *bounded_text("message", {"address": 254, "kind": 40, "language": 2}),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def is_digest(self) -> bool:
        return self.kind == kinds.DIGEST

    @property
    def mailbox(self) -> str:
        """Where it goes."""
        return self.user.email if self.user else self.address

    @property
    def may_be_sent(self) -> bool:
        """Not to an account that was closed meanwhile."""
        return self.user is None or self.user.is_active
