"""Whether a word is a first name or a surname, may be one, or stands for one."""

import functools
import re
import unicodedata

from . import lists
from .reading import Word

ARTICLED = re.compile(r"(?:al|el|ul|abu|bin|ibn|a([rsdntz]|sh)-(?=(?i:\1))|d'(?=[A-Z]))-?[A-Z][a-z]{1,30}")
"""A surname behind an article, whose last letter may have become the first one of the name: "al-Masri", "as-Sadr"."""


def known_first(word: Word, doubtful: bool = False) -> bool:
    """Whether it is a first name; `doubtful` lets words pass that are something else too. "Mary-Ann": by a part."""
    return word.titled and listed(word, "first_names", doubtful)


def known_surname(word: Word, doubtful: bool = False) -> bool:
    return articled(word) or ((word.titled or _mac(word)) and listed(word, "surnames", doubtful))


def articled(word: Word) -> bool:
    return bool(ARTICLED.fullmatch(word.text[: len(word.stem)]))


def _mac(word: Word) -> bool:
    return word.text[:2] in ("Mc", "O'")


def listed(word: Word, name: str, doubtful: bool) -> bool:
    sure, unsure = lists.words(name)
    if not all(part[:1].isupper() for part in word.text.split("-")):
        return False
    plain = without_accents(word.stem)
    parts = [word.stem, plain] if "-" not in word.stem or word.stem in sure else plain.split("-")
    return any(part in sure or (doubtful and part in unsure) for part in parts)


@functools.lru_cache(maxsize=4096)
def without_accents(word: str) -> str:
    """ "Ciarán" as lists have it. A roof is left: in Welsh "Tîm" is no Tim."""
    if "\u0302" in unicodedata.normalize("NFD", word):
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def known(name: str) -> bool:
    """Whether a word alone is a first name or a surname."""
    return any(name.lower() in lists.words(kind)[0] for kind in ("first_names", "surnames"))


def may_be_name(word: Word) -> bool:
    """A capitalised word that is not one of those that nobody is called."""
    return word.titled and len(word.stem) > 1 and word.stem not in lists.words("not_names")[0]


def initial(word: Word) -> bool:
    """A letter for a first name; also two together, as in "JP Holloway"."""
    return (word.capital and len(word.text) == 1) or word.text in ("Ll", "Rh", "Th", "Ph")


def strange_capitals(word: Word) -> bool:
    """Whether a word in capitals is neither an abbreviation nor a word."""
    long = len(word.text) > 3 and word.stem not in lists.words("not_names")[0]
    return long and (
        word.stem not in lists.common_words() or listed(word, "surnames", True) or listed(word, "first_names", True)
    )
