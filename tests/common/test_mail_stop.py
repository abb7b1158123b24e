"""The page with one button that stops kinds of mail, without signing in."""

import pytest
from django.conf import settings
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from learning_portal.common.mail.stopping import Subscriber, read, token_for
from learning_portal.common.models import MailStop, User
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def user() -> User:
    return UserFactory(email="sian@council.example", name="Siân Morgan")


def page(subscriber: Subscriber, *kinds: str) -> str:
    return reverse("common:mail-stop", args=[token_for(subscriber, kinds)])


def stopped() -> set[tuple[int | None, str]]:
    return set(MailStop.objects.values_list("user_id", "kind"))


def test_it_asks_first(client, user):
    response = client.get(page(Subscriber(user.pk), "news"))
    text = response.content.decode()
    assert response.status_code == 200
    assert "Stop these mails?" in text
    assert "News" in text
    assert text.count('<button type="submit"') - text.count('name="language"') == 1
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_to_look_changes_nothing(client, user):
    """A program that searches mail for harm opens every link."""
    for method in (client.get, client.head, client.get):
        method(page(Subscriber(user.pk), "news"))
    assert stopped() == set()


def test_one_click_stops_it(client, user):
    response = client.post(page(Subscriber(user.pk), "news"))
    assert response.status_code == 200
    assert "You will get no more of these mails" in response.content.decode()
    assert stopped() == {(user.pk, "news")}


def test_a_mail_program_does_it_by_itself(user):
    """RFC 8058: a POST from elsewhere, with no cookie and no token of a form."""
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(page(Subscriber(user.pk), "news", "helped"), ONE_CLICK).status_code == 200
    assert stopped() == {(user.pk, "news"), (user.pk, "helped")}


def test_twice_is_once(client, user):
    for _time in range(2):
        assert client.post(page(Subscriber(user.pk), "news")).status_code == 200
    assert MailStop.objects.count() == 1


def test_whoever_is_signed_in_stops_the_mail_of_whom_the_link_is_for(client, user):
    other = UserFactory()
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    client.post(page(Subscriber(user.pk), "news"))
    assert stopped() == {(user.pk, "news")}


def test_an_address_without_an_account_is_not_kept(client):
    client.post(page(Subscriber.of(None, "Lead@Supplier.example"), "news"))
    stop = MailStop.objects.get()
    assert (stop.user, stop.kind, len(stop.address_sha256)) == (None, "news", 64)
    assert MailStop.objects.of(Subscriber.of(None, "lead@supplier.example")).exists()


def test_it_says_neither_whose_mail_it_is_nor_that_they_are_here(client, user):
    for text in (client.get(page(Subscriber(user.pk), "news")), client.post(page(Subscriber(user.pk), "news"))):
        assert "sian@council.example" not in text.content.decode()
        assert "Siân" not in text.content.decode()


def test_in_welsh(client, user):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    assert "Atal y negeseuon e-bost hyn?" in client.get(page(Subscriber(user.pk), "news")).content.decode()


def test_somebody_who_left_is_not_there(client, user):
    path = page(Subscriber(user.pk), "news")
    user.delete()
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_wrong_method(client, user, method):
    assert getattr(client, method)(page(Subscriber(user.pk), "news")).status_code == 405
    assert stopped() == set()


# --- Tokens ---------------------------------------------------------------------------------------------------------


def test_a_token_is_read_back():
    for subscriber in (Subscriber(7), Subscriber.of(None, "lead@supplier.example")):
        assert read(token_for(subscriber, ["news", "request"])) == (subscriber, ["news", "request"])


def test_a_token_is_always_the_same():
    """So that it holds no date, and the same mail has the same bytes."""
    assert token_for(Subscriber(7), ["news"]) == token_for(Subscriber(7), ["news"])


@pytest.mark.parametrize("kinds", [[], ["reply"], ["message_waiting"], ["sign_in"], ["news", "reply"], ["unknown"]])
def test_what_cannot_be_stopped_has_no_page(client, user, kinds):
    path = page(Subscriber(user.pk), *kinds)
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404
    assert stopped() == set()


def test_every_single_character_counts(client, user):
    token = token_for(Subscriber(user.pk), ["news"])
    for place in range(len(token)):
        forged = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert read(forged) is None


@pytest.mark.parametrize("salt", ["", "learning_portal.mail", "django.contrib.sessions"])
def test_a_signature_for_something_else_is_none(user, salt):
    assert read(Signer(sep=".", salt=salt).sign_object([user.pk, "news"])) is None


@pytest.mark.parametrize("token", ["guess", ".", "a.b", "\U0001f600", "x" * 5_000, "%00", "W10.x"])
def test_a_guess_is_answered_as_what_does_not_exist(client, token):
    absent = client.get("/nowhere/")
    for method in (client.get, client.post):
        response = method(f"/mail/stop/{token}/")
        assert (response.status_code, response.content) == (404, absent.content)
