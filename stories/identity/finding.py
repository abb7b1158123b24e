"""From the words of a story to its marks."""

import bisect
from collections.abc import Callable, Iterable, Mapping

from . import bodies, dates, nicknames, people, places, press, rare, roles, sayings, shapes, small, unknown, widening
from .gazetteer import Gazetteer
from .kinds import SUGGESTED, Kind, Mark, Span, Suggestion
from .reading import Reading, read

WHERE = frozenset((Kind.PLACE, Kind.ORGANISATION, Kind.SITE))
COMBINED = frozenset((Kind.ROLE, Kind.RARE))
DIRECT = frozenset(
    (Kind.NAME, Kind.EMAIL, Kind.PHONE, Kind.POSTCODE, Kind.ADDRESS, Kind.WEB, Kind.PLATE, Kind.PERSONAL_NUMBER)
)
"""Kinds that a wider combination must not hide."""
ORDER = {kind: place for place, kind in enumerate(Kind)}


def find(sections: Mapping[str, str], language: str, gazetteer: Gazetteer) -> list[Mark]:
    """The marks of a story in the order of its sections and words; they do not overlap. `language` is "en" or "cy".

    Never raises, whatever the text; takes time in proportion to its length.
    """
    return [mark for key, text in sections.items() for mark in _marks(key, text, language, gazetteer)]


def _marks(section: str, text: str, language: str, gazetteer: Gazetteer) -> list[Mark]:
    reading = read(text, language)
    marks = []
    for span in spans(reading, gazetteer):
        start, end = reading.original(span.start, span.end)
        suggestion = SUGGESTED.get(span.kind, Suggestion.LEAVE_OUT)
        marks.append(Mark(section, start, end, span.kind, text[start:end], suggestion, span.instead))
    return marks


FINDERS: tuple[Callable[[Reading], Iterable[Span]], ...] = (
    shapes.spans,
    dates.spans,
    people.spans,
    nicknames.spans,
    bodies.spans,
    press.spans,
    places.spans,
    small.spans,
)


def spans(reading: Reading, gazetteer: Gazetteer) -> list[Span]:
    """What is found in one text, sorted, without overlaps: of two finds the longer one; a combination then takes the
    place of its parts, unless it would hide what identifies by itself."""
    said = sayings.places(reading)
    names = [span for finder in FINDERS for span in finder(reading) if not sayings.within(said, span)]
    single = [widening.widened(reading, span) for span in names]
    listed = [widening.widened(reading, span) for span in gazetteer.spans(reading)]
    chosen = longest([*listed, *single])
    # What is only strange comes last: it must not swallow what is known.
    new = [span for span in unknown.spans(reading) if not sayings.within(said, span)]
    strange = [span for span in new if _free(_within(chosen, span), span)]
    taken = {part for span in strange for part in _within(chosen, span)}
    chosen = sorted([*(span for span in chosen if span not in taken), *strange], key=lambda span: span.start)
    where = [span for span in chosen if span.kind in WHERE]
    combined = longest([*roles.spans(reading, where), *rare.spans(reading, where)])
    kept = [span for span in combined if not any(part.kind in DIRECT for part in _within(chosen, span))]
    covered = {part for span in kept for part in _within(chosen, span)}
    return sorted([*kept, *(span for span in chosen if span not in covered)], key=lambda span: span.start)


def _free(others: list[Span], span: Span) -> bool:
    """Whether a strange run takes nothing but the name of a product that is a part of it."""
    return all(other.kind is Kind.SUPPLIER and span.start <= other.start and other.end <= span.end for other in others)


def longest(found: Iterable[Span]) -> list[Span]:
    """Of overlapping finds the longest, of equal ones the kind that comes first in `Kind`; sorted."""
    chosen: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start - span.end, ORDER[span.kind], span.start)):
        place = bisect.bisect(chosen, span.start, key=lambda other: other.start)
        free = place == 0 or chosen[place - 1].end <= span.start
        if span.start < span.end and free and (place == len(chosen) or chosen[place].start >= span.end):
            chosen.insert(place, span)
    return chosen


def _within(chosen: list[Span], span: Span) -> list[Span]:
    """Those of sorted, separate spans that touch this one."""
    first = bisect.bisect(chosen, span.start, key=lambda other: other.end)
    last = bisect.bisect_left(chosen, span.end, key=lambda other: other.start)
    return chosen[first:last]
