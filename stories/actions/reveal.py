"""Learn who wrote a confidential story: the only code that returns a person for one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from learning_portal.common.actions import record
from learning_portal.common.models import Role, User

from ..choices import Verb
from ..models import AuthorLink, Story
from .deciding import decide, locked, relay, tell_author
from .refused import Refused


@transaction.atomic
def reveal_author(*, by: User, story: Story, reason: str) -> User:
    """Who wrote it. For a custodian, with a reason, which is kept and which the author is told.

    The audit trail says that somebody was revealed, by whom and why, and not which story: its lines have times.
    Raises Refused without a reason, for anybody else, and if nobody is linked to it.
    """
    reason = reason.strip()
    if not by.has_role(Role.CUSTODIAN) or not reason or len(reason) > 1000:
        raise Refused(_("Only a custodian learns who wrote a story, and says why."))
    story = locked(story)
    link = AuthorLink.objects.filter(story=story).select_related("user").first()
    if link is None:
        raise Refused(_("The service does not know who wrote this story."))
    decide(story, Verb.REVEALED, by=by, reason=reason)
    relay(
        story,
        _("The custodian of this service has learnt that you wrote this. The reason: %s") % reason,
        from_author=False,
    )
    tell_author(story)
    record(by=by.email, verb="revealed an author", subject="a story", detail=reason)
    return link.user
