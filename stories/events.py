"""What the pages of events show: stories on agendas, as far as the reader may open them."""

import collections
import dataclasses
import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from learning_portal.common.models import User
from networks.company import company_of, sectors_of
from networks.event_actions import may_join
from networks.models import Action, Attendance, Event
from networks.promises import may_leave_action

from .access import Reader
from .models import AgendaItem, Story
from .text import paragraphs

MOST_COMING = 200


@dataclasses.dataclass
class EventCard:
    """An event in a list: whether the reader goes, and the stories on its agenda that they may open."""

    event: Event
    state: str = ""
    stories: tuple[Story, ...] = ()


def agendas(events: Iterable[Event], reader: Reader) -> dict[int, list[Story]]:
    """The stories on each agenda that this reader may open, in its order: two queries for all of them."""
    visible = Story.objects.visible_to(reader).published()
    items = AgendaItem.objects.filter(event__in=[event.pk for event in events], story__in=visible)
    rows = list(items.order_by("event", "position", "pk").values_list("event", "story"))
    stories = {story.pk: story for story in Story.objects.cards_of(list({story for _event, story in rows}))}
    found: dict[int, list[Story]] = collections.defaultdict(list)
    for event, story in rows:
        if story in stories:
            found[event].append(stories[story])
    return found


def coming_for(reader: Reader, kind: str, now: datetime.datetime) -> dict[str, list[EventCard]]:
    """What is to come, each event once: what the reader goes to or waits for, what their networks have, what all may
    come to. A cancelled one is told only to those who had joined."""
    events = Event.objects.visible_to(reader).coming(now).for_cards()
    if kind:
        events = events.filter(kind=kind)
    states = _states(reader)
    found: dict[str, list[EventCard]] = {"mine": [], "networks": [], "all": []}
    for event in events[:MOST_COMING]:
        card = EventCard(event, states.get(event.pk, ""))
        if card.state:
            found["mine"].append(card)
        elif not event.is_cancelled:
            found["networks" if event.network_id else "all"].append(card)
    return found


def _states(reader: Reader) -> dict[int, str]:
    if not reader.is_authenticated:
        return {}
    theirs = Attendance.objects.filter(user=reader).expected()
    return dict(theirs.values_list("event", "state"))


def page_of_event(event: Event, reader: Reader) -> dict[str, Any]:
    """Everything that an event's page shows this reader."""
    now = timezone.now()
    context = {
        "event": event,
        "description": paragraphs(event.description),
        "stories": agendas([event], reader)[event.pk],
        "sectors": sectors_of(event),
        "is_full": event.places is not None and Attendance.objects.filter(event=event).going().count() >= event.places,
        "is_open": event.may_be_joined(now),
        "has_started": event.has_started(now),
        "has_ended": event.has_ended(now),
    }
    return context | (_for_person(event, reader, now) if reader.is_authenticated else {})


def _for_person(event: Event, reader: User, now: datetime.datetime) -> dict[str, Any]:
    mine = Attendance.objects.filter(event=event, user=reader).expected().entitled().first()
    runs = Event.objects.run_by(reader).filter(pk=event.pk).exists()
    is_going = mine is not None and mine.state == Attendance.State.GOING
    return {
        "mine": mine,
        "runs": runs,
        "is_going": is_going,
        "place_in_line": _place_in_line(event, mine),
        "may_join": mine is None and may_join(reader, event),
        "sees_link": is_going or runs,
        "company": company_of(event, reader) if is_going or runs else None,
        "may_leave_action": may_leave_action(reader, event, now),
        "left": Action.objects.filter(event=event, owner=reader, is_recorded=False).first(),
    }


def _place_in_line(event: Event, mine: Attendance | None) -> int:
    """First, second, ... on the waiting list; 0 for who is not on it."""
    if mine is None or mine.state != Attendance.State.WAITING:
        return 0
    return Attendance.objects.filter(event=event, turn__lt=mine.turn).waiting().count() + 1
