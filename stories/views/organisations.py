"""Organisations with their stories: here and not in networks, which knows no story."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from learning_portal.common.paging import page_of
from networks import likeness
from networks.models import Organisation
from networks.resolve import suggest

from .. import plans
from ..access import Reader
from ..cards import Card
from ..choices import Voice
from ..models import Story
from ..page import about

PAGE_SIZE = 40
PLACES_SHOWN = 10
STORIES_A_PAGE = 20


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Find an organisation by any of its names."""
    typed = request.GET.get("q", "").replace("\x00", " ").strip()[:160]
    items = suggest(typed, limit=200) if typed else Organisation.objects.current().by_name()
    return render(
        request,
        "stories/organisation_list.html",
        {"page": page_of(items, request.GET.get("page"), PAGE_SIZE), "q": typed, "query": _query(request)},
    )


def _query(request: HttpRequest) -> str:
    data = request.GET.copy()
    data.pop("page", None)
    return data.urlencode()


@require_safe
def organisation_suggest(request: HttpRequest) -> JsonResponse:
    """Names for the box "Where do you work?": facts of the register, the same for everybody."""
    found = suggest(request.GET.get("q", "").replace("\x00", " "))
    results = [
        {"code": organisation.code, "name": organisation.name, "detail": str(organisation.get_kind_display())}
        for organisation in found
    ]
    return JsonResponse({"results": results})


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Its context in words, its visible named stories, and places like it."""
    organisation = get_object_or_404(Organisation.objects.select_related("replaced_by"), code=code)
    same_kind = request.GET.get("kind") == "same"
    others = Organisation.objects.like_for(organisation)
    if same_kind:
        others = others.filter(kind=organisation.kind)
    page = page_of(stories_of(organisation, request.user), request.GET.get("page"), STORIES_A_PAGE)
    return render(
        request,
        "stories/organisation_detail.html",
        {
            "organisation": organisation,
            "sentence": about(organisation),
            "facts": likeness.facts(organisation),
            "page": page,
            "cards": [Card(story) for story in Story.objects.cards_of(page.object_list)],
            "places": likeness.places_like(organisation, others, limit=PLACES_SHOWN),
            "same_kind": same_kind,
            "is_mine": plans.organisation_of(request.session, request.user) == organisation,
        },
    )


def stories_of(organisation: Organisation, user: Reader) -> QuerySet[Story, int]:
    """The keys of the named stories from there, and from the bodies that merged into it, that this reader may see."""
    bodies = [organisation.pk, *organisation.predecessors()]
    visible = Story.objects.visible_to(user).published().filter(organisation__in=bodies, voice=Voice.NAMED)
    return visible.order_by("-published_on", "pk").values_list("pk", flat=True)
