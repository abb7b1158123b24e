"""Browse: a django-filter set made from the facets. What it does not know it ignores: an old link must still work."""

import dataclasses
from typing import NamedTuple
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from .facets import FACETS, TOPIC_FACETS, Facet, FacetCounts, TopicFacet, Vocabulary, count
from .models import Story


class KnownChoices(forms.MultipleChoiceField):
    """Several choices, of which unknown ones are dropped instead of refused."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value) -> list[str]:
        known = {str(choice) for choice, _label in self.choices} if value else set()
        return [str(item) for item in value or [] if str(item) in known]


class FacetFilter(django_filters.MultipleChoiceFilter):
    """Applies one facet's condition."""

    field_class = KnownChoices

    def __init__(self, facet: Facet):
        self.facet = facet
        super().__init__(label=facet.label, choices=[])

    def __deepcopy__(self, memo) -> "FacetFilter":
        """A filter set copies its filters with every request: nothing in ours is ever changed but what they learn."""
        return FacetFilter(self.facet)

    def learn(self, vocabulary: Vocabulary) -> None:
        """Take the choices of this request, which the form then neither copies nor reads before something is chosen."""
        self.vocabulary = vocabulary
        self.extra["choices"] = lambda: self.facet.choices(vocabulary)

    def filter(self, qs: QuerySet[Story], value: list[str]) -> QuerySet[Story]:
        return qs.filter(self.facet.condition(value, self.vocabulary)) if value else qs


class StoryFilter(django_filters.FilterSet):
    """Filters over stories that this reader may see: the queryset handed in has passed `visible_to`."""

    locals().update({facet.name: FacetFilter(facet) for facet in FACETS})

    class Meta:
        model = Story
        fields: list[str] = []

    def __init__(self, *args, vocabulary: Vocabulary, **kwargs):
        super().__init__(*args, **kwargs)
        for facet in FACETS:
            self.filters[facet.name].learn(vocabulary)


PANEL: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("outcome", "", ("outcome",)),
    ("sector", "", ("sector",)),
    ("problem", "", ("problem",)),
    ("service", "", ("service",)),
    ("place", _("Place"), ("nation", "region", "rurality")),
    ("size", "", ("size",)),
    ("year", "", ("year",)),
    (
        "more",
        _("More filters"),
        ("kind", "users", "constraint", "method", "stage", "evaluation", "programme", "language"),
    ),
)
"""The folds of the panel as a reader would look for them: name, label and facets. A fold of one facet has its label."""
OPEN = {"outcome", "sector", "nation", "rurality"}
"""The folds and facets that stand open before anything is chosen."""
MOST_SHOWN = 8
"""The most choices of one facet that show at once: the others stand behind "Show more"."""
NOT_WORTH_HIDING = 2
"""So many more choices are shown at once too: hiding one is more trouble than showing it."""


class Choice(NamedTuple):
    """One box of a facet."""

    value: str
    label: str
    count: int
    selected: bool


@dataclasses.dataclass(frozen=True)
class Group:
    """One facet as the page shows it."""

    name: str
    label: str
    choices: list[Choice]
    """Those that show at once."""
    others: list[Choice]
    chosen: int
    open: bool


@dataclasses.dataclass(frozen=True)
class Fold:
    """One line of the panel that opens: a facet, or several that belong together."""

    name: str
    label: str
    groups: list[Group]
    open: bool

    @property
    def chosen(self) -> int:
        return sum(group.chosen for group in self.groups)


@dataclasses.dataclass(frozen=True)
class Chip:
    label: str
    url: str


def _first(choices: list[Choice], *, commonest: bool) -> set[str]:
    """The values that show at once, as nobody reads fifty checkboxes: those in force, then the commonest or first."""
    if len(choices) <= MOST_SHOWN + NOT_WORTH_HIDING:
        return {choice.value for choice in choices}
    ranked = sorted(choices, key=lambda choice: (not choice.selected, -choice.count if commonest else 0))
    chosen = sum(choice.selected for choice in choices)
    return {choice.value for choice in ranked[: max(MOST_SHOWN, chosen)]}


class Browse:
    """A filter set with its counts and chips, for one reader and one address."""

    def __init__(self, data: QueryDict, stories: QuerySet[Story]):
        self.data = data
        self.vocabulary = Vocabulary.load()
        self.filter = StoryFilter(data, queryset=stories, vocabulary=self.vocabulary)
        self.filter.form.is_valid()
        self.chosen: dict[str, list[str]] = {
            facet.name: self.filter.form.cleaned_data.get(facet.name, []) for facet in FACETS
        }
        self.stories = self.filter.qs
        self._base = stories

    @property
    def about(self) -> str:
        """The query by which other pages learn which topics are looked for; empty for none."""
        topics = [("topic", slug) for facet in TOPIC_FACETS for slug in self.chosen[facet.name]]
        return f"?{urlencode(topics)}" if topics else ""

    @cached_property
    def counts(self) -> FacetCounts:
        return count(self._base, self.chosen, self.vocabulary)

    def folds(self) -> list[Fold]:
        """The panel: every facet with the choices that show something, or are chosen."""
        groups = {facet.name: self._group(facet, self.counts[facet.name]) for facet in FACETS}
        folds = []
        for name, label, facets in PANEL:
            filled = [groups[facet] for facet in facets if groups[facet].choices]
            is_open = name in OPEN or any(group.chosen for group in filled)
            if filled:
                folds.append(Fold(name, str(label) or filled[0].label, filled, is_open))
        return folds

    def _group(self, facet: Facet, counts: dict[str, int]) -> Group:
        chosen = set(self.chosen[facet.name])
        labels = facet.choices(self.vocabulary)
        worth = [
            Choice(value, label, counts.get(value, 0), value in chosen)
            for value, label in labels
            if counts.get(value) or value in chosen
        ]
        first = _first(worth, commonest=isinstance(facet, TopicFacet))
        return Group(
            facet.name,
            str(facet.label),
            [choice for choice in worth if choice.value in first],
            [choice for choice in worth if choice.value not in first],
            len(chosen),
            facet.name in OPEN or bool(chosen),
        )

    def chips(self) -> list[Chip]:
        """One for each choice in force, with the address of the page without it."""
        return [self._chip(facet, value) for facet in FACETS for value in self.chosen[facet.name]]

    def _chip(self, facet: Facet, value: str) -> Chip:
        labels = dict(facet.choices(self.vocabulary))
        label = _("%(facet)s: %(choice)s") % {"facet": facet.label, "choice": labels[value]}
        return Chip(label, self._without(facet, value))

    @property
    def clear_url(self) -> str:
        """The address without any filter; the search and its order stay."""
        kept = QueryDict(mutable=True)
        for name in ("q", "order", "like"):
            if self.data.get(name):
                kept[name] = self.data[name]
        return f"?{kept.urlencode()}"

    def _without(self, facet: Facet, value: str) -> str:
        data = self.data.copy()
        data.setlist(facet.name, [item for item in data.getlist(facet.name) if item != value])
        data.pop("page", None)
        return f"?{data.urlencode()}"
