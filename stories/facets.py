"""What a reader may filter stories by: one declaration a facet, from which the filters, the counts and the chips are
made."""

import collections
import dataclasses
import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, IntegerChoices, Q, QuerySet, TextChoices
from django.db.models.lookups import GreaterThan
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.choices import Nation, Region, Rurality, Sector, TopicGroup
from networks.models import Topic

from .choices import Evaluation, Outcome, SizeBand, Stage, StoryKind
from .models import Programme, Story

Choices = list[tuple[str, str]]


@dataclasses.dataclass(frozen=True)
class Vocabulary:
    """The topics and programmes that can be chosen, read once a request."""

    topics: dict[str, list[Topic]]
    """By group, in the order of the reader's language."""
    programmes: list[Programme]

    @classmethod
    def load(cls) -> "Vocabulary":
        topics: dict[str, list[Topic]] = {group: [] for group in TopicGroup}
        for topic in Topic.objects.defer("words_en", "words_cy"):
            topics[topic.group].append(topic)
        for group in topics.values():
            group.sort(key=lambda topic: topic.label.casefold())
        return cls(topics, list(Programme.objects.all()))

    def find(self, slugs: Sequence[str]) -> list[Topic]:
        """The topics of these slugs, in the order of the slugs; unknown ones are left out."""
        by_slug = {topic.slug: topic for group in self.topics.values() for topic in group}
        return [by_slug[slug] for slug in slugs if slug in by_slug]


@dataclasses.dataclass(frozen=True)
class Facet:
    """A group of choices over one column. Several choices in one facet widen, several facets narrow."""

    name: str
    label: str | Promise
    column: str
    choices: Callable[[Vocabulary], Choices]

    def condition(self, values: Sequence[str], vocabulary: Vocabulary) -> Q:
        return Q(**{f"{self.column}__in": values})

    def counts_of(self, column: Mapping[Any, int], vocabulary: Vocabulary) -> dict[str, int]:
        """How many stories each choice has, from how often each value stands in the column."""
        return {str(value): count for value, count in column.items() if value is not None}


class TopicFacet(Facet):
    """A facet over a mask, named as its group of topics: a choice is a topic's slug, and stands for its bit."""

    def condition(self, values: Sequence[str], vocabulary: Vocabulary) -> Q:
        return shares(
            self.column, sum(1 << topic.bit for topic in vocabulary.topics[self.name] if topic.slug in values)
        )

    def counts_of(self, column: Mapping[Any, int], vocabulary: Vocabulary) -> dict[str, int]:
        counts = by_bit(column)
        return {topic.slug: counts[1 << topic.bit] for topic in vocabulary.topics[self.name]}


class ServiceFacet(TopicFacet):
    """A story has one service area, so that its column holds a code and not a mask."""

    def condition(self, values: Sequence[str], vocabulary: Vocabulary) -> Q:
        return Q(
            **{f"{self.column}__in": [topic.code for topic in vocabulary.topics[self.name] if topic.slug in values]}
        )

    def counts_of(self, column: Mapping[Any, int], vocabulary: Vocabulary) -> dict[str, int]:
        return {topic.slug: column.get(topic.code, 0) for topic in vocabulary.topics[self.name]}


def by_bit(masks: Mapping[int | None, int]) -> Mapping[int, int]:
    """How often each bit is set, by its value, from how often each mask stands there: the inner loop of browse."""
    counts: dict[int, int] = collections.defaultdict(int)
    for mask, count in masks.items():
        left = mask or 0
        while left:
            lowest = left & -left
            counts[lowest] += count
            left ^= lowest
    return counts


def shares(column: str, wanted: int) -> Q:
    """True where the mask in the column shares a bit with the wanted ones."""
    return Q(GreaterThan(F(column).bitand(wanted), 0))


def of(choices: type[TextChoices] | type[IntegerChoices]) -> Callable[[Vocabulary], Choices]:
    return lambda vocabulary: [(str(value), str(label)) for value, label in choices.choices]


