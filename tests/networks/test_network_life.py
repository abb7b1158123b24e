"""Keep, merge, rest: what convenors are asked after six quiet months, and what comes of it."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from learning_portal.common.actions import deliver_mail
from learning_portal.common.mail.rhythm import LONDON
from learning_portal.common.models import Message
from learning_portal.common.refused import Refused
from networks import network_life as life
from networks.models import Membership, Network
from tests.factories import MembershipFactory, NetworkFactory, NetworkPostFactory, QuestionFactory, UserFactory
from tests.networks.networking import convened, days_later, is_in, mails, member_of, servant, signed_in

pytestmark = pytest.mark.django_db


def state_of(network: Network) -> str:
    return Network.objects.get(pk=network.pk).state


def rest_page(network: Network) -> str:
    return reverse("networks:network-rest", args=[network.slug])


def quiet(**fields) -> tuple:
    """A network in which the last thing was that its convenor joined, six months ago."""
    network, convenor = convened(**fields)
    long_ago = timezone.localdate() - life.QUIET
    Membership.objects.filter(network=network).update(joined_on=long_ago)
    return network, convenor


def link(convenor) -> str:
    token = Message.objects.get(kind="network_quiet", user=convenor).context["token"]
    return reverse("networks:still", args=[token])


# --- Signs of life --------------------------------------------------------------------------------------------------


def test_what_is_a_sign_of_life():
    network, _convenor = quiet()
    old = life.last_sign_of_life(network)
    assert old == timezone.localdate() - life.QUIET
    first = old + datetime.timedelta(days=30)
    day = first
    for factory, date, more in (
        (NetworkPostFactory, "on", {}),
        (QuestionFactory, "asked_on", {"closes_on": first + datetime.timedelta(days=28)}),
        (MembershipFactory, "joined_on", {}),
    ):
        day += datetime.timedelta(days=1)
        factory(network=network, **{date: day}, **more)
        assert life.last_sign_of_life(network) == day
    network.kept_on = day + datetime.timedelta(days=1)
    assert life.last_sign_of_life(network) == network.kept_on
    assert life.last_sign_of_life(NetworkFactory()) is None


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_the_same_for_many(number, django_assert_num_queries):
    networks = [quiet()[0] for _number in range(number)]
    with django_assert_num_queries(len(life.SIGNS)):
        assert len(life.signs_of_life(networks)) == number


# --- The tick -------------------------------------------------------------------------------------------------------


def test_after_six_quiet_months_its_convenors_are_asked_once():
    network, convenor = quiet()
    lively, _other = convened()
    member_of(lively)
    assert (life.ask_quiet_networks(), life.ask_quiet_networks()) == (1, 0)
    assert mails("network_quiet", convenor) == 1
    assert mails("network_quiet") == 1
    assert state_of(network) == "active"


@pytest.mark.parametrize("fields", [{"state": "resting"}, {"how": "elsewhere", "elsewhere_url": "https://x.example"}])
def test_who_rests_or_lives_elsewhere_is_not_asked(fields):
    quiet(**fields)
    assert life.ask_quiet_networks() == 0
    assert not Message.objects.exists()


def test_nor_one_in_which_nothing_ever_was():
    NetworkFactory()
    assert life.ask_quiet_networks() == 0


def test_unanswered_it_rests_after_four_weeks():
    network, convenor = quiet()
    life.ask_quiet_networks()
    with days_later(27):
        assert life.rest_unanswered() == 0
    with days_later(28):
        assert (life.rest_unanswered(), life.rest_unanswered()) == (1, 0)
        assert state_of(network) == "resting"
        assert mails("network_quiet") == 0
        content = signed_in(servant()).get(f"/networks/{network.slug}/").content.decode()
        assert "resting" in content
        assert "/join/" not in content
        assert "Wake it" in signed_in(convenor).get(f"/networks/{network.slug}/").content.decode()


def test_it_is_reminded_once_and_no_more():
    _network, _convenor = quiet()
    for number in range(40):
        day = timezone.localdate() + datetime.timedelta(days=number)
        noon = datetime.datetime.combine(day, datetime.time(12), LONDON)
        life.ask_quiet_networks(today=day, now=noon)
        deliver_mail(now=noon)
    subjects = [sent.subject for sent in mail.outbox]
    assert len(subjects) == 2
    assert "A reminder" in subjects[1]


def test_something_happens_meanwhile_and_nobody_need_answer():
    network, _convenor = quiet()
    life.ask_quiet_networks()
    member_of(network)
    life.ask_quiet_networks()
    assert mails("network_quiet") == 0
    with days_later(28):
        assert life.rest_unanswered() == 0
    assert state_of(network) == "active"


# --- The page with one button ---------------------------------------------------------------------------------------


def test_a_look_changes_nothing_and_a_press_keeps_it():
    network, convenor = quiet()
    life.ask_quiet_networks()
    here = link(convenor)
    visitor = signed_in(None)
    for _time in range(2):
        response = visitor.get(here)
        assert response.status_code == 200
        assert response["X-Robots-Tag"] == "noindex"
        assert "no-store" in response["Cache-Control"]
    assert Network.objects.get(pk=network.pk).rest_asked_on is not None
    assert "goes on" in visitor.post(here, {"do": "keep"}).content.decode()
    kept = Network.objects.get(pk=network.pk)
    assert (kept.state, kept.rest_asked_on, kept.kept_on) == ("active", None, timezone.localdate())
    assert mails("network_quiet") == 0
    for response in (visitor.post(here, {"do": "rest"}), visitor.get(here)):
        assert "This question is closed" in response.content.decode()
    assert state_of(network) == "active"
    assert life.ask_quiet_networks() == 0


def test_or_lets_it_rest_without_signing_in():
    network, convenor = quiet()
    life.ask_quiet_networks()
    signed_in(None).post(link(convenor), {"do": "rest"})
    assert state_of(network) == "resting"


def test_or_merges_it():
    network, convenor = quiet()
    into, _other = convened(how="open")
    life.ask_quiet_networks()
    here = link(convenor)
    assert signed_in(None).post(here, {"do": "merge"}).status_code == 422
    assert signed_in(None).post(here, {"do": "merge", "into": "nowhere"}).status_code == 422
    assert signed_in(None).post(here, {}).status_code == 422
    assert signed_in(None).post(here, {"do": "merge", "into": into.slug}).status_code == 200
    assert state_of(network) == "merged"


@pytest.mark.parametrize("spoil", [str.swapcase, lambda token: token[1:], lambda token: token + "x", lambda _: "x" * 9])
def test_a_forged_link_is_not_found(spoil):
    quiet()
    life.ask_quiet_networks()
    token = Message.objects.get(kind="network_quiet").context["token"]
    here = reverse("networks:still", args=[spoil(token)])
    assert signed_in(None).get(here).status_code == 404
    assert signed_in(None).post(here, {"do": "rest"}).status_code == 404


def test_a_link_that_has_run_out_says_where_to_go():
    network, convenor = quiet()
    life.ask_quiet_networks()
    here = link(convenor)
    with days_later(43):
        response = signed_in(None).post(here, {"do": "rest"})
    assert "This question is closed" in response.content.decode()
    assert state_of(network) == "active"


def test_the_link_of_somebody_who_convenes_no_more_does_nothing():
    network, convenor = quiet()
    MembershipFactory(network=network, is_convenor=True, joined_on=timezone.localdate() - life.QUIET)
    life.ask_quiet_networks()
    here = link(convenor)
    Membership.objects.filter(user=convenor).update(is_convenor=False)
    assert "This question is closed" in signed_in(None).post(here, {"do": "rest"}).content.decode()
    assert state_of(network) == "active"


# --- Signed in ------------------------------------------------------------------------------------------------------


def test_a_convenor_lets_it_rest_and_wakes_it():
    network, convenor = convened()
    client = signed_in(convenor)
    client.post(rest_page(network), {"do": "rest"})
    assert state_of(network) == "resting"
    assert "Wake it" in client.get(rest_page(network)).content.decode()
    client.post(rest_page(network), {"do": "keep"})
    assert state_of(network) == "active"


@pytest.mark.parametrize("do", ["rest", "keep", "merge"])
def test_nobody_else_does(do):
    network, _convenor = convened()
    into, _other = convened()
    member = member_of(network)
    for other in (member, servant()):
        assert signed_in(other).post(rest_page(network), {"do": do}).status_code == 404
        with pytest.raises(Refused):
            getattr(life, do)(by=other, network=network, **({"into": into} if do == "merge" else {}))
    assert state_of(network) == "active"


# --- Merge ----------------------------------------------------------------------------------------------------------


def merged(how: str = "open"):
    network, convenor = convened(how="approval")
    member = member_of(network)
    into, other = convened(how=how)
    if how != "open":
        MembershipFactory(network=into, user=convenor, is_convenor=True)
    signed_in(convenor).post(rest_page(network), {"do": "merge", "into": into.slug})
    network.refresh_from_db()
    return network, into, member, other


def test_members_are_asked_and_move_only_if_they_say_yes():
    network, into, member, other = merged()
    assert (network.state, network.merged_into) == ("merged", into)
    assert mails("network_merged", member) == 1
    assert not is_in(member, into)
    page = signed_in(member).get(f"/networks/{network.slug}/").content.decode()
    assert f"Join {into.name}" in page
    move = reverse("networks:network-move", args=[network.slug])
    assert signed_in(other).post(move).status_code == 404
    assert signed_in(member).post(move)["Location"] == f"/networks/{into.slug}/"
    assert is_in(member, into)
    assert is_in(member, network), "what was told for its members stays with them"
    assert f"Join {into.name}" not in signed_in(member).get(f"/networks/{network.slug}/").content.decode()


def test_a_merged_one_points_to_the_other_and_is_not_listed():
    network, into, _member, _other = merged()
    content = signed_in(None).get(f"/networks/{network.slug}/").content.decode()
    assert f"/networks/{into.slug}/" in content
    assert "/join/" not in content
    assert network.name not in signed_in(None).get("/networks/").content.decode().replace(into.name, "")
    assert signed_in(servant()).post(f"/networks/{network.slug}/join/").status_code == 404
    convenor = Membership.objects.filter(network=network, is_convenor=True).get().user
    assert signed_in(convenor).post(rest_page(network), {"do": "keep"}).status_code == 404


@pytest.mark.parametrize("how", ["approval", "invitation"])
def test_into_one_that_lets_people_in_only_whoever_convenes_it_merges(how):
    network, convenor = convened()
    into, _other = convened(how=how)
    with pytest.raises(Refused):
        life.merge(by=convenor, network=network, into=into)
    assert signed_in(convenor).post(rest_page(network), {"do": "merge", "into": into.slug}).status_code == 422
    network, into, member, _other = merged(how)
    assert network.is_merged
    assert life.may_move(member, network)


def test_where_it_was_closed_since_nobody_moves():
    network, into, member, _other = merged()
    Network.objects.filter(pk=into.pk).update(how_to_join="invitation")
    signed_in(member).post(reverse("networks:network-move", args=[network.slug]))
    assert not is_in(member, into)


@pytest.mark.parametrize("state", ["resting", "proposed"])
def test_only_into_an_active_one_and_not_into_itself(state):
    network, convenor = convened()
    into, _other = convened(state=state)
    for wrong in (into, network):
        with pytest.raises(Refused):
            life.merge(by=convenor, network=network, into=wrong)


def test_who_is_verified_nowhere_does_not_move():
    network, into, _member, _other = merged()
    user = MembershipFactory(network=network, user=UserFactory()).user
    with pytest.raises(Refused):
        life.move(by=user, network=network)
    assert not is_in(user, into)
