from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text, one_of

from ..choices import Sector
from ..network_choices import HowToJoin, NetworkState
from .topic import Topic


class NetworkQuerySet(models.QuerySet["Network"]):
    def shown(self) -> "NetworkQuerySet":
        """Those that are there for everybody: a proposed one is known to its two convenors alone."""
        return self.exclude(state=NetworkState.PROPOSED)

    def listed(self) -> "NetworkQuerySet":
        """Active and resting: a merged one only points to what it became."""
        return self.filter(state__in=[NetworkState.ACTIVE, NetworkState.RESTING])

    def active(self) -> "NetworkQuerySet":
        return self.filter(state=NetworkState.ACTIVE)

    def here(self) -> "NetworkQuerySet":
        """With members and convenors of ours."""
        return self.exclude(how_to_join=HowToJoin.ELSEWHERE)


class Network(models.Model):
    """A group of people who learn together, also one that lives elsewhere."""

    State = NetworkState

    slug = models.SlugField(max_length=60, unique=True)
    name_en = models.CharField(_("Name in English"), max_length=120, blank=True)
    name_cy = models.CharField(_("Name in Welsh"), max_length=120, blank=True)
    purpose_en = models.CharField(_("Purpose in English"), max_length=300, blank=True)
    purpose_cy = models.CharField(_("Purpose in Welsh"), max_length=300, blank=True)
    topics = models.ManyToManyField(Topic, related_name="+", blank=True)
    sectors = models.CharField(_("Sectors"), max_length=40, blank=True, help_text=_("Separated by |"))
    how_to_join = models.CharField(_("How to join"), max_length=10, choices=HowToJoin, default=HowToJoin.APPROVAL)
    elsewhere_url = models.URLField(_("Where it lives"), max_length=300, blank=True)
    joining_en = models.CharField(_("How to join, in English"), max_length=300, blank=True)
    joining_cy = models.CharField(_("How to join, in Welsh"), max_length=300, blank=True)
    convenor_name = models.CharField(_("Who convenes it"), max_length=120, blank=True)
    """Of a network that lives elsewhere, like the next two."""
    convenor_role = models.CharField(_("Their role"), max_length=120, blank=True)
    checked_on = models.DateField(_("Last checked"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=8, choices=NetworkState, default=NetworkState.ACTIVE)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    started_on = models.DateField(_("Started on"), null=True, blank=True)
    kept_on = models.DateField(_("Kept on"), null=True, blank=True)
    """When a convenor last said that it goes on."""
    why_new = models.CharField(_("Why none of the others fitted"), max_length=400, blank=True)
    rest_asked_on = models.DateField(null=True, blank=True, editable=False)
    """When its convenors were asked whether it goes on, if they were and have not answered."""
    rest_thread = models.BigIntegerField(null=True, blank=True, editable=False, unique=True)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        ordering = ["name_en", "pk"]
        constraints = [
            *bounded_text(
                "network",
                {
                    "slug": 60,
                    "name_en": 120,
                    "name_cy": 120,
                    "purpose_en": 300,
                    "purpose_cy": 300,
                    "sectors": 40,
                    "elsewhere_url": 300,
                    "joining_en": 300,
                    "joining_cy": 300,
                    "convenor_name": 120,
                    "convenor_role": 120,
                    "why_new": 400,
                },
            ),
            one_of("network", "how_to_join", HowToJoin),
            one_of("network", "state", NetworkState),
            models.CheckConstraint(name="network_named", condition=~Q(name_en="") | ~Q(name_cy="")),
            models.CheckConstraint(
                name="network_elsewhere_has_address",
                condition=Q(how_to_join="elsewhere") & ~Q(elsewhere_url="")
                | ~Q(how_to_join="elsewhere") & Q(elsewhere_url=""),
            ),
            models.CheckConstraint(
                name="network_merged_into_another",
                condition=Q(state="merged", merged_into__isnull=False) & ~Q(merged_into=F("pk"))
                | ~Q(state="merged") & Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="network_asked_by_thread",
                condition=Q(rest_asked_on=None, rest_thread=None)
                | Q(rest_asked_on__isnull=False, rest_thread__isnull=False, state="active"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """In one language where it has a name in it, else in the other."""
        return (self.name_cy if language == "cy" else self.name_en) or self.name_en or self.name_cy

    @property
    def name(self) -> str:
        return self.name_in(get_language() or "en")

    @property
    def name_language(self) -> str:
        """The language that its name is shown in."""
        return "cy" if self.name_cy and self.name == self.name_cy and self.name != self.name_en else "en"

    @property
    def purpose(self) -> str:
        return self._in_words("purpose")[0]

    @property
    def purpose_language(self) -> str:
        return self._in_words("purpose")[1]

    @property
    def joining(self) -> str:
        """How to join one that lives elsewhere, in words."""
        return self._in_words("joining")[0]

    @property
    def joining_language(self) -> str:
        return self._in_words("joining")[1]

    def _in_words(self, field: str) -> tuple[str, str]:
        """A text in the reader's language, or in the other, and in which."""
        first = "cy" if get_language() == "cy" else "en"
        other = "en" if first == "cy" else "cy"
        text = getattr(self, f"{field}_{first}")
        return (text, first) if text else (getattr(self, f"{field}_{other}"), other)

    @property
    def sector_labels(self) -> list[str]:
        return [str(sector.label) for sector in Sector if str(sector.value) in self.sectors.split("|")]

    @property
    def is_elsewhere(self) -> bool:
        return self.how_to_join == HowToJoin.ELSEWHERE

    @property
    def is_active(self) -> bool:
        return self.state == NetworkState.ACTIVE

    @property
    def is_resting(self) -> bool:
        return self.state == NetworkState.RESTING

    @property
    def is_merged(self) -> bool:
        return self.state == NetworkState.MERGED

    @property
    def is_open(self) -> bool:
        return self.how_to_join == HowToJoin.OPEN

    @property
    def is_by_approval(self) -> bool:
        return self.how_to_join == HowToJoin.APPROVAL


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
