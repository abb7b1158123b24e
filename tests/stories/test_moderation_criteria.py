"""By what moderators decide, for everybody."""

import datetime

import pytest
from django.utils import timezone

from stories.actions import moderate
from tests.stories.telling import moderators, on, sent, teller

pytestmark = pytest.mark.django_db

URL = "/moderation/criteria/"


def test_everybody_reads_them(client):
    response = client.get(URL)
    assert response.status_code == 200
    text = response.content.decode()
    for words in ("How stories are checked", "safeguarding team", "needs two different moderators", "Too few stories"):
        assert words in text
    assert client.post(URL).status_code == 405


def test_linked_from_every_page(client):
    assert f'href="{URL}"' in client.get("/").content.decode()


@pytest.mark.parametrize("page", ["/tell/", "/tell/before/"])
def test_linked_from_where_one_begins_to_tell_too(client, page):
    assert client.get(page).content.decode().count(f'href="{URL}"') == 2  # and in the footer


def test_the_true_median_from_five_answers_on(client):
    people, author, today = moderators(2), teller(), timezone.localdate()
    monday = today - datetime.timedelta(days=today.weekday() + 7)
    for _count in range(5):
        assert "Too few stories" in client.get(URL).content.decode()
        with on(monday):
            story = sent(author)
        with on(monday + datetime.timedelta(days=1)):
            moderate.ask(by=people[0], story=story, text="Why?")
    assert "within 1 working day." in client.get(URL).content.decode()
