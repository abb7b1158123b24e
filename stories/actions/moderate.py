"""What moderators decide. Each verb asks first whether this person is of the story's pool and did not write it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from learning_portal.common.models import User

from ..choices import IN_MODERATION, IN_POOL, Origin, Status, Verb
from ..content import Content
from ..models import RelayMessage, Story, Version
from ..pools import approvals_needed, usual
from ..seals import seal
from ..search.index import reindex
from .deciding import (
    WAITING,
    approvals,
    decide,
    erase_links_of,
    for_moderator,
    move,
    newest,
    relay,
    settled_status,
    tell_author,
)
from .keep import erase_change, erase_story
from .refused import Refused, Stale

LONGEST_REASON = 1000


def has_decided(*, by: User, story: Story) -> bool:
    """Whether this moderator approved the newest version already."""
    mine = story.decisions().filter(verb=Verb.APPROVED, seal=seal(story.root_id, by))
    return mine.filter(version__in=story.versions().values("number")[:1]).exists()


@transaction.atomic
def edit(*, by: User, story: Story, content: Content, read: str) -> Version:
    """Make the words safer or clearer. The author has to approve them; this moderator has, by writing them.

    `read`: the hash of the words that were changed. Raises Stale if they are not the newest any more.
    """
    story = for_moderator(by=by, story=story, states=(*WAITING, Status.RETURNED, Status.APPROVED, Status.HIDDEN))
    last = newest(story)
    if last.sha256 != read:
        raise Stale(_("Somebody has changed the text meanwhile."))
    version = Version.of(story, content, number=last.number + 1, written_by=Version.Writer.MODERATOR)
    if version.sha256 == last.sha256:
        raise Refused(_("Nothing was changed."))
    version.save()
    decide(story, Verb.EDITED, by=by, version=version)
    _approve(story, by, version)
    tell_author(story)
    return version


@transaction.atomic
def approve(*, by: User, story: Story, sha256: str, seen: str = "") -> Story:
    """This moderator would publish the words with this hash. Two do for an anonymous story, one for the others.

    Raises Stale if they are not the newest any more, and Refused for a second approval by the same moderator.
    """
    story = for_moderator(by=by, story=story, states=WAITING, seen=seen)
    version = newest(story)
    if version.sha256 != sha256:
        raise Stale(_("Somebody has changed the text meanwhile."))
    if approvals(story, version) >= approvals_needed(story.voice):
        raise Stale(_("Somebody has approved this text meanwhile."))
    _approve(story, by, version)
    if story.status == Status.AWAITING:
        tell_author(story)
    return story


def _approve(story: Story, by: User, version: Version) -> None:
    try:
        with transaction.atomic():
            decide(story, Verb.APPROVED, by=by, version=version)
    except IntegrityError:
        raise Refused(_("You have approved this text already.")) from None
    hidden = story.status == Status.HIDDEN
    move(story, settled_status(story, version), **({"published_version": None, "published_on": None} if hidden else {}))


@transaction.atomic
def ask(*, by: User, story: Story, text: str) -> RelayMessage:
    """Ask the author something. They answer behind their receipt."""
    story = for_moderator(by=by, story=story, states=IN_POOL)
    message = relay(story, text, from_author=False)
    decide(story, Verb.ASKED, by=by)
    tell_author(story)
    return message


@transaction.atomic
def send_back(*, by: User, story: Story, reason: str, seen: str = "") -> Story:
    """Return it to its author, who may change it and send it again."""
    story = for_moderator(by=by, story=story, states=(*WAITING, Status.APPROVED), seen=seen)
    version = newest(story)
    move(story, Status.RETURNED)
    decide(story, Verb.RETURNED, by=by, version=version, reason=_required(reason))
    tell_author(story)
    return story


@transaction.atomic
def merge(*, by: User, story: Story, into: Story) -> Story:
    """Close a story that tells the same as another, which this moderator may open."""
    if into.revises_id or story.pk == into.pk or not Story.objects.visible_to(by).filter(pk=into.pk).exists():
        raise Refused(_("Choose another story to merge it with."))
    story = _no_change(for_moderator(by=by, story=story, states=IN_POOL))
    return _close(story, by, Status.RETIRED, Verb.MERGED, into.public_id)


@transaction.atomic
def hide(*, by: User, story: Story, reason: str = "") -> Story:
    """Take a published story off the shelf at once. It can be shown again."""
    story = for_moderator(by=by, story=story, states=(Status.PUBLISHED,))
    move(story, Status.HIDDEN, pool=story.pool or usual(story.audience))
    decide(story, Verb.HIDDEN, by=by, reason=reason[:LONGEST_REASON])
    reindex(story)
    tell_author(story)
    return story


@transaction.atomic
def restore(*, by: User, story: Story) -> Story:
    """Show a hidden story again, with the words that its author approved and no others."""
    story = for_moderator(by=by, story=story, states=(Status.HIDDEN,))
    approved = story.published_version is not None and story.approved_sha256 == story.published_version.sha256
    if story.origin == Origin.TOLD and not approved:
        raise Refused(_("Its author has not approved this text."))
    move(story, Status.PUBLISHED)
    decide(story, Verb.RESTORED, by=by)
    reindex(story)
    tell_author(story)
    return story


@transaction.atomic
def withdraw(*, by: User, story: Story, reason: str, seen: str = "") -> Story:
    """Close a story for good, published or not, and forget who wrote it unless it is named."""
    story = _no_change(for_moderator(by=by, story=story, states=(*IN_POOL, Status.PUBLISHED), seen=seen))
    return _close(story, by, Status.WITHDRAWN, Verb.WITHDRAWN, _required(reason))


@transaction.atomic
def retire(*, by: User, story: Story, reason: str = "") -> Story:
    """Take a story off the shelf that has had its day."""
    story = for_moderator(by=by, story=story, states=(Status.PUBLISHED,))
    return _close(story, by, Status.RETIRED, Verb.RETIRED, reason[:LONGEST_REASON])


@transaction.atomic
def refuse_change(*, by: User, story: Story, reason: str, seen: str = "") -> Story:
    """Not these words: the change is erased. The published story stays as it is, and its author is told why."""
    change = for_moderator(by=by, story=story, states=IN_MODERATION, seen=seen)
    if change.revises_id is None:
        raise Refused(_("This is no change to a published story."))
    reason = _required(reason)
    tell_author(change)
    erase_story(story=change)
    story = Story.objects.get(pk=change.revises_id)
    decide(story, Verb.REFUSED, by=by, reason=reason)
    relay(story, _("The moderators did not take your change. The reason: %s") % reason, from_author=False)
    return story


def _no_change(story: Story) -> Story:
    """What closes a story closes no change to one: that is refused, and the story stays."""
    if story.revises_id:
        raise Refused(_("This is a change to a published story, which stays as it is. Refuse the change instead."))
    return story


def _close(story: Story, by: User, status: Status, verb: Verb, reason: str) -> Story:
    move(story, status)
    decide(story, verb, by=by, reason=reason)
    tell_author(story)
    erase_change(story=story)
    if status == Status.WITHDRAWN:
        erase_links_of(story)
    reindex(story)
    return story


def _required(reason: str) -> str:
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(_("Say why, in at most %(limit)d characters.") % {"limit": LONGEST_REASON})
    return reason
