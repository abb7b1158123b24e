"""Which difference a card tells, so that a page of cards does not say one thing ten times over. Pure."""

from collections import Counter
from collections.abc import Sequence

TELLING = 3
"""How many of a card's differences may take the place of its first: what comes later says little."""


def passed_over(differences: Sequence[Sequence[str]]) -> list[int]:
    """For each card of a page, how many of its differences to leave out: it tells the one that follows.

    Each card brings its own, the most telling first. A third of the cards may tell the same, and those that have
    nothing else to say do; the others tell their next.
    """
    most = -(-len(differences) // 3)
    told = Counter(own[0] for own in differences if len(own) == 1)
    places = []
    for own in differences:
        place = _place(own[:TELLING], told, most) if len(own) > 1 else 0
        if len(own) > 1:
            told[own[place]] += 1
        places.append(place)
    return places


def _place(own: Sequence[str], told: Counter[str], most: int) -> int:
    """The first that was not told too often yet, else the one that was told least."""
    fresh = [place for place, words in enumerate(own) if told[words] < most]
    return fresh[0] if fresh else min(range(len(own)), key=lambda place: (told[own[place]], place))
