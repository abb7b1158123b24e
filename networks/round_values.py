"""What each pair of a coffee round is worth, in whole numbers: who knows what the other wants, how unlike their work,
how like their places are, and a jitter from the seed. Pure; `rounds` pairs by it, and says why so.

The value of two members of one organisation is None, and that of two of whom one has blocked the other: they are never
paired. Whoever has not met yet is worth so much
more than whoever has that one repeat less outweighs everything else together.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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


def kept_apart(members: Sequence[Member]) -> set[Pair]:
    """The two keys of everybody here who is kept from somebody else here."""
    keys = {member.key for member in members}
    return {pair(member.key, other) for member in members for other in member.never & keys}


def values(members: Sequence[Member], met: Mapping[Pair, int], context: Context, seed: str) -> Values:
    """The value of every pair. `met` counts how often two have met, by `pair` of their keys."""
    most_met = max(met.values(), default=0) + 1
    most_waited = max((m.waited for m in members), default=0) * 2 + 1
    fresh = ((len(members) + 2) * (11_000 + AGAIN * most_met + WAITED * most_waited)) << FINE
    rows = _square(list(_half_rows(members, context, seed, fresh)))
    place = {m.key: i for i, m in enumerate(members)}
    for a, b in kept_apart(members):
        rows[place[a]][place[b]] = rows[place[b]][place[a]] = None
    for (a, b), times in met.items():
        if times and a in place and b in place:
            _lower(rows, place[a], place[b], fresh + (AGAIN * times << FINE))
    return Values(rows, fresh)


Row = list[int | None]


def _half_rows(members: Sequence[Member], context: Context, seed: str, fresh: int) -> Iterator[Row]:
    """Of each member the value with each before them, as if nobody had met. Half a million of a thousand members: one
    expression a row, and nothing is looked up in it that a list can hold."""
    work, alike = _alike(members, context)
    chances = [chance(seed, m.key) for m in members]
    sectors, waited = [m.sector for m in members], [m.waited for m in members]
    knows = _knowing(members)
    for i, (known, asked) in enumerate(zip(knows, zip(*knows, strict=True), strict=True)):
        own, sector, mine, sat_out, like = work[i], sectors[i], chances[i], waited[i], alike[work[i]]
        others = zip(work[:i], sectors, chances, waited, known, asked, strict=False)
        yield [
            None
            if theirs == own
            else (
                (
                    KNOW * (gives + takes) // 2
                    + APART * (OTHER_ORGANISATION if other == sector else OTHER_SECTOR)
                    + like[theirs]
                    + WAITED * (sat_out + too)
                    << FINE
                )
                + (mine * luck % PRIME * JITTER >> (61 - FINE))
                + fresh
            )
            for theirs, other, luck, too, gives, takes in others
        ]


def _alike(members: Sequence[Member], context: Context) -> tuple[list[int], list[list[int]]]:
    """The place of each member's organisation among all, and what likeness adds for every two of these places."""
    bodies = sorted({m.organisation for m in members})
    place = {body: i for i, body in enumerate(bodies)}
    half = [[CONTEXT * _context(context, other, body) for other in bodies[:i]] for i, body in enumerate(bodies)]
    return [place[m.organisation] for m in members], _square(half, own=0)


def _square(half: Sequence[list], own: Any = None) -> list[list]:
    """The square of which each row is given up to its diagonal."""
    return [[*row, own, *(later[i] for later in half[i + 1 :])] for i, row in enumerate(half)]


def _lower(rows: list[list], a: int, b: int, by: int) -> None:
    if rows[a][b] is not None:
        rows[a][b] -= by
        rows[b][a] -= by


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
