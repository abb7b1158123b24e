"""Home: one question, and below it something for those who only look."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from stories.choices import Audience, Outcome, Status, Voice
from stories.models import Story
from tests.factories import AffiliationFactory, OrganisationFactory, TopicFactory, lessons, make_story

pytestmark = pytest.mark.django_db

HOME = reverse("site:home")
TEXT = "We want to give home carers tablets to record visits on the road."


def page_of(client, **query) -> str:
    response = client.get(HOME, query)
    assert response.status_code == 200
    return response.content.decode()


def section(page: str, key: str) -> str:
    """The part of the page under the heading with this id; nothing where there is none."""
    return page.split(f'id="{key}"', 1)[1].split("</section>")[0] if f'id="{key}"' in page else ""


def titles(part: str) -> list[str]:
    return re.findall(r'lp-story-card__title"><a[^>]*>([^<]+)</a>', part)


# --- The question ---------------------------------------------------------------------------------------------------


def test_it_asks_two_questions(client):
    page = page_of(client)
    assert page.count("<h1") == 1
    assert "What are you planning?</h1>" in page
    assert f'<form method="post" action="{reverse("stories:plan-create")}"' in page
    for field, label in (("id_text", "Your plan"), ("id_organisation", "Where do you work?")):
        assert re.search(rf'<label[^>]*for="{field}"[^>]*>\s*{re.escape(label)}', page)
    assert "required" not in page
    assert "placeholder" not in page


def test_the_count_of_letters_waits_until_it_matters(client):
    assert 'data-threshold="80"' in page_of(client)


def test_more_may_be_said_and_is_folded_away(client):
    TopicFactory(name="Poor signal")
    page = page_of(client)
    assert re.search(r'<details class="govuk-details">.*id="id_problem".*id="id_budget"', page, re.DOTALL)
    assert "Poor signal" in page


def test_an_empty_portal_is_calm(client):
    page = page_of(client)
    for key in ("worth-a-year", "lately"):
        assert section(page, key) == ""
    assert "By problem" not in page


# --- What is remembered ---------------------------------------------------------------------------------------------


def test_a_plan_comes_back_to_be_changed(client):
    key = client.post(reverse("stories:plan-create"), {"text": TEXT})["Location"].split("/")[2]
    assert TEXT in page_of(client, plan=key)
    assert TEXT not in page_of(client)
    assert TEXT not in page_of(Client(), plan=key)


@pytest.mark.parametrize("key", ["", "no-such", "\x00", "x" * 5_000, "\U0001f600", "../.."])
def test_a_plan_that_is_not_there_is_an_empty_question(client, key):
    assert "What are you planning?" in page_of(client, plan=key)


def test_the_workplace_is_remembered_without_signing_in(client):
    OrganisationFactory(code="U1", name_en="Upland Council")
    client.post(reverse("stories:plan-create"), {"text": TEXT, "organisation": "U1"})
    assert 'value="Upland Council"' in page_of(client)
    assert "Upland Council" not in page_of(Client())


def test_the_workplace_of_who_is_signed_in(client):
    affiliation = AffiliationFactory(organisation=OrganisationFactory(name_en="Upland Council"))
    client.force_login(affiliation.user, backend="django.contrib.auth.backends.ModelBackend")
    assert 'value="Upland Council"' in page_of(client)


# --- Just looking ---------------------------------------------------------------------------------------------------


def test_what_was_learnt_lately(client):
    for number in range(6):
        make_story(content=lessons(title=f"Story {number}"))
    assert len(titles(section(page_of(client), "lately"))) == 4


def test_the_newest_in_the_reader_s_own_language_comes_first(client):
    for title, day in (("Hen stori", "2019-01-07"), ("Stori newydd", "2020-01-06")):
        story = make_story(content=lessons(title=title), language="cy")
        Story.objects.filter(pk=story.pk).update(published_on=day)
    for number in range(6):
        make_story(content=lessons(title=f"Story {number}"))
    assert not {"Hen stori", "Stori newydd"} & set(titles(section(page_of(client), "lately")))
    client.cookies["django_language"] = "cy"
    found = titles(section(page_of(client), "lately"))
    assert found[0] == "Stori newydd"
    assert len(found) == 4


def test_only_what_this_reader_may_open(client):
    topic = TopicFactory(name="Shy topic", slug="shy")
    for fields in ({"audience": Audience.MEMBERS}, {"status": Status.APPROVED}):
        make_story(content=lessons(title="Hidden"), cost=9_000_000, topics=[topic], **fields)
    page = page_of(client)
    assert titles(page) == []
    assert section(page, "worth-a-year") == ""
    assert "problem=shy" not in page


def costly(title: str, **fields):
    return make_story(content=lessons(title=title), **{"cost": 100_000, "months": 12, **fields})


def fill_latest():
    """Four stories that are newer than all there were."""
    Story.objects.update(published_on="2020-01-06")
    for _ in range(4):
        make_story(content=lessons(title="Late"), outcome=Outcome.WORKED)


def test_one_story_that_might_save_a_year(client):
    costly("Long", months=30)
    costly("Short", months=3)
    costly("Worked", months=40, outcome=Outcome.WORKED)
    make_story(content=lessons(title="Unnamed"), voice=Voice.ANONYMOUS)
    fill_latest()
    assert titles(section(page_of(client), "worth-a-year")) == ["Long"]


def test_a_story_of_unknown_length_does_not_come_first(client):
    """PostgreSQL sorts what is not known before everything when the order goes down, SQLite after."""
    costly("Known", months=12)
    costly("Unknown", months=None)
    fill_latest()
    assert titles(section(page_of(client), "worth-a-year")) == ["Known"]


def test_it_is_not_shown_twice(client):
    costly("Only one")
    page = page_of(client)
    assert titles(section(page, "lately")) == ["Only one"]
    assert section(page, "worth-a-year") == ""


def test_the_busiest_problems_lead_to_their_stories(client):
    busy, quiet = TopicFactory(slug="busy", name="Busy"), TopicFactory(slug="quiet", name="Quiet")
    TopicFactory(name="Unused")
    for topics in ([busy], [busy, quiet]):
        make_story(topics=topics)
    part = section(page_of(client), "just-looking")
    assert part.index('Busy</a> <span class="lp-quiet">(2)') < part.index('Quiet</a> <span class="lp-quiet">(1)')
    assert f"{reverse('stories:story-list')}?problem=busy" in part
    assert "Unused" not in part


def test_at_most_twelve_problems(client):
    make_story(topics=[TopicFactory(bit=bit) for bit in range(4)])
    for start in range(4, 16, 4):
        make_story(topics=[TopicFactory(bit=bit) for bit in range(start, start + 4)])
    assert section(page_of(client), "just-looking").count("problem=") == 12


def test_search_leads_to_the_stories(client):
    part = section(page_of(client), "just-looking")
    assert f'action="{reverse("stories:story-list")}" method="get"' in part
    assert 'name="q"' in part


# --- Refusals and cost ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(client, method):
    assert getattr(client, method)(HOME).status_code == 405


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_does_not_grow(client, number, django_assert_max_num_queries):
    for bit in range(number):
        costly(f"Story {bit}", topics=[TopicFactory(bit=bit)], organisation=OrganisationFactory())
    fill_latest()
    page_of(client)
    with django_assert_max_num_queries(10):
        page_of(client)
