from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stories.similarity import STORY_WEIGHTS


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """The pages that explain the service; `name` comes from the address table, never from the reader."""
    return render(request, f"site/{name}.html", {"dimensions": STORY_WEIGHTS})
