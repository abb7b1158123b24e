"""A Welsh query in English, word by word, so that it finds what was told in English. Pure but for its glossary.

No machine translation: a glossary of the words that public servants plan with, mutations undone. What it does not know
is left out, and the query is looked for in Welsh as well.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from .words import QUERY_WORDS, STOP_WORDS, clean, fold, stem, stemmed, stems, tokens

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
AFTER_G = VOWELS + "lnr"
"""A g before these is lost: "ofal", "lanhau"."""
_ENDINGS = "asant asom oedd iaid odd wyd ais wch ant iff iau ion ydd aid ach ir wn ai ed au on od i"
ENDINGS = tuple(_ENDINGS.split())
"""Of persons and tenses, of plurals, and of "more", longest first."""
VERBS = ("", "o", "io", "u", "i", "a", "ian")
"""What stands in their place in the glossary: nothing, for a noun, and the endings of verbs."""
NAME = re.compile(r"(?<=\w )[A-Z]\w+|\b[A-Z]{2,}\b|\b\d\w*")
"""A capital within a sentence, an acronym, a figure."""
ROOT = 4
"""Letters left of a word without its ending: of shorter ones any word could be made."""


def radicals(word: str) -> set[str]:
    """The word itself and the Welsh words that it may be a mutation of: "ofal" may be "gofal", "nghartref"
    "cartref"."""
    found = {word}
    for mutated, originals in MUTATIONS:
        if word.startswith(mutated):
            found.update(original + word[len(mutated) :] for original in originals)
    if word[:1] and word[0] in AFTER_G:
        found.add("g" + word)
    if word.startswith("h") and word[1:2] and word[1] in VOWELS:
        found.add(word[1:])
    return found


def mutations(word: str) -> set[str]:
    """The radical itself and what stands in a text in its place: "cartref", "gartref", "nghartref", "chartref"."""
    found = {word}
    for mutated, originals in MUTATIONS:
        found.update(mutated + word.removeprefix(original) for original in originals if word.startswith(original))
    if word[:1] == "g" and word[1:2] and word[1] in AFTER_G:
        found.add(word[1:])
    if word[:1] and word[0] in VOWELS:
        found.add("h" + word)
    return found


def is_welsh(text: str) -> bool:
    """Whether the text reads as Welsh: by its small words, and the words that the glossary knows."""
    found = tokens(text)
    welsh = sum(word in MARKS or any(map(_only_welsh, radicals(word))) for word in found)
    english = sum(word in ENGLISH_MARKS for word in found)
    return bool(found) and welsh / len(found) >= ENOUGH and welsh > english


def _only_welsh(word: str) -> bool:
    """Whether the glossary knows it, and not as an English word as well: "data", "staff"."""
    return word in entries() and word not in " ".join(entries()[word]).split()


@functools.cache
def entries() -> dict[str, tuple[str, ...]]:
    """The glossary: folded Welsh words, radical, to their English meanings. Read once: it is part of the program."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return {" ".join(tokens(row["cy"])): tuple(row["en"].split("|")) for row in csv.DictReader(file)}


def gloss(text: str) -> str:
    """The text in English, for the model: the first meaning of each word, as two side by side would blur it."""
    return " ".join(senses[0] for senses in glossed(text))


def glossed(text: str) -> list[tuple[str, ...]]:
    """What each word of the text may be in English, in order, the longest phrases first. Unknown words are left out,
    but for names and figures, which are the same in English."""
    words = tokens(text)
    names = {fold(name) for name in NAME.findall(text)}
    english = []
    place = 0
    while place < len(words):
        length, found = _longest(words[place : place + LONGEST_PHRASE])
        if not found and words[place] in names:
            found = (words[place],)
        english += [found] if found else []
        place += length
    return english


def own_words(text: str) -> list[str | tuple[str, ...]]:
    """The stems to look for in Welsh: a word of the glossary in any of its mutations."""
    found: list[str | tuple[str, ...]] = []
    for word in (fold(word) for word, _stem in stemmed(clean(text))):
        known = [radical for radical in _own_form_first(word) if radical in entries()]
        forms = {word}.union(*map(mutations, known))
        found.append(tuple(sorted(map(stem, forms))) if known else stem(word))
    return found[:QUERY_WORDS]


def query_words(text: str) -> list[tuple[str, ...]]:
    """The stems to look for in English. Of the words that one Welsh word may be, any will do; a phrase needs all of
    its words."""
    found: list[tuple[str, ...]] = []
    for senses in glossed(text):
        words = [tuple(stems(sense)) for sense in senses]
        single = tuple(dict.fromkeys(sense[0] for sense in words if len(sense) == 1))
        found += [single] if single else []
        found += [(one,) for sense in words if len(sense) > 1 for one in sense]
    return found[:QUERY_WORDS]


def _longest(words: list[str]) -> tuple[int, tuple[str, ...]]:
    """(words taken, English) of the longest entry that begins here; if there is none, one word taken, nothing said."""
    for length in range(len(words), 0, -1):
        for phrase in _phrases(words[:length]):
            if phrase in entries() and phrase not in STOP_WORDS:
                return length, entries()[phrase]
    endless = (phrase for form in _phrases(words[:1]) for phrase in _without_ending(form))
    return 1, next((entries()[word] for word in endless if word in entries()), ())


def _without_ending(word: str) -> Iterator[str]:
    """The verbs and singulars that it may be a form of: "penderfynwyd" of "penderfynu", "cwlferti" of "cwlfert"."""
    for ending in ENDINGS:
        root = word.removesuffix(ending)
        if ROOT <= len(root) < len(word):
            yield from (root + verb for verb in VERBS)


def _phrases(words: list[str]) -> list[str]:
    """What the words may be with their mutations undone: the first and the last mutate, in a phrase of up to four."""
    middle = words[1:-1]
    first = _own_form_first(words[0])
    if len(words) == 1:
        return first
    last = _own_form_first(words[-1])
    return [" ".join([start, *middle, end]) for start in first for end in last]


def _own_form_first(word: str) -> list[str]:
    return sorted(radicals(word), key=lambda form: (form != word, form))
