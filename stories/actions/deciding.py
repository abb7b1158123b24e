"""What the verbs of moderation share: who may, what was decided, and the state that follows from it."""

from __future__ import annotations

import datetime

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.actions import post
from learning_portal.common.mail.kinds import MESSAGE_WAITING
from learning_portal.common.models import User

from ..access import people_of
from ..choices import Pool, Status, Verb, Voice
from ..models import AuthorLink, Decision, RelayMessage, Story, StoryNetwork, Version
from ..pools import approvals_needed, usual
from ..seals import seal
from ..weeks import day_or_week
from .refused import Refused, Stale

WAITING = (Status.SUBMITTED, Status.AWAITING)
"""What moderators may still change or approve."""


def locked(story: Story) -> Story:
    """The story as it now stands, held until the transaction ends: who comes second sees what the first did. Raises
    Refused if it is gone. Of a change the published story is held first: in one order nobody waits for ever."""
    if story.revises_id:
        list(Story.objects.select_for_update(of=("self",)).filter(pk=story.revises_id))
    found = Story.objects.select_for_update(of=("self",)).filter(pk=story.pk).first()
    if found is None:
        raise Refused(_("This story is no longer here."))
    return found


def newest(story: Story) -> Version:
    """The words as they stand now. Raises Refused if nothing was sent in yet."""
    version = story.versions().first()
    if version is None:
        raise Refused(_("This story has not been sent in yet."))
    return version


def decide(
    story: Story,
    verb: Verb,
    *,
    by: User | None = None,
    version: Version | None = None,
    reason: str = "",
    today: datetime.date | None = None,
) -> Decision:
    """Write down a decision; of one about a story that is not named neither who nor which day. The story is locked."""
    return Decision.objects.create(
        story=story,
        number=next_number(Decision, story),
        verb=verb,
        seal=seal(story.root_id, by) if by else "",
        by_label=str(by)[:254] if by and story.is_named else "",
        version=version.number if version else None,
        sha256=version.sha256 if version else "",
        reason=reason,
        on=day_or_week(today or timezone.localdate(), named=story.is_named),
    )


def relay(story: Story, text: str, *, from_author: bool) -> RelayMessage:
    """Leave a word for the other side. The story is locked. Raises Refused for an empty or endless one."""
    text = text.strip()
    if not text or len(text) > LONGEST_WORD:
        raise Refused(_("Write between 1 and %(limit)d characters.") % {"limit": LONGEST_WORD})
    return RelayMessage.objects.create(
        story=story,
        number=next_number(RelayMessage, story),
        from_author=from_author,
        text=text,
        week=day_or_week(timezone.localdate(), named=False),
    )


LONGEST_WORD = 2000


def next_number(model, story: Story) -> int:
    return (model.objects.filter(story=story).aggregate(last=Max("number"))["last"] or 0) + 1


def tell_author(story: Story, kind: str = MESSAGE_WAITING.name) -> None:
    """Mail whoever wrote it that a message waits, and nothing else. Nobody knows who wrote an anonymous one. `kind`:
    another kind of mail, about a named story."""
    for link in AuthorLink.objects.filter(story=story).select_related("user"):
        post(to=link.user, kind=kind)


def may_moderate(*, by: User, story: Story) -> bool:
    """Whether this person is of the story's pool, and did not write it as far as the service knows."""
    if AuthorLink.objects.filter(story=story, user=by).exists():
        return False
    pool = story.pool or usual(story.audience)
    networks = StoryNetwork.objects.named_by(story) if pool == Pool.NETWORK else []
    return people_of(pool, networks).filter(pk=by.pk).exists()


def for_moderator(*, by: User, story: Story, states: tuple[Status, ...], seen: str = "") -> Story:
    """The story, locked, if this person may moderate it and it is in one of these states.

    `seen`: the state that their page showed; left out, any of these will do. Raises Refused if they may not, and Stale
    if somebody was quicker.
    """
    story = locked(story)
    if not may_moderate(by=by, story=story):
        raise Refused(_("You cannot decide about this story."))
    if story.status not in states or (seen and story.status != seen):
        raise Stale(_("Somebody has decided about this story meanwhile."))
    return story


def approvals(story: Story, version: Version) -> int:
    """How many different moderators approved this version. The same words for other readers are another one."""
    found = Decision.objects.filter(story=story, verb=Verb.APPROVED, version=version.number, sha256=version.sha256)
    return found.values("seal").distinct().count()


def settled_status(story: Story, version: Version) -> Status:
    """The state that follows from who approved the newest words: both sides, the moderators alone, or not yet."""
    by_moderators = approvals(story, version) >= approvals_needed(story.voice)
    by_author = story.approved_sha256 == version.sha256
    if by_moderators and by_author:
        return Status.APPROVED
    if by_author or (version.written_by == Version.Writer.AUTHOR and not by_moderators):
        return Status.SUBMITTED
    return Status.AWAITING


def move(story: Story, to: Status, **values: object) -> None:
    """Compare-and-set: from the state in which the caller read it to another. Raises Stale if it moved meanwhile."""
    moved = Story.objects.filter(pk=story.pk, status=story.status).update(status=to, **values)
    if not moved:
        raise Stale(_("Somebody has decided about this story meanwhile."))
    story.status = to
    for name, value in values.items():
        setattr(story, name, value)


def erase_links_of(story: Story) -> int:
    """Forget who wrote it and its change, unless it is named; how many links there were."""
    linked = AuthorLink.objects.filter(Q(story=story.root_id) | Q(story__revises=story.root_id))
    return linked.exclude(story__voice=Voice.NAMED).delete()[0]
