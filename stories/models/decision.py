from django.db import models
from django.db.models import Q

from learning_portal.common.constraints import bounded_text, one_of
from learning_portal.common.public_ids import random_key

from ..choices import Verb
from .story import Story


class Decision(models.Model):
    """What was decided about a story. Append-only; erased with the story alone.

    Whoever decided about a story that is not named stands here as a seal (`seals.py`) and not by name, and the date is
    the Monday of the week: who else was there, and when, could name the author.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    """Their order, since there are no times."""
    verb = models.CharField(max_length=15, choices=Verb)
    seal = models.CharField(max_length=64, blank=True)
    by_label = models.CharField(max_length=254, blank=True)
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    """The number of the version that it is about, and below its hash."""
    sha256 = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            one_of("decision", "verb", Verb),
            models.UniqueConstraint("story", "number", name="decision_number_once"),
            models.UniqueConstraint(
                "story", "seal", "version", condition=Q(verb=Verb.APPROVED), name="decision_approves_once"
            ),
            *bounded_text("decision", {"by_label": 254, "reason": 1000}),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.story_id}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValueError("A decision is never changed: write a new one.")
        super().save(*args, **kwargs)
