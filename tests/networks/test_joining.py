"""Who comes into a network and how they leave it."""

import pytest
from django.urls import reverse

from learning_portal.common.models import AuditEvent, Message, User
from learning_portal.common.public_ids import encode
from learning_portal.common.refused import Refused
from networks import network_actions as verbs
from networks.models import Admission, Affiliation, Membership, Network
from tests.factories import AdmissionFactory, MembershipFactory, UserFactory
from tests.networks.networking import (
    NASTY,
    convened,
    convenes,
    days_later,
    is_in,
    mails,
    member_of,
    servant,
    signed_in,
)
from tests.strength import each

pytestmark = pytest.mark.django_db


def page(network: Network, name: str) -> str:
    return reverse(f"networks:network-{name}", args=[network.slug])


def detail(network: Network) -> str:
    return reverse("stories:network-detail", args=[network.slug])


def invitation(admission: Admission) -> str:
    return f"/networks/invitations/{encode(admission.pk)}/"


# --- Join -----------------------------------------------------------------------------------------------------------


def test_an_open_network_is_joined_with_one_button():
    network, _convenor = convened()
    user = servant()
    client = signed_in(user)
    assert f'href="{page(network, "join")}"' in client.get(detail(network)).content.decode()
    assert client.get(page(network, "join")).status_code == 200
    assert not is_in(user, network)
    assert client.post(page(network, "join"))["Location"] == detail(network)
    assert is_in(user, network)
    assert client.post(page(network, "join")).status_code == 302
    assert Membership.objects.filter(user=user).count() == 1


def test_who_left_may_come_back():
    network, _convenor = convened()
    user = servant()
    client = signed_in(user)
    for _time in range(2):
        client.post(page(network, "join"))
        assert is_in(user, network)
        client.post(page(network, "leave"))
        assert not is_in(user, network)
    assert Membership.objects.filter(user=user).count() == 2


@pytest.mark.parametrize("how", ["open", "approval"])
def test_who_is_verified_nowhere_is_led_to_say_where_they_work(how):
    network, _convenor = convened(how=how)
    user = UserFactory()
    for response in (signed_in(user).get(page(network, "join")), signed_in(user).post(page(network, "join"))):
        assert response["Location"] == reverse("networks:work")
    with pytest.raises(Refused):
        (verbs.join if how == "open" else verbs.ask_to_join)(by=user, network=network)
    assert not is_in(user, network)
    assert not Admission.objects.exists()


def test_that_guard_is_what_refuses(monkeypatch):
    network, _convenor = convened()
    monkeypatch.setattr("networks.network_actions.is_public_servant", lambda user: True)
    user = UserFactory()
    verbs.join(by=user, network=network)
    assert is_in(user, network)


@pytest.mark.parametrize("state", ["resting", "proposed"])
@pytest.mark.parametrize("how", ["open", "approval"])
def test_nobody_joins_one_that_is_not_active(state, how):
    network, _convenor = convened(how=how, state=state)
    user = servant()
    assert signed_in(user).post(page(network, "join")).status_code == 404
    with pytest.raises(Refused):
        (verbs.join if how == "open" else verbs.ask_to_join)(by=user, network=network)
    assert "networks/x/join" not in signed_in(user).get("/networks/").content.decode()


def test_one_by_invitation_cannot_be_joined():
    network, _convenor = convened(how="invitation")
    user = servant()
    assert signed_in(user).post(page(network, "join")).status_code == 404
    with pytest.raises(Refused):
        verbs.join(by=user, network=network)
    content = signed_in(user).get(detail(network)).content.decode()
    assert "By invitation of a convenor" in content
    assert page(network, "join") not in content


def test_a_day_has_so_many_requests():
    user = servant()
    client = signed_in(user)
    networks = [convened()[0] for _number in range(21)]
    answers = [client.post(page(network, "join")).status_code for network in networks]
    assert answers == [302] * 20 + [422]
    assert not is_in(user, networks[-1])


# --- Ask, let in ----------------------------------------------------------------------------------------------------


