"""Put stories on the shelf that did not come from a person's form: imports, and the demo."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence

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


@transaction.atomic
def shelve(*, stories: Sequence[NewStory], published_on: datetime.date, by: str) -> None:
    """Create the stories with their first version and publish them, in one transaction, ready to be found.

    Exempt from approval by their origin (a database constraint): raises IntegrityError for a story told here.
    """
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
    record(by=by, verb="shelved stories", subject=f"{len(stories)} stories")


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


@transaction.atomic
def revise(*, story: Story, content: Content, topics: Sequence[Topic], by: str) -> bool:
    """Give an imported story new words and facts. True when anything changed."""
    current = Version.objects.filter(story=story).order_by("-number").first()
    version = Version.of(story, content, number=current.number + 1, written_by=Version.Writer.IMPORT)
    fresh = version.sha256 != current.sha256
    if fresh:
        version.save()
        story.published_version = version
    story.save()
    StoryTopic.objects.filter(content_object=story).delete()
    _link(StoryTopic, [{"content_object": story, "tag": topic} for topic in topics])
    context_of(story, topics).save()
    reindex_many([story])
    return fresh


def bands_of(organisations: Iterable[Organisation]) -> dict[str, str]:
    """The band of each of these bodies, by code. Hand in all current ones that are real, or all that are invented:
    a band stands for at least five of those."""
    return bands.assign(
        bands.Place(body.code, body.kind, body.nation, bands.size_of(body.population, body.staff), body.rurality)
        for body in organisations
    )
