"""Forget what is not to be kept, so that it stands nowhere any more."""

from __future__ import annotations

import datetime

from django.db import connection, models, transaction
from django.db.models import Max
from django.utils import timezone

from learning_portal.common.actions import answered

from ..choices import Status, Verb, Voice
from ..models import (
    AuthorLink,
    CollectionStory,
    Decision,
    Draft,
    Embedding,
    Handling,
    Helped,
    LeavingRequest,
    PostStory,
    Receipt,
    RelayMessage,
    SearchDocument,
    Story,
    StoryComment,
    StoryContext,
    StoryNetwork,
    StoryQuestion,
    StoryReport,
    StoryTopic,
    Version,
)
from ..search import index
from .deciding import decide, erase_links_of, locked, tell_author

LINK_DAYS = 90
"""How long after publication the service remembers who wrote a confidential story."""
WARNING_DAYS = 14
"""How long before that its author is told: from then on their receipt alone opens it, and nobody could mail them."""
MESSAGE_DAYS = 90
"""How long after the last message of a story they are all kept."""
UNANSWERED = datetime.timedelta(weeks=8)
FORGOTTEN = datetime.timedelta(weeks=26)


@transaction.atomic
def erase_story(*, story: Story) -> None:
    """A story and all that hangs on it, out of every table."""
    index.erase(story)
    Story.objects.filter(pk=story.pk).update(status=Status.WITHDRAWN, published_version=None)
    erase_requests(LeavingRequest.objects.filter(story=story.pk))
    Story.objects.get(pk=story.pk).delete()
    transaction.on_commit(scrub)


def erase_change(*, story: Story) -> None:
    """The change to a story that is closed: there is nothing left to change."""
    for change in Story.objects.filter(revises=story):
        erase_story(story=change)


@transaction.atomic
def erase_requests(found: models.QuerySet[LeavingRequest]) -> int:
    """Erase whom an author asked to write before they leave: the address, the links, and every mail about it. How many
    there were."""
    threads = list(found.values_list("thread", flat=True))
    for thread in threads:
        answered(thread=thread)
    found.delete()
    if threads:
        transaction.on_commit(scrub)
    return len(threads)


def forgotten_on(story: Story) -> datetime.date | None:
    """The day on which the service forgets who wrote this story, once its author was told so; None if they were not, or
    there is nothing to forget."""
    is_near = AuthorLink.objects.filter(story=story, story__voice=Voice.CONFIDENTIAL, is_warned=True).exists()
    return story.published_on + datetime.timedelta(days=LINK_DAYS) if is_near and story.published_on else None


def warn_of_forgetting(*, today: datetime.date | None = None) -> int:
    """Mail authors of confidential stories, once for each, that something waits: its page says that they will soon need
    their receipt. Run it before `erase_links`, so that they are told even if it was not run in time."""
    before = (today or timezone.localdate()) - datetime.timedelta(days=LINK_DAYS - WARNING_DAYS)
    old = Story.objects.filter(voice=Voice.CONFIDENTIAL, published_on__lte=before)
    links = AuthorLink.objects.filter(story__in=old, is_warned=False).order_by("story")
    return sum(_warn(key) for key in list(links.values_list("story", flat=True).distinct()))


@transaction.atomic
def _warn(key: int) -> bool:
    """Compare-and-set: two ticks at once mail once."""
    if not AuthorLink.objects.filter(story=key, is_warned=False).update(is_warned=True):
        return False
    tell_author(Story(pk=key))
    return True


def erase_links(*, today: datetime.date | None = None) -> int:
    """Forget who wrote confidential stories that were published long ago. Their receipts go on opening them."""
    before = (today or timezone.localdate()) - datetime.timedelta(days=LINK_DAYS)
    old = Story.objects.filter(voice=Voice.CONFIDENTIAL, published_on__lte=before)
    keys = list(AuthorLink.objects.filter(story__in=old).order_by("story").values_list("story", flat=True).distinct())
    for key in keys:
        _erase_link(key)
    return _scrubbed(len(keys))


@transaction.atomic
def _erase_link(key: int) -> None:
    story = locked(Story(pk=key))
    if erase_links_of(story):
        decide(story, Verb.KEPT)


