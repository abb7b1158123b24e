"""How long a story waits for a first answer. Pure."""

import dataclasses
from collections.abc import Sequence
from fractions import Fraction

FEWEST = 5
"""Answered stories, below which no figure is told."""
HALF = Fraction(1, 2)


@dataclasses.dataclass(frozen=True)
class Median:
    """Working days within which half of the stories are answered; if `more`, it takes longer than that."""

    days: int
    more: bool = False


def median(answered: Sequence[int], waiting: Sequence[int]) -> Median | None:
    """The true median of the working days to an answer; None while fewer than five were answered.

    `waiting`: the days so far of stories that have no answer yet. To leave those out would make a queue that nobody
    looks at seem quick; they count as what they are, waits of at least so long (the estimate of Kaplan and Meier).
    """
    if len(answered) < FEWEST:
        return None
    left = Fraction(1)
    for day in sorted(set(answered)):
        still_there = sum(days >= day for days in (*answered, *waiting))
        left *= 1 - Fraction(answered.count(day), still_there)
        if left <= HALF:
            return Median(day)
    return Median(max(answered), more=True)
