import collections
import string

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text, one_of, only_of

from ..choices import FRONT_LINE_KINDS, GROUP_SIZE, Deprivation, Kind, Nation, Region, Rurality, Sector

CODE_CHARACTERS = string.ascii_letters + string.digits + "._-"
"""A code stands in the address of its body's page."""
fits_addresses = RegexValidator(
    r"^(?!suggest\Z)(?!\.+\Z)[A-Za-z0-9._-]+\Z",
    _(
        "A code holds letters without accents, figures, dots, hyphens and underscores. "
        "It is neither dots alone nor the word suggest."
    ),
)
"""`suggest` is the address that suggests names, and browsers take parts that are dots alone for steps up."""


class OrganisationQuerySet(models.QuerySet):
    def current(self):
        """Bodies that still exist under this name: not merged into another."""
        return self.filter(replaced_by=None)

    def by_name(self, *first):
        """In the order of the reader's language; before it by what is given."""
        if get_language() != "cy":
            return self.order_by(*first, "name_en", "pk")
        return self.order_by(*first, Coalesce(NullIf("name_cy", Value("")), "name_en"), "pk")

    def like_for(self, organisation: "Organisation"):
        """Bodies that may stand beside this one. Invented bodies never stand beside a real one; only beside each other
        and, while the demo that brought them is loaded, real ones beside them.
        """
        others = self.current().exclude(pk=organisation.pk)
        return others if organisation.is_example else others.filter(is_example=False)


class Organisation(models.Model):
    """A public body, and the facts by which places are compared. Figures that are not known are NULL, never guessed."""

    code = models.CharField(_("Code"), max_length=120, unique=True, validators=[fits_addresses])
    name_en = models.CharField(_("Name in English"), max_length=160)
    name_cy = models.CharField(_("Name in Welsh"), max_length=160, blank=True)
    aliases = models.CharField(_("Other names"), max_length=600, blank=True, help_text=_("Separated by |"))
    kind = models.PositiveSmallIntegerField(_("Kind"), choices=Kind, default=Kind.UNKNOWN)
    nation = models.PositiveSmallIntegerField(_("Nation"), choices=Nation)
    region = models.PositiveSmallIntegerField(_("Region"), choices=Region, null=True, blank=True)
    population = models.PositiveIntegerField(_("Population"), null=True, blank=True)
    staff = models.PositiveIntegerField(_("Staff"), null=True, blank=True)
    budget = models.PositiveBigIntegerField(_("Yearly budget in pounds"), null=True, blank=True)
    area_km2 = models.FloatField(_("Area in square kilometres"), null=True, blank=True)
    latitude = models.FloatField(_("Latitude"), null=True, blank=True)
    longitude = models.FloatField(_("Longitude"), null=True, blank=True)
    rurality = models.PositiveSmallIntegerField(_("Rurality"), choices=Rurality, null=True, blank=True)
    deprivation = models.PositiveSmallIntegerField(_("Deprivation"), choices=Deprivation, null=True, blank=True)
    deprivation_score = models.FloatField(_("Deprivation score"), null=True, blank=True)
    email_domains = models.CharField(_("E-mail domains"), max_length=300, blank=True, help_text=_("Separated by |"))
    replaced_by = models.ForeignKey("self", models.PROTECT, related_name="replaces", null=True, blank=True)
    is_example = models.BooleanField(_("Invented for the demo"), default=False)
    source = models.CharField(_("Source of the figures"), max_length=200, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name_en", "pk"]
        indexes = [models.Index(fields=["is_example", "replaced_by", "kind"], name="organisation_current")]
        constraints = [
            *bounded_text(
                "organisation",
                {"code": 120, "name_en": 160, "name_cy": 160, "aliases": 600, "email_domains": 300, "source": 200},
            ),
            one_of("organisation", "kind", Kind),
            one_of("organisation", "nation", Nation),
            models.CheckConstraint(name="organisation_named", condition=~Q(name_en="")),
            models.CheckConstraint(
                name="organisation_code_fits_addresses",
                condition=only_of("code", CODE_CHARACTERS) & ~only_of("code", ".") & ~Q(code="suggest"),
            ),
            models.CheckConstraint(
                name="organisation_region_known", condition=Q(region=None) | Q(region__in=Region.values)
            ),
            models.CheckConstraint(
                name="organisation_rurality_known", condition=Q(rurality=None) | Q(rurality__in=Rurality.values)
            ),
            models.CheckConstraint(
                name="organisation_deprivation_known",
                condition=Q(deprivation=None) | Q(deprivation__in=Deprivation.values),
            ),
            models.CheckConstraint(name="organisation_area_positive", condition=Q(area_km2=None) | Q(area_km2__gt=0)),
            models.CheckConstraint(
                name="organisation_on_earth",
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
            models.CheckConstraint(
                name="organisation_not_its_own_successor",
                condition=Q(replaced_by=None) | ~Q(replaced_by=models.F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language, where there is a name in it."""
        return self.name_cy if get_language() == "cy" and self.name_cy else self.name_en

    @property
    def sector(self) -> Sector | None:
        return Sector(self.kind // GROUP_SIZE) if self.kind else None

    @property
    def front_line(self) -> bool:
        return self.kind in FRONT_LINE_KINDS

    @property
    def alias_list(self) -> list[str]:
        return [alias for alias in self.aliases.split("|") if alias]

    def clean(self) -> None:
        """Following successors must come to an end: bodies that replace each other would be in no list."""
        following, seen = self.replaced_by, set()
        while following and following.pk not in seen:
            if following.pk == self.pk:
                raise ValidationError({"replaced_by": _("Its successors lead back to itself")})
            seen.add(following.pk)
            following = following.replaced_by

    def predecessors(self) -> set[int]:
        """The keys of the bodies that merged into this one, also by way of others: one query, however many."""
        merged_into = collections.defaultdict(list)
        for pk, successor in Organisation.objects.exclude(replaced_by=None).values_list("pk", "replaced_by"):
            merged_into[successor].append(pk)
        found: set[int] = set()
        waiting = [self.pk]
        while waiting:
            new = [pk for pk in merged_into[waiting.pop()] if pk not in found]
            found.update(new)
            waiting += new
        return found
