import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text

from .affiliation import Affiliation
from .organisation import Organisation

STANDS_FOR = datetime.timedelta(days=365)


class PledgeQuerySet(models.QuerySet):
    def standing(self, today: datetime.date):
        """Given within a year, by somebody who works there still."""
        employed = Affiliation.objects.verified().filter(
            user=OuterRef("user"), organisation=OuterRef("organisation"), capacity=Affiliation.Capacity.EMPLOYEE
        )
        return self.filter(Exists(employed), on__gt=today - STANDS_FOR)


class Pledge(models.Model):
    """That somebody senior put their name to "we share what goes wrong, and nobody here is worse off for it"."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=120)
    role = models.CharField(_("Role"), max_length=120)
    on = models.DateField(_("Date"))

    objects = PledgeQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "pk"]
        constraints = [
            models.UniqueConstraint("user", "organisation", name="pledge_once"),
            models.CheckConstraint(name="pledge_signed", condition=~Q(name="") & ~Q(role="")),
            *bounded_text("pledge", {"name": 120, "role": 120}),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"
