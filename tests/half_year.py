"""A portal with 200 people, as they are before half a year begins; what happens then is in `half_year_days`.

Models are used here and nowhere later: from then on there are pages, mails and the tick.
"""

import contextlib
import dataclasses
import datetime
import secrets
import time
from collections.abc import Iterator
from random import Random
from unittest import mock

from django.contrib.auth.models import Group
from django.utils import timezone

from learning_portal.common.mail.rhythm import LONDON
from learning_portal.common.models import Role, User
from networks.choices import Kind, Nation, TopicGroup
from networks.models import Contact, Network, Organisation, Topic
from stories.search import meaning
from tests.browsing import Browser
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    TopicFactory,
    UserFactory,
    lessons,
    make_story,
)
from tests.signing_in import BACKEND, sign_in_without_second_factor

START = datetime.date(2026, 10, 5)
"""A Monday. Half a year from here has the pause of Christmas in it, and Easter."""
PEOPLE, BODIES, NETWORKS, STORIES, STARS = 200, 40, 6, 18, 6
SUBJECTS = (
    "Signal",
    "Rotas",
    "Recycling",
    "Repairs",
    "Records",
    "Recruitment",
    "Transport",
    "Housing",
    "Payments",
    "Translation",
)


class Clock:
    """What time it is, for everything that asks Django or the machine."""

    def __init__(self) -> None:
        self.at(START, 7)

    def at(self, day: datetime.date, hour: int, minute: int = 0) -> None:
        self.now = datetime.datetime.combine(day, datetime.time(hour, minute), LONDON)

    @property
    def today(self) -> datetime.date:
        return self.now.date()

    def in_utc(self) -> datetime.datetime:
        return self.now.astimezone(datetime.UTC)

    def timestamp(self) -> float:
        return self.now.timestamp()

    @contextlib.contextmanager
    def running(self, dice: Random) -> Iterator[None]:
        """Random keys come from the dice, and nothing is looked for by meaning, which takes long."""
        with (
            mock.patch.object(timezone, "now", self.in_utc),
            mock.patch.object(time, "time", self.timestamp),
            mock.patch.object(secrets, "randbits", dice.getrandbits),
            mock.patch.object(meaning, "model", return_value=None),
        ):
            yield


@dataclasses.dataclass
class Person:
    user: User
    answers: float
    """How likely they are to do what a mail asks; some never do."""
    slowness: int
    """After so many days at most they read it."""
    is_team: bool = False
    browser: Browser | None = None
    signed_in_on: datetime.date | None = None

    @property
    def email(self) -> str:
        return self.user.email

    def signed_in(self, today: datetime.date) -> Browser:
        """Their browser of today; sessions are over by the next morning."""
        if self.browser is None or self.signed_in_on != today:
            self.browser, self.signed_in_on = Browser(), today
            if self.is_team:
                self.browser.client.force_login(self.user, backend=BACKEND)
            else:
                sign_in_without_second_factor(self.browser.client, self.user)
        return self.browser


@dataclasses.dataclass
class Portal:
    """What the people of the half-year know of it: each other, topics by the names in addresses, networks."""

    people: list[Person]
    team: list[Person]
    topics: list[str]
    convenors: dict[str, list[Person]]
    members: dict[str, list[Person]]

    def everybody(self) -> dict[str, Person]:
        return {person.email: person for person in [*self.people, *self.team]}


def build(dice: Random) -> Portal:
    bodies = [_body(number) for number in range(BODIES)]
    topics = [
        TopicFactory(name=name, slug=name.lower(), bit=bit, group=TopicGroup.PROBLEM)
        for bit, name in enumerate(SUBJECTS)
    ]
    people = [_person(dice, bodies[number % BODIES]) for number in range(PEOPLE)]
    cards = {
        number: _card(dice, person, bodies[number % BODIES], topics, is_star=number < STARS)
        for number, person in enumerate(people)
        if number % 5  # each fifth has no card
        or number < STARS
    }
    _deputies(dice, cards)
    _stories(dice, bodies, topics, list(cards.values()))
    team = [Person(UserFactory(), 1, 0, is_team=True) for _number in range(2)]
    for one in team:
        one.user.groups.add(Group.objects.get_or_create(name=Role.PROGRAMME_TEAM)[0])
    portal = Portal(people, team, [topic.slug for topic in topics], {}, {})
    for _number in range(NETWORKS):
        _network(dice, portal, [person for number, person in enumerate(people) if number in cards])
    return portal


def _body(number: int) -> Organisation:
    kinds = (Kind.COUNCIL, Kind.HEALTH_BOARD, Kind.POLICE_FORCE, Kind.FIRE_SERVICE, Kind.UNIVERSITY, Kind.HOUSING)
    return OrganisationFactory(
        kind=kinds[number % len(kinds)],
        nation=Nation.values[number % 4],
        population=20_000 * (1 + number % 13),
        rurality=number % 4,
    )


def _person(dice: Random, body: Organisation) -> Person:
    user = UserFactory(language=dice.choice(["en", "en", "en", "cy"]))
    AffiliationFactory(user=user, organisation=body, verified_on=START)
    answers, slowness = dice.choices([(0.95, 2), (0.7, 9), (0.0, 0)], [5, 3, 2])[0]
    return Person(user, answers, slowness)


def _card(dice: Random, person: Person, body: Organisation, topics: list[Topic], *, is_star: bool) -> Contact:
    """Stars know everything and have little time."""
    card = ContactFactory(
        user=person.user,
        name=person.user.name,
        organisation=body,
        audience=dice.choice(["public", "public", "members", "networks"]) if not is_star else "public",
        team_mailbox=f"team@{body.code.lower()}.example" if dice.random() < 0.5 else "",
        formats="|".join(dice.sample(["call", "video", "visit", "mentoring"], dice.randint(1, 4))),
        monthly_limit=1 if is_star else dice.choice([0, 1, 1, 2, 2, 3]),
        verified_on=START - datetime.timedelta(days=0 if is_star else dice.randrange(200)),
        paused_until=START + datetime.timedelta(days=30) if dice.random() < 0.05 else None,
    )
    card.can_help_with.set(topics if is_star else dice.sample(topics, dice.randint(1, 3)))
    card.wants_to_learn.set(dice.sample(topics, 2))
    return card


def _deputies(dice: Random, cards: dict[int, Contact]) -> None:
    """Half have one, at their own organisation."""
    for number, card in cards.items():
        deputy = cards.get((number + BODIES) % PEOPLE)
        if deputy and dice.random() < 0.5:
            card.deputy = deputy
            card.save()


def _stories(dice: Random, bodies: list[Organisation], topics: list[Topic], cards: list[Contact]) -> None:
    for number in range(STORIES):
        contact = cards[number % STARS] if number % 3 else dice.choice(cards)
        make_story(
            content=lessons(title=f"What became of {SUBJECTS[number % len(SUBJECTS)].lower()} {number}"),
            organisation=contact.organisation,
            topics=dice.sample(topics, 2),
            contacts=[contact],
        )


def _network(dice: Random, portal: Portal, with_card: list[Person]) -> None:
    network: Network = NetworkFactory(started_on=START, how_to_join="open")
    convenors = dice.sample(with_card, 2)
    others = [person for person in dice.sample(portal.people, 14) if person not in convenors]
    for person in [*convenors, *others]:
        MembershipFactory(network=network, user=person.user, is_convenor=person in convenors, joined_on=START)
    portal.convenors[network.slug], portal.members[network.slug] = convenors, [*convenors, *others]
