"""What hangs on the links that an author hands to others: what those say who look, and whom a link is mailed to."""

import datetime

from django.db import models
from django.db.models import Q

from learning_portal.common.constraints import bounded_text
from learning_portal.common.public_ids import random_key

from .story import Story

LONGEST_COMMENT = 1800
MAILED_BEFORE = datetime.timedelta(weeks=4)
"""How long before a contract ends the link is mailed."""
REMINDED_BEFORE = datetime.timedelta(weeks=1)


class StoryComment(models.Model):
    """A word of somebody to whom an author showed their story, for the author alone: no moderator reads it. Who said it
    is not asked. Erased on publication."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    """Their order, since there are no times."""
    text = models.TextField()
    week = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("story", "number", name="storycomment_number_once"),
            *bounded_text("storycomment", {"text": LONGEST_COMMENT}),
        ]

    def __str__(self) -> str:
        return str(self.story_id)


class LeavingRequest(models.Model):
    """That somebody is to be mailed a link before their contract ends. Of a named story only: such a mail would tell of
    any other that it is there. Erased with its links when it is waived, when the story is sent in and when the contract
    has ended."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.OneToOneField(Story, models.CASCADE, related_name="+")
    address = models.EmailField(max_length=254)
    language = models.CharField(max_length=2)
    """In which they are mailed."""
    ends_on = models.DateField()
    """The last day of the contract, and of the link."""
    thread = models.BigIntegerField(default=random_key)
    """Of the mails about it."""
    sent_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="leavingrequest_reminded_after_sent",
                condition=Q(reminded_on=None) | Q(sent_on__isnull=False),
            ),
            *bounded_text("leavingrequest", {"address": 254, "language": 2}),
        ]

    def __str__(self) -> str:
        return str(self.story_id)

    @property
    def due_on(self) -> datetime.date:
        """The day from which the link is mailed."""
        return self.ends_on - MAILED_BEFORE
