"""Names written small, as people type them: "mr pugh", "gareth evans", "gareth in finance", "penglais hospital"."""

import re
from collections.abc import Iterator

from . import lists
from .kinds import Kind, Span
from .people import without_accents
from .reading import Reading, Word
from .widening import UNITS, WELSH_UNITS

TITLES = frozenset(["mr", "mrs", "miss", "ms", "dr", "prof", "cllr", "parch", "cyng", "sgt", "insp"])
TITLE_GAPS = frozenset((" ", ". "))
SITES = frozenset(
    [
        "hospital",
        "infirmary",
        "hospice",
        "primary",
        "school",
        "comp",
        "comprehensive",
        "ward",
        "surgery",
        "council",
        "library",
    ]
)
WELSH_SITES = frozenset(["ysgol", "ysbyty", "llyfrgell", "ward", "cyngor", "canolfan", "meddygfa"])
UNIT = re.compile(rf" (?:(?:in|on|from|at) (?:the |our )?{UNITS}|(?:o'r|yn yr|yn y|yn|ar y|o) {WELSH_UNITS})\b")


def spans(reading: Reading) -> Iterator[Span]:
    words = reading.words
    for index, word in enumerate(words[:-1]):
        after = words[index + 1]
        if word.text in TITLES and reading.gap(index) in TITLE_GAPS and strange(after):
            yield Span(word.start, after.stem_end, Kind.NAME)
        elif word.text in TITLES and len(after.text) == 1 and index + 2 < len(words):
            yield Span(word.start, words[index + 2].stem_end, Kind.NAME)
        elif reading.gap(index) == ", " and _surname(word) and _first(after):
            yield Span(word.start, after.stem_end, Kind.NAME)
        elif reading.gap(index) != " ":
            continue
        elif _first(word) and (_surname(after) or _first(after)):
            yield Span(word.start, after.stem_end, Kind.NAME)
        elif _first(word) and (unit := UNIT.match(reading.text, word.end)):
            yield Span(word.start, unit.end(), Kind.NAME)
        elif (strange(word) and after.text in SITES) or (word.text in WELSH_SITES and strange(after)):
            yield Span(word.start, after.end, Kind.SITE)


def strange(word: Word) -> bool:
    """A small word of letters that neither language has."""
    known = lists.common_words()
    return (
        word.text.islower()
        and word.stem.isalpha()
        and len(word.stem) > 3
        and word.stem not in known
        and word.stem.removesuffix("s") not in known
    )


def _first(word: Word) -> bool:
    """A first name that is no word besides; its accents may be left out."""
    return strange(word) and without_accents(word.stem) in lists.words("first_names")[0]


def _surname(word: Word) -> bool:
    return word.text.islower() and without_accents(word.stem) in lists.words("surnames")[0]
