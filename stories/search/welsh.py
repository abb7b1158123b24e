"""A Welsh query in English, word by word, so that it finds what was told in English. Pure but for its glossary.

No machine translation: a glossary of the words that public servants plan with, mutations undone. What it does not know
is left out, and the query is looked for in Welsh as well.
"""

from __future__ import annotations

import csv
import functools
from pathlib import Path

from .words import STOP_WORDS, tokens

GLOSSARY = Path(__file__).parent.parent / "data" / "glossary.csv"
LONGEST_PHRASE = 4
"""Words of the longest entry."""
ENOUGH = 0.3
"""A text is read as Welsh from this share of words on that only Welsh has."""
_SMALL = (
    "yn ar yr y ac ein eich eu mae ydym rydym rydyn ni nhw ond wedi bod sydd sy gan gyda efo dros drwy heb na nad "
    "ddim dim hyn hynny maen ydy yw oes mwyn fel bob rhai fwy mwy fod cael hoffem eisiau"
)
MARKS = frozenset(_SMALL.split())
"""Small words of Welsh that are none in English."""
_ENGLISH = "the and of to we our in is are for with on that it they but"
ENGLISH_MARKS = frozenset(_ENGLISH.split())

# The first letters of a Welsh word after mutation, longest first, and what they may have been.
MUTATIONS = [
    ("ngh", ("c",)),
    ("mh", ("p",)),
    ("nh", ("t",)),
    ("ng", ("g",)),
    ("ph", ("p",)),
    ("th", ("t",)),
    ("ch", ("c",)),
    ("dd", ("d",)),
    ("b", ("p",)),
    ("d", ("t",)),
    ("g", ("c",)),
    ("f", ("b", "m")),
    ("l", ("ll",)),
    ("r", ("rh",)),
    ("m", ("b",)),
    ("n", ("d",)),
]
VOWELS = "aeiouwy"


def radicals(word: str) -> set[str]:
    """The word itself and the Welsh words that it may be a mutation of: "ofal" may be "gofal", "nghartref"
    "cartref"."""
    found = {word}
    for mutated, originals in MUTATIONS:
        if word.startswith(mutated):
            found.update(original + word[len(mutated) :] for original in originals)
    if word[:1] and word[0] in VOWELS:
        found.add("g" + word)
    if word.startswith("h") and word[1:2] and word[1] in VOWELS:
        found.add(word[1:])
    return found


def is_welsh(text: str) -> bool:
    """Whether the text reads as Welsh: by its small words, and the words that the glossary knows."""
    found = tokens(text)
    glossary = entries()
    welsh = sum(word in MARKS or any(_only_welsh(radical, glossary) for radical in radicals(word)) for word in found)
    english = sum(word in ENGLISH_MARKS for word in found)
    return bool(found) and welsh / len(found) >= ENOUGH and welsh > english


def _only_welsh(word: str, glossary: dict[str, str]) -> bool:
    """Whether the glossary knows it, and not as an English word as well: "data", "staff"."""
    return word in glossary and word not in glossary[word].split()


@functools.cache
def entries() -> dict[str, str]:
    """The glossary: folded Welsh words, radical, to English ones. Read once: it is part of the program."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return {" ".join(tokens(row["cy"])): row["en"] for row in csv.DictReader(file)}


def gloss(text: str) -> str:
    """What the glossary knows of the text, in English, the longest phrases first; the empty string for nothing."""
    words = tokens(text)
    english: list[str] = []
    place = 0
    while place < len(words):
        length, found = _longest(words[place : place + LONGEST_PHRASE])
        english += [found] if found else []
        place += length
    return " ".join(english)


def _longest(words: list[str]) -> tuple[int, str]:
    """(words taken, English) of the longest entry that begins here; if there is none, one word taken, nothing said."""
    glossary = entries()
    for length in range(len(words), 0, -1):
        for phrase in _phrases(words[:length]):
            if phrase in glossary and phrase not in STOP_WORDS:
                return length, glossary[phrase]
    return 1, ""


def _phrases(words: list[str]) -> list[str]:
    """What the words may be with their mutations undone: the first and the last mutate, in a phrase of up to four."""
    middle = words[1:-1]
    first = sorted(radicals(words[0]), key=lambda word: word != words[0])
    if len(words) == 1:
        return first
    last = sorted(radicals(words[-1]), key=lambda word: word != words[-1])
    return [" ".join([start, *middle, end]) for start in first for end in last]
