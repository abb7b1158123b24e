"""What the programme team sees of mail that does not get through."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from learning_portal.common.actions import deliver_mail, post, stop_kinds, tell_programme_team
from learning_portal.common.mail.kinds import MAIL_FAILING
from learning_portal.common.mail.stopping import Subscriber
from learning_portal.common.models import AuditEvent, Message, Role, User
from tests.cast import give_role
from tests.factories import UserFactory
from tests.mailing import MONDAY, TUESDAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]

PAGE = reverse("common:mail-failing")


@pytest.fixture
def member() -> User:
    user = UserFactory(email="team@portal.example")
    give_role(user, Role.PROGRAMME_TEAM)
    return user


@pytest.fixture
def team(client, member):
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client


def queue(number: int, kind: str, **state) -> None:
    for place in range(number):
        post(to=f"secret{place}@supplier.example", kind=kind, context={"number": 31337})
    Message.objects.filter(kind=kind).update(**state)


def rows(client) -> list[list[str]]:
    """The cells of each row of the table."""
    body = client.get(PAGE).content.decode().partition("<tbody")[2]
    return [re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in body.split("<tr")[1:]]


def test_all_is_well(team):
    queue(3, "reply")
    assert "All mail has got through so far." in team.get(PAGE).content.decode()


def test_how_much_fails_by_kind_and_nothing_else(team):
    queue(7, "reply", attempts=2)
    queue(1234, "news", state="failed", attempts=10)
    assert rows(team) == [["News", "none", "1,234"], ["Receipts", "7", "none"]]
    text = team.get(PAGE).content.decode()
    assert "secret" not in text
    assert "31337" not in text


@pytest.mark.parametrize("number", [1, 4])
def test_few_are_not_counted(team, number):
    queue(number, "reply", attempts=1)
    assert rows(team) == [["Receipts", "fewer than five", "none"]]


def test_a_weekly_mail_and_a_kind_that_is_gone(team):
    queue(5, "reply", state="failed")
    Message.objects.update(kind="gone")
    for number in range(5):
        Message.objects.create(
            kind="digest", address=f"a{number}@b.example", day=MONDAY.date(), language="en", attempts=1
        )
    assert rows(team) == [["Weekly mail", "5", "none"], ["gone", "none", "5"]]


def test_the_button_tries_what_was_given_up_again(team, post_office):
    queue(6, "reply", state="failed", attempts=10)
    assert team.post(PAGE)["Location"] == PAGE
    assert deliver_mail() == 6
    assert AuditEvent.objects.get().by == "team@portal.example"


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.CUSTODIAN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_others_there_is_no_such_page(client, role, method):
    queue(6, "reply", state="failed")
    user = UserFactory(is_staff=True)
    if role:
        give_role(user, role)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = getattr(client, method)(PAGE)
    assert (response.status_code, response.content) == (404, client.get("/nowhere/").content)
    assert Message.objects.filter(state="failed").count() == 6


def test_nor_for_whoever_lost_the_role(team, member):
    member.groups.clear()
    assert team.get(PAGE).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_wrong_method(team, method):
    assert getattr(team, method)(PAGE).status_code == 405


def test_the_account_page_leads_there(team, client, member):
    account = reverse("common:account")
    assert PAGE in team.get(account).content.decode()
    member.groups.clear()
    assert PAGE not in team.get(account).content.decode()


# --- The programme team hears of it ---------------------------------------------------------------------------------


def test_the_programme_team_hears_of_it_twice_and_no_more(member, post_office):
    UserFactory()
    queue(1, "reply", state="failed", not_before=4_000_000)
    for day in range(60):
        tell_programme_team(now=MONDAY + timedelta(days=day))
        deliver_mail(now=MONDAY + timedelta(days=day, hours=1))
    assert [(sent.to, sent.subject) for sent in post_office.sent] == [
        ([member.email], "Some mail does not get through")
    ] * 2
    assert PAGE in post_office.sent[0].body


def test_while_all_is_well_nobody_is_told(member):
    queue(3, "reply", attempts=4)
    tell_programme_team(now=MONDAY)
    assert not Message.objects.filter(kind=MAIL_FAILING.name).exists()


def test_that_this_very_mail_failed_is_no_reason_to_write_another(member):
    post(to=member, kind=MAIL_FAILING.name)
    Message.objects.update(state="failed")
    tell_programme_team(now=MONDAY)
    assert Message.objects.count() == 1


def test_after_another_try_they_hear_of_it_anew(team, member, post_office):
    queue(1, "reply", state="failed")
    tell_programme_team(now=MONDAY)
    team.post(PAGE)
    assert not Message.objects.filter(kind=MAIL_FAILING.name).exists()
    Message.objects.update(state="failed")
    tell_programme_team(now=MONDAY)
    assert Message.objects.filter(kind=MAIL_FAILING.name).count() == 1


def test_whoever_stopped_it_is_left_alone(member, post_office):
    stop_kinds(subscriber=Subscriber(member.pk), names=[MAIL_FAILING.name])
    queue(1, "reply", state="failed")
    tell_programme_team(now=MONDAY)
    deliver_mail(now=TUESDAY)
    assert post_office.sent == []


def test_the_role_of_the_kind_is_the_role():
    assert MAIL_FAILING.role == Role.PROGRAMME_TEAM
