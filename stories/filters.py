"""Browse: a django-filter set made from the facets. What it does not know it ignores: an old link must still work."""

import dataclasses

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .facets import FACETS, Facet, FacetCounts, TopicFacet, Vocabulary, count
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

    def learn(self, vocabulary: Vocabulary) -> None:
        """Take the choices of this request."""
        self.vocabulary = vocabulary
        self.extra["choices"] = self.facet.choices(vocabulary)

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


MOST_SHOWN = 15
"""The most topics of one facet: the topics page has the rest."""
OPEN = ("outcome", "sector")
"""The facets that stand open before anything is chosen."""


@dataclasses.dataclass(frozen=True)
class Choice:
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
    chosen: int
    open: bool
    more: bool
    """Whether there are choices that are not shown."""


@dataclasses.dataclass(frozen=True)
class Chip:
    label: str
    url: str


def _commonest(choices: list[tuple[str, str]], counts: dict[str, int], chosen: set[str]) -> list[tuple[str, str]]:
    """The commonest choices, and those in force, in their own order: nobody reads fifty checkboxes."""
    ranked = sorted((value not in chosen, -counts.get(value, 0), value) for value, _label in choices)
    kept = {value for _unchosen, _count, value in ranked[: max(MOST_SHOWN, len(chosen))]}
    return [(value, label) for value, label in choices if value in kept]


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

    def groups(self) -> list[Group]:
        """Every facet with the choices that show something, or are chosen."""
        counts: FacetCounts = count(self._base, self.chosen, self.vocabulary)
        groups = [self._group(facet, counts[facet.name]) for facet in FACETS]
        return [group for group in groups if group.choices]

    def _group(self, facet: Facet, counts: dict[str, int]) -> Group:
        chosen = set(self.chosen[facet.name])
        labels = self.filter.form.fields[facet.name].choices
        worth = [(value, label) for value, label in labels if counts.get(value) or value in chosen]
        shown = _commonest(worth, counts, chosen) if isinstance(facet, TopicFacet) else worth
        choices = [Choice(value, label, counts.get(value, 0), value in chosen) for value, label in shown]
        return Group(facet.name, str(facet.label), choices, len(chosen), facet.name in OPEN, len(worth) > len(shown))

    def chips(self) -> list[Chip]:
        """One for each choice in force, with the address of the page without it."""
        return [self._chip(facet, value) for facet in FACETS for value in self.chosen[facet.name]]

    def _chip(self, facet: Facet, value: str) -> Chip:
        labels = dict(self.filter.form.fields[facet.name].choices)
        label = _("%(facet)s: %(choice)s") % {"facet": facet.label, "choice": labels[value]}
        return Chip(label, self._without(facet, value))

    @property
    def clear_url(self) -> str:
        """The address without any filter; the search and its order stay."""
        kept = QueryDict(mutable=True)
        for name in ("q", "order"):
            if self.data.get(name):
                kept[name] = self.data[name]
        return f"?{kept.urlencode()}"

    def _without(self, facet: Facet, value: str) -> str:
        data = self.data.copy()
        data.setlist(facet.name, [item for item in data.getlist(facet.name) if item != value])
        data.pop("page", None)
        return f"?{data.urlencode()}"
