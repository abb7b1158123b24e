"""The band that stands for the organisation of a confidential or anonymous story. Pure.

A fixed ladder of ever coarser descriptions. A body gets the finest one that at least five bodies *share as their
band*: counting
only bodies that match a description would let readers subtract those that have a finer one. So bands partition the
current organisations, and every part has at least five members (or all of them, where fewer than five exist).
"""

import collections
import dataclasses
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.choices import GROUP_SIZE, Kind, Rurality, Sector, in_nation

from .choices import SizeBand
from .text import lowered

FLOOR = 5
"""The fewest bodies that one band may stand for."""
ANY = "any"
"""The last step: a UK public body."""

POPULATION_STEPS = (100_000, 250_000, 750_000)
STAFF_STEPS = (1_000, 5_000, 15_000)
POPULATION_MIDPOINTS = {1: 60_000, 2: 158_000, 3: 433_000, 4: 1_500_000}
"""Geometric middle of each class of population; the outer ones are bounded at 36,000 and 3,000,000."""
TWO_SIZES = {1: 1, 2: 1, 3: 2, 4: 2}
"""The half, 1 or 2, of each size class."""


@dataclasses.dataclass(frozen=True)
class Place:
    """The facts of one organisation that a band is made of."""

    code: str
    kind: int
    nation: int
    size: int | None
    rurality: int | None


def size_of(population: int | None, staff: int | None) -> int | None:
    """The size class, 1 to 4: by population, else by staff; None when neither is known."""
    if population is None and staff is None:
        return None
    if population is not None:
        return 1 + sum(population > step for step in POPULATION_STEPS)
    return 1 + sum((staff or 0) > step for step in STAFF_STEPS)


def ladder(place: Place) -> list[str]:
    """The descriptions of a place from fine to coarse, as canonical text such as
    "kind=8/nation=1/size=2/rurality=3"."""
    kind, nation = f"kind={place.kind}", f"nation={place.nation}"
    size = f"size={place.size or 0}"
    halves = f"half={TWO_SIZES.get(place.size or 0, 0)}"
    return [
        f"{kind}/{nation}/{size}/rurality={'' if place.rurality is None else place.rurality}",
        f"{kind}/{nation}/{size}",
        f"{kind}/{size}",
        f"{kind}/{halves}",
        f"sector={place.kind // GROUP_SIZE}",
        ANY,
    ]


def assign(places: Iterable[Place]) -> dict[str, str]:
    """The band of every place, by code: a partition in which each part has at least `FLOOR` members.

    Step by step, the places not yet in a band are grouped by that step's description, and the groups that are large
    enough keep it. If fewer than five are left over at the end, the smallest band of the step before joins them.
    """
    found: dict[str, str] = {}
    left = sorted(places, key=lambda place: place.code)
    for step in range(len(ladder(left[0])) - 1 if left else 0):
        groups = collections.defaultdict(list)
        for place in left:
            groups[ladder(place)[step]].append(place)
        for description, members in groups.items():
            if len(members) >= FLOOR:
                found.update({place.code: description for place in members})
        left = [place for place in left if place.code not in found]
    found.update({place.code: ANY for place in left})
    return _fill_last(found)


def _fill_last(found: dict[str, str]) -> dict[str, str]:
    """Give the last band enough members: the smallest other band, by size and then by text, joins it."""
    sizes = collections.Counter(found.values())
    if 0 < sizes[ANY] < FLOOR and len(sizes) > 1:
        joining = min((count, band) for band, count in sizes.items() if band != ANY)[1]
        return {code: ANY if band == joining else band for code, band in found.items()}
    return found


def facts(band: str) -> dict[str, int]:
    """What a band says, by name: kind, sector, nation, size, half, rurality; what it leaves open is missing."""
    pairs = (part.split("=") for part in band.split("/") if "=" in part)
    # 0 is urban in rurality, and "not known" everywhere else.
    known = {name: int(value) for name, value in pairs if value and (value != "0" or name == "rurality")}
    if "kind" in known:
        known["sector"] = known["kind"] // GROUP_SIZE
    return known


A_KIND = {
    Kind.UNKNOWN: gettext_lazy("A public body"),
    Kind.COUNCIL: gettext_lazy("A council"),
    Kind.DISTRICT: gettext_lazy("A district council"),
    Kind.COUNTY: gettext_lazy("A county council"),
    Kind.COMBINED: gettext_lazy("A combined or regional authority"),
    Kind.HEALTH_BOARD: gettext_lazy("A health board"),
    Kind.NHS_TRUST: gettext_lazy("An NHS trust"),
    Kind.CARE_BOARD: gettext_lazy("An integrated care board"),
    Kind.POLICE_FORCE: gettext_lazy("A police force"),
    Kind.FIRE_SERVICE: gettext_lazy("A fire and rescue service"),
    Kind.DEPARTMENT: gettext_lazy("A government department"),
    Kind.AGENCY: gettext_lazy("A government agency or public body"),
    Kind.INSPECTORATE: gettext_lazy("An auditor, inspectorate or regulator"),
    Kind.UNIVERSITY: gettext_lazy("A university"),
    Kind.COLLEGE: gettext_lazy("A further education college"),
    Kind.NATIONAL_PARK: gettext_lazy("A national park authority"),
    Kind.HOUSING: gettext_lazy("A housing association"),
}
A_BODY_OF = {
    Sector.LOCAL: gettext_lazy("A council or local authority"),
    Sector.HEALTH: gettext_lazy("A health body"),
    Sector.POLICE: gettext_lazy("A police force"),
    Sector.FIRE: gettext_lazy("A fire and rescue service"),
    Sector.CENTRAL: gettext_lazy("A government department or agency"),
    Sector.EDUCATION: gettext_lazy("A college or university"),
    Sector.OTHER: gettext_lazy("Another public body"),
}
"""Kinds and sectors as a place that has no name."""


def in_words(band: str) -> str:
    """The band as readers see it: "A council in Wales (medium, sparse and rural)"."""
    known = facts(band)
    if not known:
        return _("A UK public body")
    what = A_KIND[Kind(known["kind"])] if "kind" in known else A_BODY_OF[Sector(known["sector"])]
    place, more = f"{what} {in_nation(known.get('nation'))}", ", ".join(_more(known))
    return f"{place} ({more})" if more else place


def _more(known: dict[str, int]) -> list[str]:
    """What a band says beside kind and nation."""
    parts = []
    if "size" in known:
        parts.append(lowered(str(SizeBand(known["size"]).label).split(":")[0]))
    if "half" in known:
        parts.append(_("up to 250,000 people") if known["half"] == 1 else _("more than 250,000 people"))
    if "rurality" in known:
        parts.append(lowered(Rurality(known["rurality"]).label))
    return parts
