"""The mapping file: which columns of a source become which words and facts of a story. Pure."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from learning_portal.common.text import clean_line

from ..choices import Delivery, Evaluation, Outcome, Stage
from ..content import HUMAN_QUESTIONS, KINDS
from .rules import BadMapping, Rule, each, only, read_pattern, read_rule, read_text

CODES: Mapping[str, frozenset[str]] = {
    "outcome": frozenset(Outcome.values),
    "evaluation": frozenset(Evaluation.values),
    "language": frozenset({"en", "cy"}),
    "stage": frozenset(name.lower() for name in Stage.names),
    "delivery": frozenset(name.lower() for name in Delivery.names),
}
"""Fields whose value is one of ours: a column reaches them through `values`, or holds these codes itself."""
TEXT_FIELDS = ("source_id", "source_url", "source_organisation", "organisation", "title", "summary")
NUMBER_FIELDS = ("year", "cost", "months")
REQUIRED = ("source_name", "source_licence", "kind", "source_id", "title", "outcome")
HEADINGS = ("source_name", "source_licence", "kind", "blank", "dates", "about")
GROUPS = ("sections", "answers", "topics", "links")
NAME_LIMIT = 120
"""Characters of the name of a source and of its licence."""


@dataclasses.dataclass(frozen=True)
class StoryMapping:
    """A whole mapping file."""

    source_name: str
    source_licence: str
    kind: str
    fields: Mapping[str, Rule]
    """Of TEXT_FIELDS, NUMBER_FIELDS and CODES, those that the file maps."""
    sections: Mapping[str, Rule]
    answers: Mapping[str, Rule]
    topics: tuple[Rule, ...] = ()
    links: tuple[Rule, ...] = ()
    blank: tuple[re.Pattern, ...] = ()
    """Cells that say nothing: "n/a", "Not provided"."""
    dates: tuple[str, ...] = ("%Y-%m-%d",)

    def columns_read(self) -> set[str]:
        """Every column that the source must have."""
        rules = [*self.fields.values(), *self.sections.values(), *self.answers.values(), *self.topics, *self.links]
        return {column for rule in rules for column in rule.columns_read()}

    def slugs(self) -> set[str]:
        """Every topic that a row could get."""
        return {slug for rule in self.topics for part in rule.parts() for slug in part.writes()}


def read_mapping(path: str | Path) -> StoryMapping:
    """Raises BadMapping."""
    path = Path(path)
    try:
        spec = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise BadMapping(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise BadMapping(f"{path.name} is not JSON: {error}.") from error
    if not isinstance(spec, dict):
        raise BadMapping(f"{path.name} is not a JSON object.")
    return parse_mapping(spec)


def parse_mapping(spec: Mapping[str, Any]) -> StoryMapping:
    """Raises BadMapping, naming the place in the file."""
    only(spec, [*HEADINGS, *TEXT_FIELDS, *NUMBER_FIELDS, *CODES, *GROUPS], "the mapping")
    missing = [field for field in REQUIRED if not spec.get(field)]
    if missing or not spec.get("sections"):
        raise BadMapping(f"the mapping lacks {', '.join(missing or ['sections'])}.")
    kind = read_text(spec["kind"], "kind")
    if kind not in KINDS:
        raise BadMapping(f"kind: {kind} is none of {', '.join(KINDS)}.")
    fields = [field for field in (*TEXT_FIELDS, *NUMBER_FIELDS, *CODES) if field in spec]
    mapping = StoryMapping(
        source_name=_name(spec, "source_name"),
        source_licence=_name(spec, "source_licence"),
        kind=kind,
        fields={field: read_rule(spec[field], field) for field in fields},
        sections=_rules(spec["sections"], "sections", [section.key for section in KINDS[kind].sections]),
        answers=_rules(spec.get("answers", {}), "answers", [question.key for question in HUMAN_QUESTIONS]),
        topics=tuple(each(spec, "topics", read_rule)),
        links=tuple(each(spec, "links", read_rule)),
        blank=tuple(each(spec, "blank", read_pattern)),
        dates=tuple(each(spec, "dates", read_text)) or StoryMapping.dates,
    )
    _check(mapping)
    return mapping


def _check(mapping: StoryMapping) -> None:
    for field, codes in CODES.items():
        for part in mapping.fields[field].parts() if field in mapping.fields else ():
            strange = part.writes() - codes
            if strange:
                raise BadMapping(f"{field}: {', '.join(sorted(strange))} is none of {', '.join(sorted(codes))}.")
    for field, rule in [*mapping.fields.items(), *mapping.sections.items(), *mapping.answers.items()]:
        if field != "summary" and any(part.excerpt for part in rule.parts()):
            raise BadMapping(f"{field}: only a summary may be an excerpt.")


def _name(spec: Mapping[str, Any], field: str) -> str:
    text = clean_line(read_text(spec[field], field))
    if not 0 < len(text) <= NAME_LIMIT:
        raise BadMapping(f"{field}: expected 1 to {NAME_LIMIT} characters.")
    return text


def _rules(spec: Any, place: str, keys: list[str]) -> dict[str, Rule]:
    if not isinstance(spec, dict):
        raise BadMapping(f"{place}: expected an object.")
    only(spec, keys, place)
    return {key: read_rule(value, f"{place}.{key}") for key, value in spec.items()}
