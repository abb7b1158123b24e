"""Worlds for the tests of who sees what: a shelf of stories, stories hidden beside it, and the same dice for all.

Texts are made so that what is hidden would show if any guard failed: it uses the words, topics, bodies, dates and
costs of what is visible, more often and more strongly.
"""

import contextlib
import dataclasses
import datetime
import hashlib
import importlib.util
import itertools
import secrets
import time
from collections.abc import Iterable, Iterator
from random import Random
from unittest import mock

from django.db import transaction
from django.utils import timezone

from learning_portal.common.models import AuditEvent, User
from networks.models import Action, Affiliation, Event, Introduction, Membership, Network, Organisation
from stories.actions import NewStory, shelve
from stories.actions.shelve import bands_of
from stories.choices import Audience, Origin, Outcome, Progress, Status, StoryKind, Voice
from stories.content import Content
from stories.models import (
    AgendaItem,
    Collection,
    CollectionStory,
    Follow,
    PostStory,
    Reuse,
    Story,
    StoryAction,
    StoryIntroduction,
    StoryReport,
    Watch,
    WatchFound,
)
from stories.pools import usual
from stories.search import embedding, index, meaning
from tests.cast import Stage, may_open
from tests.factories import BAND, TODAY, CollectionFactory, NetworkPostFactory, lessons, summary

# --- Stories --------------------------------------------------------------------------------------------------------

THEMES = (
    "tablets signal valley offline rounds carers vans visits",
    "rota weekends nights ward shift pattern overtime nurses",
    "bins collection lorries routes crews missed recycling streets",
    "repairs booking tenants website login homes boilers queue",
    "records matching folder spreadsheet names duplicates folders data",
    "gofal cartref cymraeg gweithdy llyfrgell ymwelwyr tabledi cymoedd",
)
FILLER = "meeting board paper spring summer contract supplier manager training budget letter phone office county"


