"""The matching desk: requests for which nobody was found yet, and what it does with them."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from learning_portal.common.actions import tell_how_it_stands
from learning_portal.common.counts import FEWEST
from learning_portal.common.models import User
from learning_portal.common.team import members_of_team

from ..mail_kinds import DESK_WAITING
from ..models import Contact, Introduction, IntroductionStep, Membership, Network, Topic
from ..working_days import days_between
from . import hosts
from .asking import Request, create
from .hosts import NotAsked, Why
from .steps import State, Verb, write_step

UNMET_FOR = datetime.timedelta(days=365)
UNMET = (State.AT_DESK, State.NOBODY)


def at_desk() -> QuerySet[Introduction]:
    """What lies there, the oldest first."""
    waiting = Introduction.objects.filter(state=State.AT_DESK).select_related("asker", "organisation")
    return waiting.prefetch_related("topics").order_by("sent_on", "pk")


@transaction.atomic
def ask_desk(*, by: User, request: Request, today: datetime.date | None = None) -> Introduction:
    """Ask the desk to find somebody. Raises NotAsked for the sixth request of a day, and keeps nothing."""
    today = today or timezone.localdate()
    asker = User.objects.select_for_update().get(pk=by.pk)
    if hosts.asked_today(asker, today) >= hosts.MOST_A_DAY:
        raise NotAsked(Why.OFTEN)
    introduction = create(asker, hosts.place_of(asker).organisation, request, today)
    write_step(introduction, Verb.TO_DESK, None, today)
    return introduction


def waits(today: datetime.date) -> tuple[list[int], list[int]]:
    """Working days until the desk answered, of each request that came to it within a year; and so far, of those that
    still wait."""
    steps = IntroductionStep.objects.filter(on__gt=today - UNMET_FOR).order_by("introduction", "number")
    came: dict[int, datetime.date] = {}
    answered = []
    for key, verb, on in steps.values_list("introduction", "verb", "on"):
        if key in came:
            answered.append(days_between(came.pop(key), on))
        if verb == Verb.TO_DESK:
            came[key] = on
    return answered, [days_between(on, today) for on in came.values()]


def tell_desk() -> None:
    """Tell the programme team, in their weekly mail, how many requests wait. For every tick."""
    number = Introduction.objects.filter(state=State.AT_DESK).count()
    team = members_of_team() if number else ()
    tell_how_it_stands(kind=DESK_WAITING.name, to={person: {"number": number} for person in team})


def unmet_topics(today: datetime.date) -> list[Topic]:
    """What at least five people have looked for within a year without finding anybody, most wanted first."""
    unmet = Introduction.objects.filter(state__in=UNMET, sent_on__gt=today - UNMET_FOR)
    links = Introduction.topics.through.objects.filter(introduction__in=unmet)
    wanted = links.order_by().values("topic").annotate(people=Count("introduction__asker", distinct=True))
    keys = list(wanted.filter(people__gte=FEWEST).order_by("-people", "topic").values_list("topic", flat=True))
    topics = Topic.objects.in_bulk(keys)
    return [topics[key] for key in keys]


def convenors() -> list[tuple[Network, Contact]]:
    """Each network with the living card of one of its convenors: whoever has convened it longest."""
    held = Membership.objects.current().filter(is_convenor=True).select_related("network").order_by("joined_on", "pk")
    cards = Contact.objects.living(timezone.localdate()).filter(user__in=held.values("user"))
    by_user = {card.user_id: card for card in cards.select_related("user", "organisation")}
    found: dict[int, tuple[Network, Contact]] = {}
    for membership in held:
        if membership.user_id in by_user:
            found.setdefault(membership.network_id, (membership.network, by_user[membership.user_id]))
    return sorted(found.values(), key=lambda pair: pair[0].name.casefold())
