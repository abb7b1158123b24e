"""Which kinds of mail one gets: the form on one's account page."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from learning_portal.common.mail import kinds as registry
from learning_portal.common.mail.kinds import Kind
from learning_portal.common.mail.stopping import Subscriber
from learning_portal.common.models import MailStop, Role, User
from tests.cast import give_role
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]

ACCOUNT, CHOOSE = reverse("common:account"), reverse("common:mail-choose")


@pytest.fixture
def user(client) -> User:
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def boxes(client) -> dict[str, bool]:
    """The kinds on the page, and whether they are chosen."""
    inputs = re.findall(r'<input type="checkbox" name="kinds"[^>]*>', client.get(ACCOUNT).content.decode())
    return {re.search(r'value="(\w+)"', box)[1]: " checked" in box for box in inputs}


def stops(user: User) -> set[str]:
    return set(MailStop.objects.of(Subscriber(user.pk)).values_list("kind", flat=True))


def test_all_that_may_be_stopped_in_the_order_of_a_weekly_mail(client, user):
    assert boxes(client) == {"request": True, "helped": True, "news": True}


def test_what_cannot_be_stopped_is_named_with_the_reason(client, user):
    text = client.get(ACCOUNT).content.decode()
    for words in ("Codes to sign in", "A message is waiting for you", "Receipts", "They cannot be stopped"):
        assert words in text


def test_one_stops_and_starts(client, user):
    response = client.post(CHOOSE, {"kinds": ["request", "helped"]}, follow=True)
    assert response.redirect_chain == [(ACCOUNT, 302)]
    assert "Your choice of mail is kept." in response.content.decode()
    assert stops(user) == {"news"}
    assert boxes(client) == {"request": True, "helped": True, "news": False}
    client.post(CHOOSE, {"kinds": ["news"]})
    assert stops(user) == {"request", "helped"}


def test_one_may_stop_all(client, user):
    client.post(CHOOSE)
    assert stops(user) == {"request", "helped", "news"}


def test_what_a_link_stopped_is_not_chosen_here(client, user):
    MailStop.objects.create(user=user, kind="news")
    assert boxes(client)["news"] is False


def test_a_kind_for_a_role_is_shown_to_its_holders_and_left_alone_by_others(client, user):
    assert "mail_failing" not in boxes(client)
    client.post(CHOOSE)
    assert "mail_failing" not in stops(user)
    give_role(user, Role.PROGRAMME_TEAM)
    assert boxes(client)["mail_failing"] is True
    client.post(CHOOSE)
    assert "mail_failing" in stops(user)


def test_nobody_elses_choice_changes(client, user):
    other = UserFactory()
    MailStop.objects.create(user=other, kind="news")
    client.post(CHOOSE, {"kinds": ["news"]})
    assert stops(other) == {"news"}


@pytest.mark.parametrize(
    "kind", ["reply", "message_waiting", "mail_failing", "unknown", "\x00", "x" * 5_000, "\U0001f600"]
)
def test_a_kind_that_is_not_on_the_list(client, user, kind):
    MailStop.objects.create(user=user, kind="news")
    response = client.post(CHOOSE, {"kinds": ["request", kind]})
    text = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in text
    assert "Choose from the kinds of mail on the list." in text
    assert stops(user) == {"news"}


def test_where_nothing_can_be_stopped_there_is_no_form(client, user, monkeypatch):
    monkeypatch.setattr(registry, "_known", {kind.name: kind for kind in registry.OWN})
    text = client.get(ACCOUNT).content.decode()
    assert CHOOSE not in text
    assert "Codes to sign in" in text


def test_in_welsh(client, user):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    assert "Codau i fewngofnodi" in client.get(ACCOUNT).content.decode()


def test_names_of_kinds_are_no_markup(client, user):
    registry.register(Kind("angled", label="<b>Angled</b>", reason="R"))
    assert "<b>Angled" not in client.get(ACCOUNT).content.decode()


def test_a_visitor_signs_in_first(client):
    assert client.post(CHOOSE)["Location"].startswith(reverse("account_request_login_code"))


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_wrong_method(client, user, method):
    assert getattr(client, method)(CHOOSE).status_code == 405
