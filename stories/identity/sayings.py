"""Sayings with a name that is nobody's: "Murphy's law", "Peter to pay Paul"."""

from . import lists
from .kinds import Kind, Span
from .reading import Reading

SAYING = lists.bounded(rf"\b(?:{lists.either('sayings')})(?!\w)")

NAMING = frozenset((Kind.NAME, Kind.ORGANISATION))


def places(reading: Reading) -> list[tuple[int, int]]:
    return [match.span() for match in SAYING.finditer(reading.text)]


def within(places: list[tuple[int, int]], span: Span) -> bool:
    """Whether a name is only a part of a saying; "Heath Robinson-Clarke" is more than one."""
    return span.kind in NAMING and any(start <= span.start and span.end <= end for start, end in places)
