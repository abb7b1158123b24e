"""A person's page: their card, and of their stories those that the reader may open."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks.models import Contact
from stories.models import StoryContact
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    OrganisationFactory,
    TopicFactory,
    UserFactory,
    lessons,
    make_story,
)

pytestmark = pytest.mark.django_db


def card(**fields) -> Contact:
    return ContactFactory(**{"name": "Ann Example", "verified_on": timezone.localdate(), **fields})


def page_of(contact: Contact) -> str:
    return f"/people/{contact.public_id}/"


def told(title: str, contact: Contact, **fields):
    return make_story(content=lessons(title=title), contacts=[contact], **fields)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(client: Client, contact: Contact) -> str:
    response = client.get(page_of(contact))
    assert response.status_code == 200
    return response.content.decode()


def test_the_card_in_words(client):
    contact = card(
        formats="call|visit",
        working_days="0|1",
        languages="en|cy",
        monthly_limit=3,
        team_mailbox="team@upland.example",
        user=UserFactory(email="ann@upland.example"),
    )
    contact.can_help_with.set([TopicFactory(name="Poor signal")])
    page = words(client, contact)
    said = ("Ann Example", "Service manager", "Poor signal", "Call, Visit", "Monday, Tuesday", "English, Welsh", "3")
    assert all(word in page for word in said)
    assert f"Confirmed in {timezone.localdate():%B %Y}" in page
    assert "@upland.example" not in page


def test_visible_named_stories_only(client):
    contact = card()
    told("Open to all", contact)
    told("For members", contact, audience="members")
    told("A draft", contact, status="draft")
    unnamed = make_story(content=lessons(title="Without a name"), voice="confidential")
    StoryContact.objects.create(story=unnamed, contact=contact)
    told("Of another", card(name="Bob"))
    shown = words(client, contact)
    assert "Open to all" in shown
    assert not any(title in shown for title in ("For members", "A draft", "Without a name", "Of another"))
    assert "For members" in words(signed_in(AffiliationFactory().user), contact)


def test_the_deputy_if_one_may_see_them(client):
    hidden = card(name="Hidden Deputy", audience="members")
    contact = card(deputy=hidden)
    assert "Hidden Deputy" not in words(client, contact)
    assert "Hidden Deputy" in words(signed_in(AffiliationFactory().user), contact)
    Contact.objects.filter(pk=hidden.pk).update(audience="public", archived_on=timezone.localdate())
    assert "Hidden Deputy" not in words(client, contact)


@pytest.mark.parametrize(
    "fields", [{"audience": "members"}, {"audience": "networks"}, {"archived_on": "2026-01-01"}, {"verified_on": None}]
)
def test_what_one_may_not_see_is_not_there(client, fields):
    absent = client.get("/people/0000000000001/")
    found = client.get(page_of(card(**fields)))
    assert (found.status_code, found.content, found.headers) == (404, absent.content, absent.headers)


def test_who_may_keep_it(client):
    public = client.get(page_of(card()))
    assert public["X-Robots-Tag"] == "noindex"
    members = signed_in(AffiliationFactory().user).get(page_of(card(audience="members")))
    assert "no-store" in members["Cache-Control"]


def test_one_s_own(client):
    user = AffiliationFactory().user
    contact = card(user=user)
    page = words(signed_in(user), contact)
    assert "Change your card" in page
    assert f"{page_of(contact)}left/" not in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_another_method(client, method):
    assert getattr(client, method)(page_of(card())).status_code == 405


def test_as_many_queries_for_one_story_as_for_twenty(client):
    contact = card()
    told("First", contact)
    words(client, contact)
    with CaptureQueriesContext(connection) as one:
        words(client, contact)
    for number in range(25):
        told(f"Number {number}", contact)
    with CaptureQueriesContext(connection) as many:
        words(client, contact)
    assert len(one) == len(many)


# --- On the story ---------------------------------------------------------------------------------------------------


def test_a_story_leads_to_whom_one_may_see_and_names_the_contact_in_any_case(client):
    contact = card(organisation=OrganisationFactory())
    story = told("One", contact)
    link = f'href="{page_of(contact)}"'
    assert link in client.get(story.get_absolute_url()).content.decode()
    for change in ({"audience": "members"}, {"verified_on": None, "audience": "public"}):
        Contact.objects.filter(pk=contact.pk).update(**change)
        page = client.get(story.get_absolute_url()).content.decode()
        assert "Ann Example" in page
        assert link not in page


def test_nobody_who_has_left_is_named(client):
    contact = card(archived_on=timezone.localdate())
    page = client.get(told("One", contact).get_absolute_url()).content.decode()
    assert "Ann Example" not in page
    assert "Nobody is named for this story" in page
