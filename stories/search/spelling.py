"""Did you mean ...? Suggestions from the words of public stories only."""

from __future__ import annotations

from django.db.models import Q
from rapidfuzz.distance import OSA

from ..models.search import Term
from .words import WORD, clean, fold, telling_stem

SHORTEST = 4
"""Letters of the shortest word for which another is suggested."""
LONG = 6
"""Letters from which a word may differ by two letters, not one."""


def suggest_spelling(text: str) -> str | None:
    """The text with each word that no public story has replaced by the nearest that one has; None when none is near."""
    text = clean(text)
    corrections = {word: _nearest(fold(word)) for word in _unknown(text)}
    corrected = WORD.sub(lambda match: corrections.get(match[0]) or match[0], text)
    return corrected if corrected != text else None


def _unknown(text: str) -> list[str]:
    """The words of a query that stand in no public story in any form. Not short ones, nor those with figures."""
    words = [word for word in dict.fromkeys(WORD.findall(text)) if len(fold(word)) >= SHORTEST and word.isalpha()]
    stems = {word: stem for word in words if (stem := telling_stem(word))}
    known = set(Term.objects.filter(pk__in=stems.values()).values_list("stem", flat=True))
    return [word for word, stem in stems.items() if stem not in known]


def _nearest(folded: str) -> str | None:
    """The word of the vocabulary with the fewest letters to change; of equals the commonest. Its first letter may be
    right, or have changed places with the second."""
    most = 1 if len(folded) < LONG else 2
    near = Term.objects.filter(Q(stem__startswith=folded[0]) | Q(stem__startswith=folded[1]))
    distances = [
        (distance, -documents, place, word)
        for documents, words in near.values_list("documents", "words")
        for place, word in enumerate(words.split())
        if (distance := OSA.distance(folded, fold(word), score_cutoff=most)) <= most
    ]
    return min(distances)[-1] if distances else None
