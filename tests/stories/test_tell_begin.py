"""What to tell, what to know first, and page 1: the one signed-in request that begins a draft."""

import re

import pytest
from django.test import Client

from stories import receipts
from stories.choices import Voice
from stories.models import AuthorLink, Draft, Receipt, Story
from stories.telling.kinds import TELLINGS
from stories.views.telling import begin
from tests.factories import AffiliationFactory, UserFactory
from tests.stories.telling import place, teller

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_what_can_be_told_is_led_to_from_every_page(client):
    assert 'href="/tell/"' in client.get("/stories/").content.decode()
    home = client.get("/").content.decode()
    assert "Tell it candidly, in ten minutes." in home
    text = client.get("/tell/").content.decode()
    for key in TELLINGS:
        assert f'href="/tell/{key}/"' in text


def test_before_you_start_is_one_screen(client):
    text = client.get("/tell/before/").content.decode()
    for words in ("Do I need permission?", "Copy the letter", "call 999", "whistleblowing", "Before an election"):
        assert words in text
    assert client.post("/tell/before/").status_code == 405


def test_page_one_needs_an_account(client):
    assert client.get("/tell/lessons/")["Location"] == "/sign-in/?next=/tell/lessons/"
    assert client.post("/tell/lessons/", {"voice": "named"}).status_code == 302
    assert not Story.objects.exists()
    assert client.get("/tell/nonsense/").status_code == 404


def test_who_was_not_verified_learns_what_to_do():
    client = signed_in(UserFactory())
    assert 'href="/account/where-you-work/"' in client.get("/tell/lessons/").content.decode()
    answer = client.post("/tell/lessons/", {"voice": "named"})
    assert answer.status_code == 422
    assert not Story.objects.exists()


def test_page_one_says_plainly_what_is_kept():
    text = signed_in(teller()).get("/tell/lessons/").content.decode()
    for words in (
        "the only way back",
        "own records can show",
        "Freedom of information law",
        "Demo runs this service",
        "may be among the readers",
        "at least five organisations share",
    ):
        assert words in text
    assert not re.search(r"\schecked[\s>]", text.split("<form")[2])


@pytest.mark.parametrize("voice", ["named", "confidential"])
def test_a_draft_is_begun_and_its_receipt_is_in_the_browser(voice):
    user = teller()
    answer = signed_in(user).post("/tell/lessons/", {"voice": voice})
    story = Story.objects.get()
    assert answer["Location"] == f"/tell/{story.public_id}/words/"
    assert AuthorLink.objects.get().user == user
    cookie = answer.cookies["receipt"]
    assert (cookie["path"], cookie["samesite"]) == (f"/tell/{story.public_id}/", "Lax")
    assert cookie["httponly"]
    assert Receipt.objects.get().sha256 == receipts.sha256(cookie.value)


def test_the_cookie_is_secure_in_production(settings):
    settings.SESSION_COOKIE_SECURE = True
    assert signed_in(teller()).post("/tell/lessons/", {"voice": "named"}).cookies["receipt"]["secure"]


def test_the_anonymous_are_shown_their_receipt_and_not_linked():
    client = signed_in(teller())
    answer = client.post("/tell/lessons/", {"voice": "anonymous"})
    story = Story.objects.get()
    assert answer["Location"] == f"/tell/{story.public_id}/keep/"
    assert not AuthorLink.objects.exists()
    assert story.organisation is None
    assert answer.cookies["receipt"].value in client.get(answer["Location"]).content.decode()


def test_each_thing_that_is_told_knows_what_it_is():
    client = signed_in(teller())
    for key, telling in TELLINGS.items():
        client.post(f"/tell/{key}/", {"voice": "named"})
        story = Story.objects.get()
        assert (story.kind, story.in_person) == (telling.kind, telling.in_person)
        assert f'"telling":"{key}"' in Draft.objects.get().words
        story.delete()


def test_who_works_at_two_places_says_where():
    first = place()
    user = teller(first)
    second = AffiliationFactory(user=user).organisation
    client = signed_in(user)
    assert "Where did it happen?" in client.get("/tell/lessons/").content.decode()
    assert client.post("/tell/lessons/", {"voice": "named"}).status_code == 422
    client.post("/tell/lessons/", {"voice": "named", "place": second.code})
    assert Story.objects.get().organisation == second


@pytest.mark.parametrize("form", [{}, {"voice": "nobody"}, {"voice": "named\x00"}, {"voice": "x" * 5000}])
def test_bad_choices_begin_nothing(form):
    answer = signed_in(teller()).post("/tell/lessons/", form)
    assert answer.status_code == 422
    assert "Choose whether we keep your name" in answer.content.decode()
    assert not Story.objects.exists()


def test_in_welsh_the_story_is_in_welsh():
    client = signed_in(teller())
    client.cookies["django_language"] = "cy"
    client.post("/tell/lessons/", {"voice": "named"})
    assert Story.objects.get().language == "cy"


def test_a_place_that_is_taken_back_meanwhile_is_said(monkeypatch):
    def refuse(**chosen):
        raise begin.Refused("Not any more.")

    monkeypatch.setattr(begin.tell, "start_story", refuse)
    answer = signed_in(teller()).post("/tell/lessons/", {"voice": Voice.NAMED})
    assert answer.status_code == 422
    assert "Not any more." in answer.content.decode()
