"""People join events, wait for a place, and go back; a place that falls free is given once, in order of asking."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from learning_portal.common.models import Message
from networks.event_actions import NotTheirs, TooLate, free_places, go_back, join, leave_events
from networks.models import Affiliation, Attendance, Event, Membership
from stories.actions.leave import delete_account
from tests.factories import AffiliationFactory, EventFactory, MembershipFactory, UserFactory
from tests.worlds import savepoint

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def verified():
    return AffiliationFactory().user


def states(event: Event) -> list[str]:
    return list(Attendance.objects.filter(event=event).order_by("turn").values_list("state", flat=True))


def come(client, event: Event, do: str):
    return client.post(reverse("networks:event-come", args=[event.pk]), {"do": do}, follow=True)


def test_a_verified_reader_joins_and_goes_back(client):
    event = EventFactory(places=1)
    client.force_login(verified(), backend=BACKEND)
    assert "You are going" in come(client, event, "join").content.decode()
    assert come(client, event, "join").status_code == 200
    assert states(event) == ["going"]
    assert "You are not coming" in come(client, event, "back").content.decode()
    assert states(event) == ["back"]
    come(client, event, "join")
    assert states(event) == ["going"]


def test_who_is_not_verified_is_told_why(client):
    event = EventFactory()
    client.force_login(UserFactory(), backend=BACKEND)
    assert "place of work is confirmed" in come(client, event, "join").content.decode()
    assert states(event) == []


def test_a_visitor_signs_in_first(client):
    event = EventFactory()
    answer = client.post(reverse("networks:event-come", args=[event.pk]), {"do": "join"})
    assert (answer.status_code, "sign-in" in answer["Location"]) == (302, True)


def test_an_event_of_a_network_is_for_its_members(client):
    event = EventFactory(network=MembershipFactory().network)
    outsider, member = verified(), MembershipFactory(network=event.network).user
    client.force_login(outsider, backend=BACKEND)
    assert come(client, event, "join").status_code == 404
    with pytest.raises(NotTheirs):
        join(by=outsider, event=event)
    assert join(by=member, event=event) == "going"


@pytest.mark.parametrize("wrong", ["", "dance", "\x00"])
def test_an_unknown_button_does_nothing(client, wrong):
    client.force_login(verified(), backend=BACKEND)
    assert come(client, EventFactory(), wrong).status_code == 404


def test_only_by_post(client):
    client.force_login(verified(), backend=BACKEND)
    assert client.get(reverse("networks:event-come", args=[EventFactory().pk])).status_code == 405


def test_who_comes_later_waits_and_gets_the_place_that_falls_free():
    event = EventFactory(places=1)
    one, two, three = verified(), verified(), verified()
    assert [join(by=user, event=event) for user in (one, two, three)] == ["going", "waiting", "waiting"]
    go_back(by=one, event=event)
    assert states(event) == ["back", "going", "waiting"]
    assert list(Message.objects.values_list("kind", "user")) == [("event_place", two.pk)]
    assert join(by=one, event=event) == "waiting"
    assert states(event) == ["going", "waiting", "waiting"]


def test_the_mail_of_a_place_leaves_at_once(mailoutbox, django_capture_on_commit_callbacks):
    event = EventFactory(places=1)
    one, two = verified(), verified()
    join(by=one, event=event), join(by=two, event=event)
    with django_capture_on_commit_callbacks(execute=True):
        go_back(by=one, event=event)
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("A place is yours", [two.email])
    assert f"/events/{event.public_id}/" in mail.body


def test_who_leaves_the_waiting_list_frees_no_place():
    event = EventFactory(places=1)
    one, two, three = verified(), verified(), verified()
    for user in (one, two, three):
        join(by=user, event=event)
    go_back(by=two, event=event)
    assert states(event) == ["going", "back", "waiting"]
    assert not Message.objects.exists()


@pytest.mark.parametrize("fields", [{"starts_at": timezone.now()}, {"cancelled_on": timezone.localdate()}])
def test_what_has_begun_or_is_cancelled_takes_nobody_and_lets_nobody_go(client, fields):
    event, user = EventFactory(), verified()
    join(by=user, event=event)
    Event.objects.filter(pk=event.pk).update(**fields)
    for verb in (join, go_back):
        with pytest.raises(TooLate):
            verb(by=user, event=event)
    client.force_login(user, backend=BACKEND)
    assert "It has begun, or was cancelled" in come(client, event, "back").content.decode()


def test_who_left_the_network_comes_no_more_and_others_get_the_place():
    event = EventFactory(network=MembershipFactory().network, places=1)
    one, two = (MembershipFactory(network=event.network).user for _number in range(2))
    join(by=one, event=event), join(by=two, event=event)
    assert free_places() == 0
    Membership.objects.filter(user=one).update(left_on=timezone.localdate())
    assert free_places() == 1
    assert free_places() == 0
    assert states(event) == ["back", "going"]
    assert Message.objects.count() == 1


def test_who_is_not_verified_any_more_comes_to_none_for_all():
    event = EventFactory()
    user = verified()
    join(by=user, event=event)
    Affiliation.objects.update(ended_on=timezone.localdate())
    assert free_places() == 1


def test_a_waiting_one_who_may_not_come_any_more_is_passed_over():
    event = EventFactory(places=1)
    one, two, three = verified(), verified(), verified()
    for user in (one, two, three):
        join(by=user, event=event)
    Affiliation.objects.filter(user=two).update(ended_on=timezone.localdate())
    go_back(by=one, event=event)
    assert states(event) == ["back", "waiting", "going"]


def test_an_account_that_is_deleted_gives_its_place_away():
    event = EventFactory(places=1)
    one, two = verified(), verified()
    join(by=one, event=event), join(by=two, event=event)
    delete_account(by=one)
    assert states(event) == ["going"]
    assert Message.objects.get().user == two


def test_past_events_are_left_as_they_were():
    event = EventFactory(places=1)
    one, two = verified(), verified()
    join(by=one, event=event), join(by=two, event=event)
    Event.objects.update(starts_at=timezone.now() - datetime.timedelta(hours=1))
    leave_events(by=one)
    assert free_places() == 0
    assert states(event) == ["going", "waiting"]


@given(steps=st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=14), places=st.sampled_from([1, 2, 3]))
def test_whoever_comes_and_goes_no_place_is_given_twice_or_left_empty(steps, places):
    """Against the same rules in plain Python: the first ones in order of asking have the places."""
    with savepoint():
        event, people = EventFactory(places=places), [verified() for _number in range(5)]
        line: list[int] = []
        for person, comes in steps:
            (join if comes else go_back)(by=people[person], event=event)
            if comes and person not in line:
                line.append(person)
            elif not comes and person in line:
                line.remove(person)
            going = set(Attendance.objects.filter(event=event).going().values_list("user", flat=True))
            waiting = list(Attendance.objects.filter(event=event).waiting().values_list("user", flat=True))
            assert going == {people[number].pk for number in line[:places]}
            assert waiting == [people[number].pk for number in line[places:]]


def test_sixty_comings_and_goings_an_hour(client):
    event = EventFactory()
    client.force_login(verified(), backend=BACKEND)
    for _number in range(60):
        client.post(reverse("networks:event-come", args=[event.pk]), {"do": "join"})
    assert "Try again in an hour" in come(client, event, "back").content.decode()
    assert states(event) == ["going"]