def programmes(vocabulary: Vocabulary) -> Choices:
    return [(str(programme.pk), programme.name) for programme in vocabulary.programmes]


def years(vocabulary: Vocabulary) -> Choices:
    return [(str(year), str(year)) for year in range(2030, 1979, -1)]


def languages(vocabulary: Vocabulary) -> Choices:
    return [("en", str(_("English"))), ("cy", str(_("Welsh")))]


def topics_of(group: TopicGroup) -> Callable[[Vocabulary], Choices]:
    return lambda vocabulary: [(topic.slug, topic.label) for topic in vocabulary.topics[group]]


def topic_facet(group: TopicGroup, kind: type[Facet] = TopicFacet) -> Facet:
    return kind(str(group.value), group.label, f"context__{group.value}", topics_of(group))


FACETS: tuple[Facet, ...] = (
    Facet("outcome", _("How it turned out"), "outcome", of(Outcome)),
    Facet("kind", _("Kind of story"), "kind", of(StoryKind)),
    topic_facet(TopicGroup.PROBLEM),
    topic_facet(TopicGroup.SERVICE, ServiceFacet),
    Facet("sector", _("Sector"), "context__sector", of(Sector)),
    topic_facet(TopicGroup.USERS),
    topic_facet(TopicGroup.CONSTRAINT),
    topic_facet(TopicGroup.METHOD),
    Facet("nation", _("Nation"), "context__nation", of(Nation)),
    Facet("region", _("Region"), "context__region", of(Region)),
    Facet("size", _("Size of the organisation"), "context__size", of(SizeBand)),
    Facet("rurality", _("Urban or rural"), "context__rurality", of(Rurality)),
    Facet("stage", _("Stage"), "stage", of(Stage)),
    Facet("evaluation", _("Evaluation"), "evaluation", of(Evaluation)),
    Facet("programme", _("Programme"), "programme_id", programmes),
    Facet("year", _("Year"), "year", years),
    Facet("language", _("Language"), "language", languages),
)

TOPIC_FACETS = tuple(facet for facet in FACETS if isinstance(facet, TopicFacet))
PROBLEM_FACET = next(facet for facet in FACETS if facet.name == TopicGroup.PROBLEM)

FacetCounts = dict[str, dict[str, int]]


def count(
    stories: QuerySet[Story],
    chosen: Mapping[str, Sequence[str]],
    vocabulary: Vocabulary,
    facets: Sequence[Facet] = FACETS,
) -> FacetCounts:
    """For each facet and choice, how many of the stories it would show with the choices of the *other* facets kept.

    One query brings the narrow columns, and each is counted as a whole. `stories` must already be what this reader
    may see.
    """
    active = [facet for facet in FACETS if chosen.get(facet.name)]
    flags = {_flag(facet.name): _passes(facet, chosen[facet.name], vocabulary) for facet in active}
    names = [*(facet.column for facet in facets), *flags]
    rows = stories.annotate(**flags).order_by().values_list(*names)
    columns = dict(zip(names, zip(*rows, strict=True), strict=False))
    return {
        facet.name: facet.counts_of(_tally(columns, facet, [other.name for other in active]), vocabulary)
        for facet in facets
    }


def _flag(name: str) -> str:
    return f"passes_{name}"


def _passes(facet: Facet, values: Sequence[str], vocabulary: Vocabulary) -> ExpressionWrapper:
    return ExpressionWrapper(facet.condition(values, vocabulary), BooleanField())


def _tally(columns: Mapping[str, Sequence[Any]], facet: Facet, active: Sequence[str]) -> Mapping[Any, int]:
    """How often each value stands in the facet's column, among the rows that pass every other facet."""
    column = columns.get(facet.column, ())
    others = [columns.get(_flag(name), ()) for name in active if name != facet.name]
    return Counter(itertools.compress(column, map(all, zip(*others, strict=True))) if others else column)
