"""What an author answers, under the receipt: `by` nobody, since nobody is known there."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..choices import IN_POOL, ReceiptKind, Status, Verb
from ..models import Receipt, RelayMessage, Story
from .deciding import decide, locked, move, newest, relay, settled_status
from .refused import Refused, Stale
from .tell import hand

ANSWERABLE = (Status.SUBMITTED, Status.AWAITING)


@transaction.atomic
def approve(*, story: Story, sha256: str) -> Story:
    """The author approves the words with this hash, as they will be published. Raises Stale if they are not the newest
    any more, and Refused if there is nothing to approve."""
    story = locked(story)
    if story.status == Status.APPROVED and story.approved_sha256 == sha256:
        return story
    if story.status not in ANSWERABLE:
        raise Refused(_("There is nothing to approve."))
    version = newest(story)
    if version.sha256 != sha256:
        raise Stale(_("The text has been changed meanwhile. Read it again before you approve it."))
    story.approved_sha256 = sha256
    move(story, settled_status(story, version), approved_sha256=sha256)
    decide(story, Verb.AUTHOR_APPROVED, version=version)
    return story


@transaction.atomic
def answer(*, story: Story, text: str) -> RelayMessage:
    """The author, or a colleague to whom it was shown, writes to the moderators."""
    story = locked(story)
    if story.status not in (*IN_POOL, Status.PUBLISHED):
        raise Refused(_("Nobody looks at this story at present."))
    return relay(story, text, from_author=True)


@transaction.atomic
def renew_receipt(*, story: Story, receipt: str) -> str:
    """One more receipt for the author, who shows one. Raises Refused for one that was handed to somebody else: it may
    run out, and must not beget one that does not."""
    shown = Receipt.objects.holding(story.pk, receipt, timezone.localdate())
    if shown is None or shown.kind != ReceiptKind.AUTHOR:
        raise Refused(_("Only the receipt of the author gives another."))
    return hand(story=story, kind=ReceiptKind.AUTHOR)
