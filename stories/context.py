"""From the facts of a story to the small integers by which it is compared. Pure: no database."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from networks.choices import GROUP_SIZE, TopicGroup

from . import bands

if TYPE_CHECKING:
    from networks.models import Organisation, Topic

Values = dict[str, int | None]

MASKS = {TopicGroup.PROBLEM: "problem", TopicGroup.USERS: "users", TopicGroup.CONSTRAINT: "constraint"}
"""The groups of topics that are compared as tag sets, and the column of each."""
MASK_LIMIT = 4
"""The most tags of one group on a story, so that a reader's likeness costs at most four look-ups a row."""


def log_of(value: float | None) -> int | None:
    """round(1000 log10 x), the integer in which sizes are compared; None for what is unknown or not positive."""
    return round(1000 * math.log10(value)) if value and value >= 1 else None


def of_topics(topics: Iterable[Topic]) -> Values:
    """The masks with their counts, and the service code. Raises ValueError past four tags of one group."""
    values: Values = {"service": None, "method": 0}
    for column in MASKS.values():
        values[column] = values[f"{column}_n"] = 0
    for topic in topics:
        if topic.group == TopicGroup.SERVICE:
            values["service"] = topic.code
        elif topic.group == TopicGroup.METHOD:
            values["method"] = (values["method"] or 0) | 1 << topic.bit
        elif topic.group in MASKS:
            column = MASKS[TopicGroup(topic.group)]
            values[column] = (values[column] or 0) | 1 << topic.bit
            values[f"{column}_n"] = (values[f"{column}_n"] or 0) + 1
    for column in MASKS.values():
        if (values[f"{column}_n"] or 0) > MASK_LIMIT:
            raise ValueError(f"A story has at most {MASK_LIMIT} topics of the group {column}.")
    return values


def of_organisation(organisation: Organisation) -> Values:
    """What a named story takes from its organisation."""
    return {
        "population": log_of(organisation.population),
        "staff": log_of(organisation.staff),
        "budget": log_of(organisation.budget),
        "rurality": organisation.rurality,
        "deprivation": None if organisation.deprivation is None else organisation.deprivation - 1,
        "nation": organisation.nation,
        "kind": organisation.kind or None,
        "sector": organisation.kind // GROUP_SIZE or None,
        "region": organisation.region,
        "size": bands.size_of(organisation.population, organisation.staff),
    }


def of_band(band: str) -> Values:
    """What a confidential or anonymous story may be compared by: its band's midpoints and nothing else."""
    known: Mapping[str, int | str | None] = bands.facts(band)
    size = known.get("size")
    return {
        "population": log_of(bands.POPULATION_MIDPOINTS[size]) if isinstance(size, int) else None,
        "staff": None,
        "budget": None,
        "rurality": _whole(known.get("rurality")),
        "deprivation": None,
        "nation": _whole(known.get("nation")),
        "kind": _whole(known.get("kind")),
        "sector": _whole(known.get("sector")),
        "region": None,
        "size": _whole(size),
    }


def _whole(value: int | str | None) -> int | None:
    return value if isinstance(value, int) else None


def of_project(*, stage: int | None, delivery: int | None, cost: int | None, months: int | None) -> Values:
    """What the project itself states."""
    return {"stage": stage, "delivery": delivery, "cost": log_of(cost), "duration": log_of(months)}
