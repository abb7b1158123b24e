"""Places like yours: how alike two organisations are as places, ranked and told in words.

The same table of weights ranks any kind of body; a figure that is not known counts as typical. Organisations are read
by their attributes (see `Place`), so a row of the register and a row of a file are compared alike. How the weights
were found: docs/similarity-places.md.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import gower
from .choices import Deprivation, Kind, Nation, Rurality
from .gower import Dimension, Likeness, Point, Scale, log_value

EARTH_RADIUS_KM = 6371.0
NEAR_KM = 20
"""Added to every distance before its logarithm: within this, nearer is hardly more alike."""
CITY_NEAR_KM = 10

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
        ("deprivation", Scale.LOG, 1, 640, gettext_lazy("Deprivation")),
        ("distance", Scale.LOG, 2, 490, gettext_lazy("Distance")),
        ("cities", Scale.LOG, 1, 540, gettext_lazy("Nearness to big cities")),
        ("kind", Scale.HIERARCHICAL, 0, 230, gettext_lazy("Kind of body")),
        ("nation", Scale.NOMINAL, 0, 535, gettext_lazy("Nation")),
        ("staff", Scale.LOG, 1, 360, gettext_lazy("Staff")),
        ("budget", Scale.LOG, 1, 395, gettext_lazy("Yearly budget")),
        ("rurality", Scale.ORDINAL, 4, 675, gettext_lazy("Urban or rural")),
    )
)
"""Typical similarities as measured on 948 UK public bodies; of staff and budget, as in the design."""

QUINTILE_SCORES = {
    Deprivation.MOST: 33.0,
    Deprivation.MORE: 27.0,
    Deprivation.MIDDLE: 21.0,
    Deprivation.LESS: 17.0,
    Deprivation.LEAST: 12.0,
}
"""The middle score of each fifth of councils, for bodies of which only the fifth is known."""

BIG_CITIES = (
    (51.51, -0.13, 9_800),
    (53.48, -2.24, 2_550),
    (52.48, -1.90, 2_450),
    (53.80, -1.55, 1_800),
    (55.86, -4.25, 1_000),
    (53.41, -2.98, 850),
    (50.90, -1.40, 850),
    (54.97, -1.61, 750),
    (52.95, -1.15, 750),
    (53.38, -1.47, 700),
    (54.60, -5.93, 600),
    (55.95, -3.19, 500),
    (51.48, -3.18, 450),
)
"""Latitude, longitude, thousands of people: the ten largest built-up areas of the 2011 census, and the other capitals."""

Position = tuple[float, float, float]


class Place(Protocol):
    """What is read of an organisation. A figure that is not known is None."""

    @property
    def kind(self) -> int: ...
    @property
    def nation(self) -> int: ...
    @property
    def population(self) -> int | None: ...
    @property
    def staff(self) -> int | None: ...
    @property
    def budget(self) -> int | None: ...
    @property
    def area_km2(self) -> float | None: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...
    @property
    def rurality(self) -> int | None: ...
    @property
    def deprivation(self) -> int | None: ...
    @property
    def deprivation_score(self) -> float | None: ...


AnyPlace = TypeVar("AnyPlace", bound=Place)


def density(place: Place) -> float | None:
    """People per square kilometre; None unless both figures are known."""
    return place.population / place.area_km2 if place.population and place.area_km2 else None


def deprivation_score(place: Place) -> float | None:
    """The measured score (higher is more deprived), else the middle one of the body's fifth."""
    if place.deprivation_score is not None or place.deprivation is None:
        return place.deprivation_score
    return QUINTILE_SCORES[Deprivation(place.deprivation)]


def position(place: Place) -> Position | None:
    """Where it is, as a point of the unit sphere: a distance is then one square root and one arc sine."""
    if place.latitude is None or place.longitude is None:
        return None
    return on_sphere(place.latitude, place.longitude)


def on_sphere(latitude: float, longitude: float) -> Position:
    """(x, y, z) of a latitude and longitude in degrees."""
    north, east = math.radians(latitude), math.radians(longitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def kilometres(a: Position, b: Position) -> float:
    """Great-circle distance from the chord, 2 R asin(|a - b| / 2): the haversine formula on the unit sphere."""
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.dist(a, b) / 2))


_CITIES = [(on_sphere(latitude, longitude), people) for latitude, longitude, people in BIG_CITIES]


def city_pull(where: Position) -> float:
    """Population potential of the big cities: the sum of thousands of people / (10 + km) (Stewart 1947)."""
    return sum([people / (CITY_NEAR_KM + kilometres(where, city)) for city, people in _CITIES])


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


def rank(reader: AnyPlace, others: Iterable[AnyPlace]) -> list[tuple[int, AnyPlace]]:
    """(E in thousandths, place) for all others but the reader itself, most alike first; ties keep the given order."""
    here = position(reader)
    mine = _seen_from(here, reader)
    places = [other for other in others if other != reader]
    found = gower.numerators(PLACE_DIMENSIONS, mine, (_seen_from(here, other) for other in places))
    scored = sorted(zip(found, places, strict=True), key=lambda pair: -pair[0])
    total = gower.total_weight(PLACE_DIMENSIONS, mine)
    return [(number // total if total else 0, other) for number, other in scored]
