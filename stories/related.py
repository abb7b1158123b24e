"""Stories beside a story: the same problem first, from another sector before one's own; and its project's other
records."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from networks import gower
from networks.choices import TopicGroup
from networks.models import Preferences, Topic

from . import similarity
from .access import Reader, StoryQuerySet
from .models import Story, StoryContext, StoryTopic
from .search.predicate import keys_statement, run, written

SHOWN = 4
OF_A_TOPIC = 30
"""How many stories of one topic are looked at, of those that the reader may see."""
CONSIDERED = 40
"""How many of those that share the most are compared as places."""
ALIKE_IN = (TopicGroup.PROBLEM, TopicGroup.SERVICE)

OF_ONE_TOPIC = """
SELECT story FROM (
    SELECT told.content_object_id AS story FROM {told} told
    WHERE told.tag_id = %s AND told.content_object_id NOT IN ({but})
    AND EXISTS (SELECT 1 FROM ({visible}) visible WHERE visible.pk = told.content_object_id)
    ORDER BY told.content_object_id LIMIT %s
) of_one_topic
"""
"""A walk along the index of a topic's stories, which ends as soon as it has found enough that the reader may see."""
OF_TOPICS = """
SELECT context.story_id, context.sector, story.language, {wanted}, {known}, {compared}
FROM {context} context JOIN {story} story ON story.id = context.story_id
WHERE context.story_id IN ({found})
"""
CHOSEN = """
EXISTS (
    SELECT 1 FROM {told} about JOIN {chosen} chosen ON chosen.topic_id = about.tag_id
    WHERE about.content_object_id = context.story_id AND chosen.preferences_id = %s
)
"""
OF_PROJECT = """
SELECT story.id FROM {story} story
WHERE (story.project_id IN ({family}) OR story.id IN ({family})) AND story.id <> %s
AND EXISTS (SELECT 1 FROM ({visible}) visible WHERE visible.pk = story.id)
ORDER BY story.published_on DESC, story.id
"""
COMPARED = tuple(dimension.name for dimension in similarity.STORY_WEIGHTS)
TABLES = {
    "context": StoryContext._meta.db_table,
    "story": Story._meta.db_table,
    "told": StoryTopic._meta.db_table,
}
"""These are written as text: made of Django's expressions, they took longer to become SQL than to be answered."""

MaySee = tuple[str, Sequence[Any]] | None
"""The statement that selects what this reader may see, and its parameters; None where that is nothing."""


def beside(story: Story, topics: Iterable[Topic], reader: Reader, visible: StoryQuerySet) -> dict[str, list[Story]]:
    """The related stories and the same project's, as cards, read together: their keys have passed `visible_to`."""
    may_see = keys_statement(visible)
    family = keys_of_project(story, may_see)
    keys = {
        "related": keys_like(story, topics, reader, family, may_see),
        "same_project": family if story.is_named else [],
    }
    cards = Story.objects.cards_of([key for part in keys.values() for key in part], compared=False)
    found = {card.pk: card for card in cards}
    return {name: [found[key] for key in part if key in found] for name, part in keys.items()}


def keys_like(
    story: Story, topics: Iterable[Topic], reader: Reader, family: Sequence[int], may_see: MaySee
) -> list[int]:
    """Up to four stories that share a problem, or else the service area: those about what the reader wants to learn
    first, then other sectors, the reader's own language, and likeness. Its family, the project's other records, are
    none of them.

    An unnamed story is compared by its band alone, like everywhere: its context row holds nothing else.
    """
    alike = [topic.pk for topic in topics if topic.group in ALIKE_IN]
    found = sharing(alike, [story.pk, *family], reader, may_see)
    language = get_language()
    order = {other["pk"]: _order(story.context, other, language) for other in found}
    considered = sorted(found, key=lambda other: (order[other["pk"]], other["pk"]))[:CONSIDERED]
    likeness = gower.numerators(similarity.STORY_WEIGHTS, similarity.values_of(story.context), considered)
    ranked = sorted((order[other["pk"]], -like, other["pk"]) for other, like in zip(considered, likeness, strict=True))
    return [key for _where, _like, key in ranked[:SHOWN]]


def sharing(topics: Sequence[int], but: Sequence[int], reader: Reader, may_see: MaySee) -> list[dict[str, Any]]:
    """Stories with any of these topics, so many of each: how many a topic has in all does not slow the page. Each with
    whether it has a topic that the reader wants to learn about, or knows: of which no visitor has any."""
    if not (topics and may_see):
        return []
    visible, parameters = may_see
    part = OF_ONE_TOPIC.format(but=written(but), visible=visible, **TABLES)
    statement = OF_TOPICS.format(
        wanted=_chosen(Preferences.wants),
        known=_chosen(Preferences.knows),
        compared=", ".join(f'context."{name}"' for name in COMPARED),
        found=" UNION ".join([part] * len(topics)),
        **TABLES,
    )
    of_topics = [value for topic in topics for value in (topic, *parameters, OF_A_TOPIC)]
    names = ("pk", "sector", "language", "wanted", "known", *COMPARED)
    rows = run(Story.objects.all(), statement, [reader.pk, reader.pk, *of_topics])
    return [dict(zip(names, row, strict=True)) for row in rows]


def _chosen(field: Any) -> str:
    return CHOSEN.format(chosen=field.through._meta.db_table, **TABLES)


def _order(own: StoryContext, other: Mapping[str, Any], language: str | None) -> tuple[bool, ...]:
    """The same problem first, then what the reader wants to learn, another sector, the reader's language, and what they
    do not know yet: of two that help alike, the one that they can read and that says something new."""
    shared = bool((own.problem or 0) & (other["problem"] or 0))
    elsewhere = other["sector"] is not None and other["sector"] != own.sector
    foreign = other["language"] != language
    return not shared, not other["wanted"], not elsewhere, foreign, bool(other["known"])


def keys_of_project(story: Story, may_see: MaySee) -> list[int]:
    """The other records of this story's project that this reader may see, newest first: the summary, and lessons
    records beside it."""
    if not may_see:
        return []
    visible, parameters = may_see
    family = written(key for key in (story.pk, story.project_id) if key)
    statement = OF_PROJECT.format(family=family, visible=visible, **TABLES)
    return [key for (key,) in run(Story.objects.all(), statement, [story.pk, *parameters])]