def ask(network: Network, user: User, words: str = "I run home care.") -> Admission:
    assert signed_in(user).post(page(network, "join"), {"words": words}).status_code == 302
    return Admission.objects.get(network=network, user=user)


def test_a_convenor_lets_in_who_asked():
    network, convenor = convened(how="approval")
    user = servant("Eleri")
    asked = ask(network, user)
    assert not is_in(user, network)
    assert mails("network_asked", convenor) == 1
    content = signed_in(convenor).get(page(network, "members")).content.decode()
    assert "Eleri" in content
    assert "I run home care." in content
    assert user.email not in content
    assert "Somebody asks to join" in signed_in(convenor).get(detail(network)).content.decode()
    response = signed_in(convenor).post(page(network, "members"), {"do": "admit", "key": asked.pk})
    assert response.status_code == 302
    assert is_in(user, network)
    assert mails("network_asked") == 0
    assert mails("network_answered", user) == 1


def pressed(network: Network, convenor: User, do: str, key: int) -> int:
    """As a browser sends it: with the key that stands on the page."""
    client = signed_in(convenor)
    forms = client.get(page(network, "members")).content.decode().split("<form")
    [wanted] = [form for form in forms if f'value="{do}"' in form and f'name="key" value="{key}"' in form]
    shown = wanted.split('name="key" value="')[1].split('"')[0]
    return client.post(page(network, "members"), {"do": do, "key": shown}).status_code


def test_the_buttons_of_the_page_do_it_however_long_their_keys():
    """A key with separators of thousands is none."""
    network, convenor = convened(how="approval")
    asked, other = ask(network, servant("Eleri")), ask(network, servant("Ffion"))
    assert pressed(network, convenor, "admit", asked.pk) == 302
    assert pressed(network, convenor, "refuse", other.pk) == 302
    assert is_in(asked.user, network)
    assert not is_in(other.user, network)
    invited = invite(network, convenor, servant().email)
    assert pressed(network, convenor, "take_back", invited.pk) == 302
    Membership.objects.filter(user=asked.user).update(id=1_234_567)
    for do in ("convene", "remove"):
        assert pressed(network, convenor, do, 1_234_567) == 302
    assert not is_in(asked.user, network)


def test_or_does_not():
    network, convenor = convened(how="approval")
    user = servant()
    asked = ask(network, user)
    signed_in(convenor).post(page(network, "members"), {"do": "refuse", "key": asked.pk})
    assert not is_in(user, network)
    assert not Admission.objects.exists()
    assert Message.objects.get(kind="network_answered", user=user).context["outcome"] == "refused"


def test_of_two_convenors_who_answer_one_counts():
    network, convenor = convened(how="approval")
    asked = ask(network, servant())
    other = MembershipFactory(network=network, is_convenor=True).user
    assert verbs.decide_admission(by=convenor, admission=asked, admit_them=True)
    assert not verbs.decide_admission(by=other, admission=asked, admit_them=False)
    assert is_in(asked.user, network)


def test_one_request_waits_at_a_time_and_is_taken_back():
    network, _convenor = convened(how="approval")
    user = servant()
    ask(network, user)
    assert signed_in(user).post(page(network, "join"), {"words": "Again"}).status_code == 422
    assert Admission.objects.count() == 1
    assert "Take my request back" in signed_in(user).get(detail(network)).content.decode()
    back = reverse("networks:network-join-back", args=[network.slug])
    assert signed_in(user).post(back).status_code == 302
    assert signed_in(user).post(back).status_code == 404
    assert not Admission.objects.exists()
    assert mails("network_asked") == 0


def test_who_lost_their_job_since_is_not_let_in():
    network, convenor = convened(how="approval")
    user = servant()
    asked = ask(network, user)
    Affiliation.objects.filter(user=user).update(ended_on="2026-11-03")
    verbs.decide_admission(by=convenor, admission=asked, admit_them=True)
    assert not is_in(user, network)


@each("words", NASTY, 4)
def test_nothing_typed_is_lost_and_nothing_breaks(words):
    network, _convenor = convened(how="approval")
    user = servant()
    response = signed_in(user).post(page(network, "join"), {"words": words})
    good = len(words) <= 400 and "\x00" not in words
    assert response.status_code == (302 if good else 422)
    assert Admission.objects.exists() is good


