import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text, one_of
from learning_portal.common.public_ids import random_key

from .network import Network

DAYS_TO_ANSWER = 28


class Kind(models.TextChoices):
    ASKED = "asked", _("Asked to join")
    INVITED = "invited", _("Invited to join")
    CONVENE = "convene", _("Invited to convene")


class AdmissionQuerySet(models.QuerySet):
    def waiting(self) -> "AdmissionQuerySet":
        """For an answer."""
        return self.in_time().filter(taken_back_on=None)

    def in_time(self) -> "AdmissionQuerySet":
        """Those whose link leads somewhere: nobody whose account is closed asks."""
        first = timezone.localdate() - datetime.timedelta(days=DAYS_TO_ANSWER)
        return self.filter(asked_on__gte=first).exclude(user__is_active=False).exclude(by__is_active=False)

    def over(self, today: datetime.date) -> "AdmissionQuerySet":
        return self.filter(asked_on__lt=today - datetime.timedelta(days=DAYS_TO_ANSWER))


class Admission(models.Model):
    """Somebody asks to join a network, or is asked to join or convene it. Erased with its answer, or after 28 days;
    until then one that was taken back is there for its link to say so.

    It gives nothing: a membership comes when the other side says yes. An address that was typed stays an address, so
    that nobody learns here who has an account.
    """

    Kind = Kind

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True, blank=True)
    address = models.EmailField(max_length=254, blank=True)
    kind = models.CharField(max_length=7, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True, blank=True)
    """The convenor, or founder, who asks them; nobody if they ask themselves."""
    words = models.CharField(max_length=400, blank=True)
    asked_on = models.DateField(default=timezone.localdate)
    taken_back_on = models.DateField(null=True, blank=True)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            *bounded_text("admission", {"address": 254, "words": 400}),
            one_of("admission", "kind", Kind),
            models.CheckConstraint(
                name="admission_of_somebody",
                condition=Q(user__isnull=False, address="") | Q(user=None) & ~Q(address=""),
            ),
            models.CheckConstraint(
                name="admission_asked_by_themselves",
                condition=Q(kind="asked", by=None, user__isnull=False) | ~Q(kind="asked") & Q(by__isnull=False),
            ),
            models.CheckConstraint(
                name="admission_invitation_taken_back", condition=Q(taken_back_on=None) | ~Q(kind="asked")
            ),
            models.UniqueConstraint(
                "network",
                "user",
                condition=Q(user__isnull=False, taken_back_on=None),
                name="admission_one_waits_for_a_person",
            ),
            models.UniqueConstraint(
                "network",
                Lower("address"),
                condition=Q(taken_back_on=None) & ~Q(address=""),
                name="admission_one_waits_for_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} – {self.network}"

    @property
    def last_day(self) -> datetime.date:
        return self.asked_on + datetime.timedelta(days=DAYS_TO_ANSWER)
