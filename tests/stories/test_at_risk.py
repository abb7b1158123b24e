"""Knowledge at risk, and the stories of those who left."""

import datetime
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning_portal.common.models import Role
from networks.models import Contact
from networks.succession import archive
from stories.actions import leave
from stories.actions.contacts import hand_over_contacts
from stories.models import Story, StoryContact
from stories.views.plans import contacts_of
from tests.cast import give_role
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    lessons,
    make_story,
)

pytestmark = pytest.mark.django_db

AT_RISK = "/people/at-risk/"


@pytest.fixture
def team() -> Client:
    user = AffiliationFactory().user
    give_role(user, Role.PROGRAMME_TEAM)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def days_ago(number: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=number)


def card(**fields) -> Contact:
    return ContactFactory(**{"name": "Ann Example", "verified_on": days_ago(0), **fields})


def told(title: str, *contacts: Contact, **fields) -> Story:
    return make_story(content=lessons(title=title), contacts=contacts, **fields)


def contact_of(story: Story) -> Contact | None:
    found = contacts_of([story]).get(story.pk)
    return found.contact if found else None


# --- The list -------------------------------------------------------------------------------------------------------

GONE = {"is_active": False}


@pytest.mark.parametrize(
    ("fields", "risk"),
    [
        ({}, False),
        ({"user": True, "verified_on": 400}, False),
        ({"team_mailbox": "team@upland.example", "verified_on": 400}, False),
        ({"verified_on": 400}, True),
        ({"user": True, "verified_on": 731}, True),
        ({"user": True, "archived_on": 0}, True),
        ({"user": GONE, "verified_on": 400}, True),
        ({"verified_on": None}, True),
    ],
    ids=str,
)
def test_who_can_be_reached(team, fields, risk):
    fields = {name: days_ago(value) if type(value) is int else value for name, value in fields.items()}
    if kind := fields.get("user"):
        fields["user"] = UserFactory(**kind) if isinstance(kind, dict) else UserFactory()
    told("Tablets in the van", card(**fields))
    assert ("Tablets in the van" in team.get(AT_RISK).content.decode()) is risk


def test_what_has_no_contact_and_what_is_none_of_its_affair(team):
    told("Nobody named")
    told("A draft", status="draft")
    make_story(content=lessons(title="Without a name"), voice="confidential")
    told("Brought in", origin="imported", source_name="A register", source_id="1", source_licence="OGL")
    page = team.get(AT_RISK).content.decode()
    assert "Nobody named" in page
    assert not any(title in page for title in ("A draft", "Without a name", "Brought in"))


def test_what_to_do(team):
    place = OrganisationFactory(name_en="Upland Council")
    convenor = AffiliationFactory(organisation=place, user=UserFactory(name="Cai Convenor")).user
    MembershipFactory(user=convenor, is_convenor=True)
    deputy = card(name="Dee Deputy", organisation=place)
    told("With a deputy", card(deputy=deputy, verified_on=days_ago(400)), organisation=place)
    told("With a convenor", organisation=place)
    told("With nobody", organisation=OrganisationFactory(name_en="Lowland Council"))
    page = team.get(AT_RISK).content.decode()
    assert all(words in page for words in ("Dee Deputy", "Cai Convenor", "Ask Lowland Council who knows"))
    Contact.objects.filter(pk=deputy.pk).update(audience="networks")
    assert "Dee Deputy" not in team.get(AT_RISK).content.decode()


@pytest.mark.parametrize(("number", "told_of"), [(4, ""), (5, "at least 5"), (9, "at least 5"), (10, "at least 10")])
def test_what_one_may_not_open_is_counted_in_steps_of_five(team, number, told_of):
    for place in range(number):
        told(f"Hidden {place}", audience="network")
    page = team.get(AT_RISK).content.decode()
    assert "Hidden" not in page
    assert ("at least" in page) is bool(told_of)
    assert told_of in page


