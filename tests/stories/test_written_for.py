"""Whoever holds a link writes for an author, who hears that words wait: at once, once, and without a word of them."""

import pytest
from django.core import mail
from django.test import Client

from learning_portal.common.mail.compose import mail_of
from learning_portal.common.models import Message, User
from stories.actions import links, tell
from stories.choices import ReceiptKind, Voice
from stories.models import AuthorLink, Receipt, Story
from tests.stories.holding import FULL, form_of, page, typed, with_receipt, write, written

pytestmark = pytest.mark.django_db

WROTE = "Half of the villages have no signal."


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """Each call runs what it queued, as it would run once it is committed."""

    def go(client: Client, story: Story, name: str = "words", **answers):
        with django_capture_on_commit_callbacks(execute=True):
            form = form_of(story, **{**FULL, "topic": typed(story)["topic"], "wrong": WROTE, **answers})
            return client.post(page(story, name), form)

    return go


def handed(story: Story, kind: str = ReceiptKind.LEAVING) -> Client:
    return with_receipt(story, links.hand_link(story=story, kind=kind, days=14))


def author_of(story: Story) -> User:
    return AuthorLink.objects.get(story=story).user


@pytest.mark.parametrize("kind", [ReceiptKind.LEAVING, ReceiptKind.INTERVIEW])
def test_the_author_hears_at_once_that_words_wait(at_once, kind):
    story, _author = written()
    assert at_once(handed(story, kind), story)["Location"] == page(story, "look")
    [sent] = mail.outbox
    assert sent.to == [author_of(story).email]
    assert sent.subject == "Somebody has written for you"
    assert "/tell/mine/" in sent.body
    assert not Message.objects.exists()


def test_the_mail_has_no_word_of_the_story(at_once):
    story, _author = written()
    at_once(handed(story), story)
    said = mail.outbox[0].message().as_string()
    for words in (*FULL.values(), WROTE, story.public_id, story.place):
        assert words not in said


def test_half_sentences_tell_nobody(at_once):
    """The script saves while they write; "save" is for whoever comes back; and a question is still open."""
    story, _author = written()
    other = handed(story)
    assert at_once(other, story, "save").status_code == 200
    assert at_once(other, story, then="save").status_code == 302
    assert at_once(other, story, wrong="").status_code == 422
    assert not mail.outbox


def test_once_until_the_author_has_written_too(at_once):
    story, author = written()
    other = handed(story)
    for text in ("One.", "Two."):
        at_once(other, story, wrong=text)
    assert len(mail.outbox) == 1
    at_once(author, story, wrong="Three.")
    assert len(mail.outbox) == 1
    at_once(other, story, wrong="Four.")
    assert len(mail.outbox) == 2


def test_the_author_is_not_told_of_what_they_wrote(at_once):
    story, author = written()
    assert at_once(author, story)["Location"] == page(story, "check")
    assert not mail.outbox


def test_of_a_confidential_story_it_says_what_any_member_gets_who_has_a_message(at_once):
    story, _author = written(Voice.CONFIDENTIAL)
    at_once(handed(story), story)
    assert [sent.subject for sent in mail.outbox] == ["You have a message"]


def test_an_anonymous_author_is_never_mailed(at_once):
    story, _author = written(Voice.ANONYMOUS)
    other = handed(story)
    at_once(other, story)
    assert not mail.outbox
    assert "when you press" not in other.get(page(story, "words")).content.decode()


def test_whoever_writes_is_told_when_the_author_hears(at_once):
    story, author = written()
    assert "when you press “Continue”" in handed(story).get(page(story, "words")).content.decode()
    assert "when you press" not in author.get(page(story, "words")).content.decode()


def test_a_link_that_has_ended_tells_nobody():
    story, _author = written()
    handed(story)
    receipt = Receipt.objects.get(kind=ReceiptKind.LEAVING)
    Receipt.objects.all().delete()
    links.say_written(receipt=receipt)
    assert not Message.objects.exists()


def test_it_waits_in_the_outbox_until_it_is_committed_and_is_one_mail_however_often_tried():
    story, _author = written()
    handed(story)
    links.say_written(receipt=Receipt.objects.get(kind=ReceiptKind.LEAVING))
    assert not mail.outbox
    row = Message.objects.get()
    assert row.context == {}
    ids = {mail_of(row).extra_headers["Message-ID"] for _try in range(2)}
    assert len(ids) == 1


@pytest.mark.parametrize("language", ["en", "cy"])
def test_it_is_in_the_authors_language(at_once, language):
    story, _author = written()
    User.objects.filter(pk=author_of(story).pk).update(language=language)
    at_once(handed(story), story)
    assert ("Somebody" in mail.outbox[0].subject) == (language == "en")


def test_a_save_of_the_author_forgets_no_other_story(at_once):
    story, _author = written()
    other_story, _other_author = written()
    at_once(handed(story), story)
    write(other_story, {"wrong": "Mine."})
    tell.choose_draft(story=other_story, number=3, words=typed(other_story))
    assert Receipt.objects.filter(is_told=True).count() == 1
