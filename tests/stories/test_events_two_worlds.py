"""An event of a network, who goes there and what they said they would do, are there or not: nothing changes for
anybody else, calendars included. Nor does it who goes to an event for all, for those who do not."""

import dataclasses
from collections.abc import Iterator

import pytest
from django.utils import timezone

from learning_portal.common.counts import FEWEST
from learning_portal.common.models import User
from networks import company
from networks.event_actions import make_feed
from networks.models import Action, ActionFollowUp, Attendance, Event, Preferences
from networks.models.event import AttendanceQuerySet, EventQuerySet
from stories.models import AgendaItem, StoryAction
from tests import worlds
from tests.asks import Ask, post
from tests.cast import ROLES, Stage, build_stage
from tests.factories import TODAY, AffiliationFactory, ContactFactory, MembershipFactory, in_days
from tests.pages_events import meeting
from tests.strength import each, some
from tests.test_two_worlds import differences, nothing, observe
from tests.worlds import by_meaning, kept, key_of, same_dice

pytestmark = [pytest.mark.django_db]

OUTSIDE = [role for role in ROLES if role not in {"network", "convenor"}]
"""Who is not in the network."""


@dataclasses.dataclass
class Told:
    stage: Stage
    feeds: dict[str, str]


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker) -> Iterator[Told]:
    with kept(django_db_blocker), same_dice(), by_meaning():
        stage = build_stage()
        worlds.build_shelf(stage)
        Event.objects.exclude(network=None).delete()
        feeds = {role: make_feed(by=user) for role, user in stage.users.items() if isinstance(user, User)}
        worlds.settle()
        yield Told(stage, feeds)


HIDDEN = key_of("event of a network"), key_of("past event of a network")


def with_events(stage: Stage) -> None:
    """The network has an event to come and a past one, to which all sorts of people go, readers among them; their
    actions came from a story that everybody reads."""
    people = [MembershipFactory(network=stage.networks[0]).user for _number in range(4)]
    readers = [user for user in stage.users.values() if isinstance(user, User)]
    for key, days in zip(HIDDEN, (20, -3), strict=True):
        event = Event.objects.create(
            pk=key,
            network=stage.networks[0],
            title="Hidden evening",
            kind="online",
            link="https://meet.example/hidden",
            starts_at=in_days(days, 10),
            ends_at=in_days(days, 12),
        )
        AgendaItem.objects.create(event=event, story=stage.shelf[0], position=1)
        for turn, user in enumerate([*people, *readers], start=1):
            Attendance.objects.create(event=event, user=user, turn=turn, state="going")
    for number, user in enumerate(people):
        action = Action.objects.create(
            owner=user, network=stage.networks[0], event=event, text=f"Hidden {number}", due_on=TODAY
        )
        StoryAction.objects.create(action=action, story=stage.shelf[0])
        ActionFollowUp.objects.create(action=action, months=1, asked_on=TODAY, answer="doing", answered_on=TODAY)


def with_guests(stage: Stage) -> None:
    """Four people of different bodies go to the event for all, with cards and wishes, and three of them wait."""
    for number in range(4):
        user = AffiliationFactory(organisation=stage.bodies[number]).user
        Preferences.objects.create(user=user).knows.set(stage.topics)
        ContactFactory(user=user, organisation=stage.bodies[number], verified_on=timezone.localdate())
        state = "waiting" if number else "going"
        Attendance.objects.create(event=stage.event, user=user, turn=100 + number, state=state)


def asks(told: Told, role: str) -> list[Ask]:
    stage = told.stage
    keys = [Event(pk=key).public_id for key in HIDDEN]
    return [
        Ask("/"),
        Ask("/account/"),
        *meeting(stage, []),
        *(Ask(f"/events/{key}/{page}") for key in keys for page in ("", "calendar/", "edit/", "agenda/", "action/")),
        *(post(f"/events/{key}/come/", do="join") for key in keys),
        *(Ask(story.get_absolute_url()) for story in stage.shelf[:3]),
        *([Ask(f"/calendar/{told.feeds[role]}.ics")] if role in told.feeds else []),
        Ask("/stories/"),
    ]


def told_apart(told: Told, role: str, change) -> list[str]:
    found = asks(told, role)
    return differences(found, observe(told.stage, role, nothing, found), observe(told.stage, role, change, found))


@some("role", OUTSIDE, enough=["visitor", "lapsed"])
def test_an_event_of_a_network_changes_nothing_for_others(told, role):
    assert told_apart(told, role, with_events) == []


@some("role", ["visitor", "member", "author", "lapsed", "staff"], enough=["member"])
def test_who_goes_changes_nothing_for_who_does_not(told, role):
    """They neither go nor run it; what they press is the same in both worlds."""
    found = [ask for ask in asks(told, role) if ask.method == "GET"]
    before = observe(told.stage, role, nothing, found)
    assert differences(found, before, observe(told.stage, role, with_guests, found)) == []


def test_members_see_it(told):
    assert any("/events/" in found for found in told_apart(told, "network", with_events))


# --- Each guard taken out -------------------------------------------------------------------------------------------


def everybody_sees(m: pytest.MonkeyPatch) -> None:
    m.setattr(EventQuerySet, "visible_to", lambda self, user: self)


def members_of_once_see(m: pytest.MonkeyPatch) -> None:
    """Who left a network keeps what they joined there, in their calendar."""
    original = EventQuerySet.visible_to
    theirs = Attendance.objects.filter(state="going")

    def visible_to(self, user):
        if not user.is_authenticated:
            return original(self, user)
        return self.filter(pk__in=theirs.filter(user=user).values("event")) | original(self, user)

    m.setattr(EventQuerySet, "visible_to", visible_to)
    m.setattr(AttendanceQuerySet, "entitled", lambda self: self)


def fewer_than_five_are_counted(m: pytest.MonkeyPatch) -> None:
    from stories import learning, surroundings

    m.setattr(learning, "rounded", lambda number: number)
    m.setattr(surroundings, "STATEMENT", surroundings.STATEMENT.replace(f">= {FEWEST}", ">= 1"))


@each("plant", [everybody_sees, members_of_once_see, fewer_than_five_are_counted], 3)
def test_a_guard_that_is_taken_out_is_noticed(told, monkeypatch, plant):
    plant(monkeypatch)
    assert told_apart(told, "lapsed", with_events) != []


def sectors_of_few(m: pytest.MonkeyPatch) -> None:
    m.setattr(company, "FEWEST", 1)


def names_for_all(m: pytest.MonkeyPatch) -> None:
    from stories import events

    original = events._for_person
    m.setattr(
        events,
        "_for_person",
        lambda event, reader, now: {**original(event, reader, now), "company": company.company_of(event, reader)},
    )


@pytest.mark.prove
@pytest.mark.parametrize("plant", [sectors_of_few, names_for_all])
def test_a_guard_of_those_who_go_is_noticed(told, monkeypatch, plant):
    plant(monkeypatch)
    found = [Ask(told.stage.event.get_absolute_url())]
    before = observe(told.stage, "lapsed", nothing, found)
    assert differences(found, before, observe(told.stage, "lapsed", with_guests, found)) != []
