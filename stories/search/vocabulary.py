"""What is counted over the public stories, and only over them: ranking and spelling read nothing else of stories that a
reader may not see. Made anew by `tick` and after imports; between, a new story is ranked by the counts of before.
"""

from __future__ import annotations

import collections
import dataclasses
import math
from collections.abc import Collection, Mapping

from django.db import connection, transaction
from django.db.models import Count, Sum

from ..models import Story
from ..models.search import Posting, SearchDocument, Term, Vocabulary
from .words import telling_stem

BATCH = 1_000


@dataclasses.dataclass(frozen=True)
class Statistics:
    """What BM25 needs to know of the public stories."""

    documents: int
    mean_length: float
    frequency: Mapping[str, int]
    """In how many of them each stem of the query stands."""

    def idf(self, stem: str) -> float:
        found = self.frequency.get(stem, 0)
        return math.log(1 + (self.documents - found + 0.5) / (found + 0.5))


def statistics(stems: Collection[str]) -> Statistics:
    """The counts for the stems of a query."""
    counted = Vocabulary.objects.first()
    frequency = dict(Term.objects.filter(pk__in=set(stems)).values_list("stem", "documents"))
    if counted is None or not counted.documents:
        return Statistics(0, 1.0, frequency)
    return Statistics(counted.documents, max(1.0, counted.length / counted.documents), frequency)


def refresh_terms() -> bool:
    """Bring the counts in step with the public stories. False, after two cheap statements, when they already are."""
    now = _public_stories()
    if Vocabulary.objects.filter(**now).exists():
        return False
    # Counted before anything is written: SQLite has one writer, and counting takes a second for every 10,000 stories.
    terms = _terms()
    with transaction.atomic():
        _replace(terms)
        Vocabulary.objects.update_or_create(pk=1, defaults=now)
    _tell_planner()
    return True


def _tell_planner() -> None:
    """PostgreSQL reads the whole index for every query after an import of which its planner does not know yet."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Story, Posting, SearchDocument):
                cursor.execute(f"ANALYZE {model._meta.db_table}")


def _public_stories() -> dict[str, int]:
    public = SearchDocument.objects.filter(is_public=True)
    sums = public.aggregate(
        documents=Count("*"), length=Sum("length", default=0), fingerprint=Sum("fingerprint", default=0)
    )
    return {name: int(number) for name, number in sums.items()}


def _terms() -> dict[str, tuple[int, str]]:
    """The table as it should be: by stem, the number of stories and the words."""
    words = _words_by_stem()
    public = Posting.objects.filter(is_public=True).order_by("stem").values_list("stem")
    return {stem: (number, words.get(stem, "")) for stem, number in public.annotate(stories=Count("*")).iterator()}


def _words_by_stem() -> dict[str, str]:
    written: collections.Counter[str] = collections.Counter()
    for words in SearchDocument.objects.filter(is_public=True).values_list("words", flat=True).iterator():
        written.update(words.split())
    by_stem: dict[str, list[str]] = collections.defaultdict(list)
    for word, _stories in sorted(written.items(), key=lambda item: (-item[1], item[0])):
        by_stem[telling_stem(word) or word].append(word)
    return {stem: " ".join(words) for stem, words in by_stem.items()}


def _replace(terms: Mapping[str, tuple[int, str]]) -> None:
    """Write what differs."""
    known = {stem: rest for stem, *rest in Term.objects.values_list("stem", "documents", "words").iterator()}
    gone = sorted(known.keys() - terms.keys())
    for start in range(0, len(gone), BATCH):
        Term.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    Term.objects.bulk_create(
        (
            Term(stem=stem, documents=documents, words=words)
            for stem, (documents, words) in terms.items()
            if known.get(stem) != [documents, words]
        ),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["stem"],
        update_fields=["documents", "words"],
    )
