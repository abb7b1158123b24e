"""Learn who wrote a confidential story: the only code that returns a person for one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from learning_portal.common.actions import record
from learning_portal.common.models import Role, User

from ..choices import Status, Verb, Voice
from ..models import AuthorLink, Story
from .deciding import decide, locked, relay, tell_author
from .refused import Refused

REVEALED = "revealed an author"
"""How the audit trail calls it."""
LONGEST_REASON = 1000


@transaction.atomic
def reveal_author(*, by: User, key: int, reason: str) -> User:
    """Who wrote the story of this key. For a custodian, with a reason, which is kept and which the author is told.

    The audit trail says that somebody was revealed, by whom and why, and not which story: its lines have times.
    Raises Refused without a reason, for anybody else, and, in the same words, if there is no such story, if it is not
    confidential, if it is a draft that nobody else has read, and if nobody is linked to it.
    """
    reason = reason.strip()
    if not by.has_role(Role.CUSTODIAN) or not reason or len(reason) > LONGEST_REASON:
        raise Refused(_("Only a custodian learns who wrote a story, and says why."))
    revealed = AuthorLink.objects.filter(story=key, story__voice=Voice.CONFIDENTIAL)
    link = revealed.exclude(story__status=Status.DRAFT).select_related("user", "story").first()
    if link is None:
        raise Refused(_("The service knows of no confidential story with this reference, or no longer who wrote it."))
    story = locked(Story(pk=link.story.root_id))  # a change may be erased, and with it what its author was told
    decide(story, Verb.REVEALED, by=by, reason=reason)
    relay(
        story,
        _("The custodian of this service has learnt that you wrote this. The reason: %s") % reason,
        from_author=False,
    )
    tell_author(story)
    record(by=by.email, verb=REVEALED, subject="a story", detail=reason)
    return link.user
