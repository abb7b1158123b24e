"""From the facts of a story to the small integers by which it is compared. Pure: no database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from networks.choices import GROUP_SIZE, TopicGroup
from networks.gower import log_value

from . import bands

if TYPE_CHECKING:
    from networks.models import Organisation, Topic

Values = dict[str, int | None]

MASKS = {TopicGroup.PROBLEM: "problem", TopicGroup.USERS: "users", TopicGroup.CONSTRAINT: "constraint"}
"""The groups of topics that are compared as tag sets, and the column of each."""
MASK_LIMIT = 4
"""The most tags of one group on a story, so that a reader's likeness costs at most four look-ups a row."""


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
        "population": log_value(organisation.population),
        "staff": log_value(organisation.staff),
        "budget": log_value(organisation.budget),
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
    known = bands.facts(band)
    size = known.get("size")
    return {
        "population": log_value(bands.POPULATION_MIDPOINTS[size]) if size else None,
        "staff": None,
        "budget": None,
        "rurality": known.get("rurality"),
        "deprivation": None,
        "nation": known.get("nation"),
        "kind": known.get("kind"),
        "sector": known.get("sector"),
        "region": None,
        "size": size,
    }


def of_project(*, stage: int | None, delivery: int | None, cost: int | None, months: int | None) -> Values:
    """What the project itself states."""
    return {"stage": stage, "delivery": delivery, "cost": log_value(cost), "duration": log_value(months)}
