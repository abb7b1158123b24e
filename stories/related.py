"""Stories beside a story: the same problem first, from another sector before one's own; and its project's other
records."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from networks import gower
from networks.choices import TopicGroup
from networks.models import Preferences, Topic

from . import similarity
from .access import Reader, StoryQuerySet
from .models import Story, StoryContext, StoryTopic
from .search.predicate import keys_statement

SHOWN = 4
OF_A_TOPIC = 30
"""How many stories of one topic are looked at, of those that the reader may see."""
CONSIDERED = 40
"""How many of those that share the most are compared as places."""
ALIKE_IN = (TopicGroup.PROBLEM, TopicGroup.SERVICE)

OF_ONE_TOPIC = """
SELECT story FROM (
    SELECT told.content_object_id AS story FROM {table} told
    WHERE told.tag_id = %s AND EXISTS (SELECT 1 FROM ({visible}) visible WHERE visible.pk = told.content_object_id)
    ORDER BY told.content_object_id LIMIT %s
) of_one_topic
"""
"""A walk along the index of a topic's stories, which ends as soon as it has found enough that the reader may see."""


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
    others = visible.exclude(Q(pk=story.pk) | _family(story))
    found = sharing([topic.pk for topic in topics if topic.group in ALIKE_IN], others).values(
        "pk",
        "sector",
        *(dimension.name for dimension in similarity.STORY_WEIGHTS),
        language=F("story__language"),
        wanted=_about(Preferences.wants, reader),
        known=_about(Preferences.knows, reader),
    )
    language = get_language()
    order = {other["pk"]: _order(story.context, other, language) for other in found}
    considered = sorted(found, key=lambda other: (order[other["pk"]], other["pk"]))[:CONSIDERED]
    likeness = gower.numerators(similarity.STORY_WEIGHTS, similarity.values_of(story.context), considered)
    ranked = sorted((order[other["pk"]], -like, other["pk"]) for other, like in zip(considered, likeness, strict=True))
    return [key for _where, _like, key in ranked[:SHOWN]]


def sharing(topics: Sequence[int], visible: StoryQuerySet) -> QuerySet[StoryContext]:
    """Stories with any of these topics, so many of each: how many a topic has in all does not slow the page."""
    may_see = keys_statement(visible)
    if not (topics and may_see):
        return StoryContext.objects.none()
    part = OF_ONE_TOPIC.format(table=StoryTopic._meta.db_table, visible=may_see[0])
    parameters = [value for topic in topics for value in (topic, *may_see[1], OF_A_TOPIC)]
    return StoryContext.objects.filter(pk__in=RawSQL(" UNION ".join([part] * len(topics)), parameters))


def _order(own: StoryContext, other: Mapping[str, Any], language: str | None) -> tuple[bool, ...]:
    """The same problem first, then what the reader wants to learn, another sector, the reader's language, and what they
    do not know yet: of two that help alike, the one that they can read and that says something new."""
    shared = bool((own.problem or 0) & (other["problem"] or 0))
    elsewhere = other["sector"] is not None and other["sector"] != own.sector
    foreign = other["language"] != language
    return not shared, not other["wanted"], not elsewhere, foreign, bool(other["known"])


def _about(chosen, reader: Reader) -> Exists | Value:
    """Whether a story has one of the topics that the reader chose, of which no visitor has any."""
    if not reader.is_authenticated:
        return Value(False)
    topics = chosen.through.objects.filter(preferences=reader.pk).values("topic")
    return Exists(StoryTopic.objects.filter(content_object=OuterRef("pk"), tag__in=topics))


def _family(story: Story) -> Q:
    """The other records of this story's project: the summary, and lessons records beside it."""
    family = Q(project=story.pk)
    return family | Q(pk=story.project_id) | Q(project=story.project_id) if story.project_id else family


def keys_of_project(story: Story, visible: StoryQuerySet) -> list[int]:
    """The records of this story's project that this reader may see, newest first; of an unnamed story none."""
    if not story.is_named:
        return []
    family = Story.objects.filter(_family(story)).exclude(pk=story.pk)  # by itself, so that its own index finds it
    found = visible.filter(pk__in=family.values("pk")).values_list("published_on", "pk")
    return [pk for published_on, pk in sorted(found, key=lambda row: (-row[0].toordinal(), row[1]))]
