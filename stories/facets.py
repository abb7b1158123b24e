"""What a reader may filter stories by: one declaration a facet, from which the filters, the counts and the chips are
made."""

import dataclasses
import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

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
class Facet:
    """A group of choices over one column. Several choices in one facet widen, several facets narrow."""

    name: str
    label: str | Promise
    column: str
    choices: Callable[[], Choices]

    def condition(self, values: list[str]) -> Q:
        return Q(**{f"{self.column}__in": values})

    def counts_of(self, column: Mapping[object, int]) -> dict[str, int]:
        """How many stories each choice has, from how often each value stands in the column."""
        return {str(value): count for value, count in column.items() if value is not None}


@dataclasses.dataclass(frozen=True)
class TopicFacet(Facet):
    """A facet over a mask: a choice is a topic's slug, and stands for its bit."""

    group: str = ""

    def bits(self) -> dict[str, int]:
        return dict(Topic.objects.filter(group=self.group).values_list("slug", "bit"))

    def condition(self, values: list[str]) -> Q:
        bits = self.bits()
        return shares(self.column, sum(1 << bits[slug] for slug in set(values) if slug in bits))

    def counts_of(self, column: Mapping[object, int]) -> dict[str, int]:
        bits = self.bits()
        counts = dict.fromkeys(bits, 0)
        for mask, count in column.items():
            for slug, bit in bits.items():
                if mask and mask >> bit & 1:
                    counts[slug] += count
        return counts


def shares(column: str, wanted: int) -> Q:
    """True where the mask in the column shares a bit with the wanted ones."""
    return Q(GreaterThan(F(column).bitand(wanted), 0))


def of(choices: type[TextChoices] | type[IntegerChoices]) -> Callable[[], Choices]:
    return lambda: [(str(value), str(label)) for value, label in choices.choices]


def topics_of(group: str) -> Callable[[], Choices]:
    return lambda: sorted(
        ((topic.slug, topic.label) for topic in Topic.objects.filter(group=group)),
        key=lambda choice: choice[1].casefold(),
    )


def programmes() -> Choices:
    return [(str(programme.pk), programme.name) for programme in Programme.objects.all()]


def years() -> Choices:
    return [(str(year), str(year)) for year in range(2030, 1979, -1)]


def languages() -> Choices:
    return [("en", "English"), ("cy", "Cymraeg")]


def topic_facet(group: TopicGroup, column: str) -> TopicFacet:
    return TopicFacet(str(group.value), group.label, column, topics_of(group), group=group)


class ServiceFacet(TopicFacet):
    """A story has one service area, so that its column holds a code and not a mask."""

    def bits(self) -> dict[str, int]:
        return dict(Topic.objects.filter(group=self.group).values_list("slug", "code"))

    def condition(self, values: list[str]) -> Q:
        codes = self.bits()
        return Q(**{f"{self.column}__in": [codes[slug] for slug in values if slug in codes]})

    def counts_of(self, column: Mapping[object, int]) -> dict[str, int]:
        return {slug: column.get(code, 0) for slug, code in self.bits().items()}


FACETS: tuple[Facet, ...] = (
    Facet("outcome", _("How it turned out"), "outcome", of(Outcome)),
    Facet("kind", _("Kind of story"), "kind", of(StoryKind)),
    topic_facet(TopicGroup.PROBLEM, "context__problem"),
    ServiceFacet("service", TopicGroup.SERVICE.label, "context__service", topics_of("service"), group="service"),
    Facet("sector", _("Sector"), "context__sector", of(Sector)),
    topic_facet(TopicGroup.USERS, "context__users"),
    topic_facet(TopicGroup.CONSTRAINT, "context__constraint"),
    topic_facet(TopicGroup.METHOD, "context__method"),
    Facet("nation", _("Nation"), "context__nation", of(Nation)),
    Facet("region", _("Region"), "context__region", of(Region)),
    Facet("size", _("Size of the organisation"), "context__size", of(SizeBand)),
    Facet("rurality", _("Urban or rural"), "context__rurality", of(Rurality)),
    Facet("stage", _("Stage"), "stage", of(Stage)),
    Facet("evaluation", _("Evaluation"), "evaluation", of(Evaluation)),
    Facet("programme", _("Programme"), "programme_id", programmes),
    Facet("year", _("Year it began"), "year", years),
    Facet("language", _("Language"), "language", languages),
)

FacetCounts = dict[str, dict[str, int]]


def count(stories: QuerySet[Story], chosen: dict[str, list[str]]) -> FacetCounts:
    """For each facet and choice, how many of the stories it would show with the choices of the *other* facets kept.

    One query brings the narrow columns, and each is counted as a whole. `stories` must already be what this reader
    may see.
    """
    active = [facet.name for facet in FACETS if chosen.get(facet.name)]
    flags = {_flag(facet.name): _passes(facet, chosen[facet.name]) for facet in FACETS if facet.name in active}
    names = [*(facet.column for facet in FACETS), *flags]
    rows = stories.annotate(**flags).order_by().values_list(*names)
    columns = dict(zip(names, zip(*rows, strict=True), strict=False))
    return {
        facet.name: facet.counts_of(
            _tally(
                columns.get(facet.column, ()), [columns.get(_flag(name), ()) for name in active if name != facet.name]
            )
        )
        for facet in FACETS
    }


def _flag(name: str) -> str:
    return f"passes_{name}"


def _passes(facet: Facet, values: list[str]) -> ExpressionWrapper:
    return ExpressionWrapper(facet.condition(values), BooleanField())


def _tally(column: Sequence[object], others: list[Sequence[object]]) -> Counter:
    """How often each value stands in the column, among the rows that pass every other facet."""
    return Counter(itertools.compress(column, map(all, zip(*others, strict=True))) if others else column)
