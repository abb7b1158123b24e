import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from learning_portal.common.constraints import bounded_text
from learning_portal.common.public_ids import encode, random_key

from .story import Story

KEPT_DAYS = 365


def last_day() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=KEPT_DAYS)


class WatchQuerySet(models.QuerySet):
    def live(self, today: datetime.date) -> "WatchQuerySet":
        return self.filter(expires_on__gte=today, user__is_active=True)


class Watch(models.Model):
    """ "Tell me when someone has": a plan for which somebody waits for new stories, until they stop or for a year."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField()
    topics = models.ManyToManyField("networks.Topic", related_name="+", blank=True)
    organisation = models.ForeignKey("networks.Organisation", models.CASCADE, related_name="+", null=True, blank=True)
    looked_on = models.DateField(default=timezone.localdate)
    """Stories that came out before this day have been looked at."""
    expires_on = models.DateField(default=last_day)
    thread = models.BigIntegerField(default=random_key)
    """Of its mails: who has not looked after two of them gets no third."""

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ["expires_on", "pk"]
        constraints = [
            models.CheckConstraint(name="watch_has_a_plan", condition=~Q(text="")),
            *bounded_text("watch", {"text": 2000}),
        ]

    def __str__(self) -> str:
        return encode(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("stories:watch-detail", args=[self.pk])


class WatchFound(models.Model):
    """A story that came out since and is about the plan: its reader is told of each once."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    watch = models.ForeignKey(Watch, models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("watch", "story", name="watchfound_once")]

    def __str__(self) -> str:
        return str(self.watch_id)
