import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import one_of
from learning_portal.common.public_ids import random_key

from .affiliation import Affiliation
from .organisation import Organisation

DAYS_TO_ANSWER = 28


def last_day() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=DAYS_TO_ANSWER)


class State(models.TextChoices):
    ASKED = "asked", _("Asked")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")


class SponsorshipQuerySet(models.QuerySet):
    def waiting(self):
        """Not answered, and in time."""
        return self.filter(state=State.ASKED, expires_on__gte=timezone.localdate(), user__is_active=True)

    def over(self):
        return self.filter(expires_on__lt=timezone.localdate())


class Sponsorship(models.Model):
    """Somebody whose address does not say where they work asks a colleague to confirm it.

    Without a sponsor, also where the one that was named turned out to be none, it waits for the programme team.
    """

    State = State

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=10, choices=Affiliation.Capacity)
    sponsor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    expires_on = models.DateField(default=last_day)

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        ordering = ["expires_on", "pk"]
        constraints = [
            models.UniqueConstraint("user", condition=Q(state="asked"), name="sponsorship_one_waits"),
            models.CheckConstraint(name="sponsorship_by_another", condition=Q(sponsor=None) | ~Q(sponsor=F("user"))),
            one_of("sponsorship", "state", State),
            one_of("sponsorship", "capacity", Affiliation.Capacity),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"
