"""Tell readers who follow a named project when it stands differently."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from learning_portal.common.actions import post
from learning_portal.common.models import User

from ..choices import Voice
from ..mails import STORY_MOVED
from ..models import Follow, ProgressUpdate, Story
from .refused import Refused

MOST = 50
"""Projects that one person follows at once."""


def status_of(story: Story) -> str:
    """How a named project stands by its last update; nothing if it has none."""
    updates = ProgressUpdate.objects.filter(story=story) if story.is_named else ProgressUpdate.objects.none()
    return updates.order_by("-on", "-pk").values_list("status", flat=True).first() or ""


@transaction.atomic
def follow(*, by: User, story: Story) -> None:
    """Hear of it from now on; twice is once. Raises Refused for what has no updates or is not theirs to read, and for
    whoever follows many."""
    status = status_of(story)
    if not status or not Story.objects.visible_to(by).published().filter(pk=story.pk).exists():
        raise Refused(_("This project cannot be followed."))
    if Follow.objects.filter(user=by).exclude(story=story).count() >= MOST:
        raise Refused(_("You follow fifty projects already. Stop following one first."))
    Follow.objects.get_or_create(user=by, story=story, defaults={"seen": status})


@transaction.atomic
def stop_following(*, by: User, story: Story) -> None:
    Follow.objects.filter(user=by, story=story).delete()


def tell_followers() -> int:
    """Mail, in their weekly rhythm, those whose project stands differently; how many. For every tick: one query while
    nothing has changed."""
    updates = ProgressUpdate.objects.filter(story=OuterRef("story"), story__voice=Voice.NAMED)
    latest = Subquery(updates.order_by("-on", "-pk").values("status")[:1])
    moved = Follow.objects.annotate(latest=latest).exclude(latest=None).exclude(seen=F("latest"))
    return sum(_tell(one, one.latest) for one in moved.select_related("user"))


@transaction.atomic
def _tell(one: Follow, status: str) -> bool:
    """Compare-and-set: of two ticks at once, one tells. Who may not read it any more hears nothing, and follows it no
    longer."""
    if not Story.objects.visible_to(one.user).published().filter(pk=one.story_id).exists():
        one.delete()
        return False
    if not Follow.objects.filter(pk=one.pk, seen=one.seen).update(seen=status):
        return False
    post(to=one.user, kind=STORY_MOVED.name, context={"key": one.story_id})
    return True
