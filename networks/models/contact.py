from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text

from ..choices import MeetingFormat
from .organisation import Organisation
from .topic import Topic


class Contact(models.Model):
    """A person's card: what they can help with and how they like to meet. Its address is never shown on a page."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True)
    name = models.CharField(_("Name"), max_length=120)
    role = models.CharField(_("Role"), max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team_mailbox = models.EmailField(_("Team mailbox"), max_length=254, blank=True)
    deputy = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True, blank=True)
    can_help_with = models.ManyToManyField(Topic, related_name="+", blank=True)
    wants_to_learn = models.ManyToManyField(Topic, related_name="+", blank=True)
    formats = models.CharField(_("Ways to meet"), max_length=80, blank=True, help_text=_("Separated by |"))
    monthly_limit = models.PositiveSmallIntegerField(_("Meetings a month"), default=2)
    verified_on = models.DateField(_("Confirmed on"), null=True, blank=True)
    moved_to = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            *bounded_text("contact", {"name": 120, "role": 120, "team_mailbox": 254, "formats": 80}),
            models.CheckConstraint(name="contact_named", condition=~Q(name="")),
            models.CheckConstraint(name="contact_limit_sane", condition=Q(monthly_limit__lte=31)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def format_labels(self) -> list[str]:
        return self.format_labels_for([])

    def format_labels_for(self, liked: Collection[str]) -> list[str]:
        """In words; first those that the reader likes."""
        offered = [value for value in self.formats.split("|") if value in MeetingFormat.values]
        return [str(MeetingFormat(value).label) for value in sorted(offered, key=lambda value: value not in liked)]
