from django.conf import settings
from django.db import models

from learning_portal.common.constraints import one_of
from learning_portal.common.public_ids import random_key

from ..choices import Progress
from .story import Story


class Follow(models.Model):
    """A reader wants to hear when a named project stands differently. Nobody else sees who follows what."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    seen = models.CharField(max_length=14, choices=Progress)
    """How it stood when they last heard of it."""

    class Meta:
        constraints = [models.UniqueConstraint("user", "story", name="follow_once"), one_of("follow", "seen", Progress)]

    def __str__(self) -> str:
        return str(self.story_id)
