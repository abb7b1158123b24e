"""Organisers announce, change and cancel events, and say who came."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from learning_portal.common.actions import deliver_mail
from learning_portal.common.mail.compose import mail_of
from learning_portal.common.models import Message, Role, User
from networks import event_actions
from networks.event_actions import NotTheirs, TooLate, cancel_event, create_event, edit_event, join, note_who_came
from networks.event_forms import EventForm
from networks.mail_kinds import EVENT_CANCELLED, EVENT_MOVED, EVENT_PLACE
from networks.models import Attendance, Event, Membership
from networks.models.event import EventQuerySet
from tests.cast import give_role
from tests.factories import (
    AffiliationFactory,
    AttendanceFactory,
    EventFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    UserFactory,
    in_days,
)

pytestmark = pytest.mark.django_db

NEW = reverse("networks:event-new")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def typed(**fields) -> dict[str, str]:
    day = timezone.localdate() + datetime.timedelta(days=30)
    return {
        "title": "Rounds without a signal",
        "kind": "open_day",
        "day": f"{day:%d/%m/%Y}",
        "starts": "10:00",
        "ends": "12.30",
        "place": "Depot 4",
        "language": "en",
        "places": "30",
        **fields,
    }


@pytest.fixture
def convenor() -> User:
    return MembershipFactory(is_convenor=True).user


@pytest.fixture
def network(convenor):
    return Membership.objects.get(user=convenor).network


@pytest.fixture
def team() -> User:
    user = UserFactory()
    give_role(user, Role.PROGRAMME_TEAM)
    return user


def signed_in(client, user):
    client.force_login(user, backend=BACKEND)
    return client


# --- Announcing -----------------------------------------------------------------------------------------------------


def test_a_convenor_announces_one_for_their_network(client, convenor, network):
    answer = signed_in(client, convenor).post(NEW, typed(organisation=OrganisationFactory(name_en="Upland").name))
    event = Event.objects.get()
    assert answer["Location"] == event.get_absolute_url()
    assert (event.network, event.by, event.places, event.organisation.name) == (network, convenor, 30, "Upland")
    starts = timezone.localtime(event.starts_at)
    assert (starts.hour, timezone.localtime(event.ends_at).minute) == (10, 30)


def test_the_team_announces_one_for_all_and_a_convenor_in_it_chooses(client, team):
    assert signed_in(client, team).post(NEW, typed()).status_code == 302
    assert Event.objects.get().network is None
    network = MembershipFactory(user=team, is_convenor=True).network
    assert client.post(NEW, typed()).status_code == 422
    assert client.post(NEW, typed(network=str(network.pk))).status_code == 302
    assert client.post(NEW, typed(network="all")).status_code == 302
    assert [event.network for event in Event.objects.order_by("network")].count(None) == 2


def test_nobody_else_announces(client, network):
    member = MembershipFactory(network=network).user
    assert signed_in(client, member).get(NEW).status_code == 404
    with pytest.raises(NotTheirs):
        create_event(by=member, network=network, title="T", kind="online", starts_at=in_days(1), ends_at=in_days(2))
    assert not Event.objects.exists()


def test_somebody_else_s_network_is_no_choice(client, convenor):
    MembershipFactory(user=convenor, is_convenor=True)
    assert signed_in(client, convenor).post(NEW, typed(network=str(NetworkFactory().pk))).status_code == 422


def after(days: int) -> str:
    """So many days after the first, as people type it."""
    return f"{timezone.localdate() + datetime.timedelta(days=30 + days):%d/%m/%Y}"


def test_one_over_several_days_ends_on_another_day_and_maybe_at_an_earlier_hour(client, convenor):
    answer = signed_in(client, convenor).post(NEW, typed(last_day=after(2), ends="9.30"))
    event = Event.objects.get()
    assert timezone.localdate(event.ends_at) - timezone.localdate(event.starts_at) == datetime.timedelta(days=2)
    assert not event.is_one_day
    for shown in (answer["Location"], reverse("stories:event-list")):
        words = client.get(shown).content.decode()
        first, last = (date_format(timezone.localdate(at)) for at in (event.starts_at, event.ends_at))
        assert f"{first} 10:00 to {last} 09:30" in words
    network = client.get(reverse("stories:network-detail", args=[event.network.slug])).content.decode()
    assert f"{first} to {last}" in network
    assert f"{first} to {last}" in client.get(reverse("networks:network-list")).content.decode()
    assert f'value="{after(2)}"' in client.get(reverse("networks:event-edit", args=[event.pk])).content.decode()


@pytest.mark.parametrize("last_day", ["", after(0)])
def test_without_a_last_day_it_is_one_day(client, convenor, last_day):
    assert signed_in(client, convenor).post(NEW, typed(last_day=last_day)).status_code == 302
    event = Event.objects.get()
    assert event.is_one_day
    form = client.get(reverse("networks:event-edit", args=[event.pk])).context["form"]
    assert form["last_day"].value() is None


@pytest.mark.parametrize(
    ("last_day", "ends", "field", "words"),
    [
        (after(-1), "12:00", "last_day", "before the first"),
        (after(32), "12:00", "last_day", "within a month"),
        (after(0), "9:00", "ends", "later than it starts"),
    ],
)
def test_days_in_the_wrong_order_are_told(client, convenor, last_day, ends, field, words):
    answer = signed_in(client, convenor).post(NEW, typed(last_day=last_day, ends=ends))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert words in answer.context["form"].errors[field][0]
    assert f'value="{last_day}"' in answer.content.decode()
    assert not Event.objects.exists()


def test_a_last_day_that_changes_moves_the_event(client, convenor, network):
    event = EventFactory(network=network)
    comes(event)
    form = EventForm.initial_of(event)
    changed = {**typed(), "day": f"{form['day']:%d/%m/%Y}", "last_day": after(1), "title": event.title}
    client = signed_in(client, convenor)
    for times, last_day in ((1, after(1)), (1, after(1)), (2, "")):
        client.post(reverse("networks:event-edit", args=[event.pk]), {**changed, "last_day": last_day})
        assert Message.objects.filter(kind="event_moved").count() == times


@pytest.mark.parametrize(("days", "is_said"), [(2, True), (0, False)])
def test_mails_say_the_last_of_several_days(days, is_said):
    starts = timezone.now() + datetime.timedelta(days=30)
    event = EventFactory(
        starts_at=starts, ends_at=starts + datetime.timedelta(days=days, minutes=1), network=NetworkFactory()
    )
    comes(event)
    last = date_format(timezone.localdate(event.ends_at))
    for kind in (EVENT_PLACE, EVENT_MOVED, EVENT_CANCELLED):
        event_actions._tell(event, kind)
        mail = mail_of(Message.objects.filter(kind=kind.name).latest("pk"))
        assert (f"until {last}." in mail.body) == is_said


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("title", "a\x00b"),
        ("title", "😀" * 100_000),
        ("kind", "party"),
        ("day", "yesterday"),
        ("day", "1/1/2020"),
        ("day", "1/1/2999"),
        ("starts", "25:00"),
        ("last_day", "Friday"),
        ("last_day", "\x00"),
        ("last_day", "1/1/2999"),
        ("starts", ""),
        ("ends", "09:59"),
        ("ends", "10:00"),
        ("place", ""),
        ("place", "x" * 201),
        ("link", "javascript:alert(1)"),
        ("link", "https://" + "x" * 400),
        ("organisation", "Nowhere at all"),
        ("organisation", "x" * 100_000),
        ("places", "0"),
        ("places", "9" * 30),
        ("places", "many"),
        ("language", "fr"),
        ("description", "x" * 2_001),
        ("description", "\x00"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(client, convenor, field, wrong):
    answer = signed_in(client, convenor).post(NEW, typed(**{field: wrong}))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert not Event.objects.exists()
    if field != "title":
        assert "Rounds without a signal" in answer.content.decode()


def test_an_online_one_needs_no_place_and_may_have_its_link_later(client, convenor):
    assert signed_in(client, convenor).post(NEW, typed(kind="online", place="")).status_code == 302


# --- Changing -------------------------------------------------------------------------------------------------------


@pytest.fixture
def event(network) -> Event:
    return EventFactory(network=network, places=2)


def page(event: Event, name: str) -> str:
    return reverse(f"networks:event-{name}", args=[event.pk])


def facts(event: Event, **changed) -> dict:
    kept = ("title", "kind", "place", "link", "places", "language", "description", "starts_at", "ends_at")
    return {**{name: getattr(event, name) for name in kept}, "organisation": None, **changed}


def comes(event: Event, state: str = "going") -> User:
    user = MembershipFactory(network=event.network).user
    turn = Attendance.objects.filter(event=event).count() + 1
    return AttendanceFactory(event=event, user=user, state=state, turn=turn).user


def test_it_shows_what_it_says_and_keeps_what_is_changed(client, convenor, event):
    shown = signed_in(client, convenor).get(page(event, "edit")).content.decode()
    assert event.title in shown
    assert "Depot 4" in shown
    assert client.post(page(event, "edit"), typed(title="Newer")).status_code == 302
    event.refresh_from_db()
    assert event.title == "Newer"


def test_who_comes_and_who_waits_is_told_at_once_of_another_time(
    convenor, event, mailoutbox, django_capture_on_commit_callbacks
):
    """The next tick sends it, at any hour: no organiser waits until a hundred mails are gone."""
    going, waiting, _back = comes(event), comes(event, "waiting"), comes(event, "back")
    with django_capture_on_commit_callbacks(execute=True):
        edit_event(by=convenor, event=event, **facts(event, places=1, ends_at=in_days(31), starts_at=in_days(30, 11)))
    assert mailoutbox == []
    deliver_mail()
    assert {mail.to[0] for mail in mailoutbox} == {going.email, waiting.email}
    assert f"{in_days(30):%-d}" in mailoutbox[0].body
    assert event.title not in mailoutbox[0].subject + mailoutbox[0].body  # a network's own


def test_the_mail_of_one_for_all_names_it(team, mailoutbox, django_capture_on_commit_callbacks):
    event = EventFactory(title="😀" * 120)
    AttendanceFactory(event=event, user=AffiliationFactory().user)
    with django_capture_on_commit_callbacks(execute=True):
        cancel_event(by=team, event=event)
    deliver_mail()
    assert "😀" in mailoutbox[0].body


def test_other_words_are_no_reason_to_write(convenor, event):
    comes(event)
    edit_event(by=convenor, event=event, **facts(event, title="Other words", description="More"))
    assert not Message.objects.exists()


def test_more_places_are_given_to_who_waited_longest(convenor, event):
    comes(event), comes(event)
    first, second = comes(event, "waiting"), comes(event, "waiting")
    edit_event(by=convenor, event=event, **facts(event, places=3))
    states = dict(Attendance.objects.values_list("user", "state"))
    assert (states[first.pk], states[second.pk]) == ("going", "waiting")
    assert list(Message.objects.values_list("kind", "user")) == [("event_place", first.pk)]


def test_nobody_loses_a_place(client, convenor, event):
    comes(event), comes(event)
    answer = signed_in(client, convenor).post(page(event, "edit"), typed(places="1"))
    assert answer.status_code == 422
    assert "2 people are going" in answer.content.decode()
    event.refresh_from_db()
    assert event.places == 2


def test_nobody_else_changes_it(client, event):
    for user in (comes(event), MembershipFactory(is_convenor=True).user):
        signed_in(client, user)
        for name in ("edit", "cancel"):
            assert client.get(page(event, name)).status_code == 404
            assert client.post(page(event, name), typed()).status_code == 404
        with pytest.raises(NotTheirs):
            edit_event(by=user, event=event, **facts(event))
        with pytest.raises(NotTheirs):
            cancel_event(by=user, event=event)


def test_a_convenor_who_left_changes_nothing(client, convenor, event):
    Membership.objects.filter(user=convenor).update(left_on=timezone.localdate())
    assert signed_in(client, convenor).get(page(event, "edit")).status_code == 404


def test_without_its_guard_anybody_would_change_it(monkeypatch, client, event):
    monkeypatch.setattr(EventQuerySet, "run_by", lambda self, user: self)
    assert signed_in(client, comes(event)).get(page(event, "edit")).status_code == 200


def test_what_has_begun_is_not_changed_any_more(client, convenor, event):
    Event.objects.update(starts_at=timezone.now() - datetime.timedelta(minutes=1))
    assert signed_in(client, convenor).get(page(event, "edit")).status_code == 404
    with pytest.raises(TooLate):
        edit_event(by=convenor, event=event, **facts(event))


def test_five_moves_a_day(client, convenor, event):
    signed_in(client, convenor)
    answers = [client.post(page(event, "edit"), typed(place=f"Depot {number}")).status_code for number in range(6, 12)]
    assert answers == [302] * 5 + [422]


# --- Cancelling -----------------------------------------------------------------------------------------------------


def test_it_asks_once_and_tells_all(client, convenor, event, mailoutbox, django_capture_on_commit_callbacks):
    going = comes(event)
    signed_in(client, convenor)
    assert client.get(page(event, "cancel")).status_code == 200
    event.refresh_from_db()
    assert not event.is_cancelled
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(event, "cancel"))
    deliver_mail()
    event.refresh_from_db()
    assert event.is_cancelled
    assert [mail.to for mail in mailoutbox] == [[going.email]]
    assert client.post(page(event, "cancel")).status_code == 404


def test_who_left_the_network_hears_nothing_of_it(convenor, event):
    gone = comes(event)
    Membership.objects.filter(user=gone).update(left_on=timezone.localdate())
    cancel_event(by=convenor, event=event)
    assert not Message.objects.exists()


# --- Who came -------------------------------------------------------------------------------------------------------


def test_it_is_noted_who_was_there(client, convenor, event):
    there, away = comes(event), comes(event)
    Event.objects.update(starts_at=timezone.now() - datetime.timedelta(hours=1))
    shown = signed_in(client, convenor).get(page(event, "attendance")).content.decode()
    assert there.name in shown
    key = Attendance.objects.get(user=there).public_id
    assert client.post(page(event, "attendance"), {"came": [key]}).status_code == 302
    assert dict(Attendance.objects.values_list("user", "came")) == {there.pk: True, away.pk: False}


@pytest.mark.parametrize("wrong", ["1", "x" * 13, "\x00", "9" * 30])
def test_somebody_who_was_not_going_is_no_choice(client, convenor, event, wrong):
    comes(event)
    Event.objects.update(starts_at=timezone.now() - datetime.timedelta(hours=1))
    assert signed_in(client, convenor).post(page(event, "attendance"), {"came": [wrong]}).status_code == 422
    assert Attendance.objects.get().came is None


def test_nobody_was_there_before_it_begins(client, convenor, event):
    assert signed_in(client, convenor).get(page(event, "attendance")).status_code == 404
    with pytest.raises(TooLate):
        note_who_came(by=convenor, event=event, came=[])


def test_members_do_not_say_who_came(client, event):
    Event.objects.update(starts_at=timezone.now() - datetime.timedelta(hours=1))
    assert signed_in(client, comes(event)).get(page(event, "attendance")).status_code == 404


def test_it_is_forgotten_after_a_year(event):
    comes(event)
    later = event.ends_at + datetime.timedelta(days=364)
    assert event_actions.forget_attendance(now=later) == 0
    assert event_actions.forget_attendance(now=later + datetime.timedelta(days=1)) == 1
    assert Event.objects.exists()


def test_joining_an_event_is_no_right_to_run_it(event):
    user = MembershipFactory(network=event.network).user
    join(by=user, event=event)
    assert not Event.objects.run_by(user).exists()
