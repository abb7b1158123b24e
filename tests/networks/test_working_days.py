import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.choices import Nation
from networks.working_days import after_working_days, days_between, is_working_day


@pytest.mark.parametrize(
    ("day", "nation", "works"),
    [
        ("2026-11-30", Nation.SCOTLAND, False),  # St Andrew
        ("2026-11-30", Nation.WALES, True),
        ("2027-03-17", Nation.NORTHERN_IRELAND, False),  # St Patrick
        ("2027-03-17", Nation.ENGLAND, True),
        ("2027-03-29", Nation.SCOTLAND, True),  # Easter Monday
        ("2027-03-29", Nation.WALES, False),
        ("2026-12-28", Nation.WALES, False),  # in place of Boxing Day
        ("2026-11-28", Nation.WALES, False),  # a Saturday
        ("2026-11-27", None, True),
        ("2027-08-30", Nation.UK, False),  # summer holiday, as in England
    ],
)
def test_each_nation_has_its_own(day, nation, works):
    assert is_working_day(datetime.date.fromisoformat(day), nation) == works


def test_five_days_over_a_bank_holiday():
    friday = datetime.date(2026, 11, 27)
    assert after_working_days(friday, 5, Nation.WALES) == datetime.date(2026, 12, 4)
    assert after_working_days(friday, 5, Nation.SCOTLAND) == datetime.date(2026, 12, 7)


@given(st.dates(datetime.date(2026, 1, 1), datetime.date(2035, 1, 1)), st.integers(1, 15), st.sampled_from(Nation))
def test_exactly_so_many_lie_between(day, number, nation):
    last = after_working_days(day, number, nation)
    between = [day + datetime.timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert is_working_day(last, nation)
    assert sum(is_working_day(one, nation) for one in between) == number


@given(st.dates(datetime.date(2026, 1, 1), datetime.date(2035, 1, 1)), st.integers(0, 15), st.sampled_from(Nation))
def test_days_are_counted_as_they_are_added(day, number, nation):
    assert days_between(day, after_working_days(day, number, nation), nation) == number
