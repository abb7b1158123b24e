"""Welsh mutations of the first letter: the forms in which a name can stand after "yng", "o" or "a"."""

import re
from collections.abc import Iterable

from . import lists

SOFT = (("ll", "l"), ("rh", "r"), ("p", "b"), ("t", "d"), ("c", "g"), ("b", "f"), ("d", "dd"), ("g", ""), ("m", "f"))
NASAL = (("p", "mh"), ("t", "nh"), ("c", "ngh"), ("b", "m"), ("d", "n"), ("g", "ng"))
ASPIRATE = (("p", "ph"), ("t", "th"), ("c", "ch"))
UNCHANGED = ("ch", "ph", "th", "dd", "ff")
"""Letters of their own, which do not change."""

VOWELS = "aeiouwyâêîôûŵŷ"
"""Letters that take an h after "ei" (her), "ein" and "eu"."""
TRIGGERS = lists.named("mutations.triggers")
"""Words after which a Welsh name may have changed."""
WELSH_ONLY = TRIGGERS - {"a", "at", "am", "o", "heb", "dan"}
"""Those of them that are no words of English."""


def mutated(name: str) -> set[str]:
    """The changed forms of a name in small letters; the unchanged one is not among them."""
    if name.startswith(UNCHANGED):
        return set()
    found = set()
    for table in (SOFT, NASAL, ASPIRATE):
        for first, changed in table:
            if name.startswith(first):
                found.add(changed + name[len(first) :])
                break
    return {form for form in found if form}


def either(words: Iterable[str], capital: bool = False) -> str:
    """Welsh words in any form as alternatives of a regular expression; their first letter may be, or is, a capital."""
    forms = {form for word in words for form in (word, *mutated(word), *([f"h{word}"] if word[0] in VOWELS else []))}
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    small = "" if capital else "{0}"
    return "|".join(f"[{form[0].upper()}{small.format(form[0])}]{re.escape(form[1:])}" for form in ordered)
