from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text


class Network(models.Model):
    """A group of people who learn together, also one that lives elsewhere."""

    slug = models.SlugField(max_length=60, unique=True)
    name_en = models.CharField(_("Name in English"), max_length=120)
    name_cy = models.CharField(_("Name in Welsh"), max_length=120, blank=True)
    purpose_en = models.CharField(_("Purpose"), max_length=300, blank=True)
    purpose_cy = models.CharField(_("Purpose in Welsh"), max_length=300, blank=True)
    elsewhere_url = models.URLField(_("Where it lives"), max_length=300, blank=True)

    class Meta:
        ordering = ["name_en", "pk"]
        constraints = bounded_text(
            "network",
            {"slug": 60, "name_en": 120, "name_cy": 120, "purpose_en": 300, "purpose_cy": 300, "elsewhere_url": 300},
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_cy if get_language() == "cy" and self.name_cy else self.name_en


class MembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(left_on=None, user__is_active=True)


class Membership(models.Model):
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_convenor = models.BooleanField(_("Convenor"), default=False)
    joined_on = models.DateField(_("Joined on"))
    left_on = models.DateField(_("Left on"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("network", "user", condition=Q(left_on=None), name="membership_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.network}"
