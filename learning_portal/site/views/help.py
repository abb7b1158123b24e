from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks.gower import Dimension, apportion
from networks.likeness import PLACE_DIMENSIONS
from stories.similarity import STORY_WEIGHTS


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """The pages that explain the service; `name` comes from the address table, never from the reader."""
    return render(request, f"site/{name}.html")


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How likeness is worked out: what the code counts, and how much."""
    tables = {"stories": shares(STORY_WEIGHTS), "places": shares(PLACE_DIMENSIONS)}
    return render(request, "site/how.html", tables)


def shares(dimensions: Sequence[Dimension]) -> list[tuple[object, int]]:
    """What each dimension can give, in per cent that add up to 100."""
    weights = [dimension.weight for dimension in dimensions]
    per_cent = apportion([100 * weight for weight in weights], sum(weights), 100)
    return [(dimension.label, share) for dimension, share in zip(dimensions, per_cent, strict=True)]
