"""From text to the stems that are indexed and looked for. Pure; one for both databases, stories, plans, highlights."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

import snowballstemmer

QUERY_CHARACTERS = 1_000
"""What is read of a query: no plan of two sentences is longer."""
QUERY_WORDS = 32
WORD_CHARACTERS = 64
"""A longer word is cut: it is an accident, or an attack."""

WORD = re.compile(r"[^\W_]+")
ACRONYMS = frozenset({"IT", "US", "WHO"})
"""Words that would be stop words if they were not in capitals."""

_ENGLISH = (
    "a about after again all also am an and any are as at be because been before being but by can could did do does "
    "doing don down for from had has have having he her here hers him his how i if in into is it its just ll me more "
    "most my no nor not now of off on once only or other our ours out over own re s same she should so some such t "
    "than that the their theirs them then there these they this those through to too under until up us ve very was "
    "we were what when where which while who whom why will with would you your yours"
)
_WELSH = (
    "ac ag ar cyn dros drwy ein ei eich eu fod gan gyda heb hefyd hyn hynny mae maent mewn neu nid oedd oes ond "
    "pan roedd rhwng sy sydd trwy wedi wrth y ydy ydyn yn yna yr"
)
STOP_WORDS = frozenset(f"{_ENGLISH} {_WELSH}".split())
"""Folded words that say nothing: neither indexed nor looked for."""


def clean(text: str, limit: int = QUERY_CHARACTERS) -> str:
    """Text that every tool takes: at most `limit` characters, composed (NFC), no NUL and no half of a character."""
    whole = text[:limit].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", whole)


def fold(word: str) -> str:
    """The word in lower case and without accents, so that "Tŷ" and "ty" are one."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))[:WORD_CHARACTERS]


def tokens(text: str) -> list[str]:
    """Every word of the text, folded, in order."""
    return [word for word in map(fold, _words(text)) if word]


@functools.lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The English stem (Porter 2) of a folded word."""
    # A stemmer holds the word it works on, so that threads must not share one; a new one costs a hundredth of its work.
    return snowballstemmer.stemmer("english").stemWord(word)[:WORD_CHARACTERS]


@functools.lru_cache(maxsize=200_000)
def telling_stem(word: str) -> str | None:
    """The stem of a word as it stands in a text; None for a stop word, which says nothing."""
    folded = fold(word)
    return stem(folded) if folded and (folded not in STOP_WORDS or word in ACRONYMS) else None


def stemmed(text: str) -> Iterator[tuple[str, str]]:
    """Each word that says something, as it stands, with its stem."""
    for word in _words(text):
        if found := telling_stem(word):
            yield word, found


def stems(text: str) -> list[str]:
    """The stems of the words that say something, in order."""
    return [found for _word, found in stemmed(text)]


def query_stems(text: str) -> list[str]:
    """The stems of a query, in order, repeated words repeated: at most 32 of its first 1,000 characters."""
    return stems(clean(text))[:QUERY_WORDS]


def _words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text))
