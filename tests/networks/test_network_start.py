"""Start a network: what there is already, why none fits, and a second convenor from another organisation."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from learning_portal.common.models import AuditEvent, Message, Role, User
from learning_portal.common.public_ids import encode
from learning_portal.common.refused import Refused
from networks import network_start as verbs
from networks.models import Admission, Affiliation, Membership, Network
from networks.network_actions import erase_old_admissions
from tests.cast import give_role
from tests.factories import AffiliationFactory, NetworkFactory, OrganisationFactory, TopicFactory, UserFactory
from tests.networks.networking import NASTY, convened, convenes, days_later, mails, servant, signed_in
from tests.strength import each

pytestmark = pytest.mark.django_db

NEW, LIST, ELSEWHERE = reverse("networks:network-new"), reverse("networks:network-list"), "/networks/elsewhere/new/"


@pytest.fixture
def topic():
    return TopicFactory(name="Rural buses", slug="rural-buses")


def form(address: str, **changed) -> dict:
    words = {"name_en": "Buses and hills", "purpose_en": "For who runs buses.", "how_to_join": "open"}
    return {**words, "why_new": "Ours is about hills.", "address": address, **changed}


def propose(user: User, address: str, **changed):
    return signed_in(user).post(f"{NEW}?topics=rural-buses&sectors=1", form(address, **changed))


def invitation(admission: Admission) -> str:
    return f"/networks/invitations/{encode(admission.pk)}/"


def test_first_it_asks_what_it_would_be_about(topic):
    client = signed_in(servant())
    assert "What is it about?" in client.get(NEW).content.decode()
    assert client.get(f"{NEW}?topics=nothing").status_code == 200
    assert "Ask the second convenor" in client.get(f"{NEW}?topics=rural-buses").content.decode()


def test_it_shows_those_with_the_same_topics_and_asks_why_none_fits(topic):
    same = NetworkFactory(name_en="Buses of the north")
    same.topics.add(topic)
    NetworkFactory(name_en="Something else")
    hidden = NetworkFactory(name_en="Secret buses", state="proposed")
    hidden.topics.add(topic)
    user, other = servant(), servant()
    content = signed_in(user).get(f"{NEW}?topics=rural-buses").content.decode()
    assert "Buses of the north" in content
    assert "Why does none of these fit?" in content
    assert "It is resting" not in content
    Network.objects.filter(pk=same.pk).update(state="resting")
    assert "It is resting" in signed_in(user).get(f"{NEW}?topics=rural-buses").content.decode()
    assert "Something else" not in content
    assert "Secret buses" not in content
    response = propose(user, other.email, why_new="")
    assert response.status_code == 422
    assert "Say why none of the networks above fits" in response.content.decode()
    assert "Buses and hills" in response.content.decode()
    assert propose(user, other.email).status_code == 302


def test_where_there_is_none_it_does_not_ask(topic):
    user, other = servant(), servant()
    assert "Why does none" not in signed_in(user).get(f"{NEW}?topics=rural-buses").content.decode()
    assert propose(user, other.email, why_new="").status_code == 302


def proposed(topic) -> tuple[User, User, Admission]:
    first, second = servant("Ffion"), servant("Second")
    assert propose(first, second.email).status_code == 302
    return first, second, Admission.objects.get()


def test_until_the_second_says_yes_nobody_else_sees_it(topic):
    first, second, asked = proposed(topic)
    network = Network.objects.get()
    assert network.state == "proposed"
    assert not Membership.objects.exists()
    for reader in (None, servant(), second, first):
        assert signed_in(reader).get(f"/networks/{network.slug}/").status_code == 404
    for reader in (None, servant(), second):
        assert "Buses and hills" not in signed_in(reader).get(LIST).content.decode()
    assert "Buses and hills" in signed_in(first).get(LIST).content.decode()
    assert reverse("networks:invitation", args=[asked.pk]) in signed_in(second).get(LIST).content.decode()
    assert signed_in(first).get(reverse("networks:proposed", args=[asked.pk])).status_code == 200
    assert signed_in(second).get(reverse("networks:proposed", args=[asked.pk])).status_code == 404


def test_the_mail_says_who_asks_and_no_word_of_theirs(topic):
    _first, second, _asked = proposed(topic)
    message = Message.objects.get(kind="network_found", user=second)
    assert set(message.context) == {"email", "key"}
    assert "Buses" not in str(message.context)


def test_the_second_says_yes(topic):
    first, second, asked = proposed(topic)
    content = signed_in(second).get(invitation(asked)).content.decode()
    assert "Buses and hills" in content
    assert "For who runs buses." in content
    response = signed_in(second).post(invitation(asked), {"answer": "accept"})
    assert response["Location"] == "/networks/buses-and-hills/"
    network = Network.objects.get()
    assert (network.state, network.slug, network.sectors) == ("active", "buses-and-hills", "1")
    assert list(network.topics.all()) == [topic]
    assert convenes(first, network)
    assert convenes(second, network)
    assert "Buses and hills" in signed_in(None).get(LIST).content.decode()
    assert Message.objects.get(kind="network_answered", user=first).context["outcome"] == "started"
    assert AuditEvent.objects.filter(verb="started a network").exists()
    assert signed_in(second).post(invitation(asked), {"answer": "accept"}).status_code == 404


def test_or_no_and_it_is_erased(topic):
    first, second, asked = proposed(topic)
    assert signed_in(second).post(invitation(asked), {"answer": "decline"}).status_code == 302
    assert not Network.objects.exists()
    assert Message.objects.get(kind="network_answered", user=first).context["outcome"] == "alone"


def test_two_of_one_organisation_are_not_enough(topic):
    first, second, asked = proposed(topic)
    body = Affiliation.objects.get(user=first).organisation
    Affiliation.objects.filter(user=second).update(organisation=body)
    assert "different organisations" in signed_in(second).get(invitation(asked)).content.decode()
    assert signed_in(second).post(invitation(asked), {"answer": "accept"}).status_code == 422
    assert Network.objects.get().state == "proposed"
    AffiliationFactory(user=second, organisation=OrganisationFactory())
    assert verbs.may_found(second, first)


def test_that_guard_is_what_refuses(topic, monkeypatch):
    first, second, asked = proposed(topic)
    Affiliation.objects.filter(user=second).update(organisation=Affiliation.objects.get(user=first).organisation)
    monkeypatch.setattr(verbs, "may_found", lambda user, founder: True)
    assert verbs.found(by=second, admission=asked, accept=True).is_active


def test_a_founder_who_left_their_job_founds_nothing(topic):
    first, second, asked = proposed(topic)
    Affiliation.objects.filter(user=first).update(ended_on="2026-11-03")
    with pytest.raises(Refused):
        verbs.found(by=second, admission=asked, accept=True)


def test_nobody_else_answers(topic):
    first, _second, asked = proposed(topic)
    for other in (servant(), first):
        assert signed_in(other).post(invitation(asked), {"answer": "accept"}).status_code == 404
        with pytest.raises(Refused):
            verbs.found(by=other, admission=asked, accept=True)


def test_ask_somebody_else_or_take_it_back(topic):
    first, second, asked = proposed(topic)
    third = servant()
    here = reverse("networks:proposed", args=[asked.pk])
    assert signed_in(first).post(here, {"do": "ask", "address": "a@gmail.example"}).status_code == 422
    assert signed_in(first).post(here, {"do": "ask", "address": third.email}).status_code == 302
    assert signed_in(second).get(invitation(asked)).status_code == 404
    assert mails("network_found", second) == 0
    asked = Admission.objects.get()
    assert signed_in(third).get(invitation(asked)).status_code == 200
    here = reverse("networks:proposed", args=[asked.pk])
    assert signed_in(servant()).post(here, {"do": "take_back"}).status_code == 404
    assert signed_in(first).post(here, {}).status_code == 422
    assert signed_in(first).post(here, {"do": "take_back"}).status_code == 302
    assert not Network.objects.exists()
    assert not Admission.objects.exists()
    assert mails("network_found") == 0


def test_a_proposal_that_nobody_answers_is_erased(topic):
    first, _second, _asked = proposed(topic)
    with days_later(29):
        assert erase_old_admissions() == 1
    assert not Network.objects.exists()
    assert Message.objects.get(kind="network_answered", user=first).context["outcome"] == "alone"


def test_with_its_founder_a_proposal_goes(topic):
    first, _second, _asked = proposed(topic)
    first.delete()
    assert not Admission.objects.exists()


@pytest.mark.parametrize("address", ["own", "a@gmail.example", "", "nonsense", "\x00"])
def test_a_second_convenor_is_somebody_else_at_a_public_body(topic, address):
    user = servant()
    assert propose(user, user.email if address == "own" else address).status_code == 422
    assert not Network.objects.exists()


def test_who_is_verified_nowhere_starts_nothing(topic):
    user = UserFactory()
    assert signed_in(user).get(NEW)["Location"] == reverse("networks:work")
    assert propose(user, servant().email)["Location"] == reverse("networks:work")
    assert not Network.objects.exists()


@pytest.mark.parametrize("name", ["name_en", "name_cy", "purpose_en", "why_new", "how_to_join", "address"])
@each("text", NASTY, 4)
def test_nothing_breaks_it(topic, name, text):
    NetworkFactory().topics.add(topic)
    typed = {**form(servant().email), name: text}
    response = signed_in(servant()).post(f"{NEW}?topics=rural-buses", typed)
    assert response.status_code in {302, 422}


@pytest.mark.parametrize("query", ["topics=%00", "topics=" + "x" * 5000, "sectors=99", "topics=a&topics=b", "x=1"])
def test_a_strange_address_asks_again(topic, query):
    assert signed_in(servant()).get(f"{NEW}?{query}").status_code == 200
    response = signed_in(servant()).post(f"{NEW}?{query}", form("a@b.example", why_new="Ours is of hills."))
    assert response.status_code == 422
    for words in ("Buses and hills", "For who runs buses.", "Ours is of hills.", "a@b.example"):
        assert words in response.content.decode()
    assert not Network.objects.exists()


def test_welsh_alone_is_enough(topic):
    user, other = servant(), servant()
    words = {"name_en": "", "purpose_en": "", "name_cy": "Bysiau a bryniau", "purpose_cy": "I bawb."}
    assert propose(user, other.email, **words).status_code == 302
    assert propose(user, other.email, **{**words, "purpose_cy": ""}).status_code == 422
    verbs.found(by=other, admission=Admission.objects.get(), accept=True)
    content = signed_in(None).get("/networks/bysiau-a-bryniau/").content.decode()
    assert '<h1 class="govuk-heading-xl" lang="cy">Bysiau a bryniau</h1>' in content


def test_five_proposals_a_day(topic):
    user, other = servant(), servant()
    assert [propose(user, other.email).status_code for _number in range(6)] == [302] * 5 + [422]


# --- Addresses ------------------------------------------------------------------------------------------------------


@given(st.text(max_size=120))
def test_every_name_has_a_safe_address(name):
    found = verbs.slugs_for(name)
    first, second = next(found), next(found)
    assert first != second
    assert len(first) <= 60
    assert first not in verbs.RESERVED
    assert first.isascii()
    assert set(first) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


def test_a_name_that_is_taken_gets_a_number(topic):
    NetworkFactory(slug="buses-and-hills")
    _first, second, asked = proposed(topic)
    assert verbs.found(by=second, admission=asked, accept=True).slug == "buses-and-hills-2"


def test_the_name_of_a_page_is_no_address():
    assert next(verbs.slugs_for("New")) == "new-2"
    assert next(verbs.slugs_for("Ŵyn a gwlân")) == "wyn-a-gwlan"


# --- Elsewhere, and change ------------------------------------------------------------------------------------------


@pytest.fixture
def team():
    user = servant("Team")
    give_role(user, Role.PROGRAMME_TEAM)
    return user


LISTING = {
    "name_en": "Homes elsewhere",
    "purpose_en": "Housing officers.",
    "elsewhere_url": "https://homes.example/join",
    "joining_en": "Write to the convenor.",
    "convenor_name": "Ann Example",
    "convenor_role": "Head of homes, Example Homes",
}


def test_the_team_lists_one_that_lives_elsewhere(team, topic):
    response = signed_in(team).post(ELSEWHERE, {**LISTING, "topics": ["rural-buses"], "sectors": ["1", "7"]})
    assert response["Location"] == "/networks/homes-elsewhere/"
    network = Network.objects.get()
    assert (network.how_to_join, network.sectors) == ("elsewhere", "1|7")
    content = signed_in(None).get("/networks/homes-elsewhere/").content.decode()
    for words in ("https://homes.example/join", "Ann Example", "Write to the convenor.", "Last checked", "Rural buses"):
        assert words in content
    assert "Check or change" not in content


def test_and_checks_it_again(team):
    signed_in(team).post(ELSEWHERE, LISTING)
    here = "/networks/homes-elsewhere/edit/"
    Network.objects.update(checked_on="2020-01-01")
    assert "1 January 2020" in signed_in(team).get(here).content.decode()
    assert signed_in(team).post(here, {"do": "checked"}).status_code == 302
    assert str(Network.objects.get().checked_on) != "2020-01-01"
    assert signed_in(team).post(here, {**LISTING, "convenor_name": "Bob Example"}).status_code == 302
    assert Network.objects.get().convenor_name == "Bob Example"
    for do, state in (("rest", "resting"), ("wake", "active")):
        signed_in(team).post(here, {"do": do})
        assert Network.objects.get().state == state


@pytest.mark.parametrize(
    "changed",
    [
        {"elsewhere_url": ""},
        {"elsewhere_url": "javascript:alert(1)"},
        {"elsewhere_url": "ftp://homes.example"},
        {"convenor_name": ""},
        {"joining_en": ""},
        {"name_en": ""},
        {"name_en": "x" * 121},
        {"purpose_en": "a\x00b"},
        {"sectors": ["99"]},
        {"topics": ["none"]},
    ],
)
def test_a_listing_says_all_that_is_needed(team, changed):
    response = signed_in(team).post(ELSEWHERE, {**LISTING, **changed})
    assert response.status_code == 422
    assert not Network.objects.exists()


def test_only_the_team_does(team):
    signed_in(team).post(ELSEWHERE, LISTING)
    network = Network.objects.get()
    user = servant()
    assert signed_in(user).post(ELSEWHERE, LISTING).status_code == 404
    assert signed_in(user).post("/networks/homes-elsewhere/edit/", {"do": "checked"}).status_code == 404
    for verb in (verbs.check_listing, verbs.unlist):
        more = {"is_there": False} if verb is verbs.unlist else {}
        with pytest.raises(Refused):
            verb(by=user, network=network, **more)
    with pytest.raises(Refused):
        verbs.list_elsewhere(by=user, words=LISTING, topics=[], sectors=[])


def test_a_convenor_changes_the_words(team):
    network, convenor = convened(how="approval")
    here = reverse("networks:network-edit", args=[network.slug])
    words = {"name_en": "New name", "purpose_en": "New purpose.", "how_to_join": "invitation"}
    for other in (servant(), team):
        assert signed_in(other).post(here, words).status_code == 404
    assert signed_in(convenor).get(here).status_code == 200
    assert signed_in(convenor).post(here, words).status_code == 302
    network.refresh_from_db()
    assert (network.name, network.how_to_join) == ("New name", "invitation")


@pytest.mark.parametrize(("now", "then"), [("approval", "open"), ("invitation", "approval"), ("open", "elsewhere")])
def test_a_network_is_never_made_more_open(now, then):
    """Its stories were told for those who could join then."""
    network, convenor = convened(how=now)
    words = {"name_en": "New name", "purpose_en": "New purpose.", "how_to_join": then}
    response = signed_in(convenor).post(reverse("networks:network-edit", args=[network.slug]), words)
    assert response.status_code == 422
    network.refresh_from_db()
    assert network.how_to_join == now
