"""Whoever moderates says until when they are away."""

import datetime

import pytest
from django.utils import timezone

from learning_portal.common.models import Away
from stories.actions import Refused, hand_on, leave_dates
from stories.models import Handling
from tests.factories import TODAY, MembershipFactory, UserFactory
from tests.stories.telling import moderators, on, sent, teller

pytestmark = pytest.mark.django_db

URL = "/account/away/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def moderator(client):
    person = moderators(1)[0]
    client.force_login(person, backend=BACKEND)
    return person


def ahead(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def leave_of(user) -> datetime.date | None:
    return Away.objects.filter(user=user).values_list("until", flat=True).first()


def test_set_changed_and_ended(client, moderator):
    for days in (0, 9, 365):
        response = client.post(URL, {"until": ahead(days).isoformat()}, follow=True)
        assert "goes to others until then" in response.content.decode()
        assert "You are away until" in response.content.decode()
        assert leave_of(moderator) == ahead(days)
    assert "Welcome back" in client.post(URL, {"do": "back"}, follow=True).content.decode()
    assert leave_of(moderator) is None
    assert "You are away until" not in client.get(URL).content.decode()


def test_a_date_as_people_write_it(client, moderator):
    client.post(URL, {"until": ahead(3).strftime("%d/%m/%Y")})
    assert leave_of(moderator) == ahead(3)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write the last day on which you are away"),
        ("next week", "Write the date as day, month and year"),
        ("2026-02-30", "Write the date as day, month and year"),
        ("2020-01-01", "must be today or later"),
        ("9999-12-31", "must be within a year from today"),
    ],
)
def test_what_is_no_leave_is_said_beside_the_field(client, moderator, typed, said):
    response = client.post(URL, {"until": typed})
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert f'value="{typed}"' in page or not typed
    assert leave_of(moderator) is None


def test_in_welsh_too(client, moderator):
    client.cookies["django_language"] = "cy"
    assert client.post(URL, {"until": "2020-01-01"}).status_code == 422


def test_convenors_too(client):
    convenor = MembershipFactory(is_convenor=True).user
    client.force_login(convenor, backend=BACKEND)
    assert client.post(URL, {"until": ahead(1).isoformat()}).status_code == 302
    assert leave_of(convenor) == ahead(1)


def test_for_nobody_else(client):
    assert client.get(URL).status_code == 302
    reader = UserFactory()
    client.force_login(reader, backend=BACKEND)
    assert client.get(URL).status_code == client.post(URL, {"until": ahead(1).isoformat()}).status_code == 404
    with pytest.raises(Refused):
        leave_dates.be_away(by=reader, until=ahead(1))
    assert leave_of(reader) is None


def test_other_methods_are_refused(client, moderator):
    assert client.put(URL).status_code == 405


def test_linked_from_account_and_work_list(client, moderator):
    for page in ("/account/", "/moderation/"):
        assert f'href="{URL}"' in client.get(page).content.decode()
    client.force_login(UserFactory(), backend=BACKEND)
    assert URL not in client.get("/account/").content.decode()


def test_what_one_holds_goes_on_and_comes_back_to_nobody_away():
    people = moderators(3)
    with on(TODAY):
        story = sent(teller())
        holder = Handling.objects.get(story=story).user
        leave_dates.be_away(by=holder, until=TODAY)
        assert hand_on(today=TODAY) == 1
    assert Handling.objects.get(story=story).user in set(people) - {holder}


def test_leave_that_is_over_is_forgotten():
    people = moderators(2)
    for person, days in zip(people, (0, 1), strict=True):
        leave_dates.be_away(by=person, until=TODAY + datetime.timedelta(days=days), today=TODAY)
    assert leave_dates.erase_past_leave(today=TODAY + datetime.timedelta(days=1)) == 1
    assert [found.user for found in Away.objects.all()] == [people[1]]
