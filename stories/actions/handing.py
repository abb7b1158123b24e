"""Hand stories to moderators: one at a time answers for each."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from learning_portal.common.models import Away, User

from ..access import people_of
from ..choices import Status, Verb
from ..models import AuthorLink, Handling, Story, StoryNetwork
from ..weeks import day_or_week, waited
from .deciding import decide, locked

PATIENCE = 5
"""Working days after which a story goes to the next of its pool."""
WAITS_FOR_MODERATORS = (Status.SUBMITTED,)


def hand_to_somebody(*, story: Story, today: datetime.date, but: int | None = None) -> User | None:
    """Hand a story to whoever of its pool has the fewest, not away, not its author. None if there is nobody."""
    networks = [link.network for link in StoryNetwork.objects.filter(story=story).select_related("network")]
    held = Handling.objects.filter(user=OuterRef("pk"), story__status__in=WAITS_FOR_MODERATORS).order_by()
    load = Coalesce(Subquery(held.values("user").annotate(number=Count("pk")).values("number")), 0)
    people = (
        people_of(story.pool, networks)
        .exclude(pk__in=Away.objects.on(today).values("user"))
        .exclude(pk__in=AuthorLink.objects.filter(story=story).values("user"))
        .exclude(pk__in=[but] if but else [])
    )
    chosen = people.annotate(load=load).order_by("load", "pk").first()
    if chosen is not None:
        since = day_or_week(today, named=story.is_named)
        Handling.objects.update_or_create(story=story, defaults={"user": chosen, "since": since})
    return chosen


def hand_on(*, today: datetime.date) -> int:
    """Hand what waits for more than five working days, or for somebody who is away, to the next; how many."""
    away = set(Away.objects.on(today).values_list("user", flat=True))
    waiting = Handling.objects.filter(story__status__in=WAITS_FOR_MODERATORS).select_related("story")
    late = [
        one
        for one in waiting.order_by("story")
        if one.user_id in away or waited(one.since, today, named=one.story.is_named) > PATIENCE
    ]
    return sum(_hand_on(one.story, one.user_id, today) for one in late)


@transaction.atomic
def _hand_on(story: Story, holder: int, today: datetime.date) -> bool:
    story = locked(story)
    still = Handling.objects.filter(story=story, user=holder).exists()
    if not still or story.status not in WAITS_FOR_MODERATORS:
        return False
    if hand_to_somebody(story=story, today=today, but=holder) is None:
        return False
    decide(story, Verb.HANDED, today=today)
    return True