def test_what_nobody_answers_is_erased_and_the_asker_told():
    network, convenor = convened(how="approval")
    user = servant()
    ask(network, user)
    with days_later(28):
        assert verbs.erase_old_admissions() == 0
    with days_later(29):
        assert signed_in(convenor).get(page(network, "members")).content.decode().count("I run home care") == 0
        assert (verbs.erase_old_admissions(), verbs.erase_old_admissions()) == (1, 0)
    assert Message.objects.get(kind="network_answered").context["outcome"] == "silent"
    assert mails("network_asked") == 0


# --- Invite ---------------------------------------------------------------------------------------------------------


def invite(network: Network, convenor: User, address: str) -> Admission:
    response = signed_in(convenor).post(page(network, "members"), {"do": "invite", "address": address})
    assert response.status_code == 302
    return Admission.objects.get(network=network, address=address)


def test_who_is_invited_joins_when_they_say_yes():
    network, convenor = convened(how="invitation")
    user = servant()
    invited = invite(network, convenor, user.email)
    assert mails("network_invited", user) == 1
    content = signed_in(convenor).get(page(network, "members")).content.decode()
    assert user.email not in content
    assert "1 invitation waits" in content
    assert signed_in(user).get(invitation(invited)).status_code == 200
    assert not is_in(user, network)
    assert signed_in(user).post(invitation(invited), {"answer": "accept"})["Location"] == detail(network)
    assert is_in(user, network)
    assert signed_in(user).post(invitation(invited), {"answer": "accept"}).status_code == 404
    assert mails("network_invited") == 0


def test_or_erases_it():
    network, convenor = convened(how="invitation")
    user = servant()
    invited = invite(network, convenor, user.email)
    assert signed_in(user).post(invitation(invited), {}).status_code == 422
    assert signed_in(user).post(invitation(invited), {"answer": "decline"}).status_code == 302
    assert not is_in(user, network)
    assert not Admission.objects.exists()


def test_an_invitation_is_for_its_address_alone():
    network, convenor = convened(how="invitation")
    user = servant()
    invited = invite(network, convenor, user.email)
    for other in (servant("Other"), convenor):
        assert signed_in(other).get(invitation(invited)).status_code == 404
        assert signed_in(other).post(invitation(invited), {"answer": "accept"}).status_code == 404
        with pytest.raises(Refused):
            verbs.answer_invitation(by=other, admission=invited, accept=True)
    user.emailaddress_set.update(verified=False)
    assert signed_in(user).get(invitation(invited)).status_code == 404
    assert signed_in(None).get(invitation(invited))["Location"].startswith("/sign-in/")


def test_an_invitation_runs_out():
    network, convenor = convened(how="invitation")
    user = servant()
    invited = invite(network, convenor, user.email)
    with days_later(29):
        assert signed_in(user).get(invitation(invited)).status_code == 404
        verbs.erase_old_admissions()
    assert not Admission.objects.exists()
    assert mails("network_invited") == 0


def test_who_is_verified_nowhere_says_first_where_they_work():
    network, convenor = convened(how="invitation")
    user = servant()
    invited = invite(network, convenor, user.email)
    Affiliation.objects.filter(user=user).delete()
    content = signed_in(user).get(invitation(invited)).content.decode()
    assert reverse("networks:work") in content
    assert 'value="accept"' not in content
    assert signed_in(user).post(invitation(invited), {"answer": "accept"}).status_code == 422
    assert not is_in(user, network)
    assert Admission.objects.exists()


def take_back(network: Network, convenor: User, invited: Admission) -> str:
    response = signed_in(convenor).post(page(network, "members"), {"do": "take_back", "key": invited.pk}, follow=True)
    return response.content.decode()


