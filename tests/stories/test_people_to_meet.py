"""Whom to meet: for a plan, a story, topics, or oneself."""

import datetime
import random
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from networks.choices import TopicGroup
from networks.meeting import Knows
from networks.models import Block, Preferences
from stories import hosts
from stories.choices import Audience, Status, Voice
from stories.knowledge import knowledge
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    IntroductionFactory,
    MembershipFactory,
    OrganisationFactory,
    TopicFactory,
    UserFactory,
    make_story,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/people/meet/"


@pytest.fixture
def topic():
    return TopicFactory(name="Poor signal", name_cy="Signal gwael", slug="poor-signal")


def card(topic=None, **fields):
    reach = {"team_mailbox": "team@council.example", "formats": "video|visit"}
    found = ContactFactory(**{"verified_on": timezone.localdate(), **reach, **fields})
    if topic:
        found.can_help_with.add(topic)
    return found


def names(client, query="?topic=poor-signal") -> list[str]:
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 200
    return re.findall(r'lp-person__name"><a [^>]+>([^<]+)<', response.content.decode())


def words(client, query="?topic=poor-signal") -> str:
    return client.get(f"{ADDRESS}{query}").content.decode()


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_who_says_that_they_know(client, topic):
    card(topic, name="Ann Example")
    card(TopicFactory(), name="Bob Example")
    assert names(client) == ["Ann Example"]
    assert "Says they know: Poor signal" in words(client)
    assert "Open to: Video call, Visit" in words(client)


def test_the_contact_of_a_story_comes_before_its_author_before_who_says_so(client, topic):
    author = UserFactory()
    card(topic, name="Says Example")
    told = card(name="Told Example", user=author)
    contact = card(name="Contact Example")
    make_story(topics=[topic], author=author)
    make_story(topics=[topic], contacts=[contact])
    assert names(client) == ["Contact Example", "Told Example", "Says Example"]
    assert "Story contact on: Poor signal" in words(client)
    assert "Helped with a story on: Poor signal" in words(client)
    assert told.user == author


@pytest.mark.parametrize(
    "hidden",
    [
        {"audience": Audience.MEMBERS},
        {"audience": Audience.FRONT_LINE},
        {"status": Status.SUBMITTED},
        {"status": Status.WITHDRAWN},
    ],
)
def test_a_story_that_the_reader_may_not_open_says_nothing_of_anybody(client, topic, hidden):
    author = UserFactory()
    card(name="Told Example", user=author)
    make_story(topics=[topic], author=author, contacts=[card(name="Contact Example")], **hidden)
    assert names(client) == []


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL])
def test_who_told_a_story_without_their_name_is_not_found_by_it(client, topic, voice):
    author = UserFactory()
    card(name="Told Example", user=author)
    make_story(topics=[topic], author=author, voice=voice)
    assert names(client) == []
    client.force_login(AffiliationFactory().user)
    assert names(client) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"verified_on": None},
        {"verified_on": datetime.date(2020, 1, 1)},
        {"archived_on": datetime.date(2026, 11, 1)},
        {"paused_until": datetime.date(2099, 1, 1)},
        {"monthly_limit": 0},
        {"audience": "members"},
        {"audience": "networks"},
    ],
    ids=str,
)
def test_who_is_not_to_be_asked(client, topic, fields):
    card(topic, name="Ann Example", **fields)
    assert names(client) == []


def test_who_moved_on_is_found_where_they_are_now(client, topic):
    new = card(topic, name="Ann Now")
    card(topic, name="Ann Before", moved_to=new)
    assert names(client) == ["Ann Now"]


def test_cards_for_members_and_for_networks(client, topic):
    host = UserFactory()
    network = MembershipFactory(user=host).network
    card(topic, name="Members Example", audience="members")
    card(topic, name="Networks Example", audience="networks", user=host)
    member = AffiliationFactory().user
    client.force_login(member)
    assert names(client) == ["Members Example"]
    MembershipFactory(user=member, network=network)
    assert sorted(names(client)) == ["Members Example", "Networks Example"]
    unproved = UserFactory()
    client.force_login(unproved)
    assert names(client) == []


def test_nobody_of_ones_own_organisation_and_not_oneself(client, topic):
    reader = AffiliationFactory()
    card(topic, name="Colleague Example", organisation=reader.organisation)
    card(topic, name="Own Card", user=reader.user)
    card(topic, name="Ann Example")
    client.force_login(reader.user)
    assert names(client) == ["Ann Example"]


def test_never_over_their_limit(client, topic):
    ann = card(topic, name="Ann Example", monthly_limit=1)
    for number in range(3):
        assert names(client) == ["Ann Example"], number
        IntroductionFactory(host=ann, asked_on=timezone.localdate())
    assert names(client) == []


