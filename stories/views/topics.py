from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks.choices import TopicGroup
from networks.models import Topic

from ..facets import Vocabulary, count
from ..models import Story


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """The controlled vocabulary by group, with how many stories this reader may open about each."""
    counts = count(Story.objects.visible_to(request.user).published(), {}, Vocabulary.load())
    topics = list(Topic.objects.all())
    groups = [
        (
            group,
            sorted([(topic, counts[group].get(topic.slug, 0)) for topic in topics if topic.group == group], key=_name),
        )
        for group in TopicGroup
    ]
    return render(request, "stories/topic_list.html", {"groups": groups})


def _name(row: tuple[Topic, int]) -> str:
    return row[0].label.casefold()
