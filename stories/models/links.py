from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text, one_of
from learning_portal.common.public_ids import random_key
from networks.models import Network

from ..choices import Progress
from .story import Story


class AuthorLink(models.Model):
    """Who wrote a story, where the service may know it: never for an anonymous one. Asked only through
    `authored_by`."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_warned = models.BooleanField(default=False)
    """Whether they were told that this link will be erased soon."""

    class Meta:
        constraints = [models.UniqueConstraint("story", "user", name="authorlink_once")]

    def __str__(self) -> str:
        return str(self.story_id)


class StoryNetworkQuerySet(models.QuerySet):
    def named_by(self, story: Story) -> list[Network]:
        """The networks that a story names as its readers."""
        return [link.network for link in self.filter(story=story).select_related("network")]


class StoryNetwork(models.Model):
    """A network whose members may read a story of audience "network"."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="+")

    objects = StoryNetworkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("story", "network", name="storynetwork_once")]

    def __str__(self) -> str:
        return str(self.story_id)


class StoryContact(models.Model):
    """Whom to ask about a named story."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    contact = models.ForeignKey("networks.Contact", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("story", "contact", name="storycontact_once")]

    def __str__(self) -> str:
        return str(self.story_id)


class ProgressUpdate(models.Model):
    """One line on how a named project goes, with its date."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    on = models.DateField(_("Date"))
    status = models.CharField(max_length=14, choices=Progress)
    line = models.CharField(max_length=250)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [one_of("progressupdate", "status", Progress), *bounded_text("progressupdate", {"line": 250})]

    def __str__(self) -> str:
        return self.line
