"""Names written small, as people type them: "mr pugh", "gareth evans", "gareth in finance", "penglais hospital"."""

import functools
import re
from collections.abc import Iterator

from . import lists
from .kinds import Kind, Span
from .language import in_language
from .mutations import mutated
from .name_words import without_accents
from .reading import Reading, Word
from .widening import UNITS, WELSH_UNITS

TITLES = lists.named("small.titles")
TITLE_GAPS = frozenset((" ", ". "))
SITES = lists.named("small.sites")
WELSH_SITES = lists.named("small.welsh_sites")
SHORTEST = 6
"""Letters of a place that is believed when it is written small."""
UNIT = re.compile(rf" (?:(?:in|on|from|at) (?:the |our )?{UNITS}|(?:o'r|yn yr|yn y|yn|ar y|o) {WELSH_UNITS})\b")


def spans(reading: Reading) -> Iterator[Span]:
    for index, word in enumerate(reading.words):
        if len(word.stem) >= SHORTEST and strange(word) and word.stem in places():
            yield Span(word.start, word.stem_end, Kind.PLACE)
        if index + 1 < len(reading.words):
            yield from _titled(reading, index)
            yield from _with_next(reading, index)


def _titled(reading: Reading, index: int) -> Iterator[Span]:
    """ "mr pugh", "cllr. d. morgan"."""
    word, after = reading.words[index : index + 2]
    if word.text not in TITLES or reading.gap(index) not in TITLE_GAPS:
        return
    if len(after.text) == 1 and index + 2 < len(reading.words):
        yield Span(word.start, reading.words[index + 2].stem_end, Kind.NAME)
    elif strange(after):
        yield Span(word.start, after.stem_end, Kind.NAME)


def _with_next(reading: Reading, index: int) -> Iterator[Span]:
    word, after = reading.words[index : index + 2]
    if reading.gap(index) == ", " and _surname(word) and _first(after):
        yield Span(word.start, after.stem_end, Kind.NAME)
    elif reading.gap(index) != " ":
        return
    elif _first(word) and (_surname(after) or _first(after)):
        yield Span(word.start, after.stem_end, Kind.NAME)
    elif _first(word) and (unit := UNIT.match(reading.text, word.end)):
        yield Span(word.start, unit.end(), Kind.NAME)
    elif (strange(word) and after.text in SITES) or (word.text in WELSH_SITES and strange(after)):
        yield Span(word.start, after.end, Kind.SITE)


@functools.cache
def places() -> frozenset[str]:
    """Places of one word and their mutations, in small letters."""
    names = [name.lower() for line in lists.lines("places") if not line.startswith("?") for name in line.split("=")]
    single = {name for name in names if name.isalpha()}
    return frozenset(single.union(*(mutated(name) for name in single)))


def strange(word: Word) -> bool:
    """A small word of letters that neither language has."""
    return word.text.islower() and word.stem.isalpha() and len(word.stem) > 3 and not in_language(word.stem)


def _first(word: Word) -> bool:
    """A first name that is no word besides; its accents may be left out."""
    return strange(word) and without_accents(word.stem) in lists.words("first_names")[0]


def _surname(word: Word) -> bool:
    return word.text.islower() and without_accents(word.stem) in lists.words("surnames")[0]
