"""Publish what its author and its moderators approved."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..choices import Origin, Status, Verb, Voice
from ..models import Decision, Draft, Handling, RelayMessage, Story, StoryComment, Version
from ..search.index import reindex_many
from ..weeks import monday_of
from .deciding import decide, tell_author
from .keep import scrub
from .shelve import context_of

BATCH = 3
"""The fewest stories without a name that leave together: of fewer, who was here that week would say too much."""


class Overtaken(Exception):
    """A story changed while it was being published."""


def publish_due(*, today: datetime.date | None = None) -> int:
    """Publish named stories at once, and the others in batches; how many."""
    today = today or timezone.localdate()
    ready = Story.objects.filter(Q(not_before=None) | Q(not_before__lte=today), status=Status.APPROVED)
    named = ready.filter(voice=Voice.NAMED).order_by("pk")
    return sum(_publish([key], today) for key in named.values_list("pk", flat=True)) + _publish_batch(ready, today)


def _publish_batch(ready, today: datetime.date) -> int:
    """All that was ready before this week began, once a week, if there are enough.

    Nothing that was decided this week goes with it, so that the hour of an approval cannot be read off the shelf.
    """
    monday = monday_of(today)
    told = Story.objects.filter(origin=Origin.TOLD).exclude(voice=Voice.NAMED)
    if told.filter(published_on=monday).exists():
        return 0
    this_week = Decision.objects.filter(story=OuterRef("pk"), on__gte=monday)
    keys = list(ready.exclude(voice=Voice.NAMED).exclude(Exists(this_week)).order_by("pk").values_list("pk", flat=True))
    return _publish(keys, monday) if len(keys) >= BATCH else 0


def _publish(keys: list[int], on: datetime.date) -> int:
    """All of these stories or none."""
    try:
        with transaction.atomic():
            stories = list(Story.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
            if len(stories) < len(keys):
                return 0
            for story in stories:
                _publish_one(story, on)
            reindex_many(stories)
    except Overtaken:
        return 0
    if any(not story.is_named for story in stories):
        scrub()
    return len(stories)


def _publish_one(story: Story, on: datetime.date) -> None:
    """One statement that asks again for everything that publishing needs: the state, and that the newest words are
    those that the author approved."""
    version = story.versions().first()
    published = version is not None and Story.objects.filter(
        pk=story.pk, status=Status.APPROVED, approved_sha256=version.sha256
    ).update(status=Status.PUBLISHED, published_version=version, published_on=on)
    if not published:
        raise Overtaken
    story.status, story.published_version, story.published_on = Status.PUBLISHED, version, on
    if not story.is_named:
        forget_other_versions(story, version)
        forget_weeks(story, on)
    Draft.objects.filter(story=story).delete()
    StoryComment.objects.filter(story=story).delete()
    context_of(story, list(story.topics.all())).save()
    Handling.objects.filter(story=story).delete()
    decide(story, Verb.PUBLISHED, version=version, today=on)
    tell_author(story)


def forget_weeks(story: Story, monday: datetime.date) -> None:
    """All that was dated says the Monday of the batch from now on: in which week it was told is a fourth of the people
    who were there in the month before."""
    Story.objects.filter(pk=story.pk).update(submitted_on=monday)
    Decision.objects.filter(story=story).update(on=monday)
    RelayMessage.objects.filter(story=story).update(week=monday)


def forget_other_versions(story: Story, version: Version) -> None:
    Version.objects.filter(story=story).exclude(pk=version.pk).delete()
