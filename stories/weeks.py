"""Dates by the week, and working days. Pure."""

import datetime

SATURDAY = 5


def monday_of(day: datetime.date) -> datetime.date:
    """The Monday of its week."""
    return day - datetime.timedelta(days=day.weekday())


def day_or_week(day: datetime.date, *, named: bool) -> datetime.date:
    """The date that may be kept: the day itself for a named story, the Monday of its week for the others."""
    return day if named else monday_of(day)


def working_days(since: datetime.date, until: datetime.date) -> int:
    """How many days from Monday to Friday lie after `since`, up to and with `until`; 0 if it is earlier."""
    days = (since + datetime.timedelta(days=step) for step in range(1, (until - since).days + 1))
    return sum(day.weekday() < SATURDAY for day in days)


def waited(since: datetime.date, until: datetime.date, *, named: bool) -> int:
    """The working days that an item surely has waited. Of a week the Friday counts: it may have come then."""
    return working_days(since if named else since + datetime.timedelta(days=4), until)