def test_nobody_who_has_blocked_the_reader(client, topic):
    reader = AffiliationFactory().user
    ann = card(topic, name="Ann Example")
    client.force_login(reader)
    assert names(client) == ["Ann Example"]
    Block.objects.create(contact=ann, user=reader, on=timezone.localdate())
    assert names(client) == []


def test_nobody_to_whom_nothing_would_come(client, topic):
    card(topic, name="Nobody", team_mailbox="")
    gone = UserFactory(is_active=False)
    card(topic, name="Gone", team_mailbox="", user=gone)
    card(topic, name="Ann Example", team_mailbox="", user=UserFactory())
    assert names(client) == ["Ann Example"]


def test_only_who_meets_in_that_way(client, topic):
    card(topic, name="Ann Example", formats="call")
    card(topic, name="Bob Example", formats="visit")
    assert names(client, "?topic=poor-signal&format=visit") == ["Bob Example"]


def test_only_who_is_within_reach(client, topic):
    here = OrganisationFactory(latitude=52.0, longitude=-3.5)
    near = OrganisationFactory(latitude=52.2, longitude=-3.5)
    far = OrganisationFactory(latitude=54.0, longitude=-3.5)
    nowhere = OrganisationFactory()
    for name, organisation in (("Near", near), ("Far", far), ("Nowhere", nowhere)):
        card(topic, name=name, organisation=organisation)
    client.force_login(AffiliationFactory(organisation=here).user)
    assert sorted(names(client)) == ["Far", "Near", "Nowhere"]
    assert names(client, "?topic=poor-signal&within=25") == ["Near"]


def test_of_a_story_its_topics(client, topic):
    story = make_story(topics=[topic])
    card(topic, name="Ann Example")
    assert names(client, f"?story={story.public_id}") == ["Ann Example"]
    assert story.get_absolute_url() in words(client, f"?story={story.public_id}")


def test_of_a_story_that_the_reader_may_not_open_nothing(client, topic):
    story = make_story(topics=[topic], audience=Audience.MEMBERS)
    card(topic, name="Ann Example")
    hidden, guessed = (words(client, f"?story={public_id}") for public_id in (story.public_id, "0000000000001"))
    assert without_token(hidden) == without_token(guessed).replace("0000000000001", story.public_id)


def test_of_a_plan_the_way_back(client, topic):
    kept = client.post("/plan/", {"text": "Tablets where the signal is poor", "organisation": ""})
    client.get(kept["Location"])
    key = kept["Location"].split("/")[2]
    page = words(client, f"?plan={key}&topic=poor-signal")
    assert "Back to your plan" in page
    assert kept["Location"].replace("&", "&amp;") in page


def test_who_is_asked_may_be_sent_the_plan(client, topic):
    ann = card(topic, name="Ann Example", team_mailbox="team@council.example")
    kept = client.post("/plan/", {"text": "Tablets where the signal is poor", "organisation": ""})
    key = kept["Location"].split("/")[2]
    address = f"/people/{ann.public_id}/ask/?plan={key}"
    assert f'href="{address}"' in words(client, f"?plan={key}&topic=poor-signal")
    assert "Tablets where the signal is poor" in client.get(address).content.decode()


@pytest.mark.parametrize("key", ["", "abcdefgh", "%00", "9" * 30])
def test_of_a_plan_that_is_not_the_readers_nothing_is_kept(client, topic, key):
    ann = card(topic, name="Ann Example", team_mailbox="team@council.example")
    assert f'href="/people/{ann.public_id}/ask/"' in words(client, f"?plan={key}&topic=poor-signal")
    assert "your plan" not in client.get(f"/people/{ann.public_id}/ask/?plan={key}").content.decode()


def test_for_oneself_what_one_wants_to_learn(client, topic):
    reader = AffiliationFactory().user
    Preferences.objects.create(user=reader).wants.add(topic)
    card(topic, name="Ann Example")
    client.force_login(reader)
    assert names(client, "") == ["Ann Example"]
    assert "We begin with what you said you want to learn." in words(client, "")
    assert 'href="/account/interests/"' in words(client, "").split("We begin with")[1]
    assert names(client, "?topic=") == []


def test_for_oneself_what_stands_on_ones_card(client, topic):
    reader = AffiliationFactory()
    own = card(user=reader.user, organisation=reader.organisation)
    own.wants_to_learn.add(topic)
    card(topic, name="Ann Example")
    client.force_login(reader.user)
    assert names(client, "") == ["Ann Example"]
    assert 'href="/account/card/learn/"' in words(client, "").split("We begin with")[1]


def test_what_is_chosen_stands_before_what_one_wants_to_learn(client, topic):
    reader = AffiliationFactory().user
    Preferences.objects.create(user=reader).wants.add(topic)
    client.force_login(reader)
    assert names(client, "?topic=") == []
    assert "We begin with" not in words(client, "?topic=")