def test_an_invitation_is_taken_back_and_its_link_says_so():
    network, convenor = convened(how="invitation")
    user = servant()
    invited = invite(network, convenor, user.email)
    assert "Take it back" in signed_in(convenor).get(page(network, "members")).content.decode()
    content = take_back(network, convenor, invited)
    assert "The invitation is taken back" in content
    assert "waits for an answer" not in content
    assert mails("network_invited") == 0
    for response in (
        signed_in(user).get(invitation(invited)),
        signed_in(user).post(invitation(invited), {"answer": "accept"}),
    ):
        assert response.status_code == 410
        assert "This invitation was taken back" in response.content.decode()
    with pytest.raises(Refused):
        verbs.answer_invitation(by=user, admission=invited, accept=True)
    assert not is_in(user, network)
    assert signed_in(servant("Other")).get(invitation(invited)).status_code == 404


def test_it_is_known_by_half_of_its_address_and_who_asked():
    network, convenor = convened(how="invitation")
    user = servant()
    invite(network, convenor, user.email)
    content = signed_in(convenor).get(page(network, "members")).content.decode()
    assert user.email.split("@")[1] in content
    assert "by Carys" in content
    assert user.email not in content


def test_who_was_asked_to_convene_is_so_no_more_and_may_be_asked_again():
    network, convenor = convened()
    member = member_of(network, "Gwen")
    membership = Membership.objects.get(user=member)
    verbs.ask_to_convene(by=convenor, membership=membership)
    take_back(network, convenor, Admission.objects.get())
    assert not mails("network_convene")
    verbs.ask_to_convene(by=convenor, membership=membership)
    verbs.answer_invitation(by=member, admission=Admission.objects.waiting().get(), accept=True)
    assert convenes(member, network)
    assert not Admission.objects.exists()


def test_what_was_taken_back_is_asked_again_and_erased_in_time():
    network, convenor = convened(how="invitation")
    user = servant()
    first = invite(network, convenor, user.email)
    take_back(network, convenor, first)
    verbs.invite(by=convenor, network=network, address=user.email)
    second = Admission.objects.waiting().get()
    assert signed_in(user).get(invitation(first)).status_code == 410
    assert signed_in(user).get(invitation(second)).status_code == 200
    with days_later(29):
        assert signed_in(user).get(invitation(first)).status_code == 404
        assert verbs.erase_old_admissions() == 2


def test_what_is_answered_is_taken_back_no_more():
    network, convenor = convened(how="invitation")
    user = servant()
    invited = invite(network, convenor, user.email)
    verbs.answer_invitation(by=user, admission=invited, accept=True)
    assert not verbs.take_invitation_back(by=convenor, admission=invited)
    form = {"do": "take_back", "key": invited.pk}
    assert signed_in(convenor).post(page(network, "members"), form).status_code == 404
    assert is_in(user, network)


def test_of_an_answer_and_taking_it_back_at_once_the_first_counts(monkeypatch):
    """The page was read before the other had pressed."""
    network, convenor = convened(how="invitation")
    invited = invite(network, convenor, servant().email)
    monkeypatch.setattr(verbs, "take_invitation_back", lambda **_given: False)
    assert "They have answered already" in take_back(network, convenor, invited)


@pytest.mark.parametrize("who", ["member", "stranger", "convenor of another"])
def test_only_a_convenor_of_it_takes_an_invitation_back(who):
    network, convenor = convened(how="invitation")
    other, stranger = convened(how="invitation")
    invited = invite(network, convenor, servant().email)
    user = {"member": member_of(network), "stranger": servant()}.get(who, stranger)
    form = {"do": "take_back", "key": invited.pk}
    for where in (network, other):
        assert signed_in(user).post(page(where, "members"), form).status_code == 404
    with pytest.raises(Refused):
        verbs.take_invitation_back(by=user, admission=invited)
    assert Admission.objects.waiting().exists()


def test_a_request_to_join_is_not_taken_back_by_a_convenor():
    network, convenor = convened(how="approval")
    asked = ask(network, servant())
    form = {"do": "take_back", "key": asked.pk}
    assert signed_in(convenor).post(page(network, "members"), form).status_code == 404
    with pytest.raises(Refused):
        verbs.take_invitation_back(by=convenor, admission=asked)


