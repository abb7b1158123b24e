"""Tell a story. Only `start_story` and `open_mine` know who it is: all else goes by the receipt."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.models import User
from networks.models import Affiliation, Network, Organisation, Topic

from ..access import at_work, authored_by
from ..choices import IN_MODERATION, Audience, Outcome, Pool, ReceiptKind, Status, StoryKind, Verb, Voice
from ..content import Content
from ..models import AuthorLink, Draft, LeavingRequest, Story, StoryNetwork, StoryTopic, Version
from ..pools import choose
from ..readers import are_more
from ..receipt_rights import OPEN
from ..search.index import reindex
from ..weeks import day_or_week, monday_of
from .deciding import decide, erase_links_of, locked, move, settled_status
from .drafting import Saved, canonical, choose_draft, save_draft, take_turn
from .handing import hand_to_somebody
from .keep import erase_change, erase_requests, erase_story
from .links import hand
from .refused import Refused, Stale
from .shelve import bands_of, context_of

__all__ = [
    "Saved",
    "canonical",
    "change_voice",
    "choose_draft",
    "erase_link",
    "hand",
    "open_mine",
    "pool_for",
    "save_draft",
    "start_story",
    "submit",
    "withdraw",
]

FACTS = frozenset({"outcome", "stage", "delivery", "cost", "months", "year"})
"""What an author states of a story beside its words."""
NAMED_FACTS = frozenset({"cost", "months", "year"})
"""What only a named story may state."""

# --- Begin ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_story(
    *,
    by: User,
    kind: str,
    voice: str,
    language: str,
    organisation: Organisation | None = None,
    in_person: bool = False,
) -> tuple[Story, str]:
    """A draft, and its receipt, which is shown once. `organisation`: one of their own; may be left out where there is
    but one. Raises Refused for somebody whose place of work nobody verified."""
    place = _place_of(by, organisation)
    story = Story.objects.create(
        kind=StoryKind(kind),
        voice=Voice(voice),
        language=language,
        outcome=Outcome.EARLY,
        in_person=in_person,
        **_shown_of(place, voice),
    )
    _furnish(story)
    if story.may_link:
        AuthorLink.objects.create(story=story, user=by)
    return story, hand(story=story, kind=ReceiptKind.AUTHOR)


def _place_of(by: User, organisation: Organisation | None) -> Organisation:
    own = Affiliation.objects.filter(user=by).verified().select_related("organisation")
    places = [job.organisation for job in own if organisation in (None, job.organisation)]
    if not places:
        raise Refused(_("You can tell a story once somebody has verified where you work."))
    if len(places) > 1:
        raise Refused(_("Choose the organisation where it happened."))
    return places[0]


def _shown_of(place: Organisation, voice: str) -> dict[str, object]:
    """What readers will see of the place: itself, or its band alone."""
    if voice == Voice.NAMED:
        return {"organisation": place}
    current = place
    while current.replaced_by:
        current = current.replaced_by
    alike = Organisation.objects.current().filter(is_example=current.is_example)
    return {"band": bands_of(alike)[current.code]}


def _furnish(story: Story) -> None:
    """What every story has from its first day: an empty draft, and the row by which it is compared."""
    Draft.objects.create(story=story, week=monday_of(timezone.localdate()))
    context_of(story, []).save()


def open_mine(*, by: User, story: Story) -> str:
    """A fresh receipt for one's own story. Raises Refused if the service does not know it as theirs."""
    if not Story.objects.filter(authored_by(by), pk=story.pk).exists():
        raise Refused(_("This story is no longer here."))
    return hand(story=story, kind=ReceiptKind.AUTHOR)


# --- Send -----------------------------------------------------------------------------------------------------------


def pool_for(*, story: Story, audience: str, networks: Sequence[Network] = ()) -> Pool | None:
    """Who would moderate the story for this audience; None if too few are there, and it is not to be offered."""
    today = timezone.localdate()
    authors = AuthorLink.objects.filter(story=story).values("user")

    def size(pool: Pool) -> int:
        return at_work(pool, today, networks).exclude(pk__in=authors).count()

    return choose(audience, story.voice, {pool: size(pool) for pool in Pool})


@transaction.atomic
def submit(
    *,
    story: Story,
    content: Content,
    audience: str,
    networks: Sequence[Network] = (),
    topics: Sequence[Topic] = (),
    facts: Mapping[str, object] | None = None,
    publish_unchanged: bool = False,
    not_before: datetime.date | None = None,
    token: int,
) -> Story:
    """Send a story in, or send it again after a change.

    `token`: the number of the draft from which the form was made. Of two that send the same form one writes, and the
    other gets the same story. Raises Stale if the draft moved on meanwhile, and Refused if nobody could moderate it for
    this audience or it is out of the author's hands.
    """
    story = locked(story)  # a second submission waits here, and then finds another number
    if story.status not in OPEN:
        raise Refused(_("This story can no longer be changed here."))
    if not take_turn(story, token):
        return _sent_before(story, content, audience, networks)
    pool = _pool_or_refusal(story, audience, networks)
    keeps_its_place = (story.status, story.pool) == (Status.SUBMITTED, pool)
    story.audience = Audience(audience)
    networks = networks if audience == Audience.NETWORK else []
    version = _write(story, content, networks)
    _link(story, networks, topics)
    today = timezone.localdate()
    story.approved_sha256 = version.sha256 if publish_unchanged else ""
    move(
        story,
        settled_status(story, version),
        audience=story.audience,
        pool=pool,
        submitted_on=story.submitted_on or day_or_week(today, named=story.is_named),
        not_before=not_before,
        publish_unchanged=publish_unchanged,
        approved_sha256=story.approved_sha256,
        published_version=None,
        published_on=None,
        **_facts(story, facts or {}),
    )
    context_of(story, topics).save()
    decide(story, Verb.SUBMITTED, version=version)
    erase_requests(LeavingRequest.objects.filter(story=story))
    if publish_unchanged:
        decide(story, Verb.AUTHOR_APPROVED, version=version)
    if not keeps_its_place:
        hand_to_somebody(story=story, today=today)
    return story


