"""What pages of coffee rounds show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from learning_portal.common.counts import rounded
from learning_portal.common.models import User

from .choices import TopicGroup
from .coffee_people import Interests, called, interests_of, workplaces
from .models import CoffeeChoice, CoffeeRound, CoffeeSeat, Contact, Membership, Network, Organisation, Topic
from .models.coffee import Met, RoundState
from .rounds import SOON
from .talking import THINGS, Talker, Thing, things, words


@dataclass(frozen=True)
class Sitting:
    """Somebody in a preview."""

    name: str
    organisation: Organisation | None
    is_guest: bool


def groups_of(seats: Sequence[CoffeeSeat]) -> list[tuple[int, list[Sitting]]]:
    """The groups of a round with their people, those who wait first, as group 0."""
    works = workplaces([seat.user_id for seat in seats])
    found = defaultdict(list)
    for seat in seats:
        found[seat.group].append(Sitting(called(seat.user), works.get(seat.user_id), seat.is_guest))
    return sorted(found.items())


def is_mostly_one_body(groups: Iterable[tuple[int, Sequence[Sitting]]]) -> bool:
    """Whether more than half of all work at one organisation, so that some of these must wait."""
    works = Counter(one.organisation for _group, people in groups for one in people)
    return 2 * max(works.values(), default=0) > works.total()


def is_nearly_exhausted(coffee: CoffeeRound | None) -> bool:
    return coffee is not None and coffee.rounds_left is not None and coffee.rounds_left < SOON


def history(network: Network) -> list[tuple[CoffeeRound, dict[str, int]]]:
    """The rounds that went out, the newest first, with what was answered in steps of five: nobody is to be worked out
    of a count."""
    rounds = list(CoffeeRound.objects.held().filter(series__network=network).order_by("-sent_on", "-number"))
    tallies = CoffeeSeat.objects.filter(round__in=rounds).tallies()
    return [(coffee, _rounded(tallies.get(coffee.pk, {}))) for coffee in rounds]


def _rounded(tally: dict[str, int]) -> dict[str, int]:
    told = {met: rounded(tally.get(met, 0)) for met in Met.values}
    return {"seated": tally.get("seated", 0), **told, "any": sum(told.values())}


@dataclass(frozen=True)
class Other:
    """Somebody whom a reader meets."""

    name: str
    role: str
    organisation: Organisation | None
    reach: str
    words: str
    is_member: bool


def others_of(seat: CoffeeSeat, reader: User) -> list[Other]:
    """Whom this seat's owner meets. A role is shown of cards that the reader may see; how to reach somebody and what
    they wrote, until the round is over, of those who are still members."""
    beside = list(CoffeeSeat.objects.beside(seat))
    users = [other.user_id for other in beside]
    cards = dict(Contact.objects.visible_to(reader).filter(user__in=users).values_list("user", "role"))
    chosen = CoffeeChoice.objects.of_members(seat.round.series.network).filter(user__in=users)
    reach = dict(chosen.values_list("user", "reach"))
    members = _still_members(seat, users)
    works = workplaces(users)
    is_open = seat.round.state == RoundState.SENT
    return [
        Other(
            name=called(other.user),
            role=cards.get(other.user_id, ""),
            organisation=works.get(other.user_id),
            reach=reach.get(other.user_id, "") if is_open else "",
            words=other.words if other.user_id in members else "",
            is_member=other.user_id in members,
        )
        for other in beside
    ]


def _still_members(seat: CoffeeSeat, users: Collection[int]) -> set[int]:
    current = Membership.objects.current().filter(network=seat.round.series.network, user__in=users)
    return set(current.values_list("user", flat=True))


def to_talk_about(seat: CoffeeSeat) -> list[str]:
    """Three things, in the reader's language; with several others, things to talk about with each in turn."""
    beside = list(CoffeeSeat.objects.beside(seat))
    users = [seat.user_id, *(other.user_id for other in beside)]
    interests = interests_of(users)
    wanted = {topic for one in interests.values() for topic in (*one.knows, *one.wants)}
    topics = {topic.pk: topic for topic in Topic.objects.filter(pk__in=wanted)}
    problems = {key for key, topic in topics.items() if topic.group == TopicGroup.PROBLEM}
    reader = _talker("", interests[seat.user_id], problems)
    each = [
        [(thing, called(other.user)) for thing in things(reader, _talker("", interests[other.user_id], problems))]
        for other in beside
    ]
    return [
        words(thing, name=name, topic=topics[thing.topic].label if thing.topic else "")
        for thing, name in _in_turn(each)[:THINGS]
    ]


def _talker(name: str, interests: Interests, problems: Collection[int]) -> Talker:
    troubles = interests.wants.intersection(problems)
    return Talker(name, knows=interests.knows, wants=interests.wants, problems=troubles)


def _in_turn(each: list[list[tuple[Thing, str]]]) -> list[tuple[Thing, str]]:
    """One of each other in turn; no topic twice, and no question twice. What has a topic comes first."""
    told: set[int | str] = set()
    found: list[tuple[Thing, str]] = []
    waiting = [list(things) for things in each]
    while any(waiting):
        for things_left in waiting:
            while things_left and (things_left[0][0].topic or things_left[0][0].kind) in told:
                things_left.pop(0)
            if things_left:
                thing, name = things_left.pop(0)
                told.add(thing.topic or thing.kind)
                found.append((thing, name))
    return sorted(found, key=lambda pair: pair[0].topic is None)
