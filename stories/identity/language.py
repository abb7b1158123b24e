"""Whether a word is one of English or Welsh, with an ending or a mutation or without."""

import functools
import re

from . import lists

ENDINGS = re.compile(r"(?:'s|ing|ed|es|s|ly|ness|au|iau)$")
OPEN = (
    ("g", ("c", "")),
    ("ngh", ("c",)),
    ("ch", ("c",)),
    ("b", ("p", "")),
    ("mh", ("p",)),
    ("ph", ("p",)),
    ("d", ("t",)),
    ("nh", ("t",)),
    ("th", ("t",)),
    ("f", ("b", "m")),
    ("dd", ("d",)),
    ("l", ("ll",)),
    ("r", ("rh",)),
    ("m", ("b",)),
    ("n", ("d",)),
    ("h", ("",)),
)
"""First letters that a mutation may have made, and what they were."""
CONTRACTED = re.compile(r"'(?:d|ve|re|ll|m|t|s)$")
BEFORE = (
    "un",
    "re",
    "pre",
    "non",
    "over",
    "under",
    "sub",
    "mis",
    "out",
    "inter",
    "multi",
    "co",
    "de",
    "ail",
    "di",
    "an",
    "cyd",
    "rhag",
)
"""What may stand before a word of either language."""


@functools.lru_cache(maxsize=8192)
def in_language(word: str) -> bool:
    """Whether it is a word with or without an ending or a mutation, in English or Welsh."""
    known = lists.common_words()
    if CONTRACTED.search(word):
        return True
    parts = word.split("-")
    return all(len(part) < 3 or any(form in known for form in _forms(part)) for part in parts)


def _forms(word: str) -> set[str]:
    forms = {word}
    for first, earlier in OPEN:
        if word.startswith(first):
            forms |= {before + word[len(first) :] for before in earlier}
    shorter = {ENDINGS.sub("", form) for form in forms}
    return (
        forms | shorter | {form + "e" for form in shorter} | {form[:-1] + "y" for form in shorter if form.endswith("i")}
    )


@functools.lru_cache(maxsize=8192)
def compounded(word: str) -> bool:
    """Whether it is made of two words, or one with something before it ("logbook", "recommissioning")."""
    known = lists.common_words()
    for place in range(2, len(word) - 2):
        first, second = word[:place], word[place:]
        if (first in BEFORE or first in known) and not known.isdisjoint(_forms(second)):
            return True
    return False
