from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks.choices import TopicGroup

from ..facets import TOPIC_FACETS, Vocabulary, count
from ..models import Story


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """The controlled vocabulary by group, with how many stories this reader may open about each."""
    vocabulary = Vocabulary.load()
    counts = count(Story.objects.visible_to(request.user).published(), {}, vocabulary, TOPIC_FACETS)
    groups = [
        (group, [(topic, counts[group].get(topic.slug, 0)) for topic in vocabulary.topics[group]])
        for group in TopicGroup
    ]
    return render(request, "stories/topic_list.html", {"groups": groups})
