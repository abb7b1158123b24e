"""Who takes part in the coffee rounds of a network, and what the pairing is told of them."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from django.utils.translation import gettext as _

from learning_portal.common.models import User

from .choices import GROUP_SIZE
from .evidence import evidence_of
from .likeness_table import NOT_STATED, context_table
from .meeting import Knows
from .models import (
    Affiliation,
    Block,
    CoffeeChoice,
    CoffeeRound,
    CoffeeSeat,
    Contact,
    Network,
    Organisation,
    Preferences,
)
from .models.coffee import NOBODY, Part
from .resolve import successor
from .round_values import Context, Member, Pair, pair

A_TENTH = 100
"""Of what it is worth to know about something, as `meeting.Knows` counts it."""
LARGEST_MET = 3
"""Those of a larger group had one conversation of all, and may meet as a pair as if for the first time."""


def called(user: User) -> str:
    """Their name; never their address, which `str` would give."""
    return user.name or _("A member without a name")


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody who takes part, where they work, and whom they never meet."""

    user: User
    organisation: Organisation
    never: frozenset[int] = frozenset()


def workplaces(users: Collection[int]) -> dict[int, Organisation]:
    """By person: where they work, as somebody verified it; of several places the one that was said first."""
    held = Affiliation.objects.verified().filter(user__in=users).order_by("-pk")
    found = held.select_related("organisation__replaced_by")
    return {one.user_id: successor(one.organisation) or one.organisation for one in found}


def takers(network: Network) -> list[Taker]:
    """Members who said yes to the next round, and work somewhere: nobody is put together with a colleague, so that it
    must be known who is one."""
    chosen = CoffeeChoice.objects.of_members(network).filter(part=Part.YES).select_related("user")
    users = {choice.user_id: choice.user for choice in chosen}
    found = workplaces(users)
    never = Block.objects.between(found)
    return [Taker(users[key], found[key], never[key]) for key in sorted(found)]


def basis_of(people: Iterable[Taker], rounds_before: int) -> str:
    """A hash of all that makes a pairing impossible or out of date when it changes."""
    said = " ".join(":".join(map(str, (one.user.pk, one.organisation.pk, *sorted(one.never)))) for one in people)
    return hashlib.sha256(f"{rounds_before} {said}".encode()).hexdigest()


def rounds_before(network: Network) -> int:
    return CoffeeRound.objects.held().filter(series__network=network).count()


@dataclass(frozen=True)
class Past:
    """Who met whom how often in a network, was a guest, or found nobody."""

    met: Counter[Pair] = field(default_factory=Counter)
    guest: Counter[int] = field(default_factory=Counter)
    waited: Counter[int] = field(default_factory=Counter)


def past_of(network: Network) -> Past:
    """Of all rounds that went out in this network, whatever their series. Whoever was put together has met: who did not
    come is not asked in order to try again."""
    past, groups = Past(), defaultdict(list)
    held = CoffeeSeat.objects.filter(round__in=CoffeeRound.objects.held().filter(series__network=network))
    for round_key, group, user, is_guest in held.order_by().values_list("round", "group", "user", "is_guest"):
        past.guest[user] += is_guest
        past.waited[user] += group == NOBODY
        if group != NOBODY:
            groups[round_key, group].append(user)
    for together in groups.values():
        if len(together) <= LARGEST_MET:
            past.met.update(pair(a, b) for a, b in combinations(together, 2))
    return past


@dataclass(frozen=True, slots=True)
class Interests:
    """Topics by key."""

    knows: Mapping[int, int]
    wants: frozenset[int]


def interests_of(users: Collection[int]) -> dict[int, Interests]:
    """What people know and want to learn, as their card says it; where it says nothing, as they answered when they came
    in. What stories show that they know comes on top, and counts for more."""
    cards = Contact.objects.filter(user__in=users, archived_on=None, moved_to=None)
    knows = _topics(Contact.can_help_with.through, "contact__user", contact__in=cards)
    wants = _topics(Contact.wants_to_learn.through, "contact__user", contact__in=cards)
    also_knows = _topics(Preferences.knows.through, "preferences", preferences__in=users)
    also_wants = _topics(Preferences.wants.through, "preferences", preferences__in=users)
    shown = evidence_of(users)
    return {
        user: Interests(
            _worth(knows.get(user) or also_knows.get(user) or set[int](), shown[user]),
            frozenset(wants.get(user) or also_wants.get(user) or set[int]()),
        )
        for user in users
    }


def _worth(said: Collection[int], shown: Mapping[int, Knows]) -> dict[int, int]:
    return {topic: A_TENTH * how for topic, how in {**dict.fromkeys(said, Knows.SAYS_SO), **shown}.items()}


def _topics(through, person: str, **which) -> dict[int, set[int]]:
    found = defaultdict(set)
    for user, topic in through.objects.filter(**which).values_list(person, "topic"):
        found[user].add(topic)
    return found


def members_of(people: Sequence[Taker], past: Past) -> list[Member]:
    interests = interests_of([one.user.pk for one in people])
    return [
        Member(
            key=(key := one.user.pk),
            organisation=one.organisation.pk,
            sector=one.organisation.kind // GROUP_SIZE,
            knows=interests[key].knows,
            wants=interests[key].wants,
            never=one.never,
            guest=past.guest[key],
            waited=past.waited[key],
        )
        for one in people
    ]


def context_of(organisations: Iterable[Organisation]) -> Context:
    """How alike two of these are as places, as `meeting.context` says it, worked out for all at once."""
    bodies = list({body.pk: body for body in organisations}.values())
    row = {body.pk: number for number, body in enumerate(bodies)}
    table = context_table(bodies)

    def context(a: int, b: int) -> int | None:
        found = table[row[a]][row[b]]
        return None if found == NOT_STATED else found

    return context
