"""Did you mean ...? Suggestions from the words of public stories, of the topics, and of the Welsh glossary only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q
from rapidfuzz.distance import OSA, Prefix

from networks.models import Topic

from ..models.search import Term
from .welsh import entries, radicals
from .words import WORD, clean, fold, stem, telling_stem

SHORTEST = 4
"""Letters of the shortest word for which another is suggested."""
LONG = 6
"""Letters from which a word may differ by two letters, not one."""
MOST = 5
"""The most words of a query that are looked at: more are not slips."""


def suggest_spelling(text: str) -> str | None:
    """The text with each word that nothing public has replaced by the nearest that something has; None when none is
    near."""
    text = clean(text)
    if not (unknown := _unknown(text)):
        return None
    beside = _beside_stories()
    corrections = {word: _nearest(fold(word), beside) for word in unknown}
    corrected = WORD.sub(lambda match: corrections.get(match[0]) or match[0], text)
    return corrected if corrected != text else None


def _unknown(text: str) -> list[str]:
    """The words of a query that stand in no public story, in any form or Welsh mutation, nor in the glossary. Not short
    ones, nor those with figures."""
    words = [word for word in dict.fromkeys(WORD.findall(text)) if len(fold(word)) >= SHORTEST and word.isalpha()]
    forms = {word: {found, *map(stem, radicals(fold(word)))} for word in words if (found := telling_stem(word))}
    known = set(Term.objects.filter(pk__in=set().union(*forms.values())).values_list("stem", flat=True))
    strange = [word for word, stems in forms.items() if not stems & known]
    return [word for word in strange if not any(form in entries() for form in radicals(fold(word)))][:MOST]


def _beside_stories() -> list[str]:
    """Words that find stories though they may stand in none: the topics' in both languages, and the glossary's."""
    names = Topic.objects.values_list("name", "name_cy", "words_en", "words_cy")
    texts = [*(text.lower() for row in names for text in row), *entries()]
    return list(dict.fromkeys(word for text in texts for word in text.replace("|", " ").split() if word.isalpha()))


def _nearest(folded: str, beside: Iterable[str]) -> str | None:
    """The word with the fewest letters to change; of equals the one that begins alike the longest, then the commonest.
    Its first letter may be right, or have changed places with the second."""
    most = 1 if len(folded) < LONG else 2
    near = [
        (distance, -Prefix.similarity(folded, plain), -documents, place, word)
        for documents, place, word in _candidates(folded[:2], beside)
        if abs(len(word) - len(folded)) <= most
        for plain in [word if word.isascii() else fold(word)]
        if (distance := OSA.distance(folded, plain, score_cutoff=most)) <= most
    ]
    return min(near)[-1] if near else None


def _candidates(letters: str, beside: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Words that begin with one of these letters: in how many stories, its place among those of a stem, the word."""
    begins = Q(stem__startswith=letters[0]) | Q(stem__startswith=letters[1])
    for documents, words in Term.objects.filter(begins).values_list("documents", "words"):
        yield from ((documents, place, word) for place, word in enumerate(words.split()))
    yield from ((0, 0, word) for word in beside if word[:1] in letters)
