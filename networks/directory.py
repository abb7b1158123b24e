"""The directory of people: which cards a reader sees, by filters that stand in the address, and in which order."""

import dataclasses
import datetime
import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

from django import forms
from django.db.models import Count, Prefetch, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from . import likeness
from .choices import GROUP_SIZE, Language, MeetingFormat, Sector, TopicGroup
from .geography import Spot
from .models import Contact, Membership, Network, Organisation, Topic
from .models.contact import ContactQuerySet

PAGE_SIZE = 20
MOST_PAGES = 25
"""Pages that anybody can leaf through: who looks for a person narrows the list down."""
ASKED_ABOUT = (TopicGroup.PROBLEM, TopicGroup.SERVICE)
NEWEST, LIKE_MINE = "newest", "like-mine"


class Known(forms.ChoiceField):
    """A choice in an address: what is unknown counts as not said, so that an old link works."""

    def __init__(self, label, **kwargs):
        super().__init__(label=label, required=False, **kwargs)

    def clean(self, value) -> str:
        known = {str(key) for key, _label in self.flat()} if value else set()
        return str(value) if str(value) in known else ""

    def flat(self) -> list[tuple[str, str]]:
        """The choices without their groups."""
        return [
            pair
            for key, label in list(self.widget.choices)  # type: ignore[attr-defined]
            for pair in (label if isinstance(label, list | tuple) else [(str(key), str(label))])
        ]

    def label_of(self, value: str) -> str:
        return str(dict(self.flat()).get(value, value))


def with_any(choices) -> list[tuple[Any, Any]]:
    return [("", _("Any")), *((str(key), label) for key, label in choices)]


class DirectoryForm(forms.Form):
    """Everything here lives in the address. Nobody is looked for by name."""

    mark_optional = False

    topic = Known(gettext_lazy("Can help with"))
    format = Known(gettext_lazy("Way to meet"), choices=lambda: with_any(MeetingFormat.choices))
    sector = Known(gettext_lazy("Sector"), choices=lambda: with_any(Sector.choices))
    language = Known(gettext_lazy("Language"), choices=lambda: with_any(Language.choices))
    network = Known(gettext_lazy("Network of mine"))

    def __init__(self, *args, networks: Sequence[Network], **kwargs):
        super().__init__(*args, **kwargs)
        self.topic_groups = _topics_by_group()
        self._field("topic").choices = [("", _("Any")), *self.topic_groups]
        self._field("network").choices = with_any((network.slug, network.name) for network in networks)
        if not networks:
            del self.fields["network"]

    def _field(self, name: str) -> Known:
        field = self.fields[name]
        assert isinstance(field, Known)
        return field

    def chips(self) -> list[tuple[str, str]]:
        """Name and words of each filter in force."""
        said = [(name, self.cleaned_data.get(name)) for name in self.fields]
        return [(name, self._field(name).label_of(value)) for name, value in said if value]


@dataclasses.dataclass(frozen=True, slots=True)
class TopicChoice:
    slug: str
    label: str

    def __iter__(self) -> Iterator[str]:
        """As a pair, which a choice of a form is."""
        return iter((self.slug, self.label))

    def label_in(self, language: str | None) -> str:
        """It was read in the reader's language."""
        return self.label


def _topics_by_group() -> list[tuple[str, list[TopicChoice]]]:
    """Slug and name of each, in the reader's language. Whole rows of two hundred topics would take as long as the rest
    of the page."""
    name = "name_cy" if get_language() == "cy" else "name"
    groups: dict[str, list[TopicChoice]] = {group: [] for group in ASKED_ABOUT}
    for group, slug, label in Topic.objects.filter(group__in=ASKED_ABOUT).values_list("group", "slug", name):
        groups[group].append(TopicChoice(slug, label))
    by_label = functools.partial(sorted, key=lambda topic: topic.label.casefold())
    return [(str(TopicGroup(group).label), by_label(found)) for group, found in groups.items()]


# --- Filters --------------------------------------------------------------------------------------------------------


def _of_network(cards: ContactQuerySet, slug: str) -> ContactQuerySet:
    members = Membership.objects.current().filter(network__slug=slug)
    return cards.filter(user__in=members.values("user"))


def _of_sector(cards: ContactQuerySet, sector: str) -> ContactQuerySet:
    first = int(sector) * GROUP_SIZE
    return cards.filter(organisation__kind__range=(first, first + GROUP_SIZE - 1))


def _about(cards: ContactQuerySet, slug: str) -> ContactQuerySet:
    helps = Contact.can_help_with.through.objects.filter(topic__slug=slug)
    return cards.filter(pk__in=helps.values("contact"))


FILTERS: dict[str, Callable[[ContactQuerySet, str], ContactQuerySet]] = {
    "topic": _about,
    "format": lambda cards, value: cards.filter(formats__contains=value),
    "sector": _of_sector,
    "language": lambda cards, value: cards.filter(languages__contains=value),
    "network": _of_network,
}


