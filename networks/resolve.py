"""From what a person typed to an organisation: its code, its name in either language, or one of its other names."""

import unicodedata

from django.db.models import Q

from .models import Organisation

LONGEST = 160
SUGGESTIONS = 12


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
