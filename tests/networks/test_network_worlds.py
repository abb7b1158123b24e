"""Two worlds: a network that is only proposed, and what another network's members say, ask and are, there or not, must
change nothing for those who may not know. And each guard of that is shown to be what hides it."""

from collections.abc import Iterator

import pytest

from networks.models import Membership, Network
from networks.models.network import MembershipQuerySet, NetworkQuerySet
from tests import worlds
from tests.asks import Ask
from tests.cast import Stage, build_stage
from tests.factories import (
    TODAY,
    AdmissionFactory,
    MembershipFactory,
    NetworkFactory,
    NetworkPostFactory,
    QuestionChoiceFactory,
    QuestionFactory,
    UserFactory,
)
from tests.pages import in_admin
from tests.pages_networks import HIDDEN, networking
from tests.strength import some
from tests.test_two_worlds import differences, nothing, observe
from tests.worlds import by_meaning, key_of, same_dice

pytestmark = pytest.mark.django_db

POST, QUESTION, ADMISSION = HIDDEN
NOT_MEMBERS = ("visitor", "member", "government", "network", "convenor", "programme_team", "moderator", "staff")
"""Who is not in the second network: all but `lapsed`."""


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with worlds.kept(django_db_blocker), same_dice(), by_meaning():
        stage = build_stage()
        stage.networks[1].topics.add(stage.topics[0])
        worlds.build_shelf(stage)
        worlds.settle()
        yield stage


def hide(stage: Stage) -> None:
    """A proposed network about what is asked for, and much in the second network."""
    other, stranger = stage.networks[1], UserFactory(email="stranger@portal.example", name="A stranger")
    waits = NetworkFactory(slug="hidden-network", name_en="Hidden network", state="proposed", sectors="1")
    waits.topics.add(stage.topics[0])
    AdmissionFactory(
        pk=ADMISSION, network=waits, user=None, address="second@portal.example", kind="convene", by=stranger
    )
    for number in range(3):
        MembershipFactory(network=other, user=UserFactory(name=f"Unseen {number}"))
    MembershipFactory(network=other, user=stranger)
    NetworkPostFactory(pk=POST, network=other, by=stranger, words="Unseen words about tablets.")
    question = QuestionFactory(pk=QUESTION, network=other, text="Unseen question about tablets?")
    QuestionChoiceFactory(pk=key_of("hidden choice"), question=question)
    AdmissionFactory(pk=key_of("hidden request"), network=other, user=UserFactory(name="Unseen asker"))


def told_apart(stage: Stage, role: str) -> list[str]:
    asks = [Ask("/"), *networking(stage, [key_of("a story"), key_of("another")]), Ask("/account/")]
    if role == "staff":
        asks += [Ask("/admin/networks/network/"), *in_admin(stage, [])[:2], Ask("/admin/networks/membership/add/")]
    one, other = (observe(stage, role, world, asks) for world in (nothing, hide))
    return differences(asks, one, other)


@some("role", NOT_MEMBERS, enough=["visitor", "network", "staff"])
def test_what_is_for_others_changes_nothing(stage, role):
    assert told_apart(stage, role) == []


def test_a_member_of_it_would_see_it(stage):
    """The comparison has eyes."""
    found = " ".join(told_apart(stage, "lapsed"))
    assert "/networks/network-of-1/:" in found
    assert "/networks/network-of-1/members/" in found
    assert "questions" in found
    assert "hidden-network" not in found


@pytest.mark.prove
@pytest.mark.parametrize("name", ["shown", "listed"])
def test_without_the_guard_of_proposed_ones_it_would_show(stage, monkeypatch, name):
    monkeypatch.setattr(NetworkQuerySet, name, lambda self: self)
    assert told_apart(stage, "member") != []


@pytest.mark.prove
def test_without_the_guard_of_members_it_would_show(stage, monkeypatch):
    """Whoever was taken for a member would see it all."""
    from stories.views import networks as views

    monkeypatch.setattr(
        views,
        "membership_of",
        lambda user, network: (
            Membership(network=network, user=user, joined_on=TODAY) if user.is_authenticated else None
        ),
    )
    assert told_apart(stage, "member") != []


def test_who_left_is_no_member(stage, monkeypatch):
    """`lapsed` convened the first network until they left."""
    asks = [Ask("/networks/network-of-0/"), Ask("/networks/network-of-0/members/")]

    def said(stage: Stage) -> None:
        NetworkPostFactory(network=stage.networks[0], by=stage.users["network"], words="After they left.")

    one, other = (observe(stage, "lapsed", world, asks) for world in (nothing, said))
    assert differences(asks, one, other) == []
    monkeypatch.setattr(MembershipQuerySet, "current", lambda self: self)
    one, other = (observe(stage, "lapsed", world, asks) for world in (nothing, said))
    assert differences(asks, one, other) != []


def test_the_hidden_network_is_there(stage):
    with worlds.savepoint():
        hide(stage)
        assert Network.objects.filter(slug="hidden-network").exists()
