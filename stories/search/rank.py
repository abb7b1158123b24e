"""The best stories for a text, by words and by meaning: what pages call.

    text score = mix * words + (1 - mix) * max(0, cosine)

Both in 0..1. Every function takes a queryset that has passed `visible_to`, and finds nothing outside of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from ..models.search import Posting
from . import bm25, meaning, welsh
from .highlight import snippet
from .predicate import among
from .spelling import suggest_spelling
from .words import query_stems

MIX = 0.7
"""The share of words in the search box; a plan is told in other words than the story's, and has its own."""
CANDIDATES = 400
NEAR = 0.3
"""The least cosine at which a story that has none of the words is still found in the search box: see docs/search.md."""

__all__ = [
    "CANDIDATES",
    "MIX",
    "found",
    "has_meaning",
    "in_either_language",
    "in_order",
    "looked_for",
    "matching",
    "snippet",
    "suggest_spelling",
    "text_scores",
]


def text_scores(
    text: str,
    stories: QuerySet,
    *,
    words: Sequence[str | tuple[str, ...]] | None = None,
    mix: float = MIX,
    limit: int = CANDIDATES,
    near: float = 0.0,
) -> dict[int, float]:
    """The text scores, by key, of the best `limit` by words united with the best `limit` by meaning.

    Those by meaning have a cosine above `near`. By words alone with a mix of 1, and without a model or any embedding.
    `words` are looked for in place of the text's own.
    """
    query = query_stems(text) if words is None else words
    cosines = meaning.cosines(text, stories) if mix < 1 else None
    if not cosines:
        return _rounded(bm25.scores(query, stories, limit=limit))
    close = cosines.best(limit, near)
    by_words = bm25.scores(query, stories, limit=limit, also=close)
    likeness = cosines.of([*by_words, *close])
    keys = {*by_words, *close}
    return _rounded({key: mix * by_words.get(key, 0.0) + (1 - mix) * likeness.get(key, 0.0) for key in keys})


def in_either_language(
    text: str, stories: QuerySet, *, mix: float = MIX, limit: int = CANDIDATES, near: float = 0.0
) -> dict[int, float]:
    """`text_scores`, and for a Welsh text the better of its own words and of its meaning in English, where most stories
    are told and which alone the model reads."""
    if not welsh.is_welsh(text):
        return text_scores(text, stories, mix=mix, limit=limit, near=near)
    own = text_scores(text, stories, words=welsh.own_words(text), mix=1, limit=limit)
    words = welsh.query_words(text)
    english = text_scores(welsh.gloss(text), stories, words=words, mix=mix, limit=limit, near=near)
    return {key: max(own.get(key, 0.0), english.get(key, 0.0)) for key in {*own, *english}}


def looked_for(text: str) -> set[str]:
    """Every stem for which a text finds a story: of a Welsh text its words in any mutation, and the English ones."""
    words = [word for query in _queries(text) for word in query]
    return set().union(*([word] if isinstance(word, str) else word for word in words))


def found(text: str, stories: QuerySet, *, mix: float = MIX) -> dict[int, float]:
    """The best of the stories that the search box finds, with their scores."""
    return in_either_language(text, stories, mix=mix, near=NEAR)


def matching(text: str, stories: QuerySet, scores: Mapping[int, float]) -> QuerySet:
    """All that the search box finds: the best, which have `scores`, and whatever else has one of the words."""
    stems = set().union(*map(bm25.looked_for, _queries(text)))
    having = Posting.objects.filter(stem__in=stems).values("story_id")
    return stories.filter(Q(pk__in=having) | Q(among(scores)))


def _queries(text: str) -> list[Sequence[str | tuple[str, ...]]]:
    """What is looked for: of a Welsh text its own words, and those in English."""
    return [welsh.own_words(text), welsh.query_words(text)] if welsh.is_welsh(text) else [query_stems(text)]


def in_order(scores: Mapping[int, float]) -> list[int]:
    """Keys, best first, ties by key."""
    return sorted(scores, key=lambda key: (-scores[key], key))


def has_meaning() -> bool:
    """Whether a model is there to search by meaning."""
    return meaning.model() is not None


def _rounded(scores: dict[int, float]) -> dict[int, float]:
    """To nine places, so that the last bits of a sum, which differ between databases, break no tie."""
    return {key: round(score, 9) for key, score in scores.items()}