def key_of(name: str) -> int:
    """A random-looking key that is the same in every world."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) >> 1


def words_of(number: int) -> Content:
    """Words of one of six themes, some of them often, with filler of any length; every third is a project summary."""
    random = Random(number)
    theme = THEMES[number % len(THEMES)].split()
    filler = FILLER.split()

    def told(length: int) -> str:
        return " ".join(random.choice(theme if random.random() < 0.4 else filler) for _ in range(length)).capitalize()

    title = f"{told(4)} {number}"
    if number % 3 == 0:
        return summary(title=title, summary=told(12), aim=told(20), lessons=told(random.randrange(8, 60)) + ".")
    return lessons(
        title=title,
        summary=told(12),
        expected=told(12),
        happened=told(random.randrange(10, 90)),
        wrong=told(18) + ".",
        past="",
        question=told(8) + "?" if number % 2 else "",
    )


def facts_of(number: int, stage: Stage) -> dict:
    random = Random(-number)
    topics = {group: [t for t in stage.topics if t.group == group] for group in {t.group for t in stage.topics}}
    return {
        "outcome": Outcome.values[number % len(Outcome.values)],
        "topics": [
            *random.sample(topics["problem"], 2),
            topics["service"][number % 3],
            topics["users"][number % 2],
            topics["method"][number % 2],
        ],
        "stage": number % 5,
        "delivery": 1 + number % 6,
        "evaluation": ["none", "own", "independent"][number % 3],
        "language": "cy" if number % 6 == 5 else "en",
    }


def build_shelf(stage: Stage, count: int = 24) -> None:
    """The stories that are there in every world: public ones, every fourth for a narrower audience, some unnamed."""
    found = [visible(stage, number) for number in range(count)]
    shelve(stories=found, published_on=TODAY, by="test")
    stage.shelf = [new.story for new in found]
    collect(CollectionFactory(slug="seen"), stage.shelf[:3], 5)
    CollectionFactory(slug="unseen")


def collect(collection: Collection, stories: list[Story], position: int) -> None:
    CollectionStory.objects.bulk_create(
        CollectionStory(
            id=key_of(f"{collection.slug} {story.pk}"), collection=collection, story=story, position=position
        )
        for story in stories
    )


def visible(stage: Stage, number: int) -> NewStory:
    audience = Audience.values[number // 4 % 3 + 1] if number % 4 == 3 else Audience.PUBLIC
    voice = Voice.values[number % 3] if number % 5 == 4 else Voice.NAMED
    content, facts = words_of(number), facts_of(number, stage)
    topics = facts.pop("topics")
    story = Story(
        id=key_of(f"shelf {number}"),
        kind=content.kind,
        audience=audience,
        voice=voice,
        origin=Origin.EXAMPLE,
        **facts,
        **(named(stage, number) if voice == Voice.NAMED else {"band": BAND}),
    )
    return NewStory(
        story,
        content,
        topics,
        networks=stage.networks[:1] if audience == Audience.NETWORK else [],
        contacts=[stage.contact] if voice == Voice.NAMED and number % 6 == 1 else [],
        updates=[(TODAY, "wobbling", "Half of it works.")] if voice == Voice.NAMED and number % 6 == 2 else [],
    )


def named(stage: Stage, number: int) -> dict:
    """What only a named story may state. Every seventh belongs to the project that the first one sums up."""
    return {
        "cost": 40_000 * (1 + number % 7),
        "months": 3 + number % 20,
        "year": 2015 + number % 9,
        "organisation": stage.bodies[number % len(stage.bodies)],
        "programme": stage.programme if number % 2 else None,
        "project_id": key_of("shelf 0") if number % 7 == 2 else None,
    }


LOUD = " ".join([*(word for theme in THEMES for word in theme.split()), "tabblets", "wekends", "xylophone"])
"""Every word that the pages look for, the misspelt ones too, and one that stands nowhere else."""

PLANNED = "We want to give tablets to carers on rounds in a valley with no signal, and to change the rota at weekends."
"""What the reader of the tests plans; half of what is hidden from them tells just that."""


@dataclasses.dataclass(frozen=True)
class Sort:
    """What decides who may see a story."""

    audience: str
    status: str
    voice: str

    @property
    def name(self) -> str:
        return f"{self.audience}/{self.status}/{self.voice}"


SORTS = tuple(Sort(*found) for found in itertools.product(Audience.values, Status.values, Voice.values))


def hidden_from(role: str, *, own: bool = False) -> list[Sort]:
    return [sort for sort in SORTS if not may_open(role, sort, own=own)]


def hide(stage: Stage, sorts: Iterable[Sort], *, copies: int = 1, author: User | None = None) -> list[Story]:
    """Put stories of these sorts beside the shelf: loud, costly, new, of the same bodies, topics and projects."""
    found = put([hidden(stage, sort, copy, author) for sort in sorts for copy in range(copies)])
    surround(found)
    return found


def wait(stage: Stage, sorts: Iterable[Sort]) -> None:
    """One more story of each of these sorts, which is there in every world."""
    put([hidden(stage, sort, "waits", None) for sort in sorts])


def put(found: list[NewStory]) -> list[Story]:
    """Shelve them, in their states."""
    wanted = {new.story.pk: new.story.status for new in found}
    shelve_unrecorded(found)
    unpublished = [new.story for new in found if wanted[new.story.pk] != Status.PUBLISHED]
    for story in unpublished:
        story.status = wanted[story.pk]
        if story.status not in {Status.WITHDRAWN, Status.RETIRED, Status.HIDDEN}:
            story.published_version = None
    Story.objects.bulk_update(unpublished, ["status", "published_version"])
    index.reindex_many(unpublished)
    return [new.story for new in found]


def surround(stories: list[Story]) -> None:
    """What readers and the team leave beside stories, in every list and count that is not this reader's."""
    report(stories)
    for collection in Collection.objects.filter(slug__in=["seen", "unseen"]):
        collect(collection, stories, 1)
    talk_of(stories)
    use_of(stories)
    lead_to(stories)


