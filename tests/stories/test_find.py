""" "Ask us to find someone", and the matching desk that does."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning_portal.common.actions import make_roles
from learning_portal.common.models import Message, Role, User
from networks.introductions import desk
from networks.models import Contact, Introduction
from tests.cast import give_role
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    MembershipFactory,
    TopicFactory,
    UserFactory,
    make_story,
)

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PLAN = "We want home carers to record visits on tablets where the signal is poor."
TYPED = {"plan": PLAN, "question": "How did you get staff to use it?", "format": "video"}
State = Introduction.State


@pytest.fixture
def topic():
    return TopicFactory(name="Poor signal", slug="poor-signal", words_en="signal is poor")


@pytest.fixture
def reader(client):
    person = AffiliationFactory(user=UserFactory(name="Ann Asker")).user
    client.force_login(person, backend=BACKEND)
    return person


@pytest.fixture
def team(client):
    make_roles(by="test")
    person = UserFactory()
    give_role(person, Role.PROGRAMME_TEAM)
    client.force_login(person, backend=BACKEND)
    return person


def lies(topic=None, by: User | None = None, **fields) -> Introduction:
    """A request at the desk."""
    asker = by or AffiliationFactory(user=UserFactory(name="Ann Asker")).user
    made = Introduction.objects.create(
        **{
            "asker": asker,
            "questions": "How?",
            "plan": PLAN,
            "format": "video",
            "state": State.AT_DESK,
            "sent_on": timezone.localdate(),
            **fields,
        }
    )
    if topic:
        made.topics.add(topic)
    return made


def host(topic, **fields) -> Contact:
    card = ContactFactory(
        **{"user": UserFactory(), "verified_on": timezone.localdate(), "formats": "video", "name": "Hal Host", **fields}
    )
    card.can_help_with.add(topic)
    return card


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_from_a_weak_answer_to_the_desk(client, reader, topic):
    kept = client.post("/plan/", {"text": PLAN, "organisation": ""})
    key = kept["Location"].split("/")[2]
    answer = client.get(kept["Location"]).content.decode()
    assert f"/find/?plan={key}" in answer.replace("&amp;", "&") or f"plan={key}" in answer
    page = client.get(f"/find/?plan={key}").content.decode()
    assert PLAN in page
    assert f'href="/plan/{key}/' in page
    check = client.post(f"/find/?plan={key}&topic=poor-signal", {**TYPED, "do": "look"}).content.decode()
    assert PLAN in check
    assert "Poor signal" in check
    assert not Introduction.objects.exists()
    sent = client.post(f"/find/?plan={key}&topic=poor-signal", {**TYPED, "do": "send"}, follow=True).content.decode()
    made = Introduction.objects.get()
    assert (made.asker, made.state, made.host, made.plan) == (reader, State.AT_DESK, None, PLAN)
    assert list(made.topics.all()) == [topic]
    assert "We have your request. We cannot say yet how long it takes" in sent


def test_topics_come_from_the_words_where_no_answer_led_here(client, reader, topic):
    client.post("/find/", {**TYPED, "do": "send"})
    assert list(Introduction.objects.get().topics.all()) == [topic]


def test_change_it_loses_nothing(client, reader):
    page = client.post("/find/", {**TYPED, "do": "change"}).content.decode()
    assert PLAN in page
    assert TYPED["question"] in page
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("missing", ["plan", "question", "format"])
def test_what_is_missing_is_said_and_the_rest_is_kept(client, reader, missing):
    typed = {**TYPED, "do": "send", missing: ""}
    response = client.post("/find/", typed)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert all(typed[name] in response.content.decode() for name in ("plan", "question") if name != missing)
    assert not Introduction.objects.exists()


@pytest.mark.parametrize(
    "odd", [{"plan": "x" * 100_000}, {"plan": "a\x00b"}, {"question": "😀" * 300}, {"format": "seance"}]
)
def test_odd_words_are_refused_calmly(client, reader, odd):
    assert client.post("/find/", {**TYPED, **odd, "do": "send"}).status_code == 422
    assert not Introduction.objects.exists()


def test_five_a_day(client, reader):
    for _ in range(5):
        assert client.post("/find/", {**TYPED, "do": "send"}).status_code == 302
    response = client.post("/find/", {**TYPED, "do": "send"})
    assert response.status_code == 422
    assert PLAN in response.content.decode()


def test_who_has_no_name_yet_gives_one(client):
    person = UserFactory(name="")
    client.force_login(person, backend=BACKEND)
    assert client.post("/find/", {**TYPED, "do": "send"}).status_code == 422
    client.post("/find/", {**TYPED, "name": "Bea", "do": "send"})
    person.refresh_from_db()
    assert person.name == "Bea"


def test_a_visitor_signs_in_first(client):
    assert client.get("/find/").status_code == 302
    assert client.put("/find/").status_code in {302, 405}


# --- The desk --------------------------------------------------------------------------------------------------------


def test_the_oldest_first(client, team, topic):
    today = timezone.localdate()
    lies(topic, plan="Newer plan")
    lies(topic, plan="Older plan", sent_on=today - datetime.timedelta(days=9))
    page = client.get("/desk/").content.decode()
    assert page.index("Older plan") < page.index("Newer plan")
    assert "9 days" in page
    assert "2 people look for somebody" in page


def test_introduce_in_two_clicks(client, team, topic):
    asked, card = lies(topic), host(topic)
    make_story(topics=[topic])
    page = client.get(f"/desk/{asked.public_id}/").content.decode()
    assert "Hal Host" in page
    assert "Says they know: Poor signal" in page
    assert "Tablets that stayed in the van" in page
    client.post(f"/desk/{asked.public_id}/", {"do": "introduce", "person": card.public_id})
    asked.refresh_from_db()
    assert (asked.state, asked.host) == (State.ASKED, card)
    assert Message.objects.filter(user=card.user, kind="meeting_asked").exists()
    assert "Nobody waits." in client.get("/desk/").content.decode()


def test_ask_a_networks_convenor(client, team, topic):
    asked = lies(topic)
    card = ContactFactory(user=UserFactory(), verified_on=timezone.localdate(), name="Con Venor", formats="video")
    MembershipFactory(user=card.user, is_convenor=True)
    assert "Con Venor" in client.get(f"/desk/{asked.public_id}/").content.decode()
    client.post(f"/desk/{asked.public_id}/", {"do": "introduce", "person": card.public_id})
    asked.refresh_from_db()
    assert asked.host == card


def test_nobody_yet(client, team, topic):
    asked = lies(topic)
    client.post(f"/desk/{asked.public_id}/", {"do": "nobody"})
    asked.refresh_from_db()
    assert asked.state == State.NOBODY
    assert Message.objects.filter(user=asked.asker, kind="meeting_moved_on").exists()


@pytest.mark.parametrize("person", ["", "guess", "0000000000001", "\x00", "9" * 30])
def test_only_whom_the_page_offers(client, team, topic, person):
    asked = lies(topic)
    response = client.post(f"/desk/{asked.public_id}/", {"do": "introduce", "person": person})
    assert response.status_code == 422
    assert "Choose whom to ask." in response.content.decode()
    asked.refresh_from_db()
    assert asked.state == State.AT_DESK


def test_not_whom_the_asker_may_not_see_and_not_whom_the_team_may_not(client, team, topic):
    asked = lies(topic)
    shared = MembershipFactory(user=asked.asker).network
    theirs = host(topic, name="Of a network", audience="networks")
    MembershipFactory(user=theirs.user, network=shared)
    members = host(topic, name="For members", audience="members")
    page = client.get(f"/desk/{asked.public_id}/").content.decode()
    assert "Of a network" not in page
    assert "For members" not in page
    for card in (theirs, members):
        assert (
            client.post(f"/desk/{asked.public_id}/", {"do": "introduce", "person": card.public_id}).status_code == 422
        )


def test_not_the_askers_own_organisation(client, team, topic):
    job = AffiliationFactory()
    asked = lies(topic, by=job.user)
    host(topic, organisation=job.organisation)
    assert "Hal Host" not in client.get(f"/desk/{asked.public_id}/").content.decode()


def test_ones_own_request_is_for_others(client, team, topic):
    asked = lies(topic, by=team)
    assert client.get(f"/desk/{asked.public_id}/").status_code == 404


def test_for_the_programme_team_alone(client, reader, topic):
    asked = lies(topic)
    for path in ("/desk/", f"/desk/{asked.public_id}/"):
        assert client.get(path).status_code == 404
    assert client.post(f"/desk/{asked.public_id}/", {"do": "nobody"}).status_code == 404


def test_answered_meanwhile(client, team, topic):
    asked = lies(topic)
    Introduction.objects.update(state=State.WITHDRAWN, ended_on=timezone.localdate())
    assert client.post(f"/desk/{asked.public_id}/", {"do": "nobody"}).status_code == 404


def test_the_team_hears_how_many_wait(team, topic):
    desk.tell_desk()
    assert not Message.objects.filter(kind="desk_waiting").exists()
    lies(topic)
    lies(topic)
    desk.tell_desk()
    desk.tell_desk()
    assert [message.context for message in Message.objects.filter(user=team, kind="desk_waiting")] == [{"number": 2}]


def test_the_queries_do_not_grow(client, team, topic):
    def queries(path: str) -> int:
        """Those that read: now and then a role's session notes that its holder is there."""
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return sum(query["sql"].startswith("SELECT") for query in captured)

    asked = lies(topic)
    for _ in range(5):
        lies(topic)
    host(topic)
    paths = ("/desk/", f"/desk/{asked.public_id}/")
    for path in paths:
        queries(path)
    counted = {path: queries(path) for path in paths}
    for _ in range(29):
        lies(topic)
        host(topic)
    assert {path: queries(path) for path in counted} == counted


