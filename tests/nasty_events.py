"""What no page could use, typed and sent to the pages of events, calendars and actions: for `tests/nasty.py`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlencode

from learning_portal.common.public_ids import encode
from tests.cast import EVENTS

if TYPE_CHECKING:
    from tests.nasty import Try

EVENT = {
    "network": "all",
    "title": "Rounds",
    "kind": "online",
    "day": "31/3/2028",
    "starts": "10:00",
    "last_day": "1/4/2028",
    "ends": "12:00",
    "place": "Depot 4",
    "link": "https://meet.example/1",
    "organisation": "",
    "places": "30",
    "language": "en",
    "description": "Bring it.",
}
ACTION = {"text": "Ride along", "due_on": "31/3/2028", "agenda": "", "story": ""}
FOR_ALL, OF_NETWORK, PAST = map(encode, EVENTS)
FORMS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("/events/new/", "programme_team", EVENT),
    (f"/events/{FOR_ALL}/edit/", "programme_team", EVENT),
    (f"/events/{FOR_ALL}/agenda/", "programme_team", {"do": "add", "story": "0123456789abc"}),
    (f"/events/{FOR_ALL}/come/", "front_line", {"do": "join"}),
    (f"/events/{PAST}/attendance/", "programme_team", {"came": "0123456789abc"}),
    (f"/events/{PAST}/action/", "member", ACTION),
    (f"/events/{OF_NETWORK}/come/", "network", {"do": "join"}),
    ("/calendar/", "member", {"do": "make"}),
    ("/networks/network-of-0/actions/", "convenor", {"owner": "1", "text": "T", "due_on": "31/3/2028"}),
)
PATHS = ("/events/{}/", "/calendar/{}.ics", "/actions/{}/", "/actions/asked/{}/", "/networks/{}/learning/")


def in_events(make: type[Try], nasty: Sequence[str], raw: Sequence[str]) -> Iterator[Try]:
    for (path, role, form), value in itertools.product(FORMS, (*nasty, "a" * 100_000)):
        for name in form:
            yield make(path, "POST", body=urlencode({**form, name: value}), role=role)
    for (path, role, _form), sent in itertools.product(FORMS, raw):
        yield make(path, "POST", body=sent, role=role)
    for path, value in itertools.product(PATHS, nasty):
        yield make(path.format(quote_plus(value)), role="convenor")
    for value in nasty:
        yield make("/events/", query=urlencode({"kind": value, "page": value}))
