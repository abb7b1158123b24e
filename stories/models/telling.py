"""How a told story is held until it is published, and by whom."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from learning_portal.common.constraints import bounded_text, exactly, one_of
from learning_portal.common.public_ids import random_key

from .. import receipts
from ..choices import ReceiptKind
from .story import Story

LONGEST_DRAFT = 60_000
"""Characters of JSON: far more than every section, answer and link of a form."""


class Draft(models.Model):
    """The words of a story while they are being written, as JSON of possibly half a form. Erased on publication."""

    story = models.OneToOneField(Story, models.CASCADE, related_name="+", primary_key=True)
    number = models.PositiveIntegerField(default=0)
    """Counts saves: each names the one that it read."""
    words = models.TextField(default="{}")
    week = models.DateField()
    """In which it was saved last."""
    other_words = models.TextField(blank=True)
    """What a stale save said, until the author chooses. Nothing typed is lost, and nothing is overwritten."""

    class Meta:
        constraints = bounded_text("draft", {"words": LONGEST_DRAFT, "other_words": LONGEST_DRAFT})

    def __str__(self) -> str:
        return str(self.story_id)


class ReceiptQuerySet(models.QuerySet):
    def valid(self, today: datetime.date):
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=today))

    def holding(self, story: int | None, text: str, today: datetime.date) -> "Receipt | None":
        """The receipt that somebody shows for the story of this key, or for any if None; None for what is no receipt,
        has run out or belongs to another story: these cannot be told apart. What its author has for a story opens the
        change to it too."""
        try:
            found = self.valid(today).filter(sha256=receipts.sha256(text))
        except ValueError:
            return None
        if story is not None:
            changed = Story.objects.filter(pk=story).values("revises")
            found = found.filter(Q(story=story) | Q(story__in=changed, kind=ReceiptKind.AUTHOR))
        return found.select_related("story").first()


class Receipt(models.Model):
    """That whoever shows this may open the pages of one story. Only the hash is kept, and no time."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=ReceiptKind)
    expires_on = models.DateField(null=True, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("receipt", "kind", ReceiptKind),
            models.CheckConstraint(name="receipt_hashed", condition=exactly("sha256", 64)),
        ]

    def __str__(self) -> str:
        return str(self.story_id)

    @property
    def may_write(self) -> bool:
        """A colleague looks and comments."""
        return self.kind != ReceiptKind.COLLEAGUE


class RelayMessage(models.Model):
    """A word between an author and the moderators of a story, who do not learn of each other more than it says."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    """Their order, since there are no times."""
    from_author = models.BooleanField()
    text = models.TextField()
    week = models.DateField()
    read = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("story", "number", name="relaymessage_number_once"),
            *bounded_text("relaymessage", {"text": 2000}),
        ]

    def __str__(self) -> str:
        return str(self.story_id)


class Handling(models.Model):
    """The moderator to whom a story is handed at present."""

    story = models.OneToOneField(Story, models.CASCADE, related_name="+", primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateField()
    """The day for a named story, the Monday of the week for the others."""

    def __str__(self) -> str:
        return str(self.story_id)
