"""How a told story is held until it is published, and by whom."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from learning_portal.common.constraints import bounded_text, exactly, one_of
from learning_portal.common.public_ids import encode, random_key

from .. import receipt_rights, receipts
from ..choices import ReceiptKind
from ..receipt_rights import Deed
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

    def handed(self, story: Story, today: datetime.date):
        """The links that its author handed to somebody and that are open. What was mailed goes with its request."""
        handed = self.valid(today).filter(story=story, leaver=None).exclude(kind=ReceiptKind.AUTHOR)
        return handed.order_by("kind", "expires_on", "pk")


class Receipt(models.Model):
    """That whoever shows this may open the pages of one story. Only the hash is kept, and no time."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=ReceiptKind)
    expires_on = models.DateField(null=True, blank=True)
    leaver = models.ForeignKey("stories.LeavingRequest", models.CASCADE, related_name="+", null=True, blank=True)
    """The request with which it was mailed, and with which it ends."""
    is_told = models.BooleanField(default=False)
    """Whether the author was told that its holder has written; no more once the author has written too."""

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("receipt", "kind", ReceiptKind),
            models.CheckConstraint(name="receipt_hashed", condition=exactly("sha256", 64)),
            models.CheckConstraint(
                name="receipt_mailed_to_who_leaves", condition=Q(leaver=None) | Q(kind=ReceiptKind.LEAVING)
            ),
        ]

    def __str__(self) -> str:
        return str(self.story_id)

    @property
    def public_id(self) -> str:
        """What stands for it where its author ends it. It opens nothing."""
        return encode(self.pk)

    def may(self, deed: Deed) -> bool:
        """Whether whoever shows it does this, in the state in which the story is."""
        return receipt_rights.may(self.kind, self.story.status, deed)


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
