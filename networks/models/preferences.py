from django.conf import settings
from django.db import models

from learning_portal.common.constraints import bounded_text

from ..choices import MeetingFormat
from .topic import Topic


class PreferencesQuerySet(models.QuerySet):
    def liked_formats(self, user) -> list[str]:
        """The ways to meet that a reader likes; none for a visitor."""
        own = self.filter(user=user).first() if user.is_authenticated else None
        return own.format_list if own else []


class Preferences(models.Model):
    """What somebody knows about, wants to learn, and how they like to learn. A row with nothing in it says that they
    were asked."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True)
    knows = models.ManyToManyField(Topic, related_name="+", blank=True)
    wants = models.ManyToManyField(Topic, related_name="+", blank=True)
    formats = models.CharField(max_length=80, blank=True)
    """Of `MeetingFormat`, separated by |."""

    objects = PreferencesQuerySet.as_manager()

    class Meta:
        constraints = bounded_text("preferences", {"formats": 80})

    def __str__(self) -> str:
        return str(self.user)

    @property
    def format_list(self) -> list[str]:
        return [value for value in self.formats.split("|") if value in MeetingFormat.values]
