"""From what a person typed to an organisation: its code, its name in either language, or one of its other names."""

import unicodedata

from django.db.models import Q
from rapidfuzz import fuzz, process

from .models import Organisation

LONGEST = 160
SUGGESTIONS = 12
NAMED = 3
"""More bodies than this have none of the searched words for a name: "police" is no name, "Powys" is."""
NAME_WORDS = 8
ALIKE = 80
"""How alike a mistyped word and a word of a name must be, of 100: "Powis" and "Powys" are just so."""
CIRCUMFLEX = str.maketrans("aeiouwy", "âêîôûŵŷ")


def fold(text: str) -> str:
    """Lower case without accents, and with single spaces: "Ynys Môn" and "ynys  mon" are one."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def names_of(organisation: Organisation) -> list[str]:
    return [name for name in [organisation.name_en, organisation.name_cy, *organisation.alias_list] if name]


def suggest(typed: str, *, limit: int = SUGGESTIONS) -> list[Organisation]:
    """Current organisations of which each typed word begins a word of a name: whole names first, then by length."""
    words = fold(typed[:LONGEST]).replace("-", " ").split()
    if not words:
        return []
    ranked = []
    for organisation in Organisation.objects.current().only(
        "code", "name_en", "name_cy", "aliases", "kind", "nation", "is_example"
    ):
        closeness = min((_closeness(words, fold(name)) for name in names_of(organisation)), default=None)
        if closeness is not None and closeness < NO_MATCH:
            ranked.append((closeness, organisation.name_en, organisation))
    return [organisation for _closeness_, _name, organisation in sorted(ranked, key=lambda row: row[:2])[:limit]]


NO_MATCH = 10_000


def _closeness(typed: list[str], name: str) -> int:
    """0 for the whole name, else its length, else NO_MATCH."""
    plain = name.replace("-", " ")
    if plain == " ".join(typed):
        return 0
    starts = plain.replace("(", " ").split()
    matches = all(any(word.startswith(part) for word in starts) for part in typed)
    return len(name) if matches else NO_MATCH


def nearly(typed: str, *, limit: int = SUGGESTIONS) -> list[Organisation]:
    """What a name that nobody has may have been meant for: each unknown word is read as the known one most like it."""
    words = fold(typed[:LONGEST]).replace("-", " ").split()
    if not words or len(words) > NAME_WORDS:
        return []
    bodies = Organisation.objects.current().only("name_en", "name_cy", "aliases")
    names = " ".join(fold(name) for body in bodies for name in names_of(body))
    known = sorted(set(names.replace("-", " ").split()))
    read = [_most_alike(word, known) for word in words]
    return suggest(" ".join(read), limit=limit) if all(read) else []


def _most_alike(word: str, known: list[str]) -> str:
    """The word itself where it begins a known one, else the known word most like it; empty where none is."""
    if any(other.startswith(word) for other in known):
        return word
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else ""


def named_in(text: str) -> list[Organisation]:
    """The organisations of which all these words are words of one name, if they are few enough to be meant."""
    words = fold(text[:LONGEST]).replace("-", " ").split()
    if not words or len(words) > NAME_WORDS:
        return []
    condition = Q()
    for word in words:
        condition &= _in_a_name(word)
    near = Organisation.objects.current().filter(condition).by_name()[: 10 * NAMED]
    found = [body for body in near if any(_has_all(words, name) for name in names_of(body))]
    return found if len(found) <= NAMED else []


def _in_a_name(word: str) -> Q:
    """Bodies in whose names the word stands, also with one of its vowels accented: "mon" in "Ynys Môn"."""
    accented = {
        word[:place] + letter.translate(CIRCUMFLEX) + word[place + 1 :]
        for place, letter in enumerate(word)
        if letter in "aeiouwy"
    }
    found = Q()
    for form in {word, *accented}:
        found |= Q(name_en__icontains=form) | Q(name_cy__icontains=form) | Q(aliases__icontains=form)
    return found


def _has_all(words: list[str], name: str) -> bool:
    return set(words) <= set(fold(name).replace("-", " ").replace("(", " ").replace(")", " ").split())


def resolve(typed: str) -> Organisation | None:
    """The one organisation that this text names, following mergers; None when there is none or more than one."""
    typed = typed.strip()[:LONGEST]
    if not typed:
        return None
    named = Q(code=typed) | Q(name_en__iexact=typed) | Q(name_cy__iexact=typed)
    exact = list(Organisation.objects.filter(named).select_related("replaced_by")[:2])
    return successor(exact[0] if len(exact) == 1 else _only(suggest(typed), typed))


def _only(found: list[Organisation], typed: str) -> Organisation | None:
    folded = fold(typed)
    exact = [organisation for organisation in found if folded in map(fold, names_of(organisation))]
    if len(exact) == 1:
        return exact[0]
    return found[0] if len(found) == 1 else None


def successor(organisation: Organisation | None) -> Organisation | None:
    """The body that a merged one became."""
    seen: set[int] = set()
    while organisation and organisation.replaced_by_id and organisation.pk not in seen:
        seen.add(organisation.pk)
        organisation = organisation.replaced_by
    return organisation
