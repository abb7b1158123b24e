"""Who comes to an event: for those who come, each of the others with a reason to meet them; for everybody else, from
which sectors, and nothing that tells of one person."""

import collections
import dataclasses
from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.counts import FEWEST, rounded
from learning_portal.common.models import User

from . import talking
from .choices import GROUP_SIZE, Sector, TopicGroup
from .meeting import Knows
from .models import Affiliation, Attendance, Block, Contact, Event, Preferences, Topic

REASONS = 2
"""Sentences beside a name."""
INTRODUCED = 10
"""So many are shown with their reasons, the others by name."""


@dataclasses.dataclass(frozen=True)
class Companion:
    """Somebody who comes too. `contact` is their card, where this reader may see it."""

    name: str
    contact: Contact | None
    reasons: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Company:
    """The others: those whom to meet first, and the names of the rest."""

    to_meet: list[Companion]
    also: list[Companion]

    @property
    def number(self) -> int:
        return len(self.to_meet) + len(self.also)


@dataclasses.dataclass(frozen=True)
class Known:
    """What is known of somebody's topics, by key."""

    knows: Mapping[int, int]
    wants: frozenset[int]


def company_of(event: Event, reader: User) -> Company:
    """The others who are going, those with the most to say to each other first. The number of queries does not depend
    on how many come."""
    going = Attendance.objects.filter(event=event).going().entitled().exclude(user=reader).select_related("user")
    people = [one.user for one in going]
    cards = {
        card.user_id: card
        for card in Contact.objects.visible_to(reader)
        .living(timezone.localdate())
        .filter(user__in=[*people, reader])
        .select_related("organisation")
    }
    known = _topics_of([*people, reader], cards)
    topics = Topic.objects.in_bulk({key for one in known.values() for key in (*one.knows, *one.wants)})
    never = Block.objects.between([user.pk for user in (*people, reader)])[reader.pk]
    found = [_companion(user, reader, cards.get(user.pk), known, topics, user.pk in never) for user in people]
    found.sort(key=lambda one: (-len(one.reasons), one.name.casefold()))
    to_meet = [one for one in found if one.reasons][:INTRODUCED]
    return Company(to_meet, [one for one in found if one not in to_meet])


def _companion(
    user: User,
    reader: User,
    card: Contact | None,
    known: Mapping[int, Known],
    topics: Mapping[int, Topic],
    is_kept_apart: bool,
) -> Companion:
    """Where one has blocked the other there is no reason to meet; that both come they see as everybody does."""
    name = user.name or (card.name if card else "")
    ours, theirs = _talker(reader.name, known[reader.pk], topics), _talker(name, known[user.pk], topics)
    things = talking.things(ours, theirs) if name and not is_kept_apart else ()
    words = [talking.words(one, name=name, topic=topics[one.topic].label) for one in things if one.topic is not None]
    return Companion(name, card, tuple(words[:REASONS]))


def _talker(name: str, known: Known, topics: Mapping[int, Topic]) -> talking.Talker:
    problems = frozenset(key for key in known.wants if topics[key].group == TopicGroup.PROBLEM)
    return talking.Talker(name, known.knows, known.wants, problems)


def _topics_of(users: Iterable[User], cards: Mapping[int, Contact]) -> dict[int, Known]:
    """What each of them knows and wants: what they said when they came in, and what stands on a card that the reader
    may see."""
    keys = [user.pk for user in users]
    knows: dict[int, set[int]] = collections.defaultdict(set)
    wants: dict[int, set[int]] = collections.defaultdict(set)
    of_card = {card.pk: user for user, card in cards.items()}
    for said, field in ((knows, Preferences.knows), (wants, Preferences.wants)):
        for user, topic in field.through.objects.filter(preferences__in=keys).values_list("preferences", "topic"):
            said[user].add(topic)
    for said, field in ((knows, Contact.can_help_with), (wants, Contact.wants_to_learn)):
        for card, topic in field.through.objects.filter(contact__in=of_card).values_list("contact", "topic"):
            said[of_card[card]].add(topic)
    return {key: Known(dict.fromkeys(knows[key], int(Knows.SAYS_SO)), frozenset(wants[key])) for key in keys}


def sectors_of(event: Event) -> list[tuple[str, int]]:
    """From which sectors those who are going come, in steps of five, the most first: each with five people or more,
    then all others together, if they are five. There is no total from which the rest could be told."""
    going = Attendance.objects.filter(event=event).going().entitled()
    found = Affiliation.objects.verified().filter(user__in=going.values("user")).order_by("user", "-verified_on", "pk")
    sector_of: dict[int, int] = {}
    for user, kind in found.values_list("user", "organisation__kind"):
        sector_of.setdefault(user, kind // GROUP_SIZE)
    counts = collections.Counter(sector_of.values())
    many = {sector: number for sector, number in counts.items() if number >= FEWEST and sector in Sector.values}
    rows = [(str(Sector(sector).label), rounded(number)) for sector, number in many.items()]
    others = rounded(counts.total() - sum(many.values()))
    return sorted(rows, key=lambda row: (-row[1], row[0])) + ([(_("Others"), others)] if others else [])
