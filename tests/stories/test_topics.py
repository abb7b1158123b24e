"""The page of topics: the controlled vocabulary, and how many stories this reader may open about each."""

import re

import pytest
from django.urls import reverse

from networks.choices import TopicGroup
from stories.choices import Audience, Status
from tests.factories import AffiliationFactory, TopicFactory, make_story

pytestmark = pytest.mark.django_db


def page_of(client) -> str:
    response = client.get(reverse("stories:topic-list"))
    assert response.status_code == 200
    return response.content.decode()


def count_of(page: str, slug: str) -> int:
    """The number beside a topic; 0 where it is no link."""
    found = re.search(rf'={slug}">[^<]+</a> <span class="lp-quiet">\((\d+)\)', page)
    return int(found[1]) if found else 0


def test_every_group_with_names_and_meanings(client):
    for group in TopicGroup:
        code = 9 if group == TopicGroup.SERVICE else None
        topic = TopicFactory(group=group, name=f"Name of {group}", meaning_en=f"Meaning of {group}.", code=code)
        make_story(topics=[topic])
    page = page_of(client)
    for group in TopicGroup:
        assert f'<a class="govuk-link" href="#group-{group}">{group.label}</a>' in page
        assert f'id="group-{group}">{group.label}</h2>' in page
        assert f"Name of {group}" in page
        assert f"Meaning of {group}." in page


def test_topics_are_counted_and_lead_to_their_stories(client):
    topics = [
        TopicFactory(slug=f"t-{group}", group=group, code=9 if group == TopicGroup.SERVICE else None)
        for group in TopicGroup
    ]
    make_story(topics=topics)
    make_story(topics=topics)
    page = page_of(client)
    for topic in topics:
        assert f"{reverse('stories:story-list')}?{topic.group}={topic.slug}" in page
        assert count_of(page, topic.slug) == 2


def test_a_topic_without_stories_is_left_out_and_so_is_its_group(client):
    TopicFactory(name="Lonely", group=TopicGroup.USERS)
    make_story(topics=[TopicFactory(name="Signal")])
    page = page_of(client)
    assert "Lonely" not in page
    assert "group-users" not in page
    assert "group-problem" in page


def test_an_empty_shelf_is_said(client):
    TopicFactory(name="Lonely")
    page = page_of(client)
    assert "No stories yet." in page
    assert "Lonely" not in page


def test_counts_are_of_what_this_reader_may_open(client):
    topic = TopicFactory(slug="signal")
    make_story(topics=[topic])
    make_story(topics=[topic], audience=Audience.MEMBERS)
    make_story(topics=[topic], status=Status.SUBMITTED)
    assert count_of(page_of(client), "signal") == 1
    client.force_login(AffiliationFactory().user, backend="django.contrib.auth.backends.ModelBackend")
    assert count_of(page_of(client), "signal") == 2


def test_welsh_readers_get_welsh_names_in_their_order(client):
    zebra = TopicFactory(name="Zebra", name_cy="Afal", meaning_cy="Ffrwyth.")
    apple = TopicFactory(name="Apple", name_cy="Sebra", meaning_cy="Anifail.")
    make_story(topics=[zebra, apple])
    client.cookies["django_language"] = "cy"
    page = page_of(client)
    assert page.index("Afal") < page.index("Sebra")
    assert "Zebra" not in page
    assert "Ffrwyth." in page


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(client, method):
    assert getattr(client, method)(reverse("stories:topic-list")).status_code == 405


def test_parameters_are_ignored(client):
    assert client.get(reverse("stories:topic-list"), {"page": "9" * 30, "problem": "\x00"}).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_does_not_grow(client, number, django_assert_max_num_queries):
    for bit in range(number):
        make_story(topics=[TopicFactory(bit=bit)])
    page_of(client)
    with django_assert_max_num_queries(4):
        page_of(client)
