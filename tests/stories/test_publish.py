"""What is published when: named stories at once, the others in batches, all with the words that were approved."""

import datetime

import pytest
from django.db import IntegrityError

from stories.actions import moderate, publish, respond
from stories.choices import Status, Verb, Voice
from stories.models import Draft, SearchDocument, Story, Version
from tests.factories import lessons
from tests.stories.telling import approved, fresh, moderators, on, sent, teller

pytestmark = pytest.mark.django_db

MONDAY = datetime.date(2026, 11, 2)
THURSDAY, NEXT_MONDAY = MONDAY + datetime.timedelta(days=3), MONDAY + datetime.timedelta(days=7)


@pytest.fixture
def people():
    return moderators()


def ready(people, voice: str = Voice.NAMED, day: datetime.date = THURSDAY, **fields) -> Story:
    with on(day):
        return approved(sent(teller(), voice, **fields), people)


def test_a_named_story_leaves_at_once(people):
    story = ready(people)
    assert publish.publish_due(today=THURSDAY) == 1
    story = fresh(story)
    assert (story.status, story.published_on) == (Status.PUBLISHED, THURSDAY)
    assert story.published_version.sha256 == story.approved_sha256
    assert SearchDocument.objects.filter(story=story).exists()
    assert not Draft.objects.filter(story=story).exists()
    assert story.decisions().last().verb == Verb.PUBLISHED


def test_not_before_its_date(people):
    story = ready(people, not_before=NEXT_MONDAY)
    assert publish.publish_due(today=NEXT_MONDAY - datetime.timedelta(days=1)) == 0
    assert publish.publish_due(today=NEXT_MONDAY) == 1
    assert fresh(story).published_on == NEXT_MONDAY


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_stories_without_a_name_leave_three_together_on_a_monday(people, voice):
    stories = [ready(people, voice) for _number in range(2)]
    assert publish.publish_due(today=NEXT_MONDAY) == 0
    stories.append(ready(people, voice))
    assert publish.publish_due(today=THURSDAY) == 0, "not in the week in which they were approved"
    assert publish.publish_due(today=NEXT_MONDAY + datetime.timedelta(days=2)) == 3
    assert {(fresh(story).status, fresh(story).published_on) for story in stories} == {(Status.PUBLISHED, NEXT_MONDAY)}


def test_one_batch_a_week(people):
    for _number in range(6):
        ready(people, Voice.ANONYMOUS)
    Story.objects.filter(pk__in=Story.objects.all()[:3]).update(not_before=NEXT_MONDAY + datetime.timedelta(days=1))
    assert publish.publish_due(today=NEXT_MONDAY) == 3
    assert publish.publish_due(today=NEXT_MONDAY + datetime.timedelta(days=1)) == 0
    assert publish.publish_due(today=NEXT_MONDAY + datetime.timedelta(days=7)) == 3


def test_a_batch_leaves_whole_or_not_at_all(people, monkeypatch):
    stories = [ready(people, Voice.ANONYMOUS) for _number in range(3)]
    Story.objects.filter(pk=stories[1].pk).update(approved_sha256="a" * 64)
    assert publish.publish_due(today=NEXT_MONDAY) == 0
    assert not Story.objects.filter(status=Status.PUBLISHED).exists()


@pytest.mark.parametrize("voice", Voice.values)
def test_of_a_story_without_a_name_no_other_version_is_left(people, voice):
    stories = []
    for _number in range(3):
        with on(THURSDAY):
            story = sent(teller(), voice, content=lessons(title="Said by Jane of Rhyl"), publish_unchanged=True)
            first = story.versions().first()
            changed = moderate.edit(by=people[0], story=story, content=lessons(), read=first.sha256)
            if voice == Voice.ANONYMOUS:
                moderate.approve(by=people[1], story=story, sha256=changed.sha256)
            respond.approve(story=story, sha256=changed.sha256)
            stories.append(story)
    assert publish.publish_due(today=NEXT_MONDAY) == 3
    left = Version.objects.filter(words__contains="Jane").count()
    assert left == (3 if voice == Voice.NAMED else 0)


def test_what_its_author_did_not_approve_is_not_published(people):
    with on(THURSDAY):
        story = sent(teller())
        moderate.approve(by=people[0], story=story, sha256=story.versions().first().sha256)
    assert fresh(story).status == Status.AWAITING
    assert publish.publish_due(today=NEXT_MONDAY) == 0
    with pytest.raises(IntegrityError):
        Story.objects.filter(pk=story.pk).update(
            status=Status.PUBLISHED, published_version=story.versions().first(), published_on=MONDAY
        )
