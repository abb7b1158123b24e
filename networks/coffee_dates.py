"""On which days a coffee round is told of, sent and asked about. Pure.

The convenors are told in their weekly mail, so it may reach them seven days after it was queued. They are told two
weeks before, so that it is there three working days before the round whatever else they were mailed; where the days
between the years take longer, the round waits.
"""

import calendar
import datetime

from learning_portal.common.mail import rhythm

from .working_days import after_working_days

DAY = datetime.timedelta(days=1)
TELL_BEFORE = datetime.timedelta(days=14)
LOOK_DAYS = 3
"""Working days that a convenor has for the preview, once the mail is there."""
FIRST_AFTER = datetime.timedelta(days=14)
"""From the start of a series to its first round at least: members are asked in their weekly mail whether they take
part."""
USUAL_FIRST = datetime.timedelta(days=21)
LONGEST_AHEAD = datetime.timedelta(days=183)
ASK_AFTER = datetime.timedelta(days=14)
OVER_AFTER = datetime.timedelta(days=56)
KEPT = datetime.timedelta(days=730)
"""After a network's last round, its rounds are erased."""


def working_day_from(day: datetime.date) -> datetime.date:
    """This day, or else the next working day."""
    return after_working_days(day - DAY, 1, None)


def next_month(starts_on: datetime.date, after: datetime.date) -> datetime.date:
    """The first day of a monthly series that comes after this day: always the day of the month on which it started, the
    last of a shorter month, and never a day off."""
    months = 0
    while (day := working_day_from(_months_later(starts_on, months))) <= after:
        months += 1
    return day


def _months_later(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_to_be_told(next_on: datetime.date, today: datetime.date) -> bool:
    return today >= next_on - TELL_BEFORE


def goes_from(told_on: datetime.date) -> datetime.date:
    """The first day on which a round may go whose convenors were told on this day."""
    day = told_on + rhythm.GAP
    while not rhythm.is_working_day(day):
        day += DAY
    return after_working_days(day, LOOK_DAYS, None)
