"""What each pair of a coffee round is worth, in whole numbers: who knows what the other wants, how unlike their work,
how like their places are, and a jitter from the seed. Pure; `rounds` pairs by it, and says why so.

The value of two members of one organisation is None, and that of two of whom one has blocked the other: they are never
paired. Whoever has not met yet is worth so much
more than whoever has that one repeat less outweighs everything else together.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

KNOW, APART, CONTEXT = 5, 3, 2
"""The weights of the three parts, each of them 0..1000."""
OTHER_SECTOR, OTHER_ORGANISATION = 1000, 600
TYPICAL_CONTEXT = 500
"""For two organisations of which nothing is known that could be compared."""
JITTER = 500
"""The most that chance adds to the 10,000 of a perfect pair: so that two seeds give two rounds, and no pair for long is
decided by a point."""
FINE = 32
"""Bits below the whole points: jitter so fine that two ways to pair everybody never come to the same."""
AGAIN = 20_000
"""What each time that two have met before costs among those who meet again: more than any pair is worth."""
WAITED = 50_000
"""What a pair gains for each round that one of them had to sit out."""

PRIME = (1 << 61) - 1

Pair = tuple[int, int]
Context = Callable[[int, int], int | None]
"""How alike two organisations are as places, 0..1000, whatever their order; None if nothing can be compared."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who takes part. `knows`: topics with 1000 for a contact on a story that everybody may read, 800 for a
    hand in a named one, 600 for saying so. `guest` and `waited` count the rounds in which they were a third, or found
    nobody. `never`: the keys of whom they are kept from, whoever of the two says it."""

    key: int
    organisation: int
    sector: int
    knows: Mapping[int, int] = field(default_factory=dict)
    wants: frozenset[int] = frozenset()
    guest: int = 0
    waited: int = 0
    never: frozenset[int] = frozenset()

    def may_meet(self, other: "Member") -> bool:
        return self.organisation != other.organisation and self.key not in other.never and other.key not in self.never


@dataclass(frozen=True, slots=True)
class Values:
    """A square of values by place, None where two may not meet. From `fresh` upwards, two have never met."""

    rows: Sequence[Sequence[int | None]]
    fresh: int

    def is_fresh(self, a: int, b: int) -> bool:
        return (self.rows[a][b] or 0) >= self.fresh

    def of(self, pairs: Iterable[Pair]) -> int:
        return sum(self.rows[a][b] or 0 for a, b in pairs)

    def of_guest(self, guest: int, host: int, other: int) -> int | None:
        """What a guest adds to a pair: the mean of their two values, and the whole penalty for each whom they know."""
        first, second = self.rows[guest][host], self.rows[guest][other]
        if first is None or second is None:
            return None
        met = (first < self.fresh) + (second < self.fresh)
        return (first + second + self.fresh * met) // 2 - self.fresh * met


def pair(a: int, b: int) -> Pair:
    """Two keys in the order in which `met` names them."""
    return (a, b) if a < b else (b, a)


def values(members: Sequence[Member], met: Mapping[Pair, int], context: Context, seed: str) -> Values:
    """The value of every pair. `met` counts how often two have met, by `pair` of their keys."""
    most_met = max(met.values(), default=0) + 1
    most_waited = max((m.waited for m in members), default=0) * 2 + 1
    fresh = ((len(members) + 2) * (11_000 + AGAIN * most_met + WAITED * most_waited)) << FINE
    alike = cache(lambda a, b: _context(context, a, b))
    chances = [chance(seed, m.key) for m in members]
    knows = _knowing(members)
    rows: list[list[int | None]] = [[None] * len(members) for _ in members]
    for i, a in enumerate(members):
        row, known = rows[i], knows[i]
        for j in range(i):
            b = members[j]
            if not a.may_meet(b):
                continue
            apart = OTHER_SECTOR if a.sector != b.sector else OTHER_ORGANISATION
            points = KNOW * (known[j] + knows[j][i]) // 2 + APART * apart
            points += CONTEXT * alike(*pair(a.organisation, b.organisation)) + WAITED * (a.waited + b.waited)
            times = met.get(pair(a.key, b.key), 0)
            worth = ((points - AGAIN * times) << FINE) + (chances[i] * chances[j] % PRIME * JITTER >> (61 - FINE))
            row[j] = rows[j][i] = worth if times else worth + fresh
    return Values(rows, fresh)


def _context(context: Context, a: int, b: int) -> int:
    found = context(a, b)
    return TYPICAL_CONTEXT if found is None else found


def chance(seed: str, key: int) -> int:
    """A number of one's own for this seed, wherever one stands in the list."""
    return int.from_bytes(hashlib.blake2b(f"{seed}/{key}".encode(), digest_size=8).digest()) % PRIME


def _knowing(members: Sequence[Member]) -> list[list[int]]:
    """By place: how much one knows of what another wants, 0..1000, the mean over all the topics that they want."""
    experts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, member in enumerate(members):
        for topic, strength in member.knows.items():
            experts[topic].append((place, strength))
    sums = [[0] * len(members) for _ in members]
    for place, member in enumerate(members):
        for topic in member.wants:
            for expert, strength in experts.get(topic, ()):
                sums[expert][place] += strength
    wanted = [max(1, len(member.wants)) for member in members]
    return [[known // count for known, count in zip(row, wanted, strict=True)] for row in sums]