def test_nothing_chosen_and_nobody_found(client, topic):
    assert "Choose a topic to see who knows about it." in words(client, "")
    assert "We found nobody to suggest" in words(client)


def test_whoever_is_shown_somebody_else_can_be_looked_for(client, topic):
    card(topic, name="Ann Example")
    assert 'href="/find/?topic=poor-signal">Ask us to find someone' in words(client)


def test_in_welsh(client, topic):
    card(topic, name="Ann Example")
    client.cookies["django_language"] = "cy"
    assert "Signal gwael" in words(client)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_for_reading(client, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    "query",
    [
        "?topic=%00",
        "?topic=nothing",
        "?story=%00",
        "?story=zzzz",
        "?story=" + "9" * 30,
        "?plan=%F0%9F%98%80",
        "?plan=%00",
        "?plan=" + "9" * 30,
        "?format=x",
        "?within=-1",
        "?within=" + "9" * 40,
    ],
)
def test_what_is_odd_in_the_address_counts_as_not_said(client, topic, query):
    assert names(client, query) == []
    assert names(client, f"{query}&topic=poor-signal") == []


def test_no_address_of_anybody(client, topic):
    card(topic, user=UserFactory(email="ann@council.example"), team_mailbox="team@council.example")
    assert "@council.example" not in words(client)


def test_the_queries_do_not_grow(client, topic):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{ADDRESS}?topic=poor-signal")
        return len(captured)

    def tell() -> None:
        author = UserFactory()
        make_story(topics=[topic], author=author, contacts=[card(topic, user=author)])

    tell()
    one = queries()
    for _ in range(29):
        tell()
    assert queries() == one


def test_at_most_ten(client, topic):
    for _ in range(12):
        card(topic)
    assert len(names(client)) == 10


@pytest.mark.parametrize(("first", "at_once"), [(1, 1), (1, 2), (2, 3), (3, 1_000)])
def test_nobody_who_is_not_read_could_have_come_among_the_best(monkeypatch, topic, first, at_once):
    """Also where those of whom most is known are hidden, busy or were not heard of for long."""
    draw, other, today = random.Random(first), TopicFactory(), timezone.localdate()
    for number in range(30):
        days = draw.choice([0, 100, 700, 900])
        host = card(
            draw.choice([None, topic]),
            user=UserFactory(),
            verified_on=today - datetime.timedelta(days=days),
            monthly_limit=draw.choice([0, 1, 2]),
            audience=draw.choice(["public", "members"]),
        )
        if number % 3:
            host.can_help_with.add(other)
        if not number % 4:
            make_story(topics=draw.sample([topic, other], draw.choice([1, 2])), contacts=[host])
        if not number % 5:
            IntroductionFactory(host=host, asked_on=today)
    wanted = hosts.Wanted([topic, other], OrganisationFactory(population=90_000))

    def found(limit: int) -> list:
        return [
            (one.contact.pk, one.match.priority)
            for one in hosts.people_to_meet(AnonymousUser(), wanted, today, limit=limit)
        ]

    everybody = found(1_000)
    assert len(everybody) > 3
    monkeypatch.setattr(hosts, "FIRST", first)
    monkeypatch.setattr(hosts, "AT_ONCE", at_once)
    assert [found(limit) for limit in (1, 3, 1_000)] == [everybody[:1], everybody[:3], everybody]


def test_the_best_evidence_of_a_topic_is_kept(topic):
    host, other = card(topic), TopicFactory()
    host.can_help_with.add(other, third := TopicFactory())
    make_story(topics=[topic], contacts=[host])
    make_story(topics=[other], contacts=[])
    author = UserFactory()
    told = card(other, user=author)
    make_story(topics=[topic, other], author=author)
    keys = [topic.pk, other.pk, third.pk]
    assert dict(knowledge(AnonymousUser(), keys)) == {
        host.pk: {topic.pk: Knows.CONTACT, other.pk: Knows.SAYS_SO, third.pk: Knows.SAYS_SO},
        told.pk: {topic.pk: Knows.CONTRIBUTED, other.pk: Knows.CONTRIBUTED},
    }
    assert not list(knowledge(AnonymousUser(), []))


def test_every_group_of_topics_can_be_chosen(client):
    for group in TopicGroup:
        TopicFactory(group=group, name=f"One of {group}", code=9 if group == TopicGroup.SERVICE else None)
    page = words(client, "")
    assert all(f"One of {group}" in page for group in TopicGroup)


def test_the_plan_and_the_story_lead_here(client, topic):
    story = make_story(topics=[topic])
    page = client.get(story.get_absolute_url()).content.decode()
    assert f"{reverse('stories:people-to-meet')}?story={story.public_id}" in page
