"""What each kind of receipt may do: the whole table, and that every page of telling asks it."""

import inspect

import pytest
from django.urls import get_resolver

from stories import receipt_rights
from stories.actions import Refused, tell
from stories.choices import ReceiptKind, Status
from stories.models import Draft, Story
from stories.receipt_rights import Deed, handed_in, is_for, may
from tests.stories.holding import FULL, form_of, number, page, send, typed, with_receipt, written
from tests.stories.telling import fresh, moderators

OF_A_STORY = "tell/<public_id:pk>/"
AUTHOR, OTHERS = "author", ("leaving", "interview", "colleague")
WAITING = ("submitted", "returned", "awaiting", "approved")
OVER = ("published", "withdrawn", "retired")

ALLOWED = {
    (AUTHOR, "draft"): "look write send hand decide",
    **{(AUTHOR, status): "look write send hand decide" for status in WAITING},
    (AUTHOR, "hidden"): "look write send decide",
    **{(AUTHOR, status): "look decide" for status in OVER},
    ("leaving", "draft"): "look comment write",
    ("interview", "draft"): "look comment write",
    ("colleague", "draft"): "look comment",
    **{(kind, status): "look comment" for kind in OTHERS for status in WAITING},
    **{(kind, status): "" for kind in OTHERS for status in ("hidden", *OVER)},
}
"""Written out by hand, from the rules and not from the code."""


def test_the_whole_table():
    found = {
        (kind.value, status.value): {deed.value for deed in Deed if may(kind, status, deed)}
        for kind in ReceiptKind
        for status in Status
    }
    assert found == {key: set(deeds.split()) for key, deeds in ALLOWED.items()}


@pytest.mark.parametrize("kind", ReceiptKind.values)
def test_a_kind_is_for_what_it_may_do_in_some_state(kind):
    assert {deed for deed in Deed if is_for(kind, deed)} == {
        deed for deed in Deed for status in Status if may(kind, status, deed)
    }


def test_what_is_handed_to_others():
    assert handed_in("draft") == [*OTHERS]
    assert all(handed_in(status) == ["colleague"] for status in WAITING)
    assert all(handed_in(status) == [] for status in ("hidden", *OVER))


@pytest.mark.parametrize(("kind", "status"), [("master", "draft"), ("", "draft"), ("author", "guessed")])
def test_what_is_not_known_may_nothing(kind, status):
    try:
        assert not any(may(kind, status, deed) for deed in Deed)
    except ValueError:
        assert kind not in ReceiptKind.values


# --- Every page asks ------------------------------------------------------------------------------------------------

DEEDS = {
    "": Deed.LOOK,
    "keep/": Deed.DECIDE,
    "words/": Deed.WRITE,
    "save/": Deed.WRITE,
    "versions/": Deed.WRITE,
    "check/": Deed.SEND,
    "hand/": Deed.HAND,
    "look/": Deed.LOOK,
    "sent/": Deed.DECIDE,
    "more/": Deed.SEND,
    "status/": Deed.DECIDE,
}


def views() -> dict:
    """Of every address of a story's own pages."""
    patterns = next(
        found.url_patterns for found in get_resolver().url_patterns if getattr(found, "namespace", "") == "stories"
    )
    return {
        str(found.pattern).removeprefix(OF_A_STORY): found.callback
        for found in patterns
        if str(found.pattern).startswith(OF_A_STORY)
    }


def test_every_page_of_a_story_says_what_it_does():
    assert {name: getattr(view, "deed", None) for name, view in views().items()} == DEEDS


def asked(client, story, name: str):
    method = client.post if name == "save/" else client.get
    return method(page(story, name.rstrip("/")))


@pytest.mark.django_db
@pytest.mark.parametrize("name", DEEDS)
def test_every_page_asks_the_table(name, monkeypatch):
    story, author = written()
    monkeypatch.setattr(receipt_rights, "may", lambda kind, status, deed: False)
    assert asked(author, story, name).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("name", DEEDS)
def test_a_page_opens_to_those_who_are_for_it(kind, name):
    story, _author = written()
    other = with_receipt(story, tell.hand(story=story, kind=kind))
    assert (asked(other, story, name).status_code == 404) == (not is_for(kind, DEEDS[name]))


def test_no_page_of_a_story_asks_for_a_kind_itself():
    """A second way of deciding would be the one that is forgotten when the table changes."""
    assert not [name for name, view in views().items() if "ReceiptKind" in inspect.getsource(inspect.unwrap(view))]


# --- What the author has sent in, nobody else changes ---------------------------------------------------------------


@pytest.fixture
def sent_in(db, request):
    """A story that its author has sent in, and the browser of somebody who was handed a link to write it."""
    moderators()
    story, author = written()
    other = with_receipt(story, tell.hand(story=story, kind=request.param))
    send(story, author)
    assert fresh(story).status == Status.SUBMITTED
    return story, other


WRITERS = pytest.mark.parametrize("sent_in", ["leaving", "interview"], indirect=True)


@WRITERS
@pytest.mark.parametrize("status", WAITING)
def test_a_writer_changes_nothing_after_it_was_sent_in(sent_in, status):
    story, other = sent_in
    Story.objects.filter(pk=story.pk).update(status=status)
    before = Draft.objects.filter(story=story).values().get()
    form = form_of(story, **{**FULL, "wrong": "Theirs <b>alone</b>.", "topic": typed(story)["topic"]})
    answer = other.post(page(story, "words"), form)
    assert answer.status_code == 422
    assert "your link no longer changes it" in answer.content.decode()
    assert "Theirs &lt;b&gt;alone&lt;/b&gt;." in answer.content.decode()  # nothing typed is lost
    assert other.post(page(story, "save"), form).status_code == 409
    stale = {**form, "read": number(story) - 1}
    assert other.post(page(story, "save"), stale).status_code == 409
    assert other.post(page(story, "versions"), {**form, "version": "second"}).status_code == 302
    assert Draft.objects.filter(story=story).values().get() == before
    assert other.get(page(story, "words"))["Location"] == page(story)
    assert other.get(page(story))["Location"] == page(story, "look")
    assert "Change the text" not in other.get(page(story, "look")).content.decode()


@WRITERS
def test_the_verb_refuses_them_too(sent_in):
    """A page that was asked before the author sent it in, and saves after."""
    story, _other = sent_in
    for kind in ("leaving", "interview"):
        with pytest.raises(Refused):
            tell.save_draft(story=story, words={"title": "Theirs"}, read=number(story), kind=kind)
        with pytest.raises(Refused):
            tell.choose_draft(story=story, number=number(story), words={}, kind=kind)
    assert typed(story)["title"] == FULL["title"]


@WRITERS
def test_if_a_writer_could_go_on_writing_it_would_be_noticed(sent_in, monkeypatch):
    """Planted: a writer's rights are the author's."""
    story, other = sent_in
    writer = {**receipt_rights.WRITER, Deed.WRITE: receipt_rights.OPEN}
    monkeypatch.setitem(receipt_rights.RIGHTS, ReceiptKind.LEAVING, writer)
    monkeypatch.setitem(receipt_rights.RIGHTS, ReceiptKind.INTERVIEW, writer)
    assert other.post(page(story, "save"), form_of(story, title="Theirs")).status_code == 200
    assert typed(story)["title"] == "Theirs"
