"""One row of a register of public bodies, as facts of ours. Pure: no database."""

import collections
import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from learning_portal.common.text import clean_line

from ..choices import Deprivation, Kind, Nation, Region, Rurality
from .tables import Problem, Table, require
from .vocabulary import CENTRAL, KIND_WORDS, choice_of, folded, kind_of

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("code",),
    "name_en": ("name_en",),
    "name": ("name", "organisation", "organisation_name", "official_name"),
    "name_cy": ("name_cy", "welsh_name"),
    "aliases": ("aliases", "other_names"),
    "short_name": ("short_name", "nice_name"),
    "kind": ("kind",),
    "org_type": ("org_type", "organisation_type", "type"),
    "nation": ("nation", "country"),
    "region": ("region",),
    "population": ("population", "population_2020"),
    "staff": ("staff", "headcount"),
    "budget": ("budget", "yearly_budget"),
    "area_km2": ("area_km2", "area"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "rurality": ("rurality", "rural_urban"),
    "deprivation": ("deprivation", "deprivation_quintile"),
    "deprivation_score": ("deprivation_score",),
    "email_domains": ("email_domains", "email_domain"),
    "replaced_by": ("replaced_by",),
    "source": ("source",),
    "org_id": ("org_id",),
}
"""Our field, or what it is made of, and the headers under which it is looked for: the first that the file has."""

SHORT_NAME = re.compile(r"^(?P<name>.*\S)\s*\((?P<short>[A-Z0-9][^()]*)\)$")
"""Lists of government bodies put the short name behind the name: "Department for Transport (DfT)"."""
CENTRAL_TYPES = frozenset(word for word, kind in KIND_WORDS.items() if kind in CENTRAL)


@dataclasses.dataclass(frozen=True)
class Body:
    """What a file says of one public body. What it leaves blank is not in `facts`: "not said" is not "none"."""

    line: int
    code: str
    facts: Mapping[str, Any]
    """By the name of the field of Organisation."""
    fallbacks: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Another register's name and kind, and the nation of a government body: for a new body, never in place of what
    our own register says."""
    aliases: tuple[str, ...] = ()
    other_codes: tuple[str, ...] = ()
    """By which the same file, its aliases and its successors may name the body too."""
    replaced_by: str = ""
    file: str = ""
    """Named where the line is not one of the main file."""


def read_bodies(table: Table) -> tuple[list[Body], list[Problem], list[str]]:
    """The bodies of a table, the rows that cannot be used, and the columns that nothing was made of. Raises BadFile."""
    headers = {field: next((name for name in names if name in table.columns), None) for field, names in COLUMNS.items()}
    for alternatives in (("code", "org_id"), ("name_en", "name"), ("nation",)):
        require(table, [] if any(headers[field] for field in alternatives) else [alternatives[0]])
    unread = [column for column in table.columns if column not in headers.values()]
    shared = _codes_in_use_twice(table, headers)
    bodies, problems = [], list(table.problems)
    for line, row in table.rows:
        cells = {field: clean_line(row[header]) if header else "" for field, header in headers.items()}
        try:
            bodies.append(_body(line, cells, shared))
        except ValueError as error:
            problems.append(Problem(line, str(error)))
    return bodies, problems, unread


def _codes_in_use_twice(table: Table, headers: Mapping[str, str | None]) -> frozenset[str]:
    """Codes that several rows share although each has an id of its own: departments and their directorates."""
    code, org_id = headers["code"], headers["org_id"]
    if not code or not org_id:
        return frozenset()
    uses = collections.Counter(clean_line(row[code]) for _, row in table.rows)
    return frozenset(name for name, count in uses.items() if count > 1 or not name)


def _body(line: int, cells: Mapping[str, str], shared: frozenset[str]) -> Body:
    codes = [code for code in (cells["code"], cells["org_id"]) if code and code not in shared]
    facts, wrong = _facts(cells)
    name, short = _names(cells)
    kind = _kind(cells, name, wrong)
    if not codes:
        wrong.append("it has no code")
    if ("latitude" in facts) != ("longitude" in facts):
        wrong.append("latitude and longitude come together")
    if wrong:
        raise ValueError("; ".join(wrong))
    fallbacks = {"name_en": name, "kind": kind}
    if folded(cells["org_type"]) in CENTRAL_TYPES:  # lists of government bodies call all but a few the UK's
        fallbacks["nation"] = facts.pop("nation", None)
    others = [*cells["aliases"].split("|"), name, short, cells["short_name"]]
    return Body(
        line=line,
        code=codes[0],
        facts=facts,
        fallbacks={field: value for field, value in fallbacks.items() if value},
        aliases=distinct(other.strip() for other in others if other != cells["name"] or not short),
        other_codes=tuple(codes[1:]),
        replaced_by=cells["replaced_by"],
    )


def _facts(cells: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    facts, wrong = {}, []
    for field, parse in PARSERS.items():
        if cells[field]:
            try:
                facts[field] = parse(cells[field])
            except ValueError as error:
                wrong.append(f"{field}: {error}")
    return {field: value for field, value in facts.items() if value is not None}, wrong


def _kind(cells: Mapping[str, str], name: str, wrong: list[str]) -> int | None:
    try:
        return kind_of(cells["org_type"], cells["name"], name) if cells["org_type"] else None
    except ValueError as error:
        wrong.append(f"kind: {error}")
        return None


def _names(cells: Mapping[str, str]) -> tuple[str, str]:
    """Another register's name of a body, and the short name that lists of government bodies put behind it."""
    found = SHORT_NAME.match(cells["name"])
    central = folded(cells["org_type"]) in CENTRAL_TYPES
    return (found["name"], found["short"]) if found and central else (cells["name"], "")


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, whatever its capitals, in the order of first appearance; no blanks."""
    found: dict[str, str] = {}
    for name in filter(None, names):
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _number(text: str, low: float, high: float) -> float:
    try:
        value = float(text.replace(",", "").removeprefix("£"))
    except ValueError:
        raise ValueError(f'"{text}" is not a number') from None
    if not low <= value <= high:
        raise ValueError(f"{text} is not between {low:,.0f} and {high:,.0f}")
    return value


def _whole(text: str, high: int) -> int:
    value = _number(text, 0, high)
    if value != int(value):
        raise ValueError(f"{text} is not a whole number")
    return int(value)


def _area(text: str) -> float:
    value = _number(text, 0, 1_000_000)
    if not value:
        raise ValueError("an area of 0 is no area")
    return value


PARSERS: Mapping[str, Callable[[str], Any]] = {
    "name_en": str,
    "name_cy": str,
    "kind": partial(choice_of, Kind),
    "nation": partial(choice_of, Nation),
    "region": partial(choice_of, Region),
    "population": partial(_whole, high=2_000_000_000),
    "staff": partial(_whole, high=2_000_000_000),
    "budget": partial(_whole, high=10**15),
    "area_km2": _area,
    "latitude": partial(_number, low=-90, high=90),
    "longitude": partial(_number, low=-180, high=180),
    "rurality": partial(choice_of, Rurality),
    "deprivation": partial(choice_of, Deprivation),
    "deprivation_score": partial(_number, low=0, high=1_000),
    "email_domains": lambda text: "|".join(part.strip().lower() for part in text.split("|") if part.strip()),
    "source": str,
}
"""Field of Organisation to the reader of its cell; each raises ValueError."""
