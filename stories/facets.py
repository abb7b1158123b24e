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
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from networks.choices import Nation, Region, Rurality, Sector, TopicGroup
from networks.models import Topic

from .choices import FIRST_YEAR, LAST_YEAR, Evaluation, Outcome, SizeBand, Stage, StoryKind
from .models import Programme, Story
from .packing import OF_PLACE, OF_STORY

Choices = list[tuple[str, str]]


@dataclasses.dataclass(frozen=True)
class Vocabulary:
    """The topics and programmes that can be chosen, each read once a request."""

    topics: dict[str, list[Topic]]
    """By group, in the order of the reader's language."""

    @cached_property
    def programmes(self) -> list[Programme]:
        return list(Programme.objects.all())

    @classmethod
    def load(cls) -> "Vocabulary":
        topics: dict[str, list[Topic]] = {group: [] for group in TopicGroup}
        for topic in Topic.objects.all():
            topics[topic.group].append(topic)
        language = get_language()
        for group in topics.values():
            group.sort(key=lambda topic: topic.label_in(language).casefold())
        return cls(topics)

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

    @property
    def counted(self) -> str:
        """The column that is read to count the choices."""
        return self.column

    def condition(self, values: Sequence[str], vocabulary: Vocabulary) -> Q:
        return Q(**{f"{self.column}__in": values})

    def counts_of(self, column: Mapping[Any, int], vocabulary: Vocabulary) -> dict[str, int]:
        """How many stories each choice has, from how often each value stands in the column."""
        return {str(value): count for value, count in column.items() if value is not None}


class StoryFacet(Facet):
    """A facet over a column that is counted where it is packed with its like."""

    packing = OF_STORY

    @property
    def counted(self) -> str:
        return self.column.replace(self.name, "facets")

    def counts_of(self, column: Mapping[Any, int], vocabulary: Vocabulary) -> dict[str, int]:
        return super().counts_of(self.packing.counts(self.name, column), vocabulary)


class PlaceFacet(StoryFacet):
    packing = OF_PLACE


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
    return [(str(year), str(year)) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)]


def languages(vocabulary: Vocabulary) -> Choices:
    return [("en", str(_("English"))), ("cy", str(_("Welsh")))]


def topics_of(group: TopicGroup) -> Callable[[Vocabulary], Choices]:
    def choices(vocabulary: Vocabulary) -> Choices:
        language = get_language()
        return [(topic.slug, topic.label_in(language)) for topic in vocabulary.topics[group]]

    return choices


def topic_facet(group: TopicGroup, kind: type[Facet] = TopicFacet) -> Facet:
    return kind(str(group.value), group.label, f"context__{group.value}", topics_of(group))


FACETS: tuple[Facet, ...] = (
    StoryFacet("outcome", _("How it turned out"), "outcome", of(Outcome)),
    StoryFacet("kind", _("Kind of story"), "kind", of(StoryKind)),
    topic_facet(TopicGroup.PROBLEM),
    topic_facet(TopicGroup.SERVICE, ServiceFacet),
    PlaceFacet("sector", _("Sector"), "context__sector", of(Sector)),
    topic_facet(TopicGroup.USERS),
    topic_facet(TopicGroup.CONSTRAINT),
    topic_facet(TopicGroup.METHOD),
    PlaceFacet("nation", _("Nation"), "context__nation", of(Nation)),
    PlaceFacet("region", _("Region"), "context__region", of(Region)),
    PlaceFacet("size", _("Size of the organisation"), "context__size", of(SizeBand)),
    PlaceFacet("rurality", _("Urban or rural"), "context__rurality", of(Rurality)),
    StoryFacet("stage", _("Stage"), "stage", of(Stage)),
    StoryFacet("evaluation", _("Evaluation"), "evaluation", of(Evaluation)),
    Facet("programme", _("Programme"), "programme_id", programmes),
    Facet("year", _("Year"), "year", years),
    StoryFacet("language", _("Language"), "language", languages),
)

TOPIC_FACETS = tuple(facet for facet in FACETS if isinstance(facet, TopicFacet))
PROBLEM_FACET = next(facet for facet in FACETS if facet.name == TopicGroup.PROBLEM)


class FacetCounts(dict[str, dict[str, int]]):
    """By facet and choice, how many stories it would show."""

    total = 0
    """How many stories there are with all that is chosen."""


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
    active = [facet.name for facet in FACETS if chosen.get(facet.name)]
    flags = {
        _flag(facet.name): _passes(facet, chosen[facet.name], vocabulary) for facet in FACETS if facet.name in active
    }
    names = [*dict.fromkeys(facet.counted for facet in facets), *flags]
    rows = stories.annotate(**flags).order_by().values_list(*names)
    columns = dict(zip(names, zip(*rows, strict=True), strict=False))
    tallies: dict[tuple[str, tuple[str, ...]], Counter] = {}
    counts = FacetCounts()
    counts.total = _tally(columns, names[0], active).total()
    for facet in facets:
        others = tuple(name for name in active if name != facet.name)
        if (facet.counted, others) not in tallies:
            tallies[facet.counted, others] = _tally(columns, facet.counted, others)
        counts[facet.name] = facet.counts_of(tallies[facet.counted, others], vocabulary)
    return counts


def _flag(name: str) -> str:
    return f"passes_{name}"


def _passes(facet: Facet, values: Sequence[str], vocabulary: Vocabulary) -> ExpressionWrapper:
    return ExpressionWrapper(facet.condition(values, vocabulary), BooleanField())


def _tally(columns: Mapping[str, Sequence[Any]], counted: str, others: Sequence[str]) -> Counter:
    """How often each value stands in the column, among the rows that pass all the other facets."""
    column = columns.get(counted, ())
    flags = [columns.get(_flag(name), ()) for name in others]
    return Counter(itertools.compress(column, map(all, zip(*flags, strict=True))) if flags else column)
