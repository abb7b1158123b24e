from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from learning_portal.common.constraints import bounded_text
from learning_portal.common.public_ids import random_key

from .network import Network

LONGEST = 1000


class NetworkPost(models.Model):
    """A few words that a member leaves for the other members. Which story they are about is for the floor above."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    words = models.TextField(max_length=LONGEST)
    language = models.CharField(max_length=2, default="en")
    on = models.DateField(default=timezone.localdate)
    number = models.PositiveIntegerField(default=0)
    """Its place in the network's talk: dates alone do not tell what answers what."""
    is_of_story = models.BooleanField(default=False)
    """Shown only to whoever may open the story: without it, to nobody."""

    class Meta:
        ordering = ["-number", "pk"]
        constraints = [
            *bounded_text("networkpost", {"words": LONGEST, "language": 2}),
            models.CheckConstraint(name="networkpost_says_something", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return str(self.network_id)