def found(user: Any, chosen: dict[str, str], today: datetime.date) -> ContactQuerySet:
    """The living cards that this reader may see, and that pass every filter."""
    cards = Contact.objects.visible_to(user).living(today)
    for name, value in chosen.items():
        if value:
            cards = FILTERS[name](cards, value)
    return cards


# --- Order ----------------------------------------------------------------------------------------------------------


class ByLikeness(Sequence[int]):
    """Keys of cards, those at places most like the reader's first, their own place last.

    Bodies are ranked, not cards: only the cards of the bodies that a page shows are read.
    """

    def __init__(self, cards: ContactQuerySet, place: Organisation):
        self.cards = cards
        counted = cards.order_by().values_list("organisation").annotate(number=Count("pk"))
        self.numbers = dict(counted)
        # The whole register: to name those that have cards would take longer than to pass over the others.
        rows = Organisation.objects.order_by("pk").values_list(*Spot._fields)
        others = [Spot(*row) for row in rows if row[0] in self.numbers and row[0] != place.pk]
        self.bodies = [body.pk for _score, body in likeness.rank(place, others)]
        self.bodies += [place.pk] if place.pk in self.numbers else []

    def __len__(self) -> int:
        return sum(self.numbers.values())

    @overload
    def __getitem__(self, part: int) -> int: ...
    @overload
    def __getitem__(self, part: slice) -> list[int]: ...
    def __getitem__(self, part: int | slice) -> int | list[int]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        start, stop, _step = part.indices(len(self))
        place, shown = 0, []
        for body in self.bodies:
            number = self.numbers[body]
            if place < stop and place + number > start:
                shown.append((body, place))
            place += number
        return self._keys([body for body, _place in shown], start - shown[0][1] if shown else 0, stop - start)

    def _keys(self, bodies: list[int], skip: int, number: int) -> list[int]:
        rank = {body: place for place, body in enumerate(bodies)}
        rows = newest_first(self.cards.filter(organisation__in=bodies)).values_list("organisation", "pk")
        return [pk for _body, pk in sorted(rows, key=lambda row: rank[row[0]])][skip : skip + number]


def newest_first(cards: ContactQuerySet) -> ContactQuerySet:
    return cards.order_by("-verified_on", "pk")


def in_order(cards: ContactQuerySet, wanted: str, place: Organisation | None) -> tuple[Sequence[int] | QuerySet, str]:
    """Keys in order, and the name of the order: who works somewhere sees places like theirs first."""
    if place is not None and wanted != NEWEST:
        return ByLikeness(cards, place), LIKE_MINE
    return newest_first(cards).values_list("pk", flat=True), NEWEST


class Leafed(Sequence[int]):
    """The first so many of a list, which says how many there are in all."""

    def __init__(self, keys: Sequence[int] | QuerySet, most: int = PAGE_SIZE * MOST_PAGES):
        self.keys, self.most = keys, most
        self.total = keys.count() if isinstance(keys, QuerySet) else len(keys)

    def __len__(self) -> int:
        return min(self.total, self.most)

    @overload
    def __getitem__(self, part: int) -> int: ...
    @overload
    def __getitem__(self, part: slice) -> list[int]: ...
    def __getitem__(self, part: int | slice) -> int | list[int]:
        return self.keys[part] if isinstance(part, int) else list(self.keys[part])


# --- What a card in the list says -----------------------------------------------------------------------------------

MOST_TOPICS = 4


@dataclasses.dataclass(frozen=True)
class Person:
    """One card of the list."""

    contact: Contact
    topics: list[str]
    more: int
    """Topics that stand on the card's own page only."""


SHOWN_OF_A_CARD = (
    *("name", "role", "formats", "languages"),
    *(f"organisation__{name}" for name in ("name_en", "name_cy", "is_example")),
)
"""What the list tells. Whole rows take longer."""


def people_of(keys: Sequence[int]) -> list[Person]:
    """The cards of these keys, in their order. The keys have passed `visible_to` in the same request."""
    topics = Prefetch("can_help_with", Topic.objects.only("name", "name_cy"))
    shown = Contact.objects.select_related("organisation").only(*SHOWN_OF_A_CARD)
    cards = shown.prefetch_related(topics).in_bulk(keys)
    return [_person(cards[key]) for key in keys if key in cards]


def _person(contact: Contact) -> Person:
    topics = sorted((topic.label for topic in contact.can_help_with.all()), key=str.casefold)
    return Person(contact, topics[:MOST_TOPICS], max(0, len(topics) - MOST_TOPICS))


def without(data: QueryDict, name: str) -> str:
    """The address of the list without one of its filters."""
    kept = data.copy()
    kept.pop(name, None)
    kept.pop("page", None)
    return f"?{kept.urlencode()}"
