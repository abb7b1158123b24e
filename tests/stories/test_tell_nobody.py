"""The pages of one story know nobody: neither user nor session is read, whoever is signed in in that browser."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from learning_portal.common.models import User
from stories.choices import Voice
from stories.views.telling import receipt
from tests.stories.holding import FULL, form_of, page, with_receipt, written
from tests.stories.telling import moderators, teller

pytestmark = pytest.mark.django_db
PAGES = ("", "keep", "words", "check", "sent", "status", "more", "hand", "look")
FORMS = {
    "words": {**FULL, "then": "check"},
    "save": FULL,
    "check": {"as": "visitor"},
    "status": {"do": "answer", "text": "A word."},
    "more": {"question": "Did you ride along?"},
    "hand": {"kind": "colleague"},
    "look": {"text": "Good."},
}


class Looked(AssertionError):
    """Somebody asked who reads."""


@pytest.fixture
def nobody_looks(monkeypatch):
    """From now on any look at a user or a session fails."""

    def look(*args, **kwargs):
        raise Looked

    for name in ("_get_session", "load", "save", "create", "delete", "flush"):
        monkeypatch.setattr(SessionStore, name, look)
    monkeypatch.setattr(SessionStore, "_session", property(look))
    monkeypatch.setattr("django.contrib.auth.middleware.get_user", look)
    return look


def signed_in_too(client: Client, user: User) -> Client:
    """The same browser also has the cookie of a session."""
    other = Client()
    other.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["sessionid"] = other.cookies["sessionid"].value
    return client


def walk(story, holder: Client) -> None:
    for name in PAGES:
        assert holder.get(page(story, name)).status_code in {200, 302}
    for name, form in FORMS.items():
        assert holder.post(page(story, name), form_of(story, **form)).status_code in {200, 302, 422}
    for name in (*PAGES, *FORMS):
        assert Client(HTTP_COOKIE="").get(page(story, name)).status_code in {404, 405}
    assert holder.put(page(story, "words")).status_code == 405


@pytest.mark.parametrize("voice", Voice.values)
def test_no_page_of_a_story_looks_at_who_reads(voice, request):
    moderators()
    story, holder = written(voice)
    holder.post(page(story, "check"), form_of(story, audience="public"))
    holder = signed_in_too(holder, teller())
    request.getfixturevalue("nobody_looks")
    walk(story, holder)
    answer = holder.post(page(story, "status"), {"do": "withdraw"})
    assert answer.status_code == 302
    assert "sessionid" not in answer.cookies


def test_typing_a_receipt_does_not_look_either(request):
    story, holder = written(Voice.ANONYMOUS)
    typed = holder.cookies["receipt"].value
    holder = signed_in_too(Client(), teller())
    request.getfixturevalue("nobody_looks")
    assert holder.get("/tell/receipt/").status_code == 200
    assert holder.post("/tell/receipt/", {"receipt": "nothing"}).status_code == 422
    assert holder.post("/tell/receipt/", {"receipt": typed})["Location"] == page(story)


@pytest.mark.parametrize("name", ["status", "words", "check", "keep"])
def test_with_the_reader_left_in_a_look_is_noticed(name, monkeypatch, request):
    """Planted: the door leaves the reader in, and a page greets them."""
    story, holder = written()
    holder = signed_in_too(holder, teller())
    monkeypatch.setattr(receipt, "forget_reader", lambda request: request.user.is_authenticated)
    request.getfixturevalue("nobody_looks")
    with pytest.raises(Looked):
        holder.get(page(story, name))


def test_the_pages_have_no_account_in_their_menu():
    story, holder = written()
    text = signed_in_too(holder, teller()).get(page(story, "words")).content.decode()
    assert "Your account" not in text
    assert "Sign in" not in text


def test_a_receipt_opens_its_own_story_alone():
    story, holder = written()
    other, _holder = written()
    assert with_receipt(other, holder.cookies["receipt"].value).get(page(other, "words")).status_code == 404
    assert holder.get(page(story, "words")).status_code == 200
