"""The directory of people: living cards that the reader may see, by filters in the address."""

import datetime
import re
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks import directory
from networks.choices import Kind
from networks.models import Contact
from networks.models.contact import ContactQuerySet
from networks.views import slowing
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PEOPLE = "/people/"


def card(name: str, **fields) -> Contact:
    return ContactFactory(**{"name": name, "verified_on": timezone.localdate(), **fields})


def names(path: str = PEOPLE, client: Client | None = None) -> list[str]:
    response = (client or Client()).get(path)
    assert response.status_code == 200
    return [person.contact.name for person in response.context["people"]]


def reader(**works) -> Client:
    client = Client()
    client.force_login(AffiliationFactory(**works).user, backend="django.contrib.auth.backends.ModelBackend")
    return client


# --- Who is there ---------------------------------------------------------------------------------------------------


def test_living_cards_of_whom_the_reader_may_see():
    today = timezone.localdate()
    card("Public")
    card("Members", audience="members")
    card("Networks", audience="networks", user=UserFactory())
    card("Archived", archived_on=today)
    card("Never confirmed", verified_on=None)
    card("Too old", verified_on=today - datetime.timedelta(days=730))
    card("Moved", moved_to=Contact.objects.get(name="Public"))
    assert names() == ["Public"]
    assert sorted(names(client=reader())) == ["Members", "Public"]


def test_members_of_a_shared_network_see_it():
    network = NetworkFactory()
    card("Networks", audience="networks", user=MembershipFactory(network=network).user)
    client = reader(user=MembershipFactory(network=network).user)
    assert names(client=client) == ["Networks"]
    assert names(client=reader()) == []


def test_no_address_and_no_search_engine(client):
    user = UserFactory(email="secret@council.example")
    card("Ann", user=user, team_mailbox="hidden@council.example")
    response = client.get(PEOPLE)
    assert b"secret@" not in response.content
    assert b"hidden@" not in response.content
    assert response["X-Robots-Tag"] == "noindex"


def lasting(client) -> str:
    """The page without what is drawn anew for each request."""
    return re.sub(r'(nonce|value)="[^"]{16,}"', "", client.get(PEOPLE).content.decode())


def test_visitors_are_told_that_members_may_see_more_and_not_how_many(client):
    page = lasting(client)
    assert "verified public servants only" in page
    card("Members", audience="members")
    assert lasting(client) == page
    assert "verified public servants only" not in reader().get(PEOPLE).content.decode()


# --- Filters --------------------------------------------------------------------------------------------------------


def test_each_filter_and_all_together():
    signal, rota = TopicFactory(slug="signal"), TopicFactory(slug="rota")
    network = NetworkFactory(slug="ours")
    member = MembershipFactory(network=network).user
    one = card("One", formats="call|visit", languages="en|cy", organisation=OrganisationFactory(), user=member)
    two = card("Two", formats="video", languages="en", organisation=OrganisationFactory(kind=Kind.HEALTH_BOARD))
    one.can_help_with.set([signal, rota])
    two.can_help_with.set([rota])
    client = reader(user=MembershipFactory(network=network).user)
    expected = {
        "topic=signal": ["One"],
        "topic=rota": ["One", "Two"],
        "format=video": ["Two"],
        "sector=1": ["One"],
        "sector=2": ["Two"],
        "sector=3": [],
        "language=cy": ["One"],
        "network=ours": ["One"],
        "topic=rota&format=visit&sector=1&language=en&network=ours": ["One"],
        "topic=signal&format=video": [],
    }
    assert {query: sorted(names(f"{PEOPLE}?{query}", client)) for query in expected} == expected


def test_a_filter_stands_as_a_chip_that_takes_it_away(client):
    TopicFactory(slug="signal", name="Poor signal")
    response = client.get(f"{PEOPLE}?topic=signal&format=visit&page=3")
    assert response.context["chips"] == [
        {"label": "Poor signal", "url": "?format=visit"},
        {"label": "Visit", "url": "?topic=signal"},
    ]


def test_a_network_that_is_not_ones_own_is_no_filter():
    network = NetworkFactory(slug="theirs")
    card("One", user=MembershipFactory(network=network).user)
    card("Two")
    assert sorted(names(f"{PEOPLE}?network=theirs")) == ["One", "Two"]
    assert sorted(names(f"{PEOPLE}?network=theirs", reader())) == ["One", "Two"]


@pytest.mark.parametrize("value", ["", "nothing", "9" * 30, "-1", "😀", "\x00", "'", "a" * 1000])
def test_what_is_unknown_counts_as_not_said(value):
    card("One")
    for name in ("topic", "format", "sector", "language", "network", "order", "page"):
        response = Client().get(PEOPLE, {name: value})
        assert [person.contact.name for person in response.context["people"]] == ["One"]