# --- How long, and what nobody could help with -----------------------------------------------------------------------


def test_the_wait_is_told_from_five_answers_on(client, reader, team, topic):
    client.force_login(reader, backend=BACKEND)
    for number in range(5):
        person = AffiliationFactory(user=UserFactory(name=f"Asker {number}")).user
        client.force_login(person, backend=BACKEND)
        client.post("/find/", {**TYPED, "do": "send"})
    today = timezone.localdate()
    assert desk.waits(today) == ([], [0] * 5)
    client.force_login(team, backend=BACKEND)
    for asked in desk.at_desk():
        client.post(f"/desk/{asked.public_id}/", {"do": "nobody"})
    assert desk.waits(today) == ([0] * 5, [])
    client.force_login(reader, backend=BACKEND)
    check = client.post("/find/", {**TYPED, "do": "look"}).content.decode()
    assert re.search(r"Half of those who asked heard from us within 0 working days", check)


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_what_people_look_for_is_told_from_five_on(client, topic, people, shown):
    for _ in range(people):
        lies(topic)
    assert ("What people are looking for" in client.get("/").content.decode()) == shown


def test_one_person_five_times_is_one(client, topic):
    person = UserFactory()
    for _ in range(5):
        lies(topic, by=person)
    assert desk.unmet_topics(timezone.localdate()) == []
