"""Which pool moderates a story. Pure: sizes go in, a pool comes out."""

from collections.abc import Mapping

from .choices import Audience, Pool, Voice

STEPS: dict[str, tuple[Pool, ...]] = {
    Audience.PUBLIC: (Pool.MODERATORS,),
    Audience.MEMBERS: (Pool.MODERATORS,),
    Audience.FRONT_LINE: (Pool.FRONT_LINE,),
    Audience.NETWORK: (Pool.NETWORK, Pool.FRONT_LINE),
}
"""The pool of each audience, and the next wider one of the front line that takes over."""
WORKS = 2
"""The fewest people of a pool that can work: one of them may fall ill, or be the only one to ask."""


def needed(voice: str) -> int:
    """How many of a pool must be there: any one may be the author of an anonymous story, and two must be left."""
    return WORKS + (voice == Voice.ANONYMOUS)


def choose(audience: str, voice: str, sizes: Mapping[Pool, int]) -> Pool | None:
    """The pool of a story. `sizes`: how many of each are neither its author nor away. None: not to be offered."""
    return next((pool for pool in STEPS[audience] if sizes.get(pool, 0) >= needed(voice)), None)


def lacking(audience: str, sizes: Mapping[Pool, int]) -> Voice | None:
    """For which voice nobody can send in a story for these readers: none, the anonymous alone, or the named, and so
    all."""
    return next((voice for voice in (Voice.NAMED, Voice.ANONYMOUS) if choose(audience, voice, sizes) is None), None)


def usual(audience: str) -> Pool:
    """The pool that an audience has if enough people are there."""
    return STEPS[audience][0]


def approvals_needed(voice: str) -> int:
    """How many different moderators: at most one of two can be the author of an anonymous story."""
    return 2 if voice == Voice.ANONYMOUS else 1
