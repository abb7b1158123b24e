"""Did you mean ...? Suggestions from the words of public stories only."""

from __future__ import annotations

import collections

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import Length
from rapidfuzz.distance import OSA

from ..models.search import Posting, SearchDocument, Term, Vocabulary
from .words import STOP_WORDS, WORD, clean, fold, stem

SHORTEST = 4
"""Letters of the shortest word for which another is suggested."""
LONG = 6
"""Letters from which a word may differ by two letters, not one."""
BATCH = 1_000


def refresh_terms() -> bool:
    """Bring the vocabulary in step with the public stories. False, after one cheap statement, when it already is."""
    now = _public_documents()
    if Vocabulary.objects.filter(**now).exists():
        return False
    # Counted before anything is written: SQLite has one writer, and counting takes a second for every 10,000 stories.
    _replace(_terms())
    Vocabulary.objects.update_or_create(pk=1, defaults=now)
    return True


def suggest_spelling(text: str) -> str | None:
    """The text with each word that no public story has replaced by the nearest that one has; None when there is none."""
    text = clean(text)
    corrections = {word: _nearest(fold(word)) for word in _unknown(text)}
    corrected = WORD.sub(lambda match: corrections.get(match[0]) or match[0], text)
    return corrected if corrected != text else None


def _public_documents() -> dict[str, int]:
    public = SearchDocument.objects.filter(is_public=True)
    sums = public.aggregate(documents=Count("pk"), fingerprint=Sum("fingerprint", default=0))
    return {name: int(number) for name, number in sums.items()}


def _terms() -> dict[str, Term]:
    """The vocabulary as it should be, by folded word."""
    written: collections.Counter[str] = collections.Counter()
    for words in SearchDocument.objects.filter(is_public=True).values_list("words", flat=True).iterator():
        written.update(words.split())
    terms: dict[str, Term] = {}
    for word, documents in sorted(written.items(), key=lambda item: (-item[1], item[0])):
        term = terms.setdefault(fold(word), Term(folded=fold(word), word=word[:64], documents=0))
        term.documents += documents
    return terms


@transaction.atomic
def _replace(terms: dict[str, Term]) -> None:
    known = {term.folded: (term.word, term.documents) for term in Term.objects.iterator()}
    gone = sorted(known.keys() - terms.keys())
    for start in range(0, len(gone), BATCH):
        Term.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    changed = [term for term in terms.values() if known.get(term.folded) != (term.word, term.documents)]
    Term.objects.bulk_create(
        changed, BATCH, update_conflicts=True, unique_fields=["folded"], update_fields=["word", "documents"]
    )


def _unknown(text: str) -> list[str]:
    """The words of a query that stand in no public story in any form. Not short ones, nor those with figures."""
    words = [word for word in dict.fromkeys(WORD.findall(text)) if len(word) >= SHORTEST and word.isalpha()]
    stems = {word: stem(fold(word)) for word in words if fold(word) not in STOP_WORDS}
    public = Posting.objects.filter(stem__in=stems.values(), is_public=True)
    known = set(public.values_list("stem", flat=True).distinct())
    return [word for word, found in stems.items() if found not in known]


def _nearest(folded: str) -> str | None:
    """The word of the vocabulary with the fewest letters to change; of equals the commonest. Its first letter may be
    right, or have changed places with the second."""
    most = 1 if len(folded) < LONG else 2
    near = Term.objects.alias(letters=Length("folded")).filter(
        Q(folded__startswith=folded[0]) | Q(folded__startswith=folded[1]),
        letters__range=(len(folded) - most, len(folded) + most),
    )
    distances = [
        (distance, -documents, word)
        for candidate, word, documents in near.values_list("folded", "word", "documents")
        if (distance := OSA.distance(folded, candidate, score_cutoff=most)) <= most
    ]
    return min(distances)[2] if distances else None
