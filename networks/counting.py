"""How answers are shown: from five up, and so that nobody can be taken away from a total. Pure."""

import dataclasses
from collections.abc import Mapping

from learning_portal.common.counts import FEWEST


@dataclasses.dataclass(frozen=True)
class Tally:
    """How many chose something, as far as it is told."""

    number: int | None
    """None: fewer than five."""
    is_exact: bool


def tally(votes: Mapping[int, int], *, is_closed: bool) -> dict[int, Tally] | None:
    """By choice; None where fewer than five answered in all. While more answers may come, only steps of five are
    told: whoever looked before and after somebody answered would see what they chose."""
    if sum(votes.values()) < FEWEST:
        return None
    step = 1 if is_closed else FEWEST
    return {
        key: Tally(number - number % step if number >= FEWEST else None, is_closed) for key, number in votes.items()
    }
