"""Events in people's own calendars: a file each, and an address that needs no session."""

import datetime

import icalendar
import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from networks import event_actions
from networks.event_actions import make_feed, reader_of_feed, stop_feed
from networks.models import Attendance, CalendarFeed, Event, Membership
from networks.models.event import AttendanceQuerySet
from tests.factories import AffiliationFactory, AttendanceFactory, EventFactory, MembershipFactory, UserFactory, in_days

pytestmark = pytest.mark.django_db
CALENDAR = reverse("networks:calendar")
BACKEND = "django.contrib.auth.backends.ModelBackend"
TITLE = "Un drws blaen: Tŷ'r Cŵn, Llŷn; ŵ ŷ"


def file_of(client, event: Event) -> bytes:
    answer = client.get(reverse("networks:event-file", args=[event.pk]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content


def fetch(token: str):
    """As a calendar program: with no session."""
    return Client().get(reverse("networks:calendar-feed", args=[token]))


def titles(token: str) -> list[str]:
    answer = fetch(token)
    assert answer.status_code == 200
    return [str(found["SUMMARY"]) for found in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")]


@pytest.fixture
def reader():
    return AffiliationFactory().user


def test_two_readers_read_the_file(client):
    event = EventFactory(title=TITLE, place="Neuadd y Dref, Pwllheli", description="Dewch â’ch cynllun.\n\nŵ")
    file = file_of(client, event)
    first = icalendar.Calendar.from_ical(file).walk("VEVENT")[0]
    second = vobject.readOne(file.decode()).vevent
    assert str(first["SUMMARY"]) == second.summary.value == TITLE
    assert str(first["LOCATION"]) == second.location.value == event.place
    assert first["DTSTART"].dt == second.dtstart.value == event.starts_at
    assert str(first["DESCRIPTION"]) == second.description.value == event.description
    assert first["URL"].endswith(event.get_absolute_url())


def test_a_file_says_on_which_days_it_starts_and_ends(client):
    event = EventFactory(starts_at=in_days(30), ends_at=in_days(32, 9))
    found = icalendar.Calendar.from_ical(file_of(client, event)).walk("VEVENT")[0]
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (event.starts_at, event.ends_at)


def test_the_link_is_in_the_file_of_who_goes_and_of_nobody_else(client, reader):
    event = EventFactory(link="https://meet.example/secret")
    assert b"secret" not in file_of(client, event)
    client.force_login(reader, backend=BACKEND)
    assert b"secret" not in file_of(client, event)
    AttendanceFactory(event=event, user=reader, state="waiting")
    assert b"secret" not in file_of(client, event)
    Attendance.objects.update(state="going")
    assert b"secret" in file_of(client, event)


def test_the_file_of_a_network_s_event_is_not_there_for_others(client, reader):
    event = EventFactory(network=MembershipFactory().network)
    client.force_login(reader, backend=BACKEND)
    assert client.get(reverse("networks:event-file", args=[event.pk])).status_code == 404


def test_a_feed_has_what_they_go_to_and_may_see(reader):
    joined, waits, goes_back = (EventFactory(title=title) for title in ("Joined", "Waits", "Back"))
    EventFactory(title="Somebody else's")
    network = MembershipFactory(user=reader).network
    of_network = EventFactory(title="Network", network=network)
    for event, state in ((joined, "going"), (waits, "waiting"), (goes_back, "back"), (of_network, "going")):
        AttendanceFactory(event=event, user=reader, state=state)
    token = make_feed(by=reader)
    assert sorted(titles(token)) == ["Joined", "Network"]
    Membership.objects.update(left_on=timezone.localdate())
    assert titles(token) == ["Joined"]


def test_two_readers_read_a_feed(reader):
    event = EventFactory(title=TITLE)
    AttendanceFactory(event=event, user=reader)
    answer = fetch(make_feed(by=reader))
    first = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]
    second = vobject.readOne(answer.content.decode()).vevent
    assert str(first["SUMMARY"]) == second.summary.value == TITLE
    assert first["DTSTART"].dt == second.dtstart.value == event.starts_at
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies


def test_a_cancelled_one_takes_itself_out_and_an_old_one_is_gone(reader):
    event = EventFactory(cancelled_on=timezone.localdate())
    AttendanceFactory(event=event, user=reader)
    token = make_feed(by=reader)
    assert b"STATUS:CANCELLED" in fetch(token).content
    old = timezone.now() - datetime.timedelta(days=61)
    Event.objects.update(starts_at=old - datetime.timedelta(hours=1), ends_at=old)
    assert titles(token) == []


def test_a_new_address_ends_the_old_one(client, reader):
    client.force_login(reader, backend=BACKEND)
    assert "Make an address" in client.get(CALENDAR).content.decode()
    first = client.post(CALENDAR, {"do": "make"}).context["address"]
    second = client.post(CALENDAR, {"do": "make"}).context["address"]
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    token = second.rpartition("/")[2].removesuffix(".ics")
    kept = CalendarFeed.objects.get()
    assert token not in kept.sha256
    assert token not in client.get(CALENDAR).content.decode()
    client.post(CALENDAR, {"do": "stop"})
    assert Client().get(second).status_code == 404


@pytest.mark.parametrize("wrong", ["", "dance", "\x00"])
def test_an_unknown_button_makes_nothing(client, reader, wrong):
    client.force_login(reader, backend=BACKEND)
    assert client.post(CALENDAR, {"do": wrong}).status_code == 422
    assert not CalendarFeed.objects.exists()


def test_a_closed_account_has_none(reader):
    token = make_feed(by=reader)
    reader.is_active = False
    reader.save()
    assert fetch(token).status_code == 404


@pytest.mark.parametrize("guess", ["guess", "x" * 5_000, "ŵ", "%00", "0" * 64])
def test_a_guess_opens_nothing(reader, guess):
    make_feed(by=reader)
    assert Client().get(f"/calendar/{guess}.ics").status_code == 404
    assert Client().get(f"/calendar/{CalendarFeed.objects.get().sha256}.ics").status_code == 404


def test_without_its_guards_it_would_show_more(monkeypatch, reader):
    """Each noticed by a test above: who left a network, and the old address."""
    event = EventFactory(title="Network", network=MembershipFactory().network)
    AttendanceFactory(event=event, user=reader)
    token = make_feed(by=reader)
    assert titles(token) == []
    monkeypatch.setattr(AttendanceQuerySet, "entitled", lambda self: self)
    assert titles(token) == []
    monkeypatch.setattr(type(Event.objects.all()), "visible_to", lambda self, user: self)
    assert titles(token) == ["Network"]
    monkeypatch.setattr(event_actions, "_hash", lambda token: "0" * 64)
    make_feed(by=reader)
    assert reader_of_feed("anything") == reader
    stop_feed(by=reader)
    assert reader_of_feed("anything") is None


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_does_not_grow(reader, django_assert_num_queries, number):
    for _number in range(number):
        AttendanceFactory(event=EventFactory(), user=reader)
    token = make_feed(by=reader)
    client = Client()
    with django_assert_num_queries(2):
        client.get(reverse("networks:calendar-feed", args=[token]))


def test_a_signed_in_browser_gets_the_owner_s_events_all_the_same(client, reader):
    AttendanceFactory(event=EventFactory(title="Theirs"), user=reader)
    client.force_login(UserFactory(), backend=BACKEND)
    assert b"Theirs" in client.get(reverse("networks:calendar-feed", args=[make_feed(by=reader)])).content
