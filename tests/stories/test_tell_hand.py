"""Links that an author hands to somebody else: they write or look, and the author alone sends and approves."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from stories import receipt_rights
from stories.actions import Refused, links
from stories.choices import Status, Voice
from stories.models import Receipt, Story, StoryComment
from tests.nasty import NASTY
from tests.stories.holding import FULL, begun, form_of, number, page, send, typed, with_receipt, written
from tests.stories.telling import fresh, moderators
from tests.strength import each

pytestmark = pytest.mark.django_db


def handed(story, holder, kind: str, days: str = "") -> str:
    """The receipt in a link that the author makes."""
    answer = holder.post(page(story, "hand"), {"kind": kind, "days": days})
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
    for name in ("status", "words"):
        assert "Leave &lt;i&gt;out&lt;/i&gt; the date." in author.get(page(story, name)).content.decode()
    before = number(story)
    for name in ("words", "save", "versions", "check", "status", "more", "hand", "keep"):
        assert other.post(page(story, name), form_of(story, title="Theirs")).status_code in {404, 405}
    assert (number(story), typed(story)["title"]) == (before, "Mine <b>")


@pytest.mark.parametrize("voice", Voice.values)
@pytest.mark.parametrize(
    ("kind", "chosen", "days"),
    [("colleague", "", 14), ("interview", "", 28), ("leaving", "", 28), ("colleague", "28", 28), ("leaving", "7", 7)],
)
def test_a_link_runs_out_after_the_time_that_was_chosen(voice, kind, chosen, days):
    story, author = begun(voice)
    receipt = handed(story, author, kind, chosen)
    found = Receipt.objects.get(kind=kind)
    end = timezone.localdate() + datetime.timedelta(days=days)
    if voice == Voice.NAMED:
        assert found.expires_on == end
    else:
        assert found.expires_on.weekday() == 0
        assert end < found.expires_on <= end + datetime.timedelta(days=7)
    Receipt.objects.filter(pk=found.pk).update(expires_on="2020-01-01")
    assert with_receipt(story, receipt).get(page(story, "look")).status_code == 404


@pytest.mark.parametrize("voice", Voice.values)
def test_each_time_is_shown_with_its_end(voice):
    story, author = begun(voice)
    text = author.get(page(story, "hand")).content.decode()
    for days in (7, 14, 28):
        end = date_format(links.ends_after(story, days), "DATE_FORMAT")
        assert f"{days} days, until {end}" in text
        made = author.post(page(story, "hand"), {"kind": "colleague", "days": str(days)}).content.decode()
        assert f"It works until {end}." in made


@each("days", ["0", "-7", "6", "90", *NASTY], 4)
def test_no_other_time_is_taken(days):
    story, author = begun()
    answer = author.post(page(story, "hand"), {"kind": "leaving", "days": days})
    assert answer.status_code == (200 if not days else 422)
    assert Receipt.objects.filter(kind="leaving").exists() == (not days)
    assert days or answer.context["receipt"]
    if days:
        assert 'value="leaving"' in answer.content.decode()
        assert "checked" in answer.content.decode()  # what was chosen stays chosen


# --- Open links -----------------------------------------------------------------------------------------------------


def public_id(kind: str) -> str:
    return Receipt.objects.get(kind=kind).public_id


@pytest.mark.parametrize("voice", Voice.values)
def test_the_author_sees_which_links_are_open(voice):
    story, author = begun(voice)
    text = author.get(page(story, "hand")).content.decode()
    assert "No link is open." in text
    for kind in ("interview", "colleague"):
        handed(story, author, kind)
    text = author.get(page(story, "hand")).content.decode()
    for kind, label, days in (("interview", "Interview", 28), ("colleague", "Shown to a colleague", 14)):
        assert f"{label}: until {date_format(links.ends_after(story, days), 'DATE_FORMAT')}" in text
        assert public_id(kind) in text
    Receipt.objects.filter(kind="interview").update(expires_on="2020-01-06")
    assert "Interview: until" not in author.get(page(story, "hand")).content.decode()


def test_the_links_of_another_story_are_not_listed():
    story, author = begun()
    other, holder = begun()
    handed(other, holder, "colleague")
    assert "No link is open." in author.get(page(story, "hand")).content.decode()
    assert author.post(page(story, "hand"), {"do": "end", "link": public_id("colleague")}).status_code == 422
    assert Receipt.objects.filter(kind="colleague").exists()


@pytest.mark.parametrize("kind", ["interview", "leaving", "colleague"])
def test_an_ended_link_opens_nothing(kind):
    story, author = written()
    receipt = handed(story, author, kind)
    other = with_receipt(story, receipt)
    assert other.get(page(story, "look")).status_code == 200
    answer = author.post(page(story, "hand"), {"do": "end", "link": public_id(kind)})
    assert answer["Location"] == f"{page(story, 'hand')}?done=ended"
    assert "That link opens nothing any more." in author.get(answer["Location"]).content.decode()
    for name in ("", "look", "words"):
        assert other.get(page(story, name)).status_code == 404
    assert Client().post("/tell/receipt/", {"receipt": receipt}).status_code == 422
    assert author.post(page(story, "hand"), {"do": "end", "link": "7zzzzzzzzzzzz"}).status_code == 422
    assert author.get(page(story, "words")).status_code == 200


def test_if_an_ended_link_went_on_opening_it_would_be_noticed(monkeypatch):
    """Planted: the page says that it ended, and nothing is done."""
    story, author = written()
    other = with_receipt(story, handed(story, author, "colleague"))
    monkeypatch.setattr(links, "end_link", lambda story, key: None)
    author.post(page(story, "hand"), {"do": "end", "link": public_id("colleague")})
    assert other.get(page(story, "look")).status_code == 200


@each("value", ["", "7zzzzzzzzzzzz", *NASTY], 4)
def test_nothing_else_is_ended(value):
    story, author = begun()
    handed(story, author, "colleague")
    assert author.post(page(story, "hand"), {"do": "end", "link": value}).status_code == 422
    assert author.post(page(story, "hand"), {"do": value or "x"}).status_code == 422
    author_key = Receipt.objects.filter(kind="author").first().public_id
    assert author.post(page(story, "hand"), {"do": "end", "link": author_key}).status_code == 422
    assert Receipt.objects.count() == 3


@pytest.mark.parametrize("kind", ["interview", "leaving", "colleague"])
def test_a_link_of_somebody_else_ends_and_makes_none(kind):
    story, author = begun()
    other = with_receipt(story, handed(story, author, kind))
    for form in ({"do": "end", "link": public_id(kind)}, {"kind": kind}, {"do": "waive"}, {"do": "ask"}):
        assert other.post(page(story, "hand"), form).status_code == 404
    assert Receipt.objects.filter(kind=kind).count() == 1


def test_too_many_links_are_refused():
    story, author = begun()
    for _number in range(links.MOST_OPEN):
        handed(story, author, "colleague", "7")
    answer = author.post(page(story, "hand"), {"kind": "colleague"})
    assert answer.status_code == 422
    assert "Too many links are open. End one first." in answer.content.decode()


def test_what_is_sent_in_is_shown_to_others_and_not_handed_to_writers():
    moderators()
    story, author = written()
    send(story, author)
    text = author.get(page(story, "hand")).content.decode()
    assert 'value="colleague"' in text
    assert 'value="leaving"' not in text
    assert author.post(page(story, "hand"), {"kind": "leaving"}).status_code == 422
    with pytest.raises(Refused):
        links.hand_link(story=story, kind="leaving", days=7)
    handed(story, author, "colleague")


@pytest.mark.parametrize("voice", [Voice.NAMED, Voice.CONFIDENTIAL])
def test_another_voice_ends_the_links(voice):
    story, author = written(voice)
    other = with_receipt(story, handed(story, author, "interview"))
    assert "The links that you handed to others end with it" in author.get(page(story, "status")).content.decode()
    assert author.post(page(story, "status"), {"do": "voice", "voice": "anonymous"}).status_code == 302
    assert other.get(page(story)).status_code == 404
    assert not Receipt.objects.filter(kind="interview").exists()


@each("kind", ["", "author", "custodian", *NASTY], 4)
def test_no_other_kind_of_link_is_made(kind):
    story, author = begun()
    assert author.post(page(story, "hand"), {"kind": kind}).status_code == 422
    assert set(Receipt.objects.values_list("kind", flat=True)) == {"author"}
    assert Receipt.objects.count() == 2  # of its beginning, and of this browser


def test_nothing_is_said_of_what_is_closed():
    moderators()
    story, author = written()
    send(story, author)
    other = with_receipt(story, handed(story, author, "colleague"))
    assert other.get(page(story, "look")).status_code == 200
    author.post(page(story, "status"), {"do": "withdraw"})
    assert other.post(page(story, "look"), {"text": "Late."}).status_code == 404
    assert not StoryComment.objects.exists()


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
