"""Calendar files (RFC 5545) that every calendar program reads. Pure but for the name of the host."""

import dataclasses
import datetime
from collections.abc import Iterable
from email.mime.text import MIMEText
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event, Timezone

from .mail.rhythm import LONDON
from .public_ids import encode

ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
"""London's, by rule: the library writes a list of all changes since 1970, from which another reader (vobject) took the
winter for the summer."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """One meeting. `starts` and `ends` are aware; `changed` is when its words were settled last, which a calendar
    compares; a cancelled one takes itself out of the calendars that hold it."""

    key: int
    starts: datetime.datetime
    ends: datetime.datetime
    title: str
    words: str = ""
    place: str = ""
    url: str = ""
    changed: datetime.datetime | None = None
    sequence: int = 0
    """How often it was changed: a calendar takes the file with the higher number."""
    is_cancelled: bool = False


def calendar_file(entries: Iterable[Entry], name: str = "", method: str = "PUBLISH") -> bytes:
    """One file of these entries, UTF-8, with London's time zone spelt out in it. `method`: CANCEL takes them out of a
    calendar. No organiser stands in it: these are entries in somebody's own calendar, and nobody is to reply to it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Learning Portal//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    calendar.add_component(Timezone.from_ical(ZONE))
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _event(entry: Entry) -> Event:
    event = Event()
    host = urlsplit(settings.PORTAL_URL).hostname
    event.add("uid", f"{encode(entry.key)}@{host}")
    event.add("dtstamp", entry.changed or entry.starts.astimezone(datetime.UTC))
    event.add("dtstart", entry.starts.astimezone(LONDON))
    event.add("dtend", entry.ends.astimezone(LONDON))
    event.add("summary", entry.title)
    for field, value in (("description", entry.words), ("location", entry.place), ("url", entry.url)):
        if value:
            event.add(field, value)
    if entry.sequence:
        event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event


def calendar_part(entry: Entry, filename: str) -> MIMEText:
    """The file of one meeting as a part of a mail, which takes it out of the calendar if it is cancelled. The headers
    of our mails are few, so the name of the file stands in its type."""
    method = "CANCEL" if entry.is_cancelled else "PUBLISH"
    part = MIMEText(calendar_file([entry], method=method).decode(), "calendar", "utf-8")
    part.set_param("method", method)
    part.set_param("name", f"{filename}.ics")
    return part


def calendar_response(entries: Iterable[Entry], filename: str, name: str = "") -> HttpResponse:
    """The file as a download. `filename` is ASCII, without its ending."""
    response = HttpResponse(calendar_file(entries, name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    return response
