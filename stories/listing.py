"""Which stories a list shows, and in what order."""

import dataclasses
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.models import Organisation

from . import context, similarity
from .models import Story
from .search import rank

SEARCH_LIMIT = 200
"""Characters of a search that are kept: the search box is for words, the plan check for sentences."""
RELEVANCE, LIKE_MINE, NEWEST = "relevance", "like-mine", "newest"


@dataclasses.dataclass(frozen=True)
class Found:
    """The stories that match a search, or all of them, with the scores of the best where there was a search."""

    text: str
    stories: QuerySet[Story]
    scores: dict[int, float]
    suggestion: str | None = None
    """The same words with their slips put right, where nothing public has some of them."""
    typed: str = ""
    """What was typed, where it found nothing and `text` is what was meant."""


def matching(visible: QuerySet[Story], typed: str, *, exactly: bool = False) -> Found:
    """What the words find among the stories that this reader may see. Nothing typed finds everything; words that find
    nothing are put right, unless the reader wants exactly them."""
    text = " ".join(typed.replace("\x00", " ").split())[:SEARCH_LIMIT]
    if not text:
        return Found("", visible, {})
    scores, suggestion = rank.found(text, visible), rank.suggest_spelling(text)
    if suggestion and not scores and not exactly and (meant := rank.found(suggestion, visible)):
        return Found(suggestion, rank.matching(suggestion, visible, meant), meant, typed=text)
    return Found(text, rank.matching(text, visible, scores), scores, suggestion)


def orders_for(
    text: str, organisation: Organisation | None, *, is_mine: bool = True
) -> list[tuple[str, str | Promise]]:
    """The orders that make sense: relevance needs words, likeness a place, the reader's or another."""
    orders: list[tuple[str, str | Promise]] = [(NEWEST, _("Newest"))]
    if organisation:
        like = _("Places like mine") if is_mine else _("Places like this one")
        orders.insert(0, (LIKE_MINE, like))
    if text:
        orders.insert(0, (RELEVANCE, _("Closest to my words")))
    return orders


def in_order(
    stories: QuerySet[Story], found: Found, wanted: str, organisation: Organisation | None
) -> tuple[Sequence[int] | QuerySet[Story, int], str]:
    """The keys in order, as a sequence or a lazy queryset, and the name of the order that was used.

    `stories` are those of `found`, perhaps fewer: then the best of them are found anew, among themselves.
    """
    possible = [name for name, _label in orders_for(found.text, organisation)]
    order = wanted if wanted in possible else possible[0 if found.text else -1]
    if order == RELEVANCE:
        scores = found.scores if stories is found.stories else rank.found(found.text, stories)
        return sorted(stories.values_list("pk", flat=True), key=lambda pk: (-scores.get(pk, 0.0), pk)), order
    if order == LIKE_MINE and organisation:
        expression, _total = similarity.numerator(context.of_organisation(organisation))
        return stories.order_by(expression.desc(), "pk").values_list("pk", flat=True), order
    return stories.order_by("-published_on", "pk").values_list("pk", flat=True), order
