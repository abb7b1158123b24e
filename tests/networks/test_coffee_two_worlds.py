"""Coffee rounds run in a network, or not: nobody else can tell. And of other pairs a member learns nothing."""

from collections.abc import Iterator

import pytest

from networks import coffee_actions
from networks.coffee_pairing import prepare
from networks.models import CoffeeSeat
from networks.models.coffee import Met
from tests import worlds
from tests.asks import Ask
from tests.cast import ROLES, Stage, build_stage
from tests.coffee import FIRST, join, members, shown
from tests.factories import TODAY, CoffeeChoiceFactory
from tests.pages_coffee import coffee_pages
from tests.strength import marks, some
from tests.test_two_worlds import differences, observe
from tests.worlds import by_meaning, same_dice

pytestmark = marks
OTHERS = [role for role in ROLES if role not in {"network", "convenor"}]
PAGES = ("/", "/account/", "/account/welcome/", "/stories/", "/organisations/")


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with worlds.kept(django_db_blocker), same_dice(), by_meaning():
        stage = build_stage()
        for body in stage.bodies[:7]:
            join(stage.networks[0], body, part="")
        yield stage


def asks(stage: Stage) -> list[Ask]:
    return [*coffee_pages(stage), *map(Ask, PAGES)]


def no_rounds(stage: Stage) -> None:
    """Nobody ever spoke of coffee."""


def rounds_run(stage: Stage) -> None:
    """A round was sent, and the next is being looked at; everybody has said whether they met."""
    network, convenor = stage.networks[0], stage.users["convenor"]
    for membership in members(network):
        CoffeeChoiceFactory(network=network, user=membership.user, reach="Ring me")
    series = coffee_actions.start(by=convenor, network=network, rhythm="monthly", starts_on=FIRST)
    coffee = prepare(series=series, today=TODAY)
    coffee_actions.send(coffee=coffee, shown=shown(coffee), today=TODAY)
    CoffeeSeat.objects.update(met=Met.YES, answered_on=TODAY, words="Tuesday?", said_on=TODAY)
    prepare(series=series, today=TODAY)


@some("role", OTHERS, enough=["visitor", "member", "staff"])
def test_that_rounds_run_is_for_members_alone(stage, role, request):
    found = asks(stage)
    assert differences(found, *(observe(stage, role, world, found) for world in (no_rounds, rounds_run))) == []
    worlds.count(request, "pages compared in two worlds", len(found))


def test_it_would_show(stage):
    """The comparison has eyes: a convenor tells the two worlds apart."""
    found = asks(stage)
    assert differences(found, *(observe(stage, "convenor", world, found) for world in (no_rounds, rounds_run)))


def others_silent(stage: Stage) -> None:
    rounds_run(stage)
    seats = others_of_network_role(stage)
    seats.update(met="", answered_on=None, words="", said_on=None)


def others_busy(stage: Stage) -> None:
    rounds_run(stage)
    others_of_network_role(stage).update(met=Met.NO, answered_on=TODAY, words="Never again", said_on=TODAY)


def others_of_network_role(stage: Stage):
    own = CoffeeSeat.objects.filter(user=stage.users["network"], round__state="sent").get()
    return CoffeeSeat.objects.exclude(round=own.round, group=own.group)


def test_of_other_pairs_a_member_learns_nothing(stage):
    found = asks(stage)
    assert (
        differences(found, *(observe(stage, "network", world, found) for world in (others_silent, others_busy))) == []
    )
