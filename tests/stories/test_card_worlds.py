"""Two worlds that differ in cards which this reader may not see give the same pages, counts, filters and mails."""

import functools
from collections.abc import Iterator

import pytest
from django.utils import timezone

from networks.models import Contact
from networks.models.contact import ContactQuerySet
from tests import worlds
from tests.asks import Ask
from tests.cast import READS, ROLES, Stage, build_stage
from tests.factories import MembershipFactory, NetworkFactory, UserFactory
from tests.pages_contacts import HIDDEN_CARDS, contact_pages
from tests.strength import some
from tests.test_two_worlds import differences, nothing, observe
from tests.worlds import by_meaning, same_dice

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with worlds.kept(django_db_blocker), same_dice(), by_meaning():
        stage = build_stage()
        worlds.build_shelf(stage)
        put_up(stage, "public", number=1, name="Seen by all")
        worlds.settle()
        yield stage


def put_up(stage: Stage, audience: str, number: int, name: str = "Hidden", **fields) -> Contact:
    """A loud card: of every topic, in every way, confirmed today, at the body of here."""
    keys = {"pk": HIDDEN_CARDS[number]} if name == "Hidden" else {}
    card = Contact.objects.create(
        **keys,
        **{
            "name": f"{name} {number}",
            "role": "Chief of all",
            "organisation": stage.here,
            "audience": audience,
            "formats": "call|video|visit",
            "languages": "en|cy",
            "verified_on": timezone.localdate(),
            **fields,
        },
    )
    card.can_help_with.set(stage.topics)
    return card


def hide_cards(stage: Stage, audiences: tuple[str, ...]) -> None:
    """Cards of other networks, and for members; those that are down, or too old; and whoever all can see has one of
    them for a deputy."""
    owner = MembershipFactory(network=NetworkFactory(), user=UserFactory()).user
    put_up(stage, "networks", 0, user=owner)
    put_up(stage, "public", 1, archived_on=timezone.localdate())
    put_up(stage, "public", 2, verified_on="2020-01-01")
    for number, audience in enumerate(audiences, start=3):
        put_up(stage, audience, number)
    Contact.objects.filter(name="Seen by all 1").update(deputy=HIDDEN_CARDS[0])


def audiences_hidden_from(role: str) -> tuple[str, ...]:
    return () if "members" in READS[role] else ("members", "members")


def asks_of(stage: Stage) -> list[Ask]:
    shown = Contact.objects.get(name="Seen by all 1")
    return [
        *contact_pages(stage),
        Ask(f"/people/{shown.public_id}/"),
        *(Ask(s.get_absolute_url()) for s in stage.shelf[:2]),
    ]


@some("role", ROLES, enough=["visitor", "government", "staff"])
def test_hidden_cards_change_nothing(stage, role):
    asks = asks_of(stage)
    change = functools.partial(hide_cards, audiences=audiences_hidden_from(role))
    one, other = (observe(stage, role, world, asks) for world in (nothing, change))
    assert differences(asks, one, other) == []


FAULTS = {
    "the door stands open": ("visible_to", lambda self, user: self),
    "who has left stays": ("living", lambda self, today: self),
}


@pytest.mark.prove
@pytest.mark.parametrize("name", FAULTS)
def test_a_guard_that_is_taken_out_is_noticed(stage, monkeypatch, name):
    monkeypatch.setattr(ContactQuerySet, *FAULTS[name])
    asks = asks_of(stage)
    change = functools.partial(hide_cards, audiences=("members", "members"))
    one, other = (observe(stage, "visitor", world, asks) for world in (nothing, change))
    assert len(differences(asks, one, other)) >= 5


def test_the_comparison_has_eyes(stage):
    """A member does tell a world with cards for members from one without."""
    asks = asks_of(stage)
    change = functools.partial(hide_cards, audiences=("members", "members"))
    one, other = (observe(stage, "member", world, asks) for world in (nothing, change))
    assert len(differences(asks, one, other)) >= 5
