from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text

from ..choices import FRONT_LINE_KINDS
from .organisation import Organisation


class AffiliationQuerySet(models.QuerySet):
    def verified(self):
        """Affiliations that hold now: somebody checked them, and they have not ended."""
        return self.filter(verified_on__isnull=False, ended_on=None, user__is_active=True)

    def front_line(self):
        """Verified employees of front-line bodies: not elected members, not contractors, not central government, and
        not those who may as well work at another body that shares their e-mail domain and is none."""
        return self.verified().filter(
            capacity=Affiliation.Capacity.EMPLOYEE, organisation__kind__in=FRONT_LINE_KINDS, is_mixed=False
        )


class Affiliation(models.Model):
    """Where a user works: the only thing that says so. Rules that ask join this table on every request."""

    class Capacity(models.TextChoices):
        EMPLOYEE = "employee", _("Employee")
        ELECTED = "elected", _("Elected member")
        CONTRACTOR = "contractor", _("Contractor")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    capacity = models.CharField(_("Capacity"), max_length=10, choices=Capacity, default=Capacity.EMPLOYEE)
    verified_on = models.DateField(_("Verified on"), null=True, blank=True)
    verified_by = models.CharField(_("Verified by"), max_length=254, blank=True)
    domain = models.CharField(_("E-mail domain"), max_length=253, blank=True)
    """By which it was verified; nothing if a person did it."""
    is_mixed = models.BooleanField(_("Shares its domain with bodies that are not front line"), default=False)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user", "organisation", condition=Q(ended_on=None), name="affiliation_once_at_a_time"
            ),
            models.CheckConstraint(
                name="affiliation_verified_by_somebody", condition=Q(verified_on=None) | ~Q(verified_by="")
            ),
            models.CheckConstraint(
                name="affiliation_capacity_known", condition=Q(capacity__in=["employee", "elected", "contractor"])
            ),
            *bounded_text("affiliation", {"verified_by": 254, "domain": 253}),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"
