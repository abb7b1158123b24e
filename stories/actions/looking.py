"""What somebody says to whom an author showed their story."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ..choices import IN_POOL, Status
from ..models import RelayMessage, Story
from .deciding import locked, relay
from .refused import Refused


@transaction.atomic
def comment(*, story: Story, text: str) -> RelayMessage:
    """Leave a comment for the author, which moderators read too. Raises Refused once it is published or closed."""
    story = locked(story)
    if story.status not in (Status.DRAFT, *IN_POOL):
        raise Refused(_("Nobody looks at this story at present."))
    return relay(story, _("A colleague to whom it was shown writes: %(text)s") % {"text": text}, from_author=True)
