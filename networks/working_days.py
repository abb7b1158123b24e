"""Working days as each nation of the UK has them. Pure.

Source of the bank holidays: the library `holidays`, by the codes of ISO 3166-2.
"""

import datetime
from functools import cache

from .choices import Nation

SUBDIVISIONS = {
    Nation.WALES: "WLS",
    Nation.ENGLAND: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@cache
def _bank_holidays(nation: int | None):
    """Those that hold in a nation; of the whole UK, and where it is not known, those that England has."""
    from holidays.countries import UnitedKingdom  # half a second, which only few requests need

    return UnitedKingdom(subdiv=SUBDIVISIONS.get(Nation(nation or Nation.UK), "ENG"))


def is_working_day(day: datetime.date, nation: int | None) -> bool:
    """Monday to Friday, but not on a bank holiday of that nation."""
    return day.weekday() < 5 and day not in _bank_holidays(nation)


def after_working_days(day: datetime.date, number: int, nation: int | None) -> datetime.date:
    """The so-manieth working day after this day, which is not counted itself."""
    while number:
        day += datetime.timedelta(days=1)
        number -= is_working_day(day, nation)
    return day


def days_between(first: datetime.date, last: datetime.date, nation: int | None = None) -> int:
    """Working days after the first day, up to the last one."""
    days = (first + datetime.timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day, nation) for day in days)
