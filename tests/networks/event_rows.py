"""Events and actions for the tests of constraints: a valid row of each model, and what the database refuses of it."""

from collections.abc import Callable
from typing import Any

from django.db import models, transaction

from networks.models import Action, ActionFollowUp, Attendance, CalendarFeed, Event
from tests.factories import TODAY, ActionFactory, AttendanceFactory, EventFactory, NetworkFactory, UserFactory


def feed(**values) -> CalendarFeed:
    return CalendarFeed.objects.create(**{"user": UserFactory(), "sha256": "0" * 64, **values})


def asked(**values) -> ActionFollowUp:
    action = values.pop("action", None) or ActionFactory()
    return ActionFollowUp.objects.create(**{"action": action, "months": 1, "asked_on": TODAY, **values})


def twice(make: Callable[..., models.Model], **values) -> None:
    make(**values)
    with transaction.atomic():
        make(**values)


VALID: dict[type[models.Model], Callable[[], models.Model]] = {
    Event: EventFactory,
    Attendance: AttendanceFactory,
    CalendarFeed: feed,
    Action: ActionFactory,
    ActionFollowUp: asked,
}
CHECKS: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("event_kind_known", Event, {"kind": "party"}),
    ("event_language_known", Event, {"language": "fr"}),
    ("event_titled", Event, {"title": ""}),
    ("event_ends_later", Event, {"ends_at": models.F("starts_at")}),
    ("event_has_places", Event, {"places": 0}),
    ("attendance_state_known", Attendance, {"state": "perhaps"}),
    ("attendance_came_who_was_going", Attendance, {"state": "back", "came": True}),
    ("calendarfeed_hashed", CalendarFeed, {"sha256": "short"}),
    ("action_state_known", Action, {"state": "perhaps"}),
    ("action_says_something", Action, {"text": ""}),
    ("action_recorded_of_a_network", Action, {"is_recorded": True}),
    ("action_declined_was_recorded", Action, {"state": "declined"}),
    ("actionfollowup_months_known", ActionFollowUp, {"months": 2}),
    ("actionfollowup_answered_on_a_day", ActionFollowUp, {"answer": "helped"}),
    ("actionfollowup_answered_on_a_day", ActionFollowUp, {"answered_on": TODAY}),
    ("actionfollowup_answered_on_a_day", ActionFollowUp, {"answer": "perhaps", "answered_on": TODAY}),
]
WITHIN: list[tuple[type[models.Model], dict[str, Any]]] = [
    (Event, {"places": 1}),
    (Attendance, {"came": False}),
    (ActionFollowUp, {"months": 6, "answer": "helped", "answered_on": TODAY}),
]
UNIQUE: dict[str, Callable[[], object]] = {
    "attendance_once": lambda: twice(AttendanceFactory, event=EventFactory(), user=UserFactory()),
    "attendance_in_turn": lambda: twice(AttendanceFactory, event=EventFactory(), turn=7),
    "calendarfeed_once": lambda: twice(feed),
    "action_one_at_an_event": lambda: twice(ActionFactory, event=EventFactory(), owner=UserFactory()),
    "actionfollowup_once": lambda: twice(asked, action=ActionFactory()),
}


def recorded_twice_at_one_event() -> None:
    """Of what a convenor writes down there may be any number."""
    event, owner, network = EventFactory(), UserFactory(), NetworkFactory()
    twice(ActionFactory, event=event, owner=owner, network=network, is_recorded=True)
