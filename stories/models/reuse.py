from django.conf import settings
from django.db import models

from learning_portal.common.constraints import bounded_text, one_of
from learning_portal.common.public_ids import random_key

from ..choices import IN_USE, Uptake
from .story import Story

LONGEST_WHY = 250


class Reuse(models.Model):
    """What an organisation made of a named story from elsewhere: so one that took becomes one that can give."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    organisation = models.ForeignKey("networks.Organisation", models.PROTECT, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    how = models.CharField(max_length=10, choices=Uptake)
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    """Of `stopped` and `not_for_us`: for the author of the story alone."""
    may_be_named = models.BooleanField(default=False)
    """Whether whoever said so agrees that the page of the story names the organisation, while it uses it."""
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True)
    """Who said so last."""
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "story", name="reuse_once"),
            one_of("reuse", "how", Uptake),
            *bounded_text("reuse", {"why": LONGEST_WHY}),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} – {self.story_id}"

    @property
    def is_in_use(self) -> bool:
        return self.how in IN_USE
