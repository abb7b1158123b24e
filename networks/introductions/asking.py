"""Somebody asks to meet."""

from __future__ import annotations

import dataclasses
import datetime

from django.db import transaction
from django.utils import timezone

from learning_portal.common.models import User

from ..choices import MeetingFormat
from ..models import Contact, Introduction, Topic
from . import hosts, passing
from .hosts import NotAsked, Why
from .steps import Holder, State, Verb, put_to, write_step


@dataclasses.dataclass(frozen=True)
class Request:
    """What somebody asks, as the form gives it."""

    questions: tuple[str, ...]
    format: str
    days: tuple[str, ...] = ()
    plan: str = ""
    may_pass_to: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    name: str = ""
    """Of the asker, where the service does not know it yet."""


@transaction.atomic
def ask(
    *, by: User, host: Contact, request: Request, to_desk: bool = False, today: datetime.date | None = None
) -> Introduction:
    """Send a request to a host, whose card is locked while it is asked again whether they may get it; from who works at
    no listed body, or who wants that, to the matching desk. Raises NotAsked, and keeps nothing."""
    today = today or timezone.localdate()
    asker = User.objects.select_for_update().get(pk=by.pk)
    if hosts.asked_today(asker, today) >= hosts.MOST_A_DAY:
        raise NotAsked(Why.OFTEN)
    found = Contact.objects.visible_to(asker).filter(pk=host.pk).select_for_update(of=("self",)).first()
    if found is None:
        raise NotAsked(Why.BUSY)
    place = hosts.place_of(asker)
    direct = place.is_listed and not to_desk
    if direct and (why := hosts.why_not(asker=asker, host=found, today=today)):
        raise NotAsked(why)
    introduction = create(asker, place.organisation, request, today)
    if not direct:
        write_step(introduction, Verb.TO_DESK, found, today)
    elif not put_to(introduction, found, Holder.HOST, today):
        passing.pass_on(introduction=introduction, because="", today=today)
    return introduction


def create(asker: User, organisation, request: Request, today: datetime.date) -> Introduction:
    """At the matching desk, from where it may be put to somebody."""
    if request.name and not asker.name:
        User.objects.filter(pk=asker.pk).update(name=request.name)
    introduction = Introduction.objects.create(
        asker=asker,
        organisation=organisation,
        questions="\n".join(request.questions),
        plan=request.plan,
        format=request.format,
        days="|".join(request.days),
        may_pass_to="|".join(request.may_pass_to),
        is_mentoring=request.format == MeetingFormat.MENTORING,
        state=State.AT_DESK,
        sent_on=today,
    )
    introduction.topics.set(request.topics)
    return introduction
