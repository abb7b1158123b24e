"""Stories beside a story: the same problem first, from another sector before one's own; and its project's other
records."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils.translation import get_language

from networks import gower
from networks.choices import TopicGroup
from networks.models import Preferences, Topic

from . import similarity
from .access import Reader, StoryQuerySet
from .facets import shares
from .models import Story, StoryTopic

SHOWN = 4
CONSIDERED = 60
"""How many of those that share the most are compared as places."""
ALIKE_IN = (TopicGroup.PROBLEM, TopicGroup.SERVICE)


def beside(story: Story, topics: Iterable[Topic], reader: Reader, visible: StoryQuerySet) -> dict[str, list[Story]]:
    """The related stories and the same project's, as cards, read together: their keys have passed `visible_to`."""
    keys = {"related": keys_like(story, topics, reader, visible), "same_project": keys_of_project(story, visible)}
    found = {card.pk: card for card in Story.objects.cards_of([key for part in keys.values() for key in part])}
    return {name: [found[key] for key in part if key in found] for name, part in keys.items()}


def keys_like(story: Story, topics: Iterable[Topic], reader: Reader, visible: StoryQuerySet) -> list[int]:
    """Up to four stories that share a problem, or else the service area: those about what the reader wants to learn
    first, then other sectors, the reader's own language, and likeness.

    An unnamed story is compared by its band alone, like everywhere: its context row holds nothing else.
    """
    row = story.context
    shared_topics = [topic.pk for topic in topics if topic.group in ALIKE_IN]
    other_sector = ~Q(context__sector=row.sector) & Q(context__sector__isnull=False)
    candidates = (
        visible.filter(pk__in=StoryTopic.objects.filter(tag__in=shared_topics).values("content_object"))
        .exclude(Q(pk=story.pk) | _family(story))
        .annotate(
            shared=_one_if(shares("context__problem", row.problem)),
            elsewhere=_one_if(other_sector),
            wanted=_about(Preferences.wants, reader),
            known=_about(Preferences.knows, reader),
        )
        .order_by("-shared", "-wanted", "-elsewhere", "pk")
    )
    compared = [f"context__{dimension.name}" for dimension in similarity.STORY_WEIGHTS]
    own = similarity.values_of(row)
    considered = candidates.values("pk", "shared", "wanted", "elsewhere", "language", "known", *compared)[:CONSIDERED]
    ranked = sorted(considered, key=lambda o: (*_order(o), -_likeness(own, o), o["pk"]))
    return [other["pk"] for other in ranked[:SHOWN]]


def _order(other: Mapping[str, Any]) -> tuple[bool, ...]:
    """The same problem first, then what the reader wants to learn, another sector, the reader's language, and what they
    do not know yet: of two that help alike, the one that they can read and that says something new."""
    foreign = other["language"] != get_language()
    return not other["shared"], not other["wanted"], not other["elsewhere"], foreign, bool(other["known"])


def _about(chosen, reader: Reader) -> Exists | Value:
    """Whether a story has one of the topics that the reader chose, of which no visitor has any."""
    if not reader.is_authenticated:
        return Value(False)
    topics = chosen.through.objects.filter(preferences=reader.pk).values("topic")
    return Exists(StoryTopic.objects.filter(content_object=OuterRef("pk"), tag__in=topics))


def _likeness(own: Mapping[str, int | None], other: Mapping[str, Any]) -> int:
    values = {dimension.name: other[f"context__{dimension.name}"] for dimension in similarity.STORY_WEIGHTS}
    return gower.numerator(similarity.STORY_WEIGHTS, own, values)


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _family(story: Story) -> Q:
    """The other records of this story's project: the summary, and lessons records beside it."""
    family = Q(project=story.pk)
    return family | Q(pk=story.project_id) | Q(project=story.project_id) if story.project_id else family


def keys_of_project(story: Story, visible: StoryQuerySet) -> list[int]:
    """The records of this story's project that this reader may see, newest first; of an unnamed story none."""
    if not story.is_named:
        return []
    found = visible.filter(_family(story)).exclude(pk=story.pk).values_list("published_on", "pk")
    return [pk for published_on, pk in sorted(found, key=lambda row: (-row[0].toordinal(), row[1]))]
