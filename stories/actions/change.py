"""Change a published story: its change is a row of its own, written, checked and approved like any story, and the old
words stay up until `publish` puts the new ones in their place."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.choices import TopicGroup
from networks.models import Network, Topic

from ..choices import Origin, Outcome, Status, StoryKind, Verb
from ..content import Content
from ..models import AuthorLink, Draft, Story, StoryNetwork, StoryTopic, Version
from ..readers import are_more
from ..telling import words
from ..telling.kinds import PROJECT, STOPPED
from ..weeks import monday_of
from .deciding import decide, locked, move, newest, relay, tell_author
from .drafting import canonical
from .refused import Refused
from .shelve import context_of
from .tell import FACTS

COPIED = ("kind", "voice", "audience", "language", "organisation", "band", "in_person")


def open_change_of(story: Story) -> Story | None:
    """The change to it that its author has begun."""
    return Story.objects.filter(revises=story).first()


@transaction.atomic
def begin(*, story: Story) -> Story:
    """The change to a published story, with its words to go on from: a new one, or the one that is open already. The
    receipt of the story opens it. Raises Refused for what is not on the shelf, or was not told here."""
    story = locked(story)
    if change := open_change_of(story):
        return change
    if story.status != Status.PUBLISHED or story.origin != Origin.TOLD:
        raise Refused(_("This story can no longer be changed here."))
    change = Story.objects.create(revises=story, **{name: getattr(story, name) for name in (*COPIED, *FACTS)})
    topics = list(story.topics.all())
    networks = StoryNetwork.objects.named_by(story)
    StoryTopic.objects.bulk_create([StoryTopic(content_object=change, tag=topic) for topic in topics])
    _name_networks(change, networks)
    AuthorLink.objects.bulk_create(
        [AuthorLink(story=change, user_id=link.user_id) for link in AuthorLink.objects.filter(story=story)]
    )
    typed = {**_typed(story, topics), "networks": [network.slug for network in networks]}
    Draft.objects.create(story=change, words=canonical(typed), week=monday_of(timezone.localdate()))
    context_of(change, topics).save()
    return change


def _name_networks(change: Story, networks: list[Network]) -> None:
    StoryNetwork.objects.bulk_create([StoryNetwork(story=change, network=network) for network in networks])


def _typed(story: Story, topics: list[Topic]) -> words.Words:
    """A published story as its author would have typed it."""
    content = story.content
    facts = {name: str(value) for name in FACTS if (value := getattr(story, name)) is not None}
    asked = [topic.slug for topic in topics if topic.group == TopicGroup.PROBLEM]
    return {
        **words.words_of(content),
        **facts,
        "telling": _told_as(story, content, asked),
        "topic": asked[0] if asked else "",
        "audience": story.audience,
    }


def _told_as(story: Story, content: Content, asked: list[str]) -> str:
    """What it was told as, if that was with fewer questions than others: it need not say what another story must."""
    if story.outcome == Outcome.STOPPED and not getattr(content, "differently", True):
        return STOPPED.key
    return PROJECT.key if story.kind == StoryKind.SUMMARY and not asked else ""


def return_to_author(story: Story) -> None:
    """Other words than those with which the open change to this story was compared are published: whoever approved it
    did not see these. Its words are kept under a new number, which nobody has approved, and are its author's again; for
    no more readers than the story now has."""
    change = open_change_of(story)
    if change is None or change.status == Status.DRAFT:
        return
    change, last = locked(change), newest(change)
    if are_more(change, change.audience, StoryNetwork.objects.named_by(change)):
        change.audience, change.pool = story.audience, story.pool
        StoryNetwork.objects.filter(story=change).delete()
        _name_networks(change, StoryNetwork.objects.named_by(story))
    version = Version.of(change, last.content, number=last.number + 1, written_by=Version.Writer.AUTHOR)
    version.save()
    move(
        change,
        Status.RETURNED,
        audience=change.audience,
        pool=change.pool,
        approved_sha256="",
        publish_unchanged=False,
    )
    decide(change, Verb.RETURNED, version=version)
    relay(
        change,
        _("The published text was changed meanwhile. Look at your change again, and send it again."),
        from_author=False,
    )
    tell_author(change)
