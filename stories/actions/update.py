"""Say how a project goes: a status and a line, by whoever wrote its summary."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.models import User

from ..access import StoryQuerySet, authored_by
from ..choices import Progress, Status, StoryKind, Voice
from ..models import ProgressUpdate, Story
from .deciding import locked
from .refused import Refused


def updatable_by(user: User) -> StoryQuerySet:
    """The published project summaries that this user wrote under their name."""
    return Story.objects.filter(authored_by(user), status=Status.PUBLISHED, voice=Voice.NAMED, kind=StoryKind.SUMMARY)


@transaction.atomic
def add_progress(*, by: User, story: Story, status: str, line: str) -> ProgressUpdate:
    """Add an update of today. The same one twice on a day is one. Raises Refused for a story that is not theirs, not
    named, not a summary or not published."""
    story = locked(story)
    if not updatable_by(by).filter(pk=story.pk).exists():
        raise Refused(_("You cannot add an update to this story."))
    update, _is_new = ProgressUpdate.objects.get_or_create(
        story=story, on=timezone.localdate(), status=Progress(status), line=line
    )
    return update
