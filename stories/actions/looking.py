"""What somebody says to whom an author showed their story."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Story, StoryComment
from ..models.handed import LONGEST_COMMENT
from ..receipt_rights import SHOWN
from ..weeks import monday_of
from .deciding import locked, next_number
from .refused import Refused

MOST_COMMENTS = 100
"""Of one story: more than anybody reads."""


@transaction.atomic
def comment(*, story: Story, text: str) -> StoryComment:
    """Leave a comment for the author, which nobody else reads. Raises Refused once it is published or closed, for an
    empty or endless one, and for one too many."""
    story, text = locked(story), text.strip()
    if story.status not in SHOWN:
        raise Refused(_("Nobody looks at this story at present."))
    if not text or len(text) > LONGEST_COMMENT:
        raise Refused(_("Write between 1 and %(limit)d characters.") % {"limit": LONGEST_COMMENT})
    if story.comments().count() >= MOST_COMMENTS:
        raise Refused(_("There are too many comments on this story already."))
    return StoryComment.objects.create(
        story=story, number=next_number(StoryComment, story), text=text, week=monday_of(timezone.localdate())
    )
