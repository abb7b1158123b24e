"""When a mail may leave. Pure: no database."""

import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning_portal.common.mail import rhythm
from learning_portal.common.mail.rhythm import LONDON, Waiting
from tests.mailing import at

moments = st.datetimes(datetime.datetime(2024, 1, 1), datetime.datetime(2037, 12, 31), timezones=st.just(datetime.UTC))
waiting = st.builds(
    Waiting,
    key=st.integers(0, 2**63 - 1),
    needs_answer=st.booleans(),
    priority=st.integers(0, 9),
    since=st.integers(0, 3_000_000),
)
heaps = st.lists(waiting, max_size=40, unique_by=lambda one: one.key)


def local(quarter: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(quarter * rhythm.QUARTER, LONDON)


# --- Quarters -------------------------------------------------------------------------------------------------------


@given(moments)
def test_a_quarter_holds_no_minute_or_second(moment):
    start = local(rhythm.begun(moment))
    assert start <= moment < start + timedelta(minutes=15)
    assert (start.minute % 15, start.second, start.microsecond) == (0, 0, 0)


@given(moments, st.integers(1, 20))
def test_a_pause_is_never_shortened_and_hardly_lengthened(moment, attempts):
    pause = rhythm.pause_after(attempts)
    start = local(rhythm.later(moment, pause))
    assert moment + pause <= start < moment + pause + timedelta(minutes=15)


def test_pauses_grow():
    assert list(rhythm.PAUSES) == sorted(rhythm.PAUSES)
    assert timedelta(days=3) < sum(rhythm.PAUSES, timedelta()) < timedelta(days=4)
    assert [rhythm.pause_after(attempts) for attempts in (1, 2, 9, 10, 99)] == [
        timedelta(minutes=15),
        timedelta(minutes=30),
        timedelta(days=1),
        timedelta(days=1),
        timedelta(days=1),
    ]


@given(moments)
def test_of_the_day_its_beginning_is_kept(moment):
    start = local(rhythm.midnight(moment))
    assert (start.hour, start.minute) == (0, 0)
    assert start.date() == rhythm.day_of(moment)


# --- Mornings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (at("2026-11-02", 7.9), False),
        (at("2026-11-02", 8), True),
        (at("2026-11-02", 17.9), True),
        (at("2026-11-02", 18), False),
        (at("2026-11-07", 12), False),  # a Saturday
        (at("2026-11-08", 12), False),
        (at("2026-12-23", 12), True),
        (at("2026-12-24", 12), False),
        (at("2026-12-31", 12), False),
        (at("2027-01-01", 12), False),
        (at("2027-01-04", 12), True),
        (at("2026-07-03", 8), True),  # summer time: 7 o'clock UTC
        (datetime.datetime(2026, 7, 3, 17, 30, tzinfo=datetime.UTC), False),  # half past six in London
        (datetime.datetime(2026, 7, 5, 23, 30, tzinfo=datetime.UTC), False),
    ],
)
def test_unasked_mail_leaves_in_working_hours(moment, may):
    assert rhythm.is_mail_time(moment) is may


@given(moments)
def test_never_at_a_weekend(moment):
    if rhythm.is_mail_time(moment):
        assert moment.astimezone(LONDON).isoweekday() <= 5
        assert 8 <= moment.astimezone(LONDON).hour < 18


@given(moments)
def test_what_is_queued_leaves_on_a_later_day_in_the_morning(moment):
    morning = local(rhythm.next_morning(moment))
    assert morning.date() > rhythm.day_of(moment)
    assert (morning.hour, morning.minute) == (8, 0)
    assert rhythm.is_mail_time(morning)
    between = [
        rhythm.day_of(moment) + timedelta(days=n) for n in range(1, (morning.date() - rhythm.day_of(moment)).days)
    ]
    assert not any(map(rhythm.is_working_day, between))
    assert len(between) <= 12


@given(moments, moments)
def test_all_that_is_queued_on_one_day_leaves_at_one_moment(one, other):
    """So that the time of a mail says nothing about the time of what it is about."""
    if rhythm.day_of(one) == rhythm.day_of(other):
        assert rhythm.next_morning(one) == rhythm.next_morning(other)


@pytest.mark.parametrize("start", [datetime.date(2026, 1, 1) + timedelta(days=n) for n in range(14)])
def test_at_most_26_in_26_weeks(start):
    assert len(as_often_as_possible(start, start + timedelta(days=182))) <= 26


@pytest.mark.parametrize("year", range(2024, 2052))
@pytest.mark.parametrize(("month", "day"), [(1, 1), (7, 1)])
def test_at_most_26_in_either_half_of_a_year(year, month, day):
    """Of which the second has up to 27 of a day of the week."""
    start = datetime.date(year, month, day)
    end = datetime.date(year, 7, 1) if month == 1 else datetime.date(year + 1, 1, 1)
    assert max(len(as_often_as_possible(start + timedelta(days=n), end)) for n in range(7)) <= 26


def as_often_as_possible(start: datetime.date, end: datetime.date) -> list[datetime.date]:
    """The days of mails to somebody for whom something always waits."""
    days: list[datetime.date] = []
    day = start
    while day < end:
        blocked = bool(days) and days[-1] > rhythm.last_day_that_blocks(day)
        if rhythm.is_working_day(day) and not blocked:
            days.append(day)
        day += timedelta(days=1)
    return days


# --- What goes into a weekly mail -----------------------------------------------------------------------------------


@given(heaps)
def test_what_needs_an_answer_comes_first_and_is_never_left_out(heap):
    chosen = rhythm.digest_of(heap)
    asking = [one for one in heap if one.needs_answer]
    assert set(chosen[: len(asking)]) == set(asking)
    assert len(chosen) == max(len(asking), min(len(heap), rhythm.LONGEST_DIGEST))


@given(heaps)
def test_then_by_priority_and_age(heap):
    chosen = rhythm.digest_of(heap)
    places = [(not one.needs_answer, one.priority, one.since) for one in chosen]
    assert places == sorted(places)
    left = set(heap) - set(chosen)
    if left:
        assert min((one.priority, one.since) for one in left) >= places[-1][1:] or places[-1][0] is False


@given(heaps, st.randoms())
def test_the_order_of_rows_does_not_matter(heap, random):
    shuffled = list(heap)
    random.shuffle(shuffled)
    assert rhythm.digest_of(shuffled) == rhythm.digest_of(heap)
