"""Events that are to come and that were, with people who go to them, and what they said they would do."""

from __future__ import annotations

import datetime

from django.utils import timezone

from learning_portal.common.models import User
from networks.event_actions import join
from networks.models import Action, ActionFollowUp, Attendance, Event, Membership, Organisation, Preferences, Topic
from networks.promises import FOLLOW_UP
from stories.choices import Audience, Voice
from stories.models import AgendaItem, Story, StoryAction
from tests.browser.sessions import CONVENOR, READER, TEAM
from tests.factories import AffiliationFactory, UserFactory

PEOPLE = ("Mared Tegid", "Callum Weir", "Aoife Brennagh", "Priya Sandhal", "Owain Caradog", "Jo Thistlewood")
OPENED_BY = {
    "reader": ("event joined", "leave an action", "calendar address", "actions", "action"),
    "convenor": (
        "events",
        "event to run",
        "new event",
        "event to change",
        "event to cancel",
        "who was there",
        "agenda",
        "meeting's actions",
        "learning",
    ),
    "visitor": ("event", "what became of it"),
}
"""Who opens what."""


def fill() -> dict[str, str]:
    """The paths of all of it, by name."""
    reader, convenor, team = (User.objects.get(email=email) for email in (READER, CONVENOR, TEAM))
    network = Membership.objects.filter(user=convenor).get().network
    body = Organisation.objects.filter(is_example=True).order_by("pk")[0]
    for_all = event("Rounds without a signal", 20, by=team, kind="open_day", organisation=body, place="Depot 4")
    online = event(
        "Rotas that people keep", 9, by=convenor, network=network, kind="online", link="https://meet.example/1"
    )
    past = event("Un drws blaen i deuluoedd", -3, by=convenor, network=network, language="cy", kind="in_person")
    introduce(reader, for_all)
    join(by=reader, event=online)
    Attendance.objects.create(event=past, user=reader, turn=1, state="going")
    Attendance.objects.create(event=past, user=convenor, turn=2, state="going")
    stories = Story.objects.filter(audience=Audience.PUBLIC, voice=Voice.NAMED, language="en").published()[:3]
    for number, story in enumerate(stories):
        AgendaItem.objects.create(event=for_all, story=story, position=number)
        AgendaItem.objects.create(event=past, story=story, position=number)
    return {
        "events": "/events/",
        "event": for_all.get_absolute_url(),
        "event joined": for_all.get_absolute_url(),
        "event to run": past.get_absolute_url(),
        "new event": "/events/new/",
        "event to change": f"{online.get_absolute_url()}edit/",
        "event to cancel": f"{online.get_absolute_url()}cancel/",
        "who was there": f"{past.get_absolute_url()}attendance/",
        "agenda": f"{online.get_absolute_url()}agenda/",
        "leave an action": f"{past.get_absolute_url()}action/",
        "calendar address": "/calendar/",
        **promised(reader, network, stories[0]),
    }


def event(title: str, days: int, **facts) -> Event:
    starts = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + datetime.timedelta(days=days)
    return Event.objects.create(
        **{
            "title": title,
            "starts_at": starts,
            "ends_at": starts + datetime.timedelta(hours=2),
            "description": "Bring the plan that you are about to sign.\n\nWe ride along in the morning.",
            "place": "" if facts["kind"] == "online" else "Tŷ'r Cyngor, Stryd Fawr",
            "places": 30,
            **facts,
        }
    )


def introduce(reader: User, event: Event) -> None:
    """Five others go there; some know what the reader wants to learn, and the other way round."""
    topics = list(Topic.objects.filter(group="problem").order_by("pk")[:4])
    said(reader, knows=topics[:1], wants=topics[1:])
    join(by=reader, event=event)
    body = Organisation.objects.filter(is_example=True).order_by("pk")[1]
    for number, name in enumerate(PEOPLE):
        user = UserFactory(name=name, email=f"guest{number}@portal.example")
        AffiliationFactory(user=user, organisation=body)
        if number < 3:
            said(user, knows=topics[1 + number :], wants=topics[: 1 + number])
        join(by=user, event=event)


def said(user: User, knows: list[Topic], wants: list[Topic]) -> None:
    kept = Preferences.objects.get_or_create(user=user)[0]
    kept.knows.set(knows)
    kept.wants.set(wants)


def promised(reader: User, network, story: Story) -> dict[str, str]:
    today = timezone.localdate()
    late = today - datetime.timedelta(days=4)
    mine = Action.objects.create(
        owner=reader,
        text="Ride along on the longest round before we write the specification",
        due_on=today,
        made_on=today,
    )
    StoryAction.objects.create(action=mine, story=story)
    Action.objects.create(
        owner=reader,
        network=network,
        is_recorded=True,
        text="Send round the rota",
        due_on=late,
    )
    Action.objects.create(owner=reader, text="Ring the ward", due_on=today, state="done")
    for number, name in enumerate(PEOPLE):
        owner = User.objects.get(email=f"guest{number}@portal.example")
        done = Action.objects.create(owner=owner, network=network, text=name, due_on=today, state="done")
        ActionFollowUp.objects.create(action=done, months=1, asked_on=today, answer="doing", answered_on=today)
    asked = ActionFollowUp.objects.create(action=mine, months=1, asked_on=today)
    return {
        "actions": "/actions/",
        "action": f"/actions/{mine.public_id}/",
        "what became of it": f"/actions/asked/{FOLLOW_UP.token_for(asked.pk, reader.pk)}/",
        "meeting's actions": f"/networks/{network.slug}/actions/",
        "learning": f"/networks/{network.slug}/learning/",
    }
