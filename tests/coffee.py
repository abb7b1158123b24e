"""Networks whose members take part in coffee rounds, for the tests of these."""

import datetime
from itertools import combinations

from django.test import Client

from learning_portal.common.models import Message, User
from networks.coffee_actions import fingerprint, send, start
from networks.coffee_pairing import prepare
from networks.models import CoffeeRound, CoffeeSeat, CoffeeSeries, Membership, Network
from networks.round_values import pair
from tests.factories import (
    TODAY,
    AffiliationFactory,
    CoffeeChoiceFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    UserFactory,
)


def it_is(monkeypatch, day: datetime.date = TODAY, hour: int = 12) -> None:
    """Stop the clock. `TODAY` is a Monday."""
    moment = datetime.datetime.combine(day, datetime.time(hour), datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response) -> str:
    return response.content.decode()


FIRST = TODAY + datetime.timedelta(days=21)


def network_of(number: int, *, to_each: int = 1, **fields) -> Network:
    """So many members take part, so many to each organisation; the first is the convenor."""
    network = NetworkFactory(**fields)
    bodies = [OrganisationFactory(kind=8 * (1 + place % 4)) for place in range(-(-number // to_each))]
    for place in range(number):
        join(network, bodies[place // to_each], is_convenor=place == 0)
    return network


def join(network: Network, organisation=None, *, is_convenor: bool = False, part: str = "yes") -> User:
    user = UserFactory()
    MembershipFactory(network=network, user=user, is_convenor=is_convenor)
    AffiliationFactory(user=user, **({"organisation": organisation} if organisation else {}))
    if part:
        CoffeeChoiceFactory(network=network, user=user, part=part)
    return user


def convenor_of(network: Network) -> User:
    return User.objects.get(pk__in=members(network).filter(is_convenor=True).values("user"))


def members(network: Network):
    return Membership.objects.current().filter(network=network)


def begun(network: Network, rhythm: str = "monthly", starts_on: datetime.date = FIRST) -> CoffeeSeries:
    return start(by=convenor_of(network), network=network, rhythm=rhythm, starts_on=starts_on)


def previewed(network: Network, **fields) -> CoffeeRound:
    series = CoffeeSeries.objects.running().filter(network=network).first() or begun(network)
    return prepare(series=series, **fields)


def shown(coffee: CoffeeRound) -> str:
    return fingerprint(coffee, CoffeeSeat.objects.filter(round=coffee))


def sent(network: Network, **fields) -> CoffeeRound:
    coffee = previewed(network)
    send(coffee=coffee, shown=shown(coffee), **fields)
    coffee.refresh_from_db()
    return coffee


def groups(coffee: CoffeeRound) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for seat in CoffeeSeat.objects.filter(round=coffee):
        found.setdefault(seat.group, set()).add(seat.user_id)
    return found


def couples(coffee: CoffeeRound) -> list[tuple[int, int]]:
    return [
        pair(a, b) for group, together in groups(coffee).items() if group for a, b in combinations(sorted(together), 2)
    ]


def mailed(kind: str):
    return Message.objects.filter(kind=kind)
