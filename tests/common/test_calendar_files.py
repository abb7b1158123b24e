"""Calendar files, read by the library that wrote them and by another one."""

import datetime

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from learning_portal.common.calendar_files import Entry, calendar_file, calendar_response
from learning_portal.common.mail.rhythm import LONDON

WINTER = datetime.datetime(2026, 12, 1, 14, 30, tzinfo=LONDON)
SUMMER = datetime.datetime(2027, 7, 1, 14, 30, tzinfo=LONDON)


def entry(starts=WINTER, **fields) -> Entry:
    return Entry(
        **{"key": 7, "starts": starts, "ends": starts + datetime.timedelta(hours=1), "title": "Sgwrs", **fields}
    )


@pytest.mark.parametrize("starts", [WINTER, SUMMER])
def test_two_readers_agree_on_the_time(starts):
    file = calendar_file([entry(starts)])
    first = icalendar.Calendar.from_ical(file).walk("VEVENT")[0]
    second = vobject.readOne(file.decode()).vevent
    assert first["DTSTART"].dt == second.dtstart.value == starts
    assert first["DTEND"].dt == second.dtend.value == starts + datetime.timedelta(hours=1)
    assert b"BEGIN:VTIMEZONE" in file
    assert b"Europe/London" in file


words = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=200).map(str.strip).filter(bool)


@given(title=words, place=words)
def test_every_word_survives(title, place):
    file = calendar_file([entry(title=title, place=place, words=f"Tŷ’r Cŵn: {title}; {place}\nŵ, ŷ")])
    first = icalendar.Calendar.from_ical(file).walk("VEVENT")[0]
    second = vobject.readOne(file.decode()).vevent
    assert str(first["SUMMARY"]) == second.summary.value == title
    assert str(first["LOCATION"]) == second.location.value == place
    assert str(first["DESCRIPTION"]) == second.description.value == f"Tŷ’r Cŵn: {title}; {place}\nŵ, ŷ"
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


def test_a_cancelled_one_takes_itself_out():
    assert b"STATUS:CANCELLED" in calendar_file([entry(is_cancelled=True)])
    assert b"STATUS:CONFIRMED" in calendar_file([entry()])


def test_the_same_meeting_is_known_again():
    uids = {
        str(icalendar.Calendar.from_ical(calendar_file([entry(title=title)])).walk("VEVENT")[0]["UID"])
        for title in ("One", "Two")
    }
    assert len(uids) == 1


def test_a_feed_may_be_empty():
    assert vobject.readOne(calendar_file([], "Dyddiadau").decode()).contents["x-wr-calname"][0].value == "Dyddiadau"


def test_it_is_a_download():
    response = calendar_response([entry()], "meeting")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="meeting.ics"'
