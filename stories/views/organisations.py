"""Organisations with their stories: here and not in networks, which knows no story."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning_portal.common.paging import page_of
from learning_portal.common.team import is_team
from networks import likeness
from networks.models import Organisation, Pledge
from networks.pledges import may_pledge
from networks.resolve import suggest

from .. import of_bodies
from ..cards import Card
from ..forms import OrganisationsForm
from ..models import Story
from ..page import about

PAGE_SIZE = 40
PLACES_SHOWN = 10
STORIES_A_PAGE = 20
MOST_FOUND = 200


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Find an organisation by any of its names, its kind or its nation; those of which there is a story come first."""
    form = OrganisationsForm(request.GET)
    form.is_valid()
    named = of_bodies.named(Story.objects.visible_to(request.user).published())
    page = page_of(_wanted(form.cleaned_data, named), request.GET.get("page"), PAGE_SIZE)
    numbers = of_bodies.count(named, page.object_list)
    context = {
        "form": form,
        "page": page,
        "bodies": [(body, numbers.get(body.pk, 0)) for body in page.object_list],
        "q": form.cleaned_data["q"],
        "query": _query(request),
    }
    return render(request, "stories/organisation_list.html", context)


def _wanted(choice: Mapping[str, Any], named: QuerySet[Story]) -> Sequence[Organisation] | QuerySet[Organisation]:
    """The organisations of these choices, by name; those that answer to typed words, the closest first."""
    bodies = Organisation.objects.current()
    for name in ("kind", "nation"):
        if choice[name]:
            bodies = bodies.filter(**{name: choice[name]})
    if choice["stories"]:
        bodies = bodies.filter(of_bodies.has_any(named))
    if choice["q"]:
        closeness = {body.pk: place for place, body in enumerate(suggest(choice["q"], limit=MOST_FOUND))}
        return sorted(bodies.filter(pk__in=closeness), key=lambda body: closeness[body.pk])
    first = Case(When(of_bodies.has_any(named), then=0), default=1, output_field=IntegerField())
    return bodies.by_name(first)


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
    named = of_bodies.named(Story.objects.visible_to(request.user).published())
    there = named.filter(organisation__in=of_bodies.with_merged(organisation)).order_by("-published_on", "pk")
    page = page_of(there.values_list("pk", flat=True), request.GET.get("page"), STORIES_A_PAGE)
    places = likeness.places_like(organisation, others, limit=PLACES_SHOWN)
    numbers = of_bodies.count(named, [place.organisation for place in places])
    context = {
        "organisation": organisation,
        "sentence": about(organisation),
        "facts": likeness.facts(organisation),
        "page": page,
        "cards": [Card(story) for story in Story.objects.cards_of(page.object_list)],
        "places": [(place, numbers.get(place.organisation.pk, 0)) for place in places],
        "same_kind": same_kind,
        **_candour(request, organisation),
    }
    return render(request, "stories/organisation_detail.html", context)


def _candour(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """Who put their name to sharing what goes wrong, and whether this reader may."""
    return {
        "pledges": Pledge.objects.filter(organisation=organisation).standing(timezone.localdate()),
        "may_pledge": request.user.is_authenticated and may_pledge(request.user, organisation),
        "team": is_team(request.user),
    }
