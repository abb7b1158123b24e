"""Publish what its author and its moderators approved."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone

from ..choices import Status, Verb, Voice
from ..models import Decision, Draft, Handling, RelayMessage, Story, StoryComment, StoryNetwork, StoryTopic, Version
from ..readers import are_more
from ..search.index import reindex_many
from ..weeks import monday_of
from .change import return_to_author
from .deciding import decide, tell_author
from .keep import erase_story, scrub
from .shelve import context_of
from .tell import FACTS

BATCH = 3
"""The fewest stories without a name that leave together: of fewer, who was here that week would say too much."""


class Overtaken(Exception):
    """A story changed while it was being published."""


def publish_due(*, today: datetime.date | None = None) -> int:
    """Publish named stories at once, and the others in batches; how many. A change waits while its story is hidden."""
    today = today or timezone.localdate()
    on_its_day = Q(not_before=None) | Q(not_before__lte=today)
    ready = Story.objects.filter(
        on_its_day, Q(revises=None) | Q(revises__status=Status.PUBLISHED), status=Status.APPROVED
    )
    named = ready.filter(voice=Voice.NAMED).order_by("pk")
    return sum(_publish([key], today) for key in named.values_list("pk", flat=True)) + _publish_batch(ready, today)


def _publish_batch(ready, today: datetime.date) -> int:
    """All that was ready before this week began, once a week, if there are enough.

    Nothing that was decided this week goes with it, so that the hour of an approval cannot be read off the shelf.
    """
    monday = monday_of(today)
    left = Decision.objects.filter(verb=Verb.PUBLISHED, on=monday).exclude(story__voice=Voice.NAMED)
    if left.exists():
        return 0
    this_week = Decision.objects.filter(story=OuterRef("pk"), on__gte=monday)
    keys = list(ready.exclude(voice=Voice.NAMED).exclude(Exists(this_week)).order_by("pk").values_list("pk", flat=True))
    return _publish(keys, monday) if len(keys) >= BATCH else 0


def _publish(keys: list[int], on: datetime.date) -> int:
    """All of these stories or none."""
    try:
        with transaction.atomic():
            _hold_changed(keys)
            stories = list(Story.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
            if len(stories) < len(keys):
                return 0
            reindex_many([_replace(story, on) if story.revises_id else _publish_one(story, on) for story in stories])
    except Overtaken:
        return 0
    if any(not story.is_named for story in stories):
        scrub()
    return len(stories)


def _hold_changed(keys: list[int]) -> None:
    """Lock the published stories to which these keys hold changes, before the changes, as every verb does."""
    changed = Story.objects.filter(pk__in=keys).values("revises")
    list(Story.objects.select_for_update(of=("self",)).filter(pk__in=changed).order_by("pk"))


def _publish_one(story: Story, on: datetime.date) -> Story:
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
    return_to_author(story)
    return story


def _replace(change: Story, on: datetime.date) -> Story:
    """The words of a change take the place of those on the shelf, and what was decided about them goes with them; the
    story, as it then is.

    One statement asks again for everything: that the story is on the shelf, that the change is approved, and that its
    newest words are those that the author approved, by a hash that the story has from then on.
    """
    key, version = change.root_id, change.versions().first()
    networks = StoryNetwork.objects.named_by(change)
    if version is None or are_more(change, change.audience, networks):
        raise Overtaken
    approved = Story.objects.filter(pk=change.pk, status=Status.APPROVED, approved_sha256=version.sha256)
    replaced = Story.objects.filter(Exists(approved), pk=key, status=Status.PUBLISHED).update(
        published_version=version,
        approved_sha256=version.sha256,
        **{name: getattr(change, name) for name in (*FACTS, "audience", "pool")},
    )
    if not replaced:
        raise Overtaken
    story = Story.objects.get(pk=key)
    if not story.is_named:
        forget_other_versions(change, version)
        forget_weeks(change, on)
    _move_rows(change, story)
    version.refresh_from_db()
    if not story.is_named:
        forget_other_versions(story, version)
    erase_story(story=change)
    context_of(story, list(story.topics.all())).save()
    decide(story, Verb.PUBLISHED, version=version, today=on)
    tell_author(story)
    return story


def _move_rows(change: Story, story: Story) -> None:
    """Topics and networks instead of the story's; versions, decisions and messages after its."""
    StoryTopic.objects.filter(content_object=story).delete()
    StoryTopic.objects.filter(content_object=change).update(content_object=story)
    StoryNetwork.objects.filter(story=story).delete()
    StoryNetwork.objects.filter(story=change).update(story=story)
    last = {model: _last_number(model, story) for model in (Version, Decision, RelayMessage)}
    for model, number in last.items():
        more = {"version": F("version") + last[Version]} if model is Decision else {}
        model.objects.filter(story=change).update(story=story, number=F("number") + number, **more)


def _last_number(model: type[Version] | type[Decision] | type[RelayMessage], story: Story) -> int:
    return model.objects.filter(story=story).aggregate(last=Max("number"))["last"] or 0


def forget_weeks(story: Story, monday: datetime.date) -> None:
    """All that was dated says the Monday of the batch from now on: in which week it was told is a fourth of the people
    who were there in the month before."""
    Story.objects.filter(pk=story.pk).update(submitted_on=monday)
    Decision.objects.filter(story=story).update(on=monday)
    RelayMessage.objects.filter(story=story).update(week=monday)


def forget_other_versions(story: Story, version: Version) -> None:
    Version.objects.filter(story=story).exclude(pk=version.pk).delete()