def report(stories: list[Story]) -> None:
    StoryReport.objects.bulk_create(
        StoryReport(
            id=key_of(f"report {story.pk}"), story=story, reason="wrong", words="Hidden.", language="en", week=TODAY
        )
        for story in stories
    )


def lead_to(stories: list[Story]) -> None:
    """What readers keep of their own (`pages_own.keep_own`) leads to them: published ones first, which each reader may
    have read before they left a network or a job. Members of networks speak of them."""
    chosen = sorted(stories, key=lambda story: (story.status != Status.PUBLISHED, not story.is_named, story.pk))[:24]
    watches = list(Watch.objects.order_by("pk")) if chosen else []
    WatchFound.objects.bulk_create(
        WatchFound(id=key_of(f"found {watch.pk} {story.pk}"), watch=watch, story=story)
        for watch in watches
        for story in chosen
    )
    Follow.objects.bulk_create(
        Follow(id=key_of(f"follow {watch.pk} {story.pk}"), user_id=watch.user_id, story=story, seen=Progress.WOBBLING)
        for watch in watches
        for story in chosen
    )
    asked = Introduction.objects.exclude(pk__in=StoryIntroduction.objects.values("introduction")).order_by("pk")
    StoryIntroduction.objects.bulk_create(
        StoryIntroduction(introduction=introduction, story=chosen[number % len(chosen)])
        for number, introduction in enumerate(asked if chosen else ())
    )
    for job in Affiliation.objects.verified().filter(user__in=[watch.user_id for watch in watches]).order_by("pk"):
        Reuse.objects.filter(story__in=chosen, organisation=job.organisation_id, user=None).update(user=job.user_id)
    if watches:
        speak_of(chosen)


def speak_of(stories: list[Story]) -> None:
    network = Network.objects.order_by("pk")[0]
    member = Membership.objects.current().filter(network=network).order_by("pk")[0].user
    for story in stories:
        said = NetworkPostFactory(
            pk=key_of(f"post {story.pk}"), network=network, by=member, words="Hidden.", is_of_story=True
        )
        PostStory.objects.create(id=key_of(f"post of {story.pk}"), post=said, story=story)


def use_of(stories: list[Story]) -> None:
    """Many use them, and agree to be named."""
    bodies = list(Organisation.objects.order_by("pk")[:7])
    Reuse.objects.bulk_create(
        Reuse(
            id=key_of(f"use {body.pk} {story.pk}"),
            organisation=body,
            story=story,
            how="adopted",
            may_be_named=True,
            since=TODAY,
        )
        for body in bodies
        for story in stories
        if story.is_named
    )


def talk_of(stories: list[Story]) -> None:
    """They stand on every agenda, and are what people took what they will do from."""
    AgendaItem.objects.bulk_create(
        AgendaItem(id=key_of(f"{event.pk} {story.pk}"), event=event, story=story, position=0)
        for event in Event.objects.all()
        for story in stories
    )
    actions = Action.objects.exclude(pk__in=StoryAction.objects.values("action")).order_by("pk")
    StoryAction.objects.bulk_create(
        StoryAction(id=key_of(f"action {action.pk}"), action=action, story=stories[number % len(stories)])
        for number, action in enumerate(actions if stories else ())
    )


