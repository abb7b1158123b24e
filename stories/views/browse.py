"""Browse and search: everything in the address, complete without JavaScript."""

import dataclasses

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning_portal.common.paging import page_of
from networks.models import Organisation
from networks.resolve import named_in, successor
from networks.workplace import workplace_of

from .. import similarity
from ..cards import Card
from ..context import of_organisation
from ..filters import Browse, Chip
from ..listing import NEWEST, in_order, matching, orders_for
from ..models import Story
from ..search import rank

PAGE_SIZE = 20


@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    mine = workplace_of(request.session, request.user)
    like = place_named(request.GET.get("like", ""))
    organisation = like or mine
    visible = Story.objects.visible_to(request.user).published()
    found = matching(visible, request.GET.get("q", ""), exactly="exactly" in request.GET)
    browse = Browse(request.GET, found.stories)
    ordered, order = in_order(browse.stories, found, request.GET.get("order", ""), organisation)
    page = page_of(ordered, request.GET.get("page"), PAGE_SIZE, total=browse.counts.total)
    context = {
        "browse": browse,
        "folds": browse.folds(),
        "chips": [*browse.chips(), *chips_of(like, request.GET)],
        "page": page,
        "cards": cards_of(page.object_list, organisation, found.text, is_mine=like is None, dated=order == NEWEST),
        "q": found.text,
        "found": found,
        "named": named_in(found.typed or found.text),
        "order": order,
        "orders": orders_for(found.text, organisation, is_mine=like is None),
        "like": like,
        "organisation": organisation,
        "query": _query(request),
    }
    return render(request, "stories/story_list.html", context)


def _query(request: HttpRequest) -> str:
    data = request.GET.copy()
    data.pop("page", None)
    return data.urlencode()


def place_named(code: str) -> Organisation | None:
    """The place whose like somebody looks for; None for what is no code."""
    return successor(Organisation.objects.filter(code=code).first()) if code else None


def chips_of(like: Organisation | None, data: QueryDict) -> list[Chip]:
    """The place that others are to be like, to be taken away like a filter."""
    if like is None:
        return []
    kept = data.copy()
    for name in ("like", "order", "page"):
        kept.pop(name, None)
    return [Chip(_("Places like: %(place)s") % {"place": like.name}, f"?{kept.urlencode()}")]


def cards_of(
    keys: list[int], organisation: Organisation | None, text: str, *, is_mine: bool, dated: bool
) -> list[Card]:
    """The cards of one page, in its order, with how like a place each is: the reader's, or another that they named."""
    stems = rank.looked_for(text)
    cards = [
        Card(
            story,
            snippet=rank.snippet(story.content, stems) if stems else "",
            of_another=not is_mine,
            dated=dated,
        )
        for story in Story.objects.cards_of(keys)
    ]
    if organisation is None:
        return cards
    values = of_organisation(organisation)
    explained = similarity.of_one_page(
        [similarity.explain(values, card.story.context, figures=card.story.is_named) for card in cards]
    )
    return [dataclasses.replace(card, explanation=one) for card, one in zip(cards, explained, strict=True)]