def _pool_or_refusal(story: Story, audience: str, networks: Sequence[Network]) -> Pool:
    pool = pool_for(story=story, audience=audience, networks=networks)
    if pool is None or (audience == Audience.NETWORK and not networks):
        raise Refused(_("Too few people could look at a story for these readers. Choose other readers."))
    if are_more(story, audience, networks):
        raise Refused(_("A published story can be changed for fewer readers, not for more. Choose other readers."))
    return pool


def _sent_before(story: Story, content: Content, audience: str, networks: Sequence[Network]) -> Story:
    """The story as a first submission of the same form left it. Raises Stale if these are other words, or for other
    readers: who chose fewer of them in another window must not believe that it went to those."""
    last = story.versions().filter(written_by=Version.Writer.AUTHOR).first()
    same_words = last is not None and last.words == content.canonical()
    if same_words and story.status in IN_MODERATION and _has_readers(story, audience, networks):
        return story
    raise Stale(_("This was changed in another window. Look at both versions again."))


def _write(story: Story, content: Content, networks: Sequence[Network]) -> Version:
    """The version of these words by the author: a new one, unless the newest says the same to the same readers. What
    moderators approved for some readers, they did not for others."""
    last = story.versions().first()
    version = Version.of(story, content, number=last.number + 1 if last else 1, written_by=Version.Writer.AUTHOR)
    if last is not None and _has_readers(story, story.audience, networks) and _said(last) == _said(version):
        return last
    version.save()
    return version


def _has_readers(story: Story, audience: str, networks: Sequence[Network]) -> bool:
    named = set(networks) if audience == Audience.NETWORK else set()
    return story.audience == audience and named == set(StoryNetwork.objects.named_by(story))


def _said(version: Version) -> tuple[str, str, str]:
    return version.words, version.audience, version.written_by


def _link(story: Story, networks: Sequence[Network], topics: Sequence[Topic]) -> None:
    StoryNetwork.objects.filter(story=story).delete()
    StoryNetwork.objects.bulk_create([StoryNetwork(story=story, network=network) for network in networks])
    StoryTopic.objects.filter(content_object=story).delete()
    StoryTopic.objects.bulk_create([StoryTopic(content_object=story, tag=topic) for topic in topics])


def _facts(story: Story, facts: Mapping[str, object]) -> dict[str, object]:
    """Of these facts those that a story of its voice may state. Raises KeyError for one that no author states."""
    if unknown := facts.keys() - FACTS:
        raise KeyError(*unknown)
    told = {name: value for name, value in facts.items() if story.is_named or name not in NAMED_FACTS}
    for name, value in told.items():
        setattr(story, name, value)
    return told


# --- Change one's mind ----------------------------------------------------------------------------------------------


@transaction.atomic
def change_voice(*, story: Story, voice: str, by: User | None = None) -> tuple[Story, str]:
    """The same draft under another voice: a new row with a new key, and the old one erased with everything beside it.

    `by` is needed only for what was anonymous: of the others the service knows the author, and forgets them if it is to
    be anonymous. Raises Refused without, and once the story is out of its author's hands.
    """
    old = locked(story)
    if old.revises_id or old.status not in (Status.DRAFT, *IN_MODERATION):
        raise Refused(_("This story can no longer be changed here."))
    link = AuthorLink.objects.filter(story=old).select_related("user").first()
    author = None if voice == Voice.ANONYMOUS else by or (link.user if link else None)
    if author is None and voice != Voice.ANONYMOUS:
        raise Refused(_("Sign in to change this."))
    new = Story.objects.create(
        kind=old.kind,
        voice=Voice(voice),
        language=old.language,
        outcome=old.outcome,
        in_person=old.in_person,
        **_shown_again(old, voice, author),
    )
    _furnish(new)
    if author:
        AuthorLink.objects.create(story=new, user=author)
    draft = Draft.objects.get(story=old)
    Draft.objects.filter(story=new).update(words=draft.words, other_words=draft.other_words, number=1)
    erase_story(story=old)
    return new, hand(story=new, kind=ReceiptKind.AUTHOR)


def _shown_again(old: Story, voice: str, author: User | None) -> dict[str, object]:
    """What readers will see of the place of a story that had another voice."""
    if old.organisation:
        return _shown_of(old.organisation, voice)
    if voice == Voice.NAMED and author:
        return _shown_of(_place_of(author, None), voice)
    return {"band": old.band}


@transaction.atomic
def withdraw(*, story: Story) -> None:
    """The author takes it back. A draft or a change is erased; what was sent in or published is closed, out of search,
    and its author forgotten unless it is named. Raises Refused if it is closed already."""
    story = locked(story)
    if story.status == Status.DRAFT or story.revises_id:
        erase_story(story=story)
        return
    if story.status in (Status.WITHDRAWN, Status.RETIRED):
        raise Refused(_("This story is closed already."))
    move(story, Status.WITHDRAWN)
    decide(story, Verb.WITHDRAWN)
    erase_change(story=story)
    erase_links_of(story)
    reindex(story)


@transaction.atomic
def erase_link(*, story: Story) -> None:
    """The author asks the service to forget who wrote a confidential story, and its change. The receipt goes on opening
    both."""
    story = locked(Story(pk=story.root_id))
    if erase_links_of(story):
        decide(story, Verb.KEPT)