def test_from_the_directory_to_the_few_to_ask_first():
    TopicFactory(slug="rotas")
    assert '<a class="govuk-link" href="/people/meet/">People to meet</a>' in Client().get(PEOPLE).content.decode()
    found = Client().get(f"{PEOPLE}?topic=rotas").content.decode()
    assert 'href="/people/meet/?topic=rotas">People to meet</a>' in found
    assert 'href="/find/?topic=rotas">Ask us to find someone</a>' in found


def test_nobody_is_found_by_name(client):
    card("Ann Example")
    card("Bob Example")
    assert len(names(f"{PEOPLE}?q=Ann&name=Ann")) == 2


# --- Order ----------------------------------------------------------------------------------------------------------


def test_places_like_mine_come_first_and_my_own_last():
    mine = OrganisationFactory(population=90_000, rurality=3)
    near, far = OrganisationFactory(population=91_000, rurality=3), OrganisationFactory(population=3_000, rurality=0)
    today = timezone.localdate()
    for name, body, days in (("Mine", mine, 0), ("Far", far, 1), ("Near", near, 3), ("Near, newer", near, 2)):
        card(name, organisation=body, verified_on=today - datetime.timedelta(days=days))
    client = reader(organisation=mine)
    assert names(client=client) == ["Near, newer", "Near", "Far", "Mine"]
    assert names(f"{PEOPLE}?order=newest", client) == ["Mine", "Far", "Near, newer", "Near"]
    assert names() == ["Mine", "Far", "Near, newer", "Near"]
    visitor = Client()
    visitor.post("/plan/", {"text": "Tablets for home carers on rounds", "organisation": mine.code})
    assert names(client=visitor) == ["Near, newer", "Near", "Far", "Mine"]
    assert "verified public servants only" in visitor.get(PEOPLE).content.decode()


def test_pages_of_bodies_join_without_a_gap(monkeypatch):
    monkeypatch.setattr(directory, "PAGE_SIZE", 3)
    mine = OrganisationFactory(population=90_000)
    for number in range(11):
        card(f"Number {number}", organisation=OrganisationFactory(population=90_000 + 9_000 * (number // 4)))
    client = reader(organisation=mine)
    pages = [name for page in range(1, 5) for name in names(f"{PEOPLE}?page={page}", client)]
    assert len(set(pages)) == len(pages) == 11
    keys = directory.ByLikeness(Contact.objects.all(), mine)
    whole = keys[0:11]
    assert [keys[place] for place in range(11)] == whole
    assert [keys[start : start + 4] for start in (0, 4, 8)] == [whole[0:4], whole[4:8], whole[8:11]]


def test_it_ends_after_so_many_pages(monkeypatch, client):
    monkeypatch.setattr(directory, "PAGE_SIZE", 2)
    for number in range(7):
        card(f"Number {number}")
    with mock.patch.object(directory.Leafed.__init__, "__defaults__", (4,)):
        response = client.get(f"{PEOPLE}?page=99")
    assert response.context["page"].paginator.num_pages == 2
    page = response.content.decode()
    assert "7 people" in page
    assert "This list ends here" in page


# --- Limits ---------------------------------------------------------------------------------------------------------


def test_nobody_copies_it(monkeypatch):
    monkeypatch.setattr(slowing, "PEOPLE_PAGES", slowing.Rate("people pages", 3, 3600))
    one, other, visitor = reader(), reader(), Client()
    path = f"{PEOPLE}?sector=1"
    assert [one.get(path).status_code for _time in range(4)] == [200, 200, 200, 429]
    assert [visitor.get(path).status_code for _time in range(4)] == [200, 200, 200, 429]
    key = card("Ann").public_id
    assert one.get(f"/people/{key}/").status_code == 429
    assert Client().get(f"/people/{'0' * 13}/").status_code == 429
    refused = one.get(path)
    assert int(refused["Retry-After"]) > 0
    assert other.get(path).status_code == 200


@pytest.mark.parametrize("client", ["visitor", "member"])
def test_as_many_queries_for_one_as_for_thirty(client):
    browser = reader(organisation=OrganisationFactory()) if client == "member" else Client()
    topic = TopicFactory()
    card("First").can_help_with.set([topic])
    browser.get(PEOPLE)
    with CaptureQueriesContext(
        connection,
    ) as one:
        browser.get(PEOPLE)
    for number in range(30):
        card(f"Number {number}").can_help_with.set([topic])
    with CaptureQueriesContext(connection) as thirty:
        browser.get(PEOPLE)
    assert len(one) == len(thirty)


# --- Each guard taken out -------------------------------------------------------------------------------------------


def test_without_the_door_hidden_cards_show(monkeypatch):
    card("Members", audience="members")
    monkeypatch.setattr(ContactQuerySet, "visible_to", lambda self, user: self)
    assert names() == ["Members"]


def test_without_the_age_old_cards_show(monkeypatch):
    card("Archived", archived_on=timezone.localdate())
    monkeypatch.setattr(ContactQuerySet, "living", lambda self, today: self)
    assert names() == ["Archived"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_another_method(method):
    assert getattr(Client(), method)(PEOPLE).status_code == 405
