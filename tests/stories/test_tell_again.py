"""The ways back: a receipt typed in, and the list of one's own."""

import datetime

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning_portal.common.models import Limit
from stories import receipts
from stories.actions import tell
from stories.choices import Voice
from stories.views.telling import again
from tests.nasty import NASTY
from tests.stories.holding import begun, page, written
from tests.stories.telling import teller
from tests.stories.test_tell_begin import signed_in
from tests.strength import each

pytestmark = pytest.mark.django_db


def type_it(client, receipt: str):
    return client.post("/tell/receipt/", {"receipt": receipt})


def test_a_receipt_opens_its_story_however_it_is_spaced(client):
    story, holder = begun(Voice.ANONYMOUS)
    receipt = holder.cookies["receipt"].value
    answer = type_it(client, f" {receipt.upper().replace('-', ' ')} ")
    assert answer["Location"] == page(story)
    assert answer.cookies["receipt"]["path"] == page(story)
    client.cookies["receipt"] = answer.cookies["receipt"].value
    assert client.get(page(story, "words")).status_code == 200
    assert receipt in client.get(page(story, "keep")).content.decode()


def test_a_slip_is_told_from_what_opens_nothing(client):
    story, holder = begun()
    receipt = holder.cookies["receipt"].value
    slip = receipt[:-1] + ("0" if receipt[-1] != "0" else "1")
    assert "a letter or figure is missing or wrong" in type_it(client, slip).content.decode()
    unknown = type_it(client, receipts.write(5))
    expired = type_it(client, tell.hand(story=story, kind="author", expires_on=datetime.date(2020, 1, 1)))
    for answer in (unknown, expired):
        assert answer.status_code == 422
        assert "This receipt opens nothing" in answer.content.decode()
        assert "receipt" not in answer.cookies


@each("value", NASTY, 4)
def test_nasty_receipts_are_refused_calmly(client, value):
    assert type_it(client, value).status_code == 422


def test_receipts_are_not_tried_for_ever(client):
    for _time in range(10):
        assert type_it(client, receipts.write(5)).status_code == 422
    answer = type_it(client, receipts.write(5))
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 600
    assert "Wait ten minutes" in answer.content.decode()
    _story, holder = begun()
    assert type_it(client, holder.cookies["receipt"].value).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.9").post("/tell/receipt/", {"receipt": receipts.write(5)}).status_code == 422


def test_without_the_limit_they_would_be(client, monkeypatch):
    """Planted: nothing counts."""
    monkeypatch.setattr(again.Rate, "take", lambda self, key: 0)
    assert {type_it(client, receipts.write(5)).status_code for _time in range(12)} == {422}


def test_what_counts_tries_names_nobody(client):
    type_it(client, receipts.write(5))
    assert "127.0.0.1" not in Limit.objects.get().what


def test_ones_own_stories_are_listed_and_opened():
    user = teller()
    story, _holder = begun(by=user)
    tell.save_draft(story=story, words={"title": "Mine <b>"}, read=1)
    hidden, _holder = begun(Voice.ANONYMOUS, by=user)
    other, _holder = written()
    client = signed_in(user)
    text = client.get("/tell/mine/").content.decode()
    assert "Mine &lt;b&gt;" in text
    assert hidden.public_id not in text
    assert other.public_id not in text
    answer = client.post("/tell/mine/", {"story": story.public_id})
    assert answer["Location"] == page(story)
    assert client.get(page(story, "words")).status_code == 200
    for stranger in (hidden.public_id, other.public_id):
        assert client.post("/tell/mine/", {"story": stranger}).status_code == 404


def test_thirty_stories_cost_no_more_queries_than_one(django_assert_num_queries):
    user = teller()
    client = signed_in(user)
    begun(by=user)
    with CaptureQueriesContext(connection) as few:
        client.get("/tell/mine/")
    for _number in range(29):
        begun(by=user)
    with django_assert_num_queries(len(few)):
        assert client.get("/tell/mine/").content.decode().count('name="story"') == 30


@each("value", NASTY, 4)
def test_what_is_no_story_is_not_there(value):
    assert signed_in(teller()).post("/tell/mine/", {"story": value}).status_code == 404


def test_the_list_is_for_who_is_signed_in(client):
    assert client.get("/tell/mine/")["Location"] == "/sign-in/?next=/tell/mine/"
    assert "An anonymous one opens with its receipt only." in signed_in(teller()).get("/tell/mine/").content.decode()


def test_the_account_leads_there():
    assert 'href="/tell/mine/"' in signed_in(teller()).get("/account/").content.decode()


def test_someone_elses_story_would_open_without_the_guard(monkeypatch):
    """Planted: everybody counts as the author."""
    other, _holder = written()
    monkeypatch.setattr(again, "authored_by", lambda user: Q())
    with pytest.raises(again.tell.Refused):  # the action asks once more
        signed_in(teller()).post("/tell/mine/", {"story": other.public_id})
