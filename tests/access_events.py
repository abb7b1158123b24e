"""Events, calendars and actions in the table of access."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.utils import timezone

from networks.event_actions import make_feed
from networks.models import ActionFollowUp, Event
from networks.promises import FOLLOW_UP
from tests.access_rows import Row
from tests.cast import ROLES, Stage
from tests.factories import TODAY, ActionFactory, AttendanceFactory, EventFactory

VERIFIED = ("member", "front_line", "network", "government", "moderator", "front_line_moderator")


def of_all(page: str = "", role: str = "", **fields) -> Callable[[Stage], str]:
    """A page of an event for all, to which this role goes."""
    return at(None, page, role, **fields)


def of_network(page: str = "", role: str = "", **fields) -> Callable[[Stage], str]:
    return at(0, page, role, **fields)


def at(network: int | None, page: str, role: str, **fields) -> Callable[[Stage], str]:
    def path(stage: Stage) -> str:
        event = EventFactory(network=None if network is None else stage.networks[network], **fields)
        if role:
            AttendanceFactory(event=event, user=stage.users[role], turn=1)
        return f"{event.get_absolute_url()}{page}"

    return path


def began(hours: int = 1) -> dict[str, datetime.datetime]:
    now = timezone.now()
    return {"starts_at": now - datetime.timedelta(hours=hours), "ends_at": now + datetime.timedelta(hours=1)}


def begun_of_network(page: str, role: str) -> Callable[[Stage], str]:
    return lambda stage: of_network(page, role, **began())(stage)


def feed_of_member(stage: Stage) -> str:
    return f"/calendar/{make_feed(by=stage.users['member'])}.ics"


def action_of_member(stage: Stage) -> str:
    return f"/actions/{ActionFactory(owner=stage.users['member']).public_id}/"


def asked_of_member(stage: Stage) -> str:
    action = ActionFactory(owner=stage.users["member"])
    follow_up = ActionFollowUp.objects.create(action=action, months=1, asked_on=TODAY)
    return f"/actions/asked/{FOLLOW_UP.token_for(follow_up.pk, action.owner_id)}/"


def rows() -> list[Row]:
    read, missing = {"GET": 200, "HEAD": 200}, {"GET": 404, "HEAD": 404}
    sign_in, sign_in_form = {"GET": 302, "HEAD": 302}, {"GET": 302, "HEAD": 302, "POST": 302}
    form, missing_form = {**read, "POST": 422}, {**missing, "POST": 404}
    ours = ("network", "convenor")
    not_ours = {role: missing for role in ROLES if role not in ours}
    convenor = {"visitor": sign_in_form, "convenor": form}
    team = {"visitor": sign_in_form, "programme_team": form}
    convenor_sends = {"visitor": sign_in_form, "convenor": {**read, "POST": 302}}

    def of_event(page: str, everybody, but=None, path=None, case: str = "") -> Row:
        return Row(f"events/<public_id:key>/{page}", everybody, but or {}, path or of_all(page), case=case)

    return [
        Row("events/", read),
        Row("events/new/", missing_form, {"visitor": sign_in_form, "convenor": form, "programme_team": form}),
        of_event("", read, case="for all"),
        of_event("", read, not_ours, of_network(), case="of a network"),
        of_event("", missing, path=lambda stage: f"/events/{Event(pk=1).public_id}/", case="unknown"),
        of_event("calendar/", read, case="for all"),
        of_event("calendar/", read, not_ours, of_network("calendar/"), case="of a network"),
        of_event("come/", {"POST": 404}, {"visitor": {"POST": 302}}),
        of_event("edit/", missing_form, team, case="for all"),
        of_event("edit/", missing_form, convenor, of_network("edit/"), case="of a network"),
        of_event("cancel/", missing_form, {**team, "programme_team": {**read, "POST": 302}}, case="for all"),
        of_event("cancel/", missing_form, convenor_sends, of_network("cancel/"), case="of a network"),
        of_event(
            "attendance/", missing_form, convenor_sends, begun_of_network("attendance/", "network"), case="of a network"
        ),
        of_event("attendance/", missing_form, {"visitor": sign_in_form}, of_network("attendance/"), case="to come"),
        of_event("agenda/", missing_form, team, case="for all"),
        of_event("agenda/", missing_form, convenor, of_network("agenda/"), case="of a network"),
        of_event(
            "action/",
            missing_form,
            {"visitor": sign_in_form, "network": form},
            begun_of_network("action/", "network"),
            case="who was there",
        ),
        Row("calendar/", form, {"visitor": sign_in_form}),
        Row("calendar/<str:token>.ics", read, path=feed_of_member),
        Row("calendar/<str:token>.ics", missing, path=lambda stage: "/calendar/guess.ics", case="guessed"),
        Row("actions/", read, {"visitor": sign_in}),
        Row("actions/<public_id:key>/", missing_form, {"visitor": sign_in_form, "member": form}, action_of_member),
        Row("actions/asked/<str:token>/", form, path=asked_of_member),
        Row("actions/asked/<str:token>/", missing_form, path=lambda stage: "/actions/asked/guess/", case="guessed"),
        Row(
            "networks/<slug:slug>/actions/",
            missing_form,
            convenor,
            lambda stage: f"/networks/{stage.networks[0].slug}/actions/",
        ),
        Row(
            "networks/<slug:slug>/learning/",
            missing,
            {"visitor": sign_in, "convenor": read},
            lambda stage: f"/networks/{stage.networks[0].slug}/learning/",
        ),
    ]


EVENTS = rows()
