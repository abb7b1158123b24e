"""The median of what moderators take to answer."""

import statistics

from hypothesis import given
from hypothesis import strategies as st

from stories.waits import FEWEST, Median, median

DAYS = st.lists(st.integers(0, 30), max_size=30)


@given(DAYS, DAYS)
def test_it_is_told_from_five_answers_on(answered, waiting):
    assert (median(answered, waiting) is None) == (len(answered) < FEWEST)


@given(DAYS.filter(lambda days: len(days) >= FEWEST))
def test_while_nothing_waits_it_is_the_plain_median(answered):
    assert median(answered, []) == Median(statistics.median_low(answered))


@given(DAYS.filter(lambda days: len(days) >= FEWEST), DAYS, st.integers(0, 40))
def test_what_still_waits_never_makes_it_shorter(answered, waiting, longer):
    before, after = median(answered, waiting), median(answered, [*waiting, longer])
    assert (after.more, after.days) >= (before.more, before.days)


def test_a_queue_that_nobody_looks_at_is_not_quick():
    answered = [1, 1, 1, 2, 2]
    assert median(answered, []) == Median(1)
    assert median(answered, [20] * 3) == Median(2)
    assert median(answered, [20] * 30) == Median(2, more=True)


def test_what_came_just_now_says_nothing():
    assert median([3, 3, 4, 4, 5], [0] * 50) == median([3, 3, 4, 4, 5], [])
