from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..facets import TOPIC_FACETS, Vocabulary, count
from ..models import Story
from ..page import TOPIC_ORDER


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """The controlled vocabulary by group, with how many stories this reader may open about each: those with none are
    left out, as they lead nowhere."""
    vocabulary = Vocabulary.load()
    counts = count(Story.objects.visible_to(request.user).published(), {}, vocabulary, TOPIC_FACETS)
    groups = []
    for group in TOPIC_ORDER:
        numbered = [(topic, counts[group].get(topic.slug, 0)) for topic in vocabulary.topics[group]]
        if told := [(topic, number) for topic, number in numbered if number]:
            groups.append((group, told))
    return render(request, "stories/topic_list.html", {"groups": groups})
