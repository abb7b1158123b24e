"""Places like yours: how alike two organisations are as places, ranked and told in words.

The same table of weights ranks any kind of body; a figure that is not known counts as typical. What is read of
an organisation is a `geography.Place`, so a row of the register and a row of a file are compared alike. How the
weights were found: docs/similarity-places.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning_portal.common.templatetags.portal import pounds, two_digits

from . import gower
from .choices import Kind, Nation, Rurality
from .geography import Place, Position, city_pull, density, deprivation_score, kilometres, position
from .gower import Dimension, Likeness, Point, Scale, log_value
from .telling import passed_over

if TYPE_CHECKING:
    from .models import Organisation

NEAR_KM = 20
"""Added to every distance before its logarithm: within this, nearer is hardly more alike."""

PLACE_WEIGHTS = {
    "population": 4,
    "density": 3,
    "deprivation": 2,
    "distance": 2,
    "cities": 1,
    "kind": 1,
    "nation": 1,
    "staff": 1,
    "budget": 1,
    "rurality": 0,
}
"""Small whole numbers. Rurality is shown and not counted: density says the same more finely."""

PLACE_DIMENSIONS = tuple(
    Dimension(name, scale, PLACE_WEIGHTS[name], typical, label, parameter)
    for name, scale, parameter, typical, label in (
        ("population", Scale.LOG, 1, 525, gettext_lazy("Population")),
        ("density", Scale.LOG, 2, 650, gettext_lazy("People per square kilometre")),
        ("deprivation", Scale.LOG, 1, 625, gettext_lazy("Deprivation")),
        ("distance", Scale.LOG, 2, 490, gettext_lazy("Distance")),
        ("cities", Scale.LOG, 1, 525, gettext_lazy("Nearness to big cities")),
        ("kind", Scale.HIERARCHICAL, 0, 230, gettext_lazy("Kind of body")),
        ("nation", Scale.NOMINAL, 0, 535, gettext_lazy("Nation")),
        ("staff", Scale.LOG, 1, 360, gettext_lazy("Staff")),
        ("budget", Scale.LOG, 1, 395, gettext_lazy("Yearly budget")),
        ("rurality", Scale.ORDINAL, 4, 675, gettext_lazy("Urban or rural")),
    )
)
"""Typical similarities as measured on 948 UK public bodies; of staff and budget, as in the design."""

AnyPlace = TypeVar("AnyPlace", bound=Place)


def values_of(place: Place) -> dict[str, int | None]:
    """One place's values for `gower`, all but its distance, which takes two."""
    return _values(place, position(place))


def values_from(reader: Place, other: Place) -> dict[str, int | None]:
    """The other's values as seen from the reader: with its distance, as a log ratio of 20 + km to 20."""
    return _seen_from(position(reader), other)


def _seen_from(here: Position | None, other: Place) -> dict[str, int | None]:
    there = position(other)
    values = _values(other, there)
    values["distance"] = log_value(1 + kilometres(here, there) / NEAR_KM) if here and there else None
    return values


def _values(place: Place, where: Position | None) -> dict[str, int | None]:
    return {
        "population": log_value(place.population),
        "density": log_value(density(place)),
        "deprivation": _doubled(log_value(deprivation_score(place))),
        "cities": _doubled(log_value(city_pull(where))) if where else None,
        "kind": place.kind or None,
        "nation": place.nation,
        "staff": log_value(place.staff),
        "budget": log_value(place.budget),
        "rurality": place.rurality,
    }


def _doubled(logarithm: int | None) -> int | None:
    """For figures that range over one decade in all: nothing is left of the likeness at a factor of 3.2, not 10."""
    return None if logarithm is None else 2 * logarithm


