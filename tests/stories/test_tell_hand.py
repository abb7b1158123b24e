"""Links that an author hands to somebody else: they write or look, and the author alone sends and approves."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from stories import receipt_rights
from stories.choices import Status, Voice
from stories.models import Receipt, RelayMessage, Story
from tests.nasty import NASTY
from tests.stories.holding import FULL, begun, form_of, number, page, send, typed, with_receipt, written
from tests.stories.telling import fresh, moderators

pytestmark = pytest.mark.django_db


def handed(story, holder, kind: str) -> str:
    """The receipt in a link that the author makes."""
    answer = holder.post(page(story, "hand"), {"kind": kind})
    assert answer.status_code == 200
    receipt = answer.context["receipt"]
    assert f"/tell/receipt/#{receipt}" in answer.content.decode()
    return receipt


@pytest.mark.parametrize("kind", ["interview", "leaving"])
def test_somebody_else_writes_and_the_author_sends(kind):
    moderators()
    story, author = written()
    other = with_receipt(story, handed(story, author, kind))
    assert other.get(page(story))["Location"] == page(story, "words")
    answers = {**FULL, "topic": typed(story)["topic"], "wrong": "It rained."}
    answer = other.post(page(story, "words"), form_of(story, **answers))
    assert answer["Location"] == page(story, "look")
    assert "It rained." in author.get(page(story, "words")).content.decode()
    for name in ("check", "sent", "status", "keep", "more", "hand"):
        assert other.get(page(story, name)).status_code == 404
    assert send(story, other).status_code == 404
    assert fresh(story).status == Status.DRAFT
    assert send(story, author).status_code == 302


def test_a_colleague_looks_and_comments():
    story, author = written(title="Mine <b>")
    receipt = handed(story, author, "colleague")
    other = Client()
    answer = other.post("/tell/receipt/", {"receipt": receipt})
    assert answer["Location"] == page(story)
    assert other.get(page(story))["Location"] == page(story, "look")
    text = other.get(page(story, "look")).content.decode()
    assert "Mine &lt;b&gt;" in text
    assert "Change the text" not in text
    assert other.post(page(story, "look"), {"text": "Leave <i>out</i> the date."}).status_code == 302
    assert (
        "A colleague to whom it was shown writes: Leave &lt;i&gt;out"
        in author.get(page(story, "status")).content.decode()
    )
    before = number(story)
    for name in ("words", "save", "versions", "check", "status", "more", "hand", "keep"):
        assert other.post(page(story, name), form_of(story, title="Theirs")).status_code in {404, 405}
    assert (number(story), typed(story)["title"]) == (before, "Mine <b>")


@pytest.mark.parametrize("voice", Voice.values)
def test_a_link_runs_out_after_four_weeks(voice):
    story, author = begun(voice)
    receipt = handed(story, author, "colleague")
    found = Receipt.objects.get(kind="colleague")
    assert found.expires_on >= timezone.localdate() + datetime.timedelta(days=28)
    assert found.expires_on.weekday() == 0 or voice == Voice.NAMED
    Receipt.objects.filter(pk=found.pk).update(expires_on="2020-01-01")
    assert with_receipt(story, receipt).get(page(story, "look")).status_code == 404


@pytest.mark.parametrize("kind", ["", "author", "custodian", *NASTY])
def test_no_other_kind_of_link_is_made(kind):
    story, author = begun()
    assert author.post(page(story, "hand"), {"kind": kind}).status_code == 422
    assert set(Receipt.objects.values_list("kind", flat=True)) == {"author"}
    assert Receipt.objects.count() == 2  # of its beginning, and of this browser


@pytest.mark.parametrize("text", ["", "x" * 1801, "\x00"])
def test_no_comment_that_is_none(text):
    story, author = written()
    assert author.post(page(story, "look"), {"text": text}).status_code == 422
    assert not RelayMessage.objects.exists()


def test_nothing_is_said_of_what_is_closed():
    moderators()
    story, author = written()
    send(story, author)
    other = with_receipt(story, handed(story, author, "colleague"))
    assert other.get(page(story, "look")).status_code == 200
    author.post(page(story, "status"), {"do": "withdraw"})
    assert other.post(page(story, "look"), {"text": "Late."}).status_code == 404
    assert not RelayMessage.objects.exists()


@pytest.mark.parametrize("status", ["published", "hidden", "withdrawn", "retired"])
def test_a_link_shows_nothing_once_the_story_is_out_of_its_authors_hands(status, monkeypatch):
    moderators()
    story, author = written()
    send(story, author)
    other = with_receipt(story, handed(story, author, "colleague"))
    version = story.versions().first()
    Story.objects.filter(pk=story.pk).update(
        status=status,
        published_version=version,
        published_on="2026-11-02",
        approved_sha256=version.sha256,
    )
    assert other.get(page(story, "look")).status_code == 404
    monkeypatch.setattr(receipt_rights, "may", lambda kind, status, deed: True)  # planted: the state is not asked
    assert other.get(page(story, "look")).status_code == 200


def test_if_every_receipt_were_the_authors_a_colleague_would_write(monkeypatch):
    """Planted: what a receipt is for is forgotten."""
    story, author = written()
    other = with_receipt(story, handed(story, author, "colleague"))
    forgotten = property(lambda receipt: "author", lambda receipt, kind: None)
    monkeypatch.setattr(Receipt, "kind", forgotten)
    assert other.get(page(story, "check")).status_code == 200
