"""What somebody says to whom a story was shown: for its author, and for nobody else."""

import datetime
import re

import pytest

from stories.actions import Refused, keep, looking, moderate, publish, respond, tell
from stories.actions.deciding import locked, relay
from stories.choices import Status, Voice
from stories.models import RelayMessage, Story, StoryComment
from tests.factories import TODAY
from tests.stories.holding import page, send, with_receipt, written
from tests.stories.telling import approved, fresh, moderators, on, sent, teller

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
SAID = "Leave out <b>the</b> date."
SHOWN = "Leave out &lt;b&gt;the&lt;/b&gt; date."
OTHERS = ("leaving", "interview", "colleague")


def other_of(story: Story, kind: str = "colleague"):
    return with_receipt(story, tell.hand(story=story, kind=kind, expires_on=datetime.date(2099, 1, 5)))


def say(story: Story, kind: str = "colleague", text: str = SAID):
    return other_of(story, kind).post(page(story, "look"), {"text": text})


@pytest.mark.parametrize("voice", Voice.values)
@pytest.mark.parametrize("kind", OTHERS)
def test_it_stands_beside_the_draft_for_the_author_alone(voice, kind):
    story, author = written(voice)
    answer = say(story, kind)
    assert answer["Location"] == f"{page(story, 'look')}?said=1"
    for name in ("words", "status"):
        assert SHOWN in author.get(page(story, name)).content.decode()
    for other in OTHERS:
        holder = other_of(story, other)
        for name in ("words", "look"):
            assert SHOWN not in holder.get(page(story, name)).content.decode()
    found = StoryComment.objects.get()
    assert (found.text, found.number, found.week.weekday()) == (SAID, 1, 0)
    assert not RelayMessage.objects.exists()


def test_the_page_says_who_reads_it():
    story, _author = written()
    text = other_of(story).get(page(story, "look")).content.decode()
    assert "Its author alone reads it." in text
    assert "moderators" not in text


def test_the_author_does_not_comment():
    story, author = written()
    assert "Say what you think" not in author.get(page(story, "look")).content.decode()
    assert author.post(page(story, "look"), {"text": SAID}).status_code == 422
    assert not StoryComment.objects.exists()


@pytest.mark.parametrize("text", ["", "  ", "x" * 1801, "\x00"])
def test_no_comment_that_is_none(text):
    story, _author = written()
    assert say(story, text=text).status_code == 422
    with pytest.raises((Refused, ValueError)):
        looking.comment(story=story, text=text.strip("\x00"))
    assert not StoryComment.objects.exists()


def test_not_more_than_anybody_reads(monkeypatch):
    monkeypatch.setattr(looking, "MOST_COMMENTS", 2)
    story, _author = written()
    assert [say(story).status_code for _number in range(3)] == [302, 302, 422]


# --- Moderators read none of it -------------------------------------------------------------------------------------


def seen_by(client, moderator, story: Story) -> str:
    """Every page on which a moderator meets the story, without what each answer draws anew."""
    client.force_login(moderator, backend=BACKEND)
    names = ("/moderation/", f"/moderation/{story.public_id}/", f"/moderation/{story.public_id}/edit/")
    text = "".join(client.get(name).content.decode() for name in (*names, f"/stories/{story.public_id}/history/"))
    assert story.public_id in text
    return re.sub(r'(nonce|value)="[\w+/=-]{20,}"|"\d{10}"', "", text)


@pytest.mark.parametrize("voice", Voice.values)
def test_a_moderator_sees_the_same_with_and_without_it(voice, client):
    """Before it was sent in and after: two worlds that differ in the comments alone."""
    people = moderators()
    story, author = written(voice)
    say(story)
    send(story, author)
    assert fresh(story).status == Status.SUBMITTED
    moderate.ask(by=people[0], story=story, text="Why?")
    with_it = seen_by(client, people[0], story)
    say(story, text="And the place.")
    assert StoryComment.objects.count() == 2
    assert seen_by(client, people[0], story) == with_it
    StoryComment.objects.all().delete()
    assert seen_by(client, people[0], story) == with_it
    assert "Leave out" not in with_it


def test_a_comment_that_reached_a_moderator_would_be_noticed(client, monkeypatch):
    """Planted: it goes through the relay, as it once did."""
    people = moderators()
    story, author = written()
    send(story, author)
    without = seen_by(client, people[0], story)
    monkeypatch.setattr(looking, "comment", lambda story, text: relay(locked(story), text, from_author=True))
    say(story)
    assert seen_by(client, people[0], story) != without


# --- What becomes of it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("voice", Voice.values)
def test_it_is_erased_when_the_story_is_published(voice):
    people = moderators()
    with on(TODAY):
        stories = [sent(teller(), voice) for _number in range(3)]
        for story in stories:
            looking.comment(story=story, text=SAID)
            approved(story, people)
    assert StoryComment.objects.count() == 3
    publish.publish_due(today=TODAY + datetime.timedelta(weeks=1))
    assert {fresh(story).status for story in stories} == {Status.PUBLISHED}
    assert not StoryComment.objects.exists()


def test_it_goes_with_its_story():
    story, author = written()
    say(story)
    author.post(page(story, "status"), {"do": "withdraw"})
    assert not StoryComment.objects.exists()


def test_it_goes_with_another_voice():
    story, author = written()
    say(story)
    author.post(page(story, "status"), {"do": "voice", "voice": "anonymous"})
    assert not StoryComment.objects.exists()


def test_comments_are_erased_90_days_after_the_last_whatever_moderators_say():
    people = moderators()
    with on(TODAY):
        story = sent(teller(), Voice.ANONYMOUS)
        looking.comment(story=story, text=SAID)
    with on(TODAY + datetime.timedelta(weeks=8)):
        looking.comment(story=story, text="And the place.")
    last = TODAY + datetime.timedelta(weeks=8)
    assert keep.erase_messages(today=last + datetime.timedelta(days=90)) == 0
    with on(last + datetime.timedelta(days=85)):
        moderate.ask(by=people[0], story=story, text="Why?")
        respond.answer(story=story, text="So.")
    assert keep.erase_messages(today=last + datetime.timedelta(days=91)) == 2
    assert not StoryComment.objects.exists()
    assert RelayMessage.objects.count() == 2


@pytest.mark.parametrize("status", ["hidden", "published", "withdrawn", "retired"])
def test_nothing_is_said_of_what_is_shown_to_nobody(status):
    moderators()
    story = sent(teller())
    version = story.versions().first()
    Story.objects.filter(pk=story.pk).update(
        status=status, published_version=version, published_on=TODAY, approved_sha256=version.sha256
    )
    with pytest.raises(Refused):
        looking.comment(story=story, text=SAID)
