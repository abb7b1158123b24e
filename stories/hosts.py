"""Whom a reader may ask about some topics: cards that they may see, with what is known of each person, read from the
database. `networks.meeting` ranks them."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Collection, Iterator, Mapping
from functools import partial

from django.db.models import Q, QuerySet

from learning_portal.common.models import User
from networks import meeting
from networks.geography import Spot, kilometres, position
from networks.meeting import Host, Match, Wish
from networks.models import Affiliation, Block, Contact, Introduction, Organisation, Topic

from .access import Reader
from .knowledge import Known, knowledge
from .search.predicate import among

SHOWN = 10
FIRST = 100
"""Cards of whom most is known, which are read first: nearly always nobody else can come among the best."""
AT_ONCE = 10_000
"""Cards read in one statement after that."""


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What a reader wants: topics, from where they ask, in which way, and how far they would travel (km; None: any)."""

    topics: Collection[Topic]
    organisation: Organisation | None = None
    format: str = ""
    within: int | None = None
    asker: User | None = None
    """For whom somebody else looks, who sees what both may see."""


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody to meet, and why."""

    contact: Contact
    match: Match


def people_to_meet(user: Reader, wanted: Wanted, today: datetime.date, *, limit: int = SHOWN) -> list[Person]:
    """The best by the formula of the design, section 6. However many there are, two statements read their cards: those
    of whom most is known, and whoever could still come among the best of these, if there is anybody."""
    wish = Wish(
        topics={topic.pk: topic.label for topic in wanted.topics},
        organisation=wanted.organisation,
        today=today,
        format=wanted.format,
    )
    shortlist = meeting.Shortlist(wish, limit)
    loads = Introduction.objects.loads(today)
    cards = may_be_shown(user, wanted, today)
    for known in _in_parts(knowledge(user, list(wish.topics)), shortlist):
        rows = cards.filter(among(known)).values_list(*COLUMNS)
        shortlist.consider(_host(row, known, loads, today) for row in rows)
    return _with_cards(shortlist.matches())


def _in_parts(ranked: Iterator[tuple[int, Known]], shortlist: meeting.Shortlist) -> Iterator[dict[int, Known]]:
    """By key of card what is known, most first, until nobody is left who could come among the best: P is never more
    than know. Hidden cards are among them: to ask of each whether it may be shown costs more than to pass over it."""
    size = FIRST
    while part := dict(itertools.islice(itertools.takewhile(partial(_may_still_come, shortlist), ranked), size)):
        yield part
        size = AT_ONCE


def _may_still_come(shortlist: meeting.Shortlist, known: tuple[int, Known]) -> bool:
    return meeting.know(shortlist.wish.topics, known[1]) >= shortlist.least


COLUMNS = (
    *("pk", "formats", "monthly_limit", "verified_on", "paused_until"),
    *(f"organisation__{name}" for name in Spot._fields),
)


def _host(row: tuple, known: Mapping[int, Known], loads: Mapping[int, int], today: datetime.date) -> Host:
    key, formats, monthly_limit, verified_on, paused_until, *place = row
    return Host(
        key=key,
        organisation=Spot(*place),
        knows=known[key],
        formats=frozenset(formats.split("|")),
        monthly_limit=monthly_limit,
        load=loads.get(key, 0),
        verified_on=verified_on,
        paused=paused_until is not None and paused_until >= today,
    )


SHOWN_OF_A_CARD = (
    *("name", "role", "formats"),
    *(f"organisation__{name}" for name in ("name_en", "name_cy", "code", "is_example")),
)
"""What the pages tell. Whole rows take twice as long."""


def _with_cards(found: list[Match]) -> list[Person]:
    shown = Contact.objects.select_related("organisation").only(*SHOWN_OF_A_CARD)
    cards = shown.in_bulk([suits.host.key for suits in found])
    return [Person(cards[suits.host.key], suits) for suits in found if suits.host.key in cards]


def may_be_shown(user: Reader, wanted: Wanted, today: datetime.date) -> QuerySet[Contact]:
    """Living cards that this reader may see, of people elsewhere, within reach."""
    cards = Contact.objects.visible_to(user).living(today).reachable()
    asker = wanted.asker or user
    if wanted.asker:
        cards = cards.filter(pk__in=Contact.objects.visible_to(wanted.asker).values("pk"))
    if wanted.organisation:
        cards = cards.exclude(organisation=wanted.organisation)
    if asker.is_authenticated:
        own = Affiliation.objects.filter(user=asker).verified().values("organisation")
        cards = cards.exclude(organisation__in=own).exclude(user=asker).exclude(kept_apart(asker))
    if wanted.within is not None and wanted.organisation:
        cards = cards.filter(organisation__in=within(wanted.organisation, wanted.within))
    return cards


def kept_apart(asker: User) -> Q:
    """Cards of whoever does not want to be asked by this person, or is not to ask them."""
    of_others, of_own = Block.objects.filter(user=asker), Block.objects.filter(contact__user=asker)
    return Q(pk__in=of_others.values("contact")) | Q(user__in=of_own.values("user"))


def within(here: Organisation, most: int) -> list[int]:
    """The keys of the bodies that lie at most so many kilometres away; none if nobody knows where this one lies."""
    middle = position(here)
    if middle is None:
        return []
    rows = Organisation.objects.current().only("latitude", "longitude")
    placed = ((body.pk, position(body)) for body in rows)
    return [key for key, where in placed if where and kilometres(middle, where) <= most]
