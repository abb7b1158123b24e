"""Browse and search: everything in the address, complete without JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learning_portal.common.paging import page_of

from .. import plans, similarity
from ..cards import Card
from ..context import of_organisation
from ..filters import Browse
from ..listing import NEWEST, in_order, matching, orders_for
from ..models import Story
from ..search import rank

PAGE_SIZE = 20


@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    organisation = plans.organisation_of(request.session, request.user)
    visible = Story.objects.visible_to(request.user).published()
    found = matching(visible, request.GET.get("q", ""))
    browse = Browse(request.GET, found.stories)
    ordered, order = in_order(browse.stories, found, request.GET.get("order", ""), organisation)
    page = page_of(ordered, request.GET.get("page"), PAGE_SIZE)
    context = {
        "browse": browse,
        "folds": browse.folds(),
        "chips": browse.chips(),
        "page": page,
        "cards": cards_of(page.object_list, organisation, found.text, dated=order == NEWEST),
        "q": found.text,
        "order": order,
        "orders": orders_for(found.text, organisation),
        "organisation": organisation,
        "spelling": rank.suggest_spelling(found.text) if found.text and page.paginator.count < 3 else None,
        "query": _query(request),
    }
    return render(request, "stories/story_list.html", context)


def _query(request: HttpRequest) -> str:
    data = request.GET.copy()
    data.pop("page", None)
    return data.urlencode()


def cards_of(keys: list[int], organisation, text: str, *, dated: bool) -> list[Card]:
    """The cards of one page, in its order."""
    stems = rank.looked_for(text)
    values = of_organisation(organisation) if organisation else None
    return [_card(story, values, stems, dated) for story in Story.objects.cards_of(keys)]


def _card(story: Story, values, stems, dated: bool) -> Card:
    explanation = similarity.explain(values, story.context, figures=story.is_named) if values else None
    return Card(story, explanation, snippet=rank.snippet(story.content, stems) if stems else "", dated=dated)
