import datetime
from collections.abc import Collection

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text, one_of
from learning_portal.common.models import User
from learning_portal.common.public_ids import encode, random_key

from ..choices import CardAudience, Language, MeetingFormat, Weekday
from ..meeting import HIDE_DAYS
from .affiliation import Affiliation
from .network import Membership
from .organisation import Organisation
from .topic import Topic


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> "ContactQuerySet":
        """The one door to cards: those whose owner lets this reader see them, and one's own. Who has left the service
        or a job, and whose card nobody has confirmed for 24 months, is not among them: see `living`."""
        if not (user.is_authenticated and user.is_active):
            return self.filter(audience=CardAudience.PUBLIC)
        shared = Membership.objects.current().filter(
            network__in=Membership.objects.current().filter(user=user).values("network")
        )
        is_member = Affiliation.objects.verified().filter(user=user)
        return self.filter(
            Q(audience=CardAudience.PUBLIC)
            | Q(models.Exists(is_member), audience=CardAudience.MEMBERS)
            | Q(audience=CardAudience.NETWORKS, user__in=shared.values("user"))
            | Q(user=user)
        )

    def there(self) -> "ContactQuerySet":
        """Cards whose person did not leave, however long ago that was confirmed."""
        return self.filter(archived_on=None, moved_to=None)

    def living(self, today: datetime.date) -> "ContactQuerySet":
        """Cards that somebody confirmed within 24 months, and whose person is still there."""
        last = today - datetime.timedelta(days=HIDE_DAYS)
        return self.there().filter(verified_on__gt=last)

    def reachable(self) -> "ContactQuerySet":
        """Those to whom a request would come: to themselves, or to their team."""
        return self.filter(Q(user__is_active=True) | ~Q(team_mailbox=""))


class Contact(models.Model):
    """A person's card: what they can help with and how they like to meet. Its address is never shown on a page."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True)
    name = models.CharField(_("Name"), max_length=120)
    role = models.CharField(_("Role"), max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    audience = models.CharField(
        _("Who may see this card"), max_length=8, choices=CardAudience, default=CardAudience.PUBLIC
    )
    team_mailbox = models.EmailField(_("Team mailbox"), max_length=254, blank=True)
    deputy = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True, blank=True)
    can_help_with = models.ManyToManyField(Topic, related_name="+", blank=True)
    wants_to_learn = models.ManyToManyField(Topic, related_name="+", blank=True)
    formats = models.CharField(_("Ways to meet"), max_length=80, blank=True, help_text=_("Separated by |"))
    working_days = models.CharField(_("Working days"), max_length=9, blank=True, help_text=_("Separated by |"))
    languages = models.CharField(_("Languages"), max_length=20, blank=True, help_text=_("Separated by |"))
    monthly_limit = models.PositiveSmallIntegerField(_("Meetings a month"), default=2)
    paused_until = models.DateField(_("Not to be asked until"), null=True, blank=True)
    verified_on = models.DateField(_("Confirmed on"), null=True, blank=True)
    moved_to = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True, blank=True)
    archived_on = models.DateField(_("Left on"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            *bounded_text(
                "contact",
                {"name": 120, "role": 120, "team_mailbox": 254, "formats": 80, "working_days": 9, "languages": 20},
            ),
            one_of("contact", "audience", CardAudience),
            models.CheckConstraint(name="contact_named", condition=~Q(name="")),
            models.CheckConstraint(name="contact_limit_sane", condition=Q(monthly_limit__lte=31)),
            models.CheckConstraint(name="contact_deputy_is_another", condition=Q(deputy=None) | ~Q(deputy=F("pk"))),
            models.CheckConstraint(name="contact_moved_to_another", condition=Q(moved_to=None) | ~Q(moved_to=F("pk"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public_id(self) -> str:
        """The card in an address."""
        return encode(self.pk)

    @property
    def is_there(self) -> bool:
        """Whether its person still is who to ask, as far as anybody said."""
        return self.archived_on is None and self.moved_to_id is None

    @property
    def format_labels(self) -> list[str]:
        return self.format_labels_for([])

    def format_labels_for(self, liked: Collection[str]) -> list[str]:
        """In words; first those that the reader likes."""
        offered = [value for value in self.formats.split("|") if value in MeetingFormat.values]
        return [str(MeetingFormat(value).label) for value in sorted(offered, key=lambda value: value not in liked)]

    @property
    def weekday_labels(self) -> list[str]:
        return [str(day.label) for day in Weekday if day in self.working_days.split("|")]

    @property
    def language_labels(self) -> list[str]:
        return [str(language.label) for language in Language if language in self.languages.split("|")]

    def is_paused(self, today: datetime.date) -> bool:
        return self.paused_until is not None and self.paused_until >= today
