"""The figures of a place: what is read of an organisation, and what is worked out from it. Pure: no database."""

import math
from typing import NamedTuple, Protocol

from .choices import Deprivation

EARTH_RADIUS_KM = 6371.0
CITY_NEAR_KM = 10
"""Within this of a city's middle, nearer is hardly nearer."""

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
"""Latitude, longitude, thousands of people: the ten largest built-up areas of the 2011 census, and other capitals."""

QUINTILE_SCORES = {
    Deprivation.MOST: 33.0,
    Deprivation.MORE: 27.0,
    Deprivation.MIDDLE: 21.0,
    Deprivation.LESS: 17.0,
    Deprivation.LEAST: 12.0,
}
"""The middle score of each fifth of councils, for bodies of which only the fifth is known."""

Position = tuple[float, float, float]
"""A point of the unit sphere: the distance of two is then one square root and one arc sine."""


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


class Spot(NamedTuple):
    """An organisation as a place: a row is enough, models take four times as long. Its fields are columns."""

    pk: int
    kind: int
    nation: int
    population: int | None
    staff: int | None
    budget: int | None
    area_km2: float | None
    latitude: float | None
    longitude: float | None
    rurality: int | None
    deprivation: int | None
    deprivation_score: float | None


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


_ON_SPHERE = [(on_sphere(latitude, longitude), people) for latitude, longitude, people in BIG_CITIES]


def city_pull(where: Position) -> float:
    """Population potential of the big cities: the sum of thousands of people / (10 + km) (Stewart 1947).

    Along the chord: within the UK it is the arc but for a thousandth, at half the cost.
    """
    return sum([people / (CITY_NEAR_KM + EARTH_RADIUS_KM * math.dist(where, city)) for city, people in _ON_SPHERE])
