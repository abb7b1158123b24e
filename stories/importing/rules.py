"""How one text or value comes out of a row of a source, and how the mapping file says so. Pure."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

HIGHEST_MULTIPLIER = 10**12
TEMPLATE_COLUMN = re.compile(r"\{([^{}]+)\}")


class BadMapping(Exception):
    """The mapping file cannot be used. The message names the place in it."""


@dataclasses.dataclass(frozen=True)
class Condition:
    """Holds when one of the columns is filled, or holds one of the values given for it (compared as `folded`)."""

    columns: Mapping[str, frozenset[str]]
    """An empty set of values asks only that the column is filled."""


@dataclasses.dataclass(frozen=True)
class Rule:
    """How one text or value comes out of a row. Exactly one of value, columns, template, join, span."""

    value: str = ""
    columns: tuple[str, ...] = ()
    """The first that is filled."""
    template: str = ""
    """Text with {column} in it; blank when one of the columns is."""
    join: tuple[Rule, ...] = ()
    """The filled ones, as paragraphs."""
    span: tuple[Rule, ...] = ()
    """Two dates, for a number of months."""
    heading: str = ""
    when: Condition | None = None
    unless: Condition | None = None
    values: Mapping[str, tuple[str, ...]] | None = None
    other: tuple[str, ...] | None = None
    """What a value that is not in `values` becomes; None makes it a bad row."""
    keeps_others: bool = False
    """A value that is not in `values` stays as it is."""
    matches: tuple[tuple[re.Pattern, str], ...] = ()
    otherwise: Rule | None = None
    """Taken when this rule comes out blank."""
    excerpt: bool = False
    multiplier: float = 1
    skip_unreadable: bool = False

    def parts(self) -> Iterator[Rule]:
        """This rule and every rule inside it."""
        yield self
        for inner in (*self.join, *self.span, *([self.otherwise] if self.otherwise else [])):
            yield from inner.parts()

    def writes(self) -> set[str]:
        """The values that it gives of itself, as against those that it copies."""
        tables = [*(self.values or {}).values(), self.other or (), [value for _, value in self.matches]]
        return {value for table in tables for value in table} | ({self.value} if self.value else set())

    def columns_read(self) -> set[str]:
        """Every column that it looks at."""
        read: set[str] = set()
        for part in self.parts():
            read |= {*part.columns, *TEMPLATE_COLUMN.findall(part.template)}
            for condition in (part.when, part.unless):
                read |= set(condition.columns) if condition else set()
        return read


def folded(text: str) -> str:
    """For looking up a value: without capitals and with single spaces."""
    return " ".join(text.casefold().split())


# --- From JSON ------------------------------------------------------------------------------------------------------

RULE_KEYS = (
    "value",
    "column",
    "columns",
    "template",
    "join",
    "from",
    "to",
    "heading",
    "if",
    "unless",
    "values",
    "other",
    "matches",
    "otherwise",
    "excerpt",
    "multiplier",
    "unreadable",
)


def read_rule(spec: Any, place: str) -> Rule:
    if isinstance(spec, str):
        return Rule(value=spec)
    if not isinstance(spec, dict):
        raise BadMapping(f"{place}: expected a text or an object, not {json.dumps(spec)[:60]}.")
    only(spec, RULE_KEYS, place)
    sources = [key for key in ("value", "column", "columns", "template", "join", "from") if key in spec]
    if len(sources) != 1 or ("from" in spec) != ("to" in spec):
        raise BadMapping(f'{place}: give one of "value", "column", "columns", "template", "join", or "from" and "to".')
    if spec.get("unreadable", "refuse") not in ("refuse", "skip"):
        raise BadMapping(f'{place}.unreadable: "refuse" or "skip".')
    return Rule(
        value=read_text(spec.get("value", ""), f"{place}.value"),
        columns=_texts(spec.get("columns", spec.get("column", [])), f"{place}.columns"),
        template=read_text(spec.get("template", ""), f"{place}.template"),
        join=tuple(each(spec, "join", read_rule, place)),
        span=tuple(read_rule(spec[key], f"{place}.{key}") for key in ("from", "to") if key in spec),
        heading=read_text(spec.get("heading", ""), f"{place}.heading"),
        when=_condition(spec.get("if"), f"{place}.if"),
        unless=_condition(spec.get("unless"), f"{place}.unless"),
        values=_values(spec.get("values"), f"{place}.values"),
        other=_texts(spec["other"], f"{place}.other") if spec.get("other", True) is not True else None,
        keeps_others=spec.get("other") is True,
        matches=_matches(spec.get("matches", {}), f"{place}.matches"),
        otherwise=read_rule(spec["otherwise"], f"{place}.otherwise") if "otherwise" in spec else None,
        excerpt=spec.get("excerpt") is True,
        multiplier=_number(spec.get("multiplier", 1), f"{place}.multiplier"),
        skip_unreadable=spec.get("unreadable") == "skip",
    )


def only(spec: Mapping[str, Any], keys: Iterable[str], place: str) -> None:
    strange = [key for key in spec if key not in keys]
    if strange:
        raise BadMapping(f"{place}: {', '.join(strange)} is not known here; known are {', '.join(keys)}.")


def each(spec: Mapping[str, Any], key: str, read: Callable[[Any, str], Any], place: str = "") -> list:
    items, place = spec.get(key, []), f"{place}.{key}" if place else key
    if not isinstance(items, list):
        raise BadMapping(f"{place}: expected a list.")
    return [read(item, f"{place}[{number}]") for number, item in enumerate(items)]


def read_text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise BadMapping(f"{place}: expected a text.")
    return value


def _texts(value: Any, place: str) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(read_text(item, place) for item in (value if isinstance(value, list) else [value]))


def _number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= HIGHEST_MULTIPLIER:
        raise BadMapping(f"{place}: expected a number above 0, and at most {HIGHEST_MULTIPLIER:,}.")
    return value


def read_pattern(value: Any, place: str) -> re.Pattern:
    try:
        return re.compile(read_text(value, place), re.IGNORECASE)
    except re.error as error:
        raise BadMapping(f"{place}: {value} is no regular expression: {error}.") from error


def _condition(value: Any, place: str) -> Condition | None:
    if value is None:
        return None
    if isinstance(value, dict):
        return Condition({column: frozenset(map(folded, _texts(values, place))) for column, values in value.items()})
    return Condition(dict.fromkeys(_texts(value, place), frozenset()))


def _values(value: Any, place: str) -> dict[str, tuple[str, ...]] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise BadMapping(f"{place}: expected an object of values.")
    return {folded(key): _texts(ours, f"{place}.{key}") for key, ours in value.items()}


def _matches(value: Any, place: str) -> tuple[tuple[re.Pattern, str], ...]:
    if not isinstance(value, dict):
        raise BadMapping(f"{place}: expected an object of regular expressions.")
    return tuple((read_pattern(key, place), read_text(slug, place)) for key, slug in value.items())
