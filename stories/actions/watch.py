"""Tell somebody when a story comes out that is about their plan."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.actions import answered, post
from learning_portal.common.models import User
from networks.models import Topic

from .. import plan_check
from ..access import authored_by
from ..mails import WATCH_FOUND
from ..models import Story, Watch, WatchFound
from ..plans import Plan
from .refused import Refused

MOST = 20
"""Plans that one person waits for at once."""
DATED_BACK = datetime.timedelta(days=7)
"""A story without a name bears the Monday of the week in which it comes out."""


@transaction.atomic
def watch_plan(*, by: User, plan: Plan, topics: list[Topic]) -> Watch:
    """Wait for stories about this plan; the same plan twice is once. Raises Refused when they wait for many."""
    User.objects.select_for_update().get(pk=by.pk)
    today = timezone.localdate()
    theirs = Watch.objects.filter(user=by).live(today)
    if same := theirs.filter(text=plan.text).first():
        same.topics.set(topics)
        return same
    if theirs.count() >= MOST:
        raise Refused(_("You wait for twenty plans already. Stop one of them first."))
    watch = Watch.objects.create(user=by, text=plan.text, organisation=plan.organisation, looked_on=today)
    watch.topics.set(topics)
    _note_new(watch)
    return watch


@transaction.atomic
def stop_watching(*, by: User, watch: Watch) -> None:
    """Forget the plan and what was found for it."""
    answered(thread=watch.thread)
    Watch.objects.filter(pk=watch.pk, user=by).delete()


@transaction.atomic
def look_at_found(*, by: User, watch: Watch) -> list[Story]:
    """What was found for it that its reader may open now, the newest first. Its mails have done their work."""
    answered(thread=watch.thread)
    found = WatchFound.objects.filter(watch=watch).values("story")
    shown = Story.objects.visible_to(by).published().filter(pk__in=found).order_by("-published_on", "pk")
    return Story.objects.cards_of(list(shown.values_list("pk", flat=True)))


def tell_watchers(*, today: datetime.date | None = None) -> int:
    """Look once a day, for each plan that is waited for, at what has come out since; how many were told. For every
    tick."""
    today = today or timezone.localdate()
    waiting = Watch.objects.live(today).filter(looked_on__lt=today).order_by("pk").values_list("pk", flat=True)
    return sum(_look(key, today) for key in list(waiting))


@transaction.atomic
def _look(key: int, today: datetime.date) -> bool:
    """Compare-and-set: of two ticks at once, one tells."""
    watch = Watch.objects.select_related("user").get(pk=key)
    if not Watch.objects.filter(pk=key, looked_on=watch.looked_on).update(looked_on=today):
        return False
    number = _note_new(watch)
    if number:
        post(to=watch.user, kind=WATCH_FOUND.name, context={"key": watch.pk, "number": number}, thread=watch.thread)
    return bool(number)


def _note_new(watch: Watch) -> int:
    """Keep which stories came out since the last look and clear the floor for the plan; how many are new."""
    shown = Story.objects.visible_to(watch.user).published().exclude(authored_by(watch.user))
    told = WatchFound.objects.filter(watch=watch).values("story")
    new = shown.filter(published_on__gte=watch.looked_on - DATED_BACK).exclude(pk__in=told)
    if not new.exists():
        return 0
    plan = Plan(watch.text, watch.organisation.code if watch.organisation else "")
    options = plan_check.Options(topics=tuple(watch.topics.all()))
    keys = plan_check.keys_close(plan, options, new)
    WatchFound.objects.bulk_create([WatchFound(watch=watch, story_id=story) for story in keys])
    return len(keys)


def erase_old_watches(*, today: datetime.date | None = None) -> int:
    """Forget plans after a year; how many."""
    old = Watch.objects.filter(expires_on__lt=today or timezone.localdate())
    keys = list(old.values_list("pk", flat=True))
    old.delete()
    return len(keys)