def test_whether_somebody_has_an_account_or_is_a_member_is_not_told():
    network, convenor = convened()
    member = member_of(network)
    client = signed_in(convenor)
    texts = set()
    for address in (member.email, servant().email, f"nobody@{member.email.split('@')[1]}"):
        response = client.post(page(network, "members"), {"do": "invite", "address": address}, follow=True)
        texts.add(response.content.decode().split("They are invited")[1][:120])
    assert len(texts) == 1
    assert Admission.objects.count() == 2


@pytest.mark.parametrize("address", ["a@gmail.example", "nonsense", "", "\x00", "a" * 300 + "@x.example"])
def test_only_addresses_of_public_bodies_are_written_to(address):
    network, convenor = convened()
    response = signed_in(convenor).post(page(network, "members"), {"do": "invite", "address": address})
    assert response.status_code == 422
    assert not Admission.objects.exists()
    assert not Message.objects.exists()


def test_twenty_invitations_a_day():
    network, convenor = convened()
    domain = convenor.email.split("@")[1]
    client = signed_in(convenor)
    answers = [
        client.post(page(network, "members"), {"do": "invite", "address": f"p{number}@{domain}"}).status_code
        for number in range(21)
    ]
    assert answers == [302] * 20 + [422]


def test_members_invite_nobody_and_decide_nothing():
    network, _convenor = convened(how="approval")
    member = member_of(network)
    asked = ask(network, servant())
    for form in (
        {"do": "invite", "address": servant().email},
        {"do": "admit", "key": asked.pk},
        {"do": "remove", "key": Membership.objects.first().pk},
    ):
        assert signed_in(member).post(page(network, "members"), form).status_code == 404
    with pytest.raises(Refused):
        verbs.decide_admission(by=member, admission=asked, admit_them=True)
    with pytest.raises(Refused):
        verbs.invite(by=member, network=network, address="a@body.example")
    assert "I run home care" not in signed_in(member).get(page(network, "members")).content.decode()


def test_a_convenor_of_another_network_decides_nothing_here():
    network, _convenor = convened(how="approval")
    asked = ask(network, servant())
    other, stranger = convened(how="approval")
    assert signed_in(stranger).post(page(other, "members"), {"do": "admit", "key": asked.pk}).status_code == 404
    assert signed_in(stranger).post(page(network, "members"), {"do": "admit", "key": asked.pk}).status_code == 404
    membership = Membership.objects.get(network=network)
    assert signed_in(stranger).post(page(other, "members"), {"do": "remove", "key": membership.pk}).status_code == 404


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30, "\x00", "١"])
@pytest.mark.parametrize("do", ["admit", "remove", "convene", "take_back"])
def test_a_key_that_is_none_is_not_found(do, key):
    network, convenor = convened()
    assert signed_in(convenor).post(page(network, "members"), {"do": do, "key": key}).status_code == 404


# --- Leave, remove, hand over ---------------------------------------------------------------------------------------


def test_the_last_convenor_of_an_active_network_does_not_leave():
    network, convenor = convened()
    member_of(network)
    client = signed_in(convenor)
    for form in ({}, {"do": "step_down"}):
        response = client.post(page(network, "leave"), form, follow=True)
        assert "Hand it over first" in response.content.decode()
    assert convenes(convenor, network)


def test_that_guard_is_what_keeps_them(monkeypatch):
    network, convenor = convened()
    monkeypatch.setattr(verbs, "_check_not_last", lambda user, network: None)
    verbs.leave(by=convenor, network=network)
    assert not is_in(convenor, network)


def test_of_a_resting_network_they_may_go():
    network, convenor = convened(state="resting")
    assert verbs.leave(by=convenor, network=network)


def test_hand_over():
    network, convenor = convened()
    member = member_of(network)
    key = Membership.objects.get(user=member).pk
    signed_in(convenor).post(page(network, "members"), {"do": "convene", "key": key})
    asked = Admission.objects.get(kind="convene")
    assert not convenes(member, network)
    assert mails("network_convene", member) == 1
    assert "asked to convene" in signed_in(convenor).get(page(network, "members")).content.decode()
    assert signed_in(convenor).post(page(network, "members"), {"do": "convene", "key": key}).status_code == 422
    assert signed_in(member).post(invitation(asked), {"answer": "accept"}).status_code == 302
    assert convenes(member, network)
    signed_in(convenor).post(page(network, "leave"), {"do": "step_down"})
    assert is_in(convenor, network)
    assert not convenes(convenor, network)
    assert Membership.objects.filter(network=network).count() == 2


