"""Whom a reader may ask about some topics: cards that they may see, with what is known of each person, read from the
database. `networks.meeting` ranks them."""

from __future__ import annotations

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from learning_portal.common.models import User
from networks import meeting
from networks.geography import kilometres, position
from networks.meeting import Host, Match, Wish
from networks.models import Affiliation, Block, Contact, Introduction, Organisation, Topic

from .access import Reader
from .choices import Voice
from .models import AuthorLink, Story, StoryContact
from .models.story import StoryTopic

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


Pairs = Iterable[tuple[int, int]]


Known = dict[int, Mapping[int, meeting.Knows]]
"""The best evidence of each topic, by key of card and of topic."""


def knowledge(user: Reader, topics: Collection[int]) -> Known:
    """What is known of each card's person about these topics, by key: who says so, who told a named story of it, and
    who is named as its contact. Only from published stories that this reader may open and that name people."""
    stories = Story.objects.visible_to(user).published().filter(voice=Voice.NAMED)
    about = stories.filter(Exists(StoryTopic.objects.filter(content_object=OuterRef("pk"), tag__in=topics)))
    says_so = Contact.can_help_with.through.objects.filter(topic__in=topics).values_list("contact", "topic")
    named = list(StoryContact.objects.filter(story__in=about).values_list("contact", "story"))
    told = _told(about)
    of_story = _topics_of({story for _card, story in [*named, *told]}, topics)
    return _evidence(says_so, _by_topic(told, of_story), _by_topic(named, of_story))


def _told(about: QuerySet[Story]) -> list[tuple[int, int]]:
    """(card, story) of who told a story under their name and has a card."""
    card = Subquery(Contact.objects.filter(user=OuterRef("user")).values("pk"))
    links = AuthorLink.objects.filter(story__in=about).annotate(card=card)
    return list(links.exclude(card=None).values_list("card", "story"))


def _topics_of(stories: Collection[int], topics: Collection[int]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    links = StoryTopic.objects.filter(content_object__in=stories, tag__in=topics)
    for story, topic in links.values_list("content_object", "tag"):
        found[story].append(topic)
    return found


def _by_topic(links: Pairs, of_story: Mapping[int, list[int]]) -> list[tuple[int, int]]:
    return [(card, topic) for card, story in links for topic in of_story.get(story, ())]


def _evidence(says_so: Pairs, contributed: Pairs, contact: Pairs) -> Known:
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for name, pairs in (("says_so", says_so), ("contributed", contributed), ("contact", contact)):
        for card, topic in pairs:
            found[card][name].append(topic)
    return {card: meeting.evidence(**by_name) for card, by_name in found.items()}