def hidden(stage: Stage, sort: Sort, copy: int | str, author: User | None) -> NewStory:
    number = key_of(f"{sort.name} {copy}") % 1_000
    loudly = {
        "cost": 90_000_000,
        "months": 90,
        "year": 2024,
        "organisation": stage.bodies[number % 8],
        "programme": stage.programme,
        "project": stage.shelf[number % 3] if stage.shelf else None,
    }
    is_summary = isinstance(copy, int) and copy % 2 == 1
    facts = {**facts_of(number, stage), "outcome": Outcome.FAILED}
    topics = facts.pop("topics")
    story = Story(
        id=key_of(f"{sort.name} {copy}"),
        kind=StoryKind.SUMMARY if is_summary else StoryKind.LESSONS,
        audience=sort.audience,
        status=sort.status,
        voice=sort.voice,
        pool=usual(sort.audience),
        origin=Origin.EXAMPLE,
        **facts,
        **(loudly if sort.voice == Voice.NAMED else {"band": BAND}),
    )
    title = f"Hidden tablets {sort.name} {copy}"
    loud = lessons(title=title, summary=LOUD[:200], wrong=f"{LOUD}. {LOUD}.", happened=LOUD)
    content = summary(title=title, summary=PLANNED, aim="") if is_summary else loud
    networks = stage.networks[:1] if sort.audience == Audience.NETWORK else []
    contacts = [stage.contact] if sort.voice == Voice.NAMED else []
    return NewStory(story, content, topics, networks, contacts, author=author)


def tell(stage: Stage, name: str, *, voice: str, author: User, employer: Organisation, audience: str) -> Story:
    """A story told without a name by somebody who works there, as the product shelves it: with the employer's band."""
    number = key_of(name) % 1_000
    facts = facts_of(number, stage)
    topics = facts.pop("topics")
    band = bands_of(Organisation.objects.current())[employer.code]
    story = Story(
        id=key_of(name),
        kind=StoryKind.LESSONS,
        voice=voice,
        audience=audience,
        band=band,
        origin=Origin.EXAMPLE,
        **facts,
    )
    content = lessons(title=f"Told by nobody {name}", wrong=THEMES[number % 5])
    new = NewStory(story, content, topics, stage.networks[:1] if audience == Audience.NETWORK else [], author=author)
    shelve_unrecorded([new])
    return story


def shelve_unrecorded(stories: list[NewStory]) -> None:
    """Shelve what people told: they leave no line in the audit trail, which staff read; imports do."""
    shelve(stories=stories, published_on=TODAY, by="people")
    AuditEvent.objects.filter(by="people").delete()


# --- Making worlds comparable ---------------------------------------------------------------------------------------


class BagOfWords:
    """A sentence model for tests: a hundred-odd numbers from the words themselves, quick and everywhere the same."""

    name = "b" * 64
    size = 128

    def embed(self, texts):
        import numpy as np

        rows = np.full((len(texts), self.size), 0.01, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[key_of(word) % self.size] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def model() -> BagOfWords | None:
    """None where numpy, which search by meaning needs, is not installed."""
    return BagOfWords() if importlib.util.find_spec("numpy") else None


@contextlib.contextmanager
def by_meaning() -> Iterator[None]:
    """Search by meaning with the model for tests."""
    with mock.patch.object(meaning, "model", model):
        yield


def settle() -> None:
    """What `tick` does."""
    index.refresh_terms()
    embedding.embed_pending()


MOMENT = time.time()


@contextlib.contextmanager
def same_dice(seed: int = 7) -> Iterator[None]:
    """Every random key drawn inside comes out the same each time, and no time passes."""
    random, counter = Random(seed), itertools.count(1)
    with (
        mock.patch.object(secrets, "randbits", random.getrandbits),
        mock.patch.object(secrets, "randbelow", random.randrange),
        mock.patch.object(secrets, "choice", random.choice),
        mock.patch.object(time, "time", return_value=MOMENT),
        mock.patch.object(timezone, "now", return_value=datetime.datetime.fromtimestamp(MOMENT, datetime.UTC)),
        mock.patch.object(secrets, "token_urlsafe", lambda length=32: f"key-{next(counter):0{length}}"),
    ):
        yield


@contextlib.contextmanager
def savepoint() -> Iterator[None]:
    """A world inside the world: gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextlib.contextmanager
def kept(blocker) -> Iterator[None]:
    """A database for the length of a module, as `db` is one for the length of a test. `blocker` is pytest-django's."""
    with blocker.unblock(), savepoint():
        yield


def count(request, name: str, number: int) -> None:
    """Leave a figure in the report of a test, from where the summary of the whole run adds it up."""
    request.node.user_properties.append((name, number))