def test_who_left_meanwhile_does_not_convene():
    network, convenor = convened()
    member = member_of(network)
    verbs.ask_to_convene(by=convenor, membership=Membership.objects.get(user=member))
    asked = Admission.objects.get()
    Membership.objects.filter(user=member).update(left_on="2026-11-03")
    with pytest.raises(Refused):
        verbs.answer_invitation(by=member, admission=asked, accept=True)
    assert not is_in(member, network)


def test_a_convenor_removes_a_member_who_is_told():
    network, convenor = convened()
    member = member_of(network)
    key = Membership.objects.get(user=member).pk
    assert signed_in(convenor).post(page(network, "members"), {"do": "remove", "key": key}).status_code == 302
    assert not is_in(member, network)
    assert mails("network_removed", member) == 1
    assert AuditEvent.objects.filter(verb="removed from a network").exists()
    assert signed_in(convenor).post(page(network, "members"), {"do": "remove", "key": key}).status_code == 404


def test_nobody_removes_a_convenor():
    network, convenor = convened()
    other = MembershipFactory(network=network, is_convenor=True)
    assert signed_in(convenor).post(page(network, "members"), {"do": "remove", "key": other.pk}).status_code == 422
    assert is_in(other.user, network)


def test_somebody_who_was_removed_may_be_let_in_again():
    network, convenor = convened(how="approval")
    member = member_of(network)
    verbs.remove(by=convenor, membership=Membership.objects.get(user=member))
    asked = ask(network, member)
    verbs.decide_admission(by=convenor, admission=asked, admit_them=True)
    assert is_in(member, network)


# --- Who sees whom --------------------------------------------------------------------------------------------------


def test_members_see_each_others_names_and_no_address():
    network, convenor = convened()
    member = member_of(network, "Gwen")
    UserFactory(name="")
    nameless = MembershipFactory(network=network, user__name="").user
    content = signed_in(member).get(page(network, "members")).content.decode()
    assert "Gwen" in content
    assert "Carys" in content
    assert "Name not given" in content
    for user in (convenor, nameless):
        assert user.email not in content


@pytest.mark.parametrize("name", ["members", "rest"])
def test_for_others_there_is_no_such_page(name):
    network, _convenor = convened()
    for user in (servant(), UserFactory()):
        there, nowhere = (signed_in(user).get(f"/networks/{slug}/{name}/") for slug in (network.slug, "nowhere"))
        assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content) == (404, nowhere.content)


def test_who_left_sees_nobody():
    network, _convenor = convened()
    member = member_of(network)
    verbs.leave(by=member, network=network)
    assert signed_in(member).get(page(network, "members")).status_code == 404


def test_a_closed_account_asks_for_nothing():
    network, convenor = convened(how="approval")
    user = servant()
    asked = ask(network, user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert signed_in(convenor).post(page(network, "members"), {"do": "admit", "key": asked.pk}).status_code == 404
    assert not is_in(user, network)


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow_with_members(number, django_assert_num_queries):
    network, convenor = convened(how="approval")
    for _ in range(number):
        member_of(network)
        AdmissionFactory(network=network, user=servant())
        invited = servant("Inga")
        AdmissionFactory(network=network, user=None, address=invited.email, kind="invited", by=convenor)
    client = signed_in(convenor)
    client.get(page(network, "members"))
    with django_assert_num_queries(MEMBERS_QUERIES):
        client.get(page(network, "members"))


MEMBERS_QUERIES = 11


@pytest.mark.parametrize("name", ["leave", "move", "join/take-back"])
def test_buttons_take_no_get(name):
    network, convenor = convened()
    assert signed_in(convenor).get(f"/networks/{network.slug}/{name}/").status_code == 405