def rank(reader: Place, others: Iterable[AnyPlace]) -> list[tuple[int, AnyPlace]]:
    """(E in thousandths, place) for all others but the reader itself, most alike first; ties keep the given order."""
    here = position(reader)
    mine = _seen_from(here, reader)
    places = [other for other in others if other != reader]
    found = gower.numerators(PLACE_DIMENSIONS, mine, (_seen_from(here, other) for other in places))
    scored = sorted(zip(found, places, strict=True), key=lambda pair: -pair[0])
    total = gower.total_weight(PLACE_DIMENSIONS, mine)
    return [(number // total if total else 0, other) for number, other in scored]


@dataclass(frozen=True)
class Line:
    """One dimension of a comparison, and how it reads."""

    point: Point
    words: str

    @property
    def likeness(self) -> Likeness:
        return gower.told(self.point) if self.point.dimension.name in SIZES else self.point.likeness


@dataclass(frozen=True)
class Comparison(Generic[AnyPlace]):
    """How like the reader's another organisation is: a score out of 100, and the lines whose points add up to it."""

    organisation: AnyPlace
    score: int
    lines: tuple[Line, ...]
    passed_over: int = 0
    """How many differences a card leaves out because the other cards of its page tell them."""

    @property
    def likenesses(self) -> list[str]:
        """What is alike, the most telling first."""
        found = [line for line in self.lines if line.likeness is Likeness.LIKE]
        return [line.words for line in sorted(found, key=lambda line: -line.point.points)]

    @property
    def differences(self) -> list[str]:
        """What is not alike, that which costs most likeness first."""
        return [line.words for line in self._different]

    @property
    def for_card(self) -> list[str]:
        """The differences that a card may tell: a card names the kind of body anyway."""
        return [line.words for line in self._different if line.point.dimension.name != "kind"]

    @property
    def _different(self) -> list[Line]:
        found = [line for line in self.lines if line.likeness in {Likeness.PARTLY, Likeness.UNLIKE}]
        return sorted(found, key=lambda line: -_cost(line.point))

    @property
    def like(self) -> str:
        """At most two likenesses, for a card."""
        return "; ".join(self.likenesses[:2])

    @property
    def unlike(self) -> str:
        """At most one difference, for a card."""
        return "".join(self.for_card[self.passed_over :][:1])


def _cost(point: Point) -> int:
    return point.dimension.weight * (gower.FULL - point.partial)


def places_like(reader: AnyPlace, others: Iterable[AnyPlace], *, limit: int = 10) -> list[Comparison[AnyPlace]]:
    """The most similar of the others, explained, and not all by the same difference."""
    found = [describe(reader, other) for _score, other in rank(reader, others)[:limit]]
    over = passed_over([comparison.for_card for comparison in found])
    return [replace(comparison, passed_over=number) for comparison, number in zip(found, over, strict=True)]


def describe(reader: Place, other: AnyPlace) -> Comparison[AnyPlace]:
    """Why the other is, and is not, like the reader's place, in the reader's language."""
    found = gower.explain(PLACE_DIMENSIONS, values_from(reader, reader), values_from(reader, other))
    lines = tuple(Line(point, _in_words(point, reader, other)) for point in found.points)
    return Comparison(other, found.score, lines)


Words = str | Promise
PHRASES: dict[str, tuple[Words, Words, Words]] = {
    "population": (
        gettext_lazy("similar population (%(reader)s and %(other)s)"),
        gettext_lazy("more people (%(other)s against %(reader)s)"),
        gettext_lazy("fewer people (%(other)s against %(reader)s)"),
    ),
    "density": (
        gettext_lazy("comparable density (%(reader)s and %(other)s people per km²)"),
        gettext_lazy("more densely populated (%(other)s against %(reader)s people per km²)"),
        gettext_lazy("more thinly populated (%(other)s against %(reader)s people per km²)"),
    ),
    "deprivation": (
        gettext_lazy("similar deprivation"),
        gettext_lazy("more deprived"),
        gettext_lazy("less deprived"),
    ),
    "cities": (
        gettext_lazy("as near to big cities"),
        gettext_lazy("nearer to big cities"),
        gettext_lazy("further from big cities"),
    ),
    "staff": (
        gettext_lazy("similar number of staff (%(reader)s and %(other)s)"),
        gettext_lazy("more staff (%(other)s against %(reader)s)"),
        gettext_lazy("fewer staff (%(other)s against %(reader)s)"),
    ),
    "budget": (
        gettext_lazy("similar yearly budget (%(reader)s and %(other)s)"),
        gettext_lazy("larger yearly budget (%(other)s against %(reader)s)"),
        gettext_lazy("smaller yearly budget (%(other)s against %(reader)s)"),
    ),
}
"""How each measured dimension reads when it is alike, when the other has more, and when it has less."""
SIZES = {"population", "density", "staff", "budget"}
"""Those that are told with both figures."""


def _in_words(point: Point, reader: Place, other: Place) -> str:
    name = point.dimension.name
    if point.likeness is Likeness.NOT_STATED:
        return _("%(dimension)s not known (counted as typical)") % {"dimension": point.dimension.label}
    if name == "distance":
        return _("%(km)s km away") % {"km": number_format(_kilometres_apart(reader, other))}
    if name in NAMED:
        return _named(point)
    alike, more, less = PHRASES[name]
    words = more if (point.other or 0) > (point.reader or 0) else less
    figures = {"reader": _figure(name, reader), "other": _figure(name, other)}
    likeness = gower.told(point) if name in SIZES else point.likeness
    return str(alike if likeness is Likeness.LIKE else words) % figures


NAMED = {
    "kind": (Kind, gettext_lazy("the same kind of body"), gettext_lazy("another kind of body (%(theirs)s)")),
    "nation": (Nation, gettext_lazy("in the same nation"), gettext_lazy("in another nation (%(theirs)s)")),
    "rurality": (Rurality, gettext_lazy("as urban or rural"), gettext_lazy("otherwise urban or rural (%(theirs)s)")),
}
"""Dimensions of which the other's own name for itself is told where it differs."""


def _named(point: Point) -> str:
    choices, same, another = NAMED[point.dimension.name]
    if point.reader == point.other:
        return str(same)
    return str(another) % {"theirs": choices(point.other).label}


def _kilometres_apart(reader: Place, other: Place) -> int:
    here, there = position(reader), position(other)
    return round(kilometres(here, there)) if here and there else 0


def _figure(name: str, place: Place) -> str:
    """To two digits, as wherever two figures are compared: the rest would look like precision."""
    figure = {"population": place.population, "density": density(place), "staff": place.staff, "budget": place.budget}
    rounded = two_digits(figure.get(name) or 0)
    return pounds(rounded) if name == "budget" else number_format(rounded)


def facts(organisation: "Organisation") -> list[tuple[str, str]]:
    """Label and words of what is known of an organisation as a place."""
    known = [
        (_("Kind of body"), organisation.get_kind_display()),
        (_("Where"), _where(organisation)),
        (_("Population"), _number(organisation.population)),
        (_("People per square kilometre"), _number(density(organisation))),
        (_("Staff"), _number(organisation.staff)),
        (_("Yearly budget"), pounds(organisation.budget)),
        (_("Urban or rural"), organisation.get_rurality_display() or ""),
        (_("Deprivation"), organisation.get_deprivation_display() or ""),
    ]
    return [(label, str(words)) for label, words in known if words]


def _where(organisation: "Organisation") -> str:
    """Region and nation; the nation alone where both have one name."""
    nation, region = str(organisation.get_nation_display()), str(organisation.get_region_display() or "")
    return f"{region}, {nation}" if region and region != nation else nation


def _number(value: float | None) -> str:
    return number_format(round(value)) if value else ""
