"""Whom a reader may ask about some topics: cards that they may see, with what is known of each person, read from the
database. `networks.meeting` ranks them."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import QuerySet

from learning_portal.common.models import User
from networks import meeting
from networks.geography import kilometres, position
from networks.meeting import Host, Match, Wish
from networks.models import Affiliation, Block, Contact, Introduction, Organisation, Topic

from .access import Reader
from .evidence import knowledge

SHOWN = 10
CONSIDERED = 1_000
"""Of more people who know something of it, only those of whom most is known are compared further."""


class Spot(NamedTuple):
    """An organisation as a place: `networks.geography.Place`. A row is enough: models take four times as long."""

    kind: int
    nation: int
    population: int | None
    staff: int | None
    budget: int | None
    area_km2: float | None
    latitude: float | None
    longitude: float | None
    rurality: int | None
    deprivation: int | None
    deprivation_score: float | None


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
    """The best by the formula of the design, section 6, in a constant number of queries."""
    wish = Wish(
        topics={topic.pk: topic.label for topic in wanted.topics},
        organisation=wanted.organisation,
        today=today,
        format=wanted.format,
    )
    found = meeting.meet(wish, hosts(user, wanted, today), limit=limit)
    cards = Contact.objects.select_related("organisation").in_bulk([suits.host.key for suits in found])
    return [Person(cards[suits.host.key], suits) for suits in found if suits.host.key in cards]


def hosts(user: Reader, wanted: Wanted, today: datetime.date) -> list[Host]:
    """Everybody who knows something of the wanted topics and may be shown to this reader, wherever they rank."""
    topics = [topic.pk for topic in wanted.topics]
    known = knowledge(user, topics)
    loads = Introduction.objects.loads(today)
    rows = _rows(may_be_shown(user, wanted, today), known)
    best = sorted(rows, key=lambda row: (-meeting.know(topics, known[row[0]]), row[0]))[:CONSIDERED]
    return [
        Host(
            key=key,
            organisation=Spot(*place),
            knows=known[key],
            formats=frozenset(formats.split("|")),
            monthly_limit=monthly_limit,
            load=loads.get(key, 0),
            verified_on=verified_on,
            paused=paused_until is not None and paused_until >= today,
        )
        for key, formats, monthly_limit, verified_on, paused_until, *place in best
    ]


COLUMNS = ("pk", "formats", "monthly_limit", "verified_on", "paused_until")
AT_ONCE = 10_000
"""Keys in one statement: SQLite takes 32,766."""


def _rows(cards: QuerySet[Contact], known: Collection[int]) -> list[tuple]:
    """Of those of whom something is known, whoever may be shown. Only here hidden cards fall out: what is known of
    them is read with the rest, which costs less than to ask of each whether it may be shown."""
    keys = sorted(known)
    parts = (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
    places = [f"organisation__{name}" for name in Spot._fields]
    return [row for part in parts for row in cards.filter(pk__in=part).values_list(*COLUMNS, *places)]


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
        blocked = Block.objects.filter(user=asker).values("contact")
        cards = cards.exclude(organisation__in=own).exclude(user=asker).exclude(pk__in=blocked)
    if wanted.within is not None and wanted.organisation:
        cards = cards.filter(organisation__in=within(wanted.organisation, wanted.within))
    return cards


def within(here: Organisation, most: int) -> list[int]:
    """The keys of the bodies that lie at most so many kilometres away; none if nobody knows where this one lies."""
    middle = position(here)
    if middle is None:
        return []
    rows = Organisation.objects.current().only("latitude", "longitude")
    placed = ((body.pk, position(body)) for body in rows)
    return [key for key, where in placed if where and kilometres(middle, where) <= most]