def erase_messages(*, today: datetime.date | None = None) -> int:
    """Erase what authors and moderators wrote to each other, and what others said to authors, each 90 days after the
    last word of it."""
    before = (today or timezone.localdate()) - datetime.timedelta(days=MESSAGE_DAYS)
    both = (RelayMessage.objects.all(), StoryComment.objects.all())
    return _scrubbed(sum(_erase_silent(words, before) for words in both))


def _erase_silent(words: models.QuerySet, before: datetime.date) -> int:
    silent = words.order_by().values("story").annotate(last=Max("week")).filter(last__lt=before)
    return words.filter(story__in=[row["story"] for row in silent]).delete()[0]


def erase_unanswered(*, today: datetime.date | None = None) -> int:
    """Erase anonymous stories that wait for their author's answer for eight weeks: nobody can be asked."""
    before = (today or timezone.localdate()) - UNANSWERED
    waiting = Story.objects.filter(voice=Voice.ANONYMOUS, status__in=[Status.AWAITING, Status.RETURNED])
    heard = dict(Decision.objects.filter(story__in=waiting).order_by().values_list("story").annotate(last=Max("on")))
    return sum(_erase_unanswered(key) for key, last in sorted(heard.items()) if last <= before)


@transaction.atomic
def _erase_unanswered(key: int) -> bool:
    story = locked(Story(pk=key))
    if story.status not in (Status.AWAITING, Status.RETURNED):
        return False
    erase_story(story=story)
    return True


def erase_receipts(*, today: datetime.date | None = None) -> int:
    """Erase receipts that have run out."""
    return Receipt.objects.filter(expires_on__lt=today or timezone.localdate()).delete()[0]


def erase_drafts(*, today: datetime.date | None = None) -> int:
    """Erase stories that were begun, never sent in and not touched for half a year; not while somebody is yet to be
    asked to write them."""
    before = (today or timezone.localdate()) - FORGOTTEN
    forgotten = Draft.objects.filter(story__status=Status.DRAFT, week__lt=before)
    forgotten = forgotten.exclude(story__in=LeavingRequest.objects.values("story"))
    return sum(_erase_draft(key, before) for key in forgotten.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _erase_draft(key: int, before: datetime.date) -> bool:
    story = locked(Story(pk=key))
    if story.status != Status.DRAFT or Draft.objects.get(story=story).week >= before:
        return False
    erase_story(story=story)
    return True


def scatter() -> int:
    """Take the rows of stories without a name out of their order in the file; how many there were.

    SQLite numbers the rows of a table as they come, beside their keys. Between those of named stories, of which the day
    is known, such a number would tell the day of the others. PostgreSQL has no such number: docs/operations.md says
    what to do about the order in which it writes a dump.
    """
    if connection.vendor != "sqlite":
        return 0
    return sum(_scatter(model._meta.db_table, column) for model, column in ROWS_OF_STORIES)


ROWS_OF_STORIES: tuple[tuple[type[models.Model], str], ...] = (
    (Story, "id"),
    (Version, "story_id"),
    (StoryContext, "story_id"),
    (StoryTopic, "content_object_id"),
    (StoryNetwork, "story_id"),
    (AuthorLink, "story_id"),
    (Draft, "story_id"),
    (Receipt, "story_id"),
    (Decision, "story_id"),
    (RelayMessage, "story_id"),
    (StoryComment, "story_id"),
    (Handling, "story_id"),
    (SearchDocument, "story_id"),
    (Embedding, "story_id"),
    (StoryReport, "story_id"),
    (StoryQuestion, "story_id"),
    (Helped, "story_id"),
    (CollectionStory, "story_id"),
    (PostStory, "story_id"),
)


def _scatter(table: str, column: str) -> int:
    """Random numbers below zero: the next row that comes is numbered after the highest, and stays among the others."""
    unnamed = f"rowid > 0 AND {column} IN (SELECT id FROM stories_story WHERE voice <> 'named')"
    with connection.cursor() as cursor:
        if not cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {unnamed})").fetchone()[0]:
            return 0
        cursor.execute(f"UPDATE {table} SET rowid = -1 - (random() & 4611686018427387903) WHERE {unnamed}")
        return cursor.rowcount


def _scrubbed(erased: int) -> int:
    if erased:
        scrub()
    return erased


def scrub() -> None:
    """Empty the write-ahead log of SQLite, where what was erased still stands. `secure_delete` has overwritten it in
    the file itself. On PostgreSQL a dump has none of it, and autovacuum does the rest."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
