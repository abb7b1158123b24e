"""How counts of people are told: in steps of five, downwards, and nothing below the first. Pure."""

FEWEST = 5


def rounded(number: int) -> int:
    """What is told of a count: the step of five at or below it."""
    return number // FEWEST * FEWEST
