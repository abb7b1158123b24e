"""Hand stories to moderators: one at a time answers for each, and hears how many they hold."""

from __future__ import annotations

import datetime
from collections import Counter

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from learning_portal.common.actions import tell_how_it_stands
from learning_portal.common.counts import rounded
from learning_portal.common.models import User
from learning_portal.common.team import members_of_team
from networks.models import Network

from ..access import at_work
from ..choices import Pool, Status, Verb
from ..mails import MODERATION_LATE, MODERATION_WAITING
from ..models import AuthorLink, Handling, Story, StoryNetwork
from ..weeks import day_or_week, waited
from ..worklist import number_late
from .deciding import decide, locked

PATIENCE = 5
"""Working days after which a story goes to the next of its pool."""
WAITS_FOR_MODERATORS = (Status.SUBMITTED,)


def hand_to_somebody(*, story: Story, today: datetime.date, but: int | None = None) -> User | None:
    """Hand a story to whoever of its pool has the fewest, not away, not its author. None if there is nobody."""
    networks = StoryNetwork.objects.named_by(story)
    held = Handling.objects.filter(user=OuterRef("pk"), story__status__in=WAITS_FOR_MODERATORS).order_by()
    load = Coalesce(Subquery(held.values("user").annotate(number=Count("pk")).values("number")), 0)
    people = (
        at_work(story.pool, today, networks)
        .exclude(pk__in=AuthorLink.objects.filter(story=story).values("user"))
        .exclude(pk__in=[but] if but else [])
    )
    chosen = people.annotate(load=load).order_by("load", "pk").first()
    if chosen is not None:
        since = day_or_week(today, named=story.is_named)
        Handling.objects.update_or_create(story=story, defaults={"user": chosen, "since": since})
    return chosen


def hand_on(*, today: datetime.date) -> int:
    """Hand what waits for more than five working days, or for somebody who is away or no longer of its pool, to the
    next; how many."""
    there = _there(today)
    late = [
        one
        for one in _handed()
        if one.user_id not in there[one.story.pool] or waited(one.since, today, named=one.story.is_named) > PATIENCE
    ]
    return sum(_hand_on(one.story, one.user_id, today) for one in late)


def _handed() -> QuerySet[Handling]:
    waiting = Handling.objects.filter(story__status__in=WAITS_FOR_MODERATORS)
    return waiting.select_related("story").order_by("story")


def _there(today: datetime.date) -> dict[str, set[int]]:
    """Who is of each pool and not away: of that of networks, who convenes any."""
    networks = list(Network.objects.all())
    return {pool: set(at_work(pool, today, networks).values_list("pk", flat=True)) for pool in Pool}


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


def tell_holders(*, today: datetime.date | None = None, now: datetime.datetime | None = None) -> None:
    """Write to whoever holds stories, in their weekly mail, how many. For every tick.

    By the tick and not when a story is handed over: the hour of a mail would be that of a story without a name.
    """
    there = _there(today or timezone.localdate())
    held = Counter(one.user_id for one in _handed() if one.user_id in there[one.story.pool])
    holders = User.objects.filter(pk__in=held)
    told = {user: {"number": held[user.pk]} for user in holders}
    tell_how_it_stands(kind=MODERATION_WAITING.name, to=told, now=now)


def tell_of_late(*, today: datetime.date | None = None, now: datetime.datetime | None = None) -> None:
    """Write to the programme team, in their weekly mail, while stories are late, how many: in steps of five. For every
    tick."""
    late = number_late(today or timezone.localdate())
    team = members_of_team() if late else []
    told = {user: {"number": rounded(late)} for user in team}
    tell_how_it_stands(kind=MODERATION_LATE.name, to=told, now=now)
