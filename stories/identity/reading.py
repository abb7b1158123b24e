"""A text made ready to be searched: folded to one spelling of each character, and cut into words."""

import dataclasses
import functools
import re
import unicodedata
from collections.abc import Iterator

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
POSSESSIVE = re.compile(r"'(?:s|r|n|i|u|w|ch|m|th)?$", re.IGNORECASE)
OPENING = re.compile(r"[.!?:;…\n\"“”(•]")
SAME = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " "}
    | dict.fromkeys("‐‑‒–—−", "-")
)
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that take no room on the page and would hide a name from a search."""


@dataclasses.dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int
    opens: bool
    """Whether it begins a sentence, so that its capital says nothing."""

    @functools.cached_property
    def stem(self) -> str:
        """Without a possessive ending, in small letters: as gazetteers hold it."""
        return stem(self.text)

    @functools.cached_property
    def stem_end(self) -> int:
        return self.end - len(self.text) + len(self.stem)

    @functools.cached_property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @functools.cached_property
    def titled(self) -> bool:
        """A capital and then small letters, as names are written ("Jones", "O'Neill", "Smith-Jones")."""
        return self.capital and not self.text[1:].isupper() and self.text.replace("-", "").replace("'", "").isalpha()


@dataclasses.dataclass(frozen=True)
class Reading:
    """One text as the finders see it. `places[i]` is where folded character i stands in the text as it was given."""

    text: str
    places: list[int] | None
    language: str
    words: list[Word]

    def before(self, start: int, length: int = 100) -> str:
        """The characters before a place, within its sentence and at most `length`."""
        return re.split(r"[.!?\n]\s", self.text[max(0, start - length) : start])[-1]

    def after(self, end: int, length: int = 100) -> str:
        return re.split(r"[.!?](?:\s|$)|\n", self.text[end : end + length])[0]

    def gap(self, index: int) -> str:
        """What stands between word `index` and the next; a line's end where there is none."""
        if index + 1 >= len(self.words):
            return "\n\n"
        return self.text[self.words[index].end : self.words[index + 1].start]

    def original(self, start: int, end: int) -> tuple[int, int]:
        if self.places is None:
            return start, end
        return self.places[start], self.places[end]


def stem(word: str) -> str:
    shorter = POSSESSIVE.sub("", word)
    return (shorter or word).lower() if len(shorter.lower()) == len(shorter or word) else word


def read(text: str, language: str) -> Reading:
    folded, places = fold(text)
    return Reading(folded, places, language, list(_words(folded)))


def fold(text: str) -> tuple[str, list[int] | None]:
    """The text with one kind of apostrophe, dash and space, its accents joined to their letters, and nothing unseen.

    The list gives for every folded character its place in the text, and has one more for the end; None: the same.
    """
    plain = not any(character in text for character in UNSEEN)
    if plain and unicodedata.is_normalized("NFC", text):
        return text.translate(SAME), None
    characters: list[str] = []
    places: list[int] = []
    for start, cluster in _clusters(text):
        for character in unicodedata.normalize("NFC", cluster):
            characters.append(character)
            places.append(start)
    return "".join(characters).translate(SAME), [*places, len(text)]


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each letter with the accents that follow it, and where it starts."""
    start, cluster = 0, ""
    for place, character in enumerate(text):
        if character in UNSEEN:
            continue
        if cluster and not unicodedata.combining(character):
            yield start, cluster
            cluster = ""
        if not cluster:
            start = place
        cluster += character
    if cluster:
        yield start, cluster


def _words(text: str) -> Iterator[Word]:
    end = 0
    for match in WORD.finditer(text):
        opens = not end or bool(OPENING.search(text[end : match.start()]))
        yield Word(match[0], match.start(), match.end(), opens)
        end = match.end()
