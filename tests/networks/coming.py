"""One process that comes to events, or goes back, in a database of its own, for the tests of races.

    main("build", "15")
    main("join", "0" [, "unguarded"])
    main("back", "0")
    main("lapse", "0")
    main("tick")

All but `build` say "ready" and wait for a line. `join` says at the end which state each event gave.
"""

import datetime
import json
import sys
import time

from django.db.models import QuerySet
from django.utils import timezone

from learning_portal.common.models import User
from learning_portal.common.models.message import MessageQuerySet
from networks import event_actions, promises
from networks.models import Affiliation, Event
from tests.factories import ActionFactory, AffiliationFactory, EventFactory, OrganisationFactory, UserFactory

PEOPLE = 4


def build(number: int) -> None:
    """So many events with one place each, and people who may come; each event's action is late, and a month old."""
    body, today = OrganisationFactory(), timezone.localdate()
    people = [UserFactory(email=f"p{person}@council.example") for person in range(PEOPLE)]
    for user in people:
        AffiliationFactory(user=user, organisation=body)
    for _number in range(number):
        event = EventFactory(places=1)
        ActionFactory(
            owner=people[3], event=event, due_on=today, made_on=today - datetime.timedelta(days=40), text="Ride along"
        )


def unguard() -> None:
    """Take the lock out, and let both count before either writes."""
    QuerySet.select_for_update = lambda self, *how, **more: self
    original = event_actions.may_join

    def slowly(user, event):
        time.sleep(0.01)
        return original(user, event)

    event_actions.may_join = slowly
    fill = event_actions._fill

    def fill_slowly(event, but=None):
        time.sleep(0.02)
        fill(event, but)
        time.sleep(0.02)

    event_actions._fill = fill_slowly


def main(command: str, *arguments: str) -> None:
    MessageQuerySet.claim = lambda self, key, now: None  # mail stays in the outbox, where it is counted
    if arguments[-1:] == ("unguarded",):
        unguard()
        arguments = arguments[:-1]
    if command == "build":
        build(int(arguments[0]))
        return
    print("ready", flush=True)
    sys.stdin.readline()
    if command == "tick":
        event_actions.free_places(), promises.remind_of_actions(), promises.ask_what_became()
        return
    user = User.objects.get(email=f"p{arguments[0]}@council.example")
    if command == "lapse":
        Affiliation.objects.filter(user=user).update(ended_on=timezone.localdate())
        return
    events = list(Event.objects.order_by("pk"))
    if command == "back":
        for event in events:
            event_actions.go_back(by=user, event=event)
    else:
        print(json.dumps([event_actions.join(by=user, event=event) for event in events]))
