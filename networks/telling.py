"""Which difference a card tells, so that a page of cards does not say one thing ten times over. Pure."""

from collections import Counter
from collections.abc import Sequence


def passed_over(differences: Sequence[Sequence[str]]) -> list[int]:
    """For each card, which of its differences to tell: 0 for the first, 1 for the second.

    Each card brings its own, the most telling first. What more than half of the cards would tell is left to those that
    have nothing else to say, or else to the first of them, and the others tell their next.
    """
    firsts = Counter(own[0] for own in differences if own)
    if not firsts:
        return [0] * len(differences)
    common, number = firsts.most_common(1)[0]
    if number < 2 or 2 * number <= len(differences):
        return [0] * len(differences)
    with_more = [place for place, own in enumerate(differences) if own and own[0] == common and len(own) > 1]
    moving = set(with_more if len(with_more) < number else with_more[1:])
    return [int(place in moving) for place in range(len(differences))]