def test_for_the_programme_team_alone(team):
    absent = Client().get("/people/0000000000001/")
    client = signed_in_member()
    found = client.get(AT_RISK)
    assert (found.status_code, found.content) == (404, absent.content)
    assert client.post(AT_RISK, {}).status_code == 404
    assert AT_RISK in team.get("/account/").content.decode()
    assert AT_RISK not in signed_in_member().get("/account/").content.decode()


def signed_in_member() -> Client:
    client = Client()
    client.force_login(AffiliationFactory().user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    "sent",
    [{}, {"report": "0000000000001"}, {"report": "x", "answer": "left"}, {"report": "\x00"}, {"report": "9" * 30}],
)
def test_a_button_that_is_none(team, sent):
    assert team.post(AT_RISK, sent).status_code == 422


def test_as_many_queries_for_one_as_for_twenty(team, monkeypatch):
    moment = time.time()
    monkeypatch.setattr(time, "time", lambda: moment)  # each second their session is kept anew
    told("First", card(deputy=card(), verified_on=None))
    team.get(AT_RISK)
    with CaptureQueriesContext(connection) as one:
        team.get(AT_RISK)
    for number in range(30):
        told(f"Number {number}", card(deputy=card(), verified_on=None))
    with CaptureQueriesContext(connection) as many:
        response = team.get(AT_RISK)
    assert len(response.context["risks"]) == 20
    assert len(one) == len(many)


# --- Handing over ---------------------------------------------------------------------------------------------------


def test_stories_go_to_whoever_comes_after_and_a_second_tick_finds_none():
    deputy = card(name="Dee Deputy")
    contact = card(deputy=deputy)
    one, both = told("One", contact), told("Both", contact, deputy)
    assert hand_over_contacts() == 0
    archive(contact=contact)
    assert contact_of(one) is None
    assert hand_over_contacts() == 2
    assert [contact_of(one), contact_of(both)] == [deputy, deputy]
    assert hand_over_contacts() == 0
    assert StoryContact.objects.filter(story=both).count() == 1


def test_to_the_team_s_card_where_there_is_no_deputy():
    contact = card(user=UserFactory(), team_mailbox="team@upland.example")
    story = told("One", contact)
    archive(contact=contact)
    hand_over_contacts()
    assert contact_of(story).team_mailbox == "team@upland.example"


def test_what_has_nobody_to_go_to_stays_and_comes_back_with_its_person():
    contact = card(user=UserFactory())
    story = told("One", contact)
    archive(contact=contact)
    assert hand_over_contacts() == 0
    assert contact_of(story) is None
    Contact.objects.filter(pk=contact.pk).update(archived_on=None)
    assert contact_of(story) == contact


def test_a_deputy_who_left_as_well_is_passed_by():
    last = card(name="Last")
    middle = card(name="Middle", deputy=last)
    first = card(deputy=middle)
    story = told("One", first)
    archive(contact=first)
    archive(contact=Contact.objects.get(pk=middle.pk))
    hand_over_contacts()
    assert contact_of(story) == last


def test_two_who_stand_in_for_each_other_and_both_leave():
    one, other = card(), card()
    Contact.objects.filter(pk=one.pk).update(deputy=other, archived_on=days_ago(0))
    Contact.objects.filter(pk=other.pk).update(deputy=one, archived_on=days_ago(0))
    told("One", one)
    assert hand_over_contacts() == 0
    assert StoryContact.objects.get().contact == one


def test_an_account_that_is_deleted_leaves_its_stories_with_the_deputy():
    user, deputy = UserFactory(), card(name="Dee Deputy")
    contact = card(user=user, deputy=deputy)
    earlier = card(name="Ann at her last job", moved_to=contact, archived_on=days_ago(9))
    story = told("One", contact)
    leave.delete_account(by=user)
    assert contact_of(story) == deputy
    assert not Contact.objects.filter(pk__in=[contact.pk, earlier.pk]).exists()
