"""Put stories on the shelf that did not come from a person's form: imports, and the demo."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db import transaction

from learning_portal.common.actions import record
from learning_portal.common.models import User
from networks.models import Contact, Network, Organisation, Topic

from .. import bands, context
from ..choices import Status
from ..content import Content
from ..models import (
    AuthorLink,
    ProgressUpdate,
    Story,
    StoryContact,
    StoryContext,
    StoryNetwork,
    StoryTopic,
    Version,
)
from ..search.index import reindex_many

BATCH = 500


@dataclasses.dataclass
class NewStory:
    """A story and all that hangs on it, before any of it is in the database. Nothing here is saved yet but the topics,
    networks, contacts, organisation and author."""

    story: Story
    content: Content
    topics: Sequence[Topic] = ()
    networks: Sequence[Network] = ()
    contacts: Sequence[Contact] = ()
    updates: Sequence[tuple[datetime.date, str, str]] = ()
    """Date, `Progress`, line."""
    author: User | None = None
    """Linked, unless the story is anonymous."""


@dataclasses.dataclass
class Revision:
    """An imported story as it is to become. Its fields are set and not saved yet."""

    story: Story
    content: Content
    topics: Sequence[Topic] = ()


Progress = Callable[[int], object]
"""Called with the number of stories that are done, as tqdm's `update`."""


@transaction.atomic
def shelve(
    *, stories: Sequence[NewStory], published_on: datetime.date, by: str, progress: Progress = lambda done: None
) -> None:
    """Create the stories with their first version and publish them, in one transaction, ready to be found.

    Exempt from approval by their origin (a database constraint): raises IntegrityError for a story told here.
    """
    for batch in _batches(stories):
        _shelve_batch(batch, published_on)
        progress(len(batch))
    record(by=by, verb="shelved stories", subject=f"{len(stories)} stories")


def _batches(items: Sequence) -> Iterator[Sequence]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


def _shelve_batch(stories: Sequence[NewStory], published_on: datetime.date) -> None:
    versions = [_first_version(new, published_on) for new in stories]
    Story.objects.bulk_create([new.story for new in stories], batch_size=BATCH)
    Version.objects.bulk_create(versions, batch_size=BATCH)
    StoryContext.objects.bulk_create([context_of(new.story, new.topics) for new in stories], batch_size=BATCH)
    _link(StoryTopic, [{"content_object": new.story, "tag": topic} for new in stories for topic in new.topics])
    _link(StoryNetwork, [{"story": new.story, "network": network} for new in stories for network in new.networks])
    _link(StoryContact, [{"story": new.story, "contact": contact} for new in stories for contact in new.contacts])
    _link(
        ProgressUpdate,
        [
            {"story": new.story, "on": on, "status": status, "line": line}
            for new in stories
            for on, status, line in new.updates
        ],
    )
    _link(
        AuthorLink, [{"story": new.story, "user": new.author} for new in stories if new.author and new.story.may_link]
    )
    reindex_many([new.story for new in stories])


def _first_version(new: NewStory, published_on: datetime.date) -> Version:
    version = Version.of(new.story, new.content, number=1, written_by=Version.Writer.IMPORT)
    new.story.published_version = version
    new.story.published_on = published_on
    new.story.status = Status.PUBLISHED
    return version


def _link(model, rows: list[dict]) -> None:
    model.objects.bulk_create([model(**row) for row in rows], batch_size=BATCH)


def context_of(story: Story, topics: Sequence[Topic]) -> StoryContext:
    """The comparison row of a story, not saved: from its organisation if it is named, else from its band alone."""
    values = context.of_topics(topics)
    if not story.is_named:
        values |= context.of_band(story.band)
    elif story.organisation:
        values |= context.of_organisation(story.organisation)
    values |= context.of_project(stage=story.stage, delivery=story.delivery, cost=story.cost, months=story.months)
    return StoryContext(story=story, **values)


REVISED_FIELDS = (
    "kind",
    "outcome",
    "language",
    "organisation",
    "stage",
    "delivery",
    "evaluation",
    "cost",
    "months",
    "year",
    "source_url",
    "source_licence",
    "source_organisation",
    "published_version",
)
"""What an import may change of a story that is on the shelf: neither who may see it nor whether it is."""


@transaction.atomic
def revise_many(*, revisions: Sequence[Revision], by: str, progress: Progress = lambda done: None) -> int:
    """Give imported stories new words and facts, in one transaction; how many have new words.

    New words are a new version, the earlier ones stay. Words count as new when they differ from the last *import*, so
    that a moderator's correction is not undone by importing an unchanged source again.
    """
    fresh = 0
    for batch in _batches(revisions):
        fresh += _revise_batch(batch)
        progress(len(batch))
    record(by=by, verb="revised stories", subject=f"{len(revisions)} stories")
    return fresh


def _revise_batch(revisions: Sequence[Revision]) -> int:
    stories = [revision.story for revision in revisions]
    versions = _new_versions(revisions)
    Version.objects.bulk_create(versions)
    for version in versions:
        version.story.published_version = version
    Story.objects.bulk_update(stories, REVISED_FIELDS, batch_size=100)
    StoryTopic.objects.filter(content_object__in=stories).delete()
    _link(
        StoryTopic,
        [{"content_object": revision.story, "tag": topic} for revision in revisions for topic in revision.topics],
    )
    StoryContext.objects.filter(story__in=stories).delete()
    StoryContext.objects.bulk_create([context_of(revision.story, revision.topics) for revision in revisions])
    reindex_many(stories)
    return len(versions)


def _new_versions(revisions: Sequence[Revision]) -> list[Version]:
    """A version, not saved, for each revision whose words are new."""
    numbers: dict[int, int] = {}
    imported: dict[int, str] = {}
    earlier = Version.objects.filter(story__in=[revision.story for revision in revisions]).order_by("number")
    for story, number, sha, writer in earlier.values_list("story_id", "number", "sha256", "written_by"):
        numbers[story] = number
        if writer == Version.Writer.IMPORT:
            imported[story] = sha
    versions = []
    for revision in revisions:
        number = numbers.get(revision.story.pk, 0) + 1
        version = Version.of(revision.story, revision.content, number=number, written_by=Version.Writer.IMPORT)
        if version.sha256 != imported.get(revision.story.pk):
            versions.append(version)
    return versions


def revise(*, story: Story, content: Content, topics: Sequence[Topic], by: str) -> bool:
    """Give one imported story new words and facts. True when its words are new."""
    return revise_many(revisions=[Revision(story, content, topics)], by=by) == 1


def bands_of(organisations: Iterable[Organisation]) -> dict[str, str]:
    """The band of each of these bodies, by code. Hand in all current ones that are real, or all that are invented:
    a band stands for at least five of those."""
    return bands.assign(
        bands.Place(body.code, body.kind, body.nation, bands.size_of(body.population, body.staff), body.rurality)
        for body in organisations
    )
