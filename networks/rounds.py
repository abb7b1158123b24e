"""A coffee round: who talks with whom this time. Pure: members and their past in, groups out.

In this order, each before everything after it: two of one organisation never meet, nor two of whom one has blocked the
other; as few as possible wait; as few as possible meet again; and the pairs are worth as much as possible
(`round_values`). The matching is exact (Edmonds' blossoms, by rustworkx), since only what is exact can say that a
repeat could not be helped. Of an odd number one pair has a guest; guests take turns. The same seed gives the same
round. Figures: docs/rounds.md, choice: decision 15.
"""

import heapq
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import rustworkx

from .round_values import Context, Member, Pair, Values, chance, kept_apart, pair, values

FEWEST = 6
"""From so many members on there are rounds; fewer have one conversation together."""
SOON = 6
"""So many rounds ahead it is said that everybody will have met."""
WHOLE = 200
"""Up to so many members every pair is weighed; of more, each member's dearest first."""
DEAREST = 24
SMALL = 15
"""Up to so many members, whoever is a guest of whom is searched to the end."""
TRIES = 1_000
"""Beyond that, so many members are weighed in all: this over their number is how many guests and hosts are tried."""


@dataclass(frozen=True, slots=True)
class Group:
    """Two who talk, or three: then `guest` is the third. `repeats` counts the pairs among them who have met before."""

    members: tuple[int, ...]
    guest: int | None = None
    repeats: int = 0

    def pairs(self) -> list[Pair]:
        return [pair(a, b) for place, a in enumerate(self.members) for b in self.members[:place]]


@dataclass(frozen=True, slots=True)
class Round:
    """Who meets. `waiting` are left over because their own organisation is more than half of all, or too many are kept
    from them. `rounds_left`: at least so many more rounds can be had in which nobody meets again, if the members stay
    the same; None: not known."""

    groups: tuple[Group, ...]
    waiting: tuple[int, ...] = ()
    rounds_left: int | None = None

    @property
    def repeats(self) -> int:
        return sum(group.repeats for group in self.groups)

    @property
    def guests(self) -> tuple[int, ...]:
        return tuple(group.guest for group in self.groups if group.guest is not None)

    @property
    def is_nearly_exhausted(self) -> bool:
        return self.rounds_left is not None and self.rounds_left < SOON


@dataclass(frozen=True, slots=True)
class OneConversation:
    """Too few for rounds: everybody talks together."""

    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Pairs by place, and who is a guest of which: one of an odd number, more only where they spare somebody a wait."""

    pairs: list[Pair]
    guests: Mapping[Pair, int] = field(default_factory=dict)
    value: int = 0

    @property
    def placed(self) -> int:
        return 2 * len(self.pairs) + len(self.guests)


def next_round(
    members: Iterable[Member], *, met: Mapping[Pair, int], context: Context, seed: str
) -> Round | OneConversation:
    """The next round, or the one conversation of fewer than six. `met`: how often two have met, by `pair` of keys.

    Fewer than six of whom one is kept from another have pairs after all. Raises ValueError if two members have one key.
    """
    everybody = sorted(members, key=lambda member: member.key)
    if len({member.key for member in everybody}) < len(everybody):
        raise ValueError("A member stands twice in a round")
    if len(everybody) < FEWEST and not kept_apart(everybody):
        return OneConversation(tuple(member.key for member in everybody))
    found = _arrange(everybody, met, context, seed, max(1, TRIES // len(everybody)))
    return replace(found, rounds_left=rounds_left(*after(everybody, met, found), seed=seed))


def after(members: Sequence[Member], met: Mapping[Pair, int], found: Round) -> tuple[list[Member], Counter[Pair]]:
    """The members and who has met whom once this round was held."""
    now = Counter(met)
    now.update(two for group in found.groups for two in group.pairs())
    guests, waiting = set(found.guests), set(found.waiting)
    moved = [replace(m, guest=m.guest + (m.key in guests), waited=m.waited + (m.key in waiting)) for m in members]
    return moved, now


def rounds_left(members: Sequence[Member], met: Mapping[Pair, int], *, seed: str) -> int | None:
    """At least so many rounds without a repeat can still be had. Honest: proved by Dirac's theorem or played out.

    Where everybody has half of all yet to meet, there is a round (Dirac 1952), and it takes one from each: so the
    count goes on until somebody has fewer. A guest needs 3 halves more, and takes two from a host. Below that, and for
    up to 200 members, the next six rounds are arranged for trial; there may always be more than the trial finds. Of
    more members nothing is said then.
    """
    proved = _by_degree(members, met)
    if proved >= SOON or len(members) > WHOLE:
        return proved if proved >= SOON else None
    people = [replace(m, knows={}, wants=frozenset(), waited=0) for m in members]
    fewest = _fewest_waiting(people)
    for held in range(SOON):
        found = _arrange(people, met, _no_context, f"{seed}/{held}", 1)
        if not found.groups or found.repeats or len(found.waiting) > fewest:
            return max(proved, held)
        people, met = after(people, met, found)
        people = [replace(m, waited=0) for m in people]
    return max(proved, SOON)


def _by_degree(members: Sequence[Member], met: Mapping[Pair, int]) -> int:
    number, size = len(members), Counter(m.organisation for m in members)
    own = {m.key: m.organisation for m in members}
    others = {m.key: number - size[m.organisation] for m in members}
    for a, b in {two for two, times in met.items() if times} | kept_apart(members):
        if a in own and b in own and own[a] != own[b]:
            others[a] -= 1
            others[b] -= 1
    least = min(others.values(), default=0)
    spare = (least - (number + 3) // 2) // 2 if number % 2 else least - number // 2
    return max(0, spare + 1)


def _fewest_waiting(members: Sequence[Member]) -> int:
    """Of an organisation with more than half of all, whoever is left once all others have somebody of it."""
    largest = max(Counter(m.organisation for m in members).values(), default=0)
    return max(0, 2 * largest - len(members))


def _majority(members: Sequence[Member]) -> frozenset[int]:
    """The places of those whose organisation has more than half of all; nobody where none has."""
    largest = Counter(m.organisation for m in members).most_common(1)
    if not largest or 2 * largest[0][1] <= len(members):
        return frozenset()
    return frozenset(place for place, m in enumerate(members) if m.organisation == largest[0][0])


def _no_context(_: int, __: int) -> int:
    return 0


def _arrange(members: Sequence[Member], met: Mapping[Pair, int], context: Context, seed: str, tries: int) -> Round:
    worth = values(members, met, context, seed)
    everybody, waiting = list(range(len(members))), _fewest_waiting(members)
    if len(members) % 2 and not waiting:
        least = min(member.guest for member in members)
        in_turn = sorted(
            (place for place in everybody if members[place].guest == least),
            key=lambda place: chance(f"guest/{seed}", members[place].key),
        )
        plan = _with_guest(worth, everybody, in_turn, tries)
        if plan.placed < len(members):  # Some are kept apart: rather a guest out of turn than anybody who waits.
            others = (_with_guest(worth, everybody, everybody, tries), _Plan(_match(worth, everybody)))
            plan = max(others, key=lambda plan: plan.placed)
    else:
        plan = _Plan(_match(worth, everybody, _majority(members)))
    if plan.placed + waiting < len(members):
        plan = _spared(worth, everybody, plan)
    return _told(members, worth, plan)


def _spared(worth: Values, everybody: list[int], plan: _Plan) -> _Plan:
    """Whoever found nobody, since too many are kept from them, is a guest of a pair where that is possible: each of
    another pair, as many as can be."""
    seated = {place for two in plan.pairs for place in two} | set(plan.guests.values())
    left = [place for place in everybody if place not in seated]
    free = [two for two in plan.pairs if two not in plan.guests]
    worths = ((guest, len(everybody) + i, worth.of_guest(guest, *two)) for guest in left for i, two in enumerate(free))
    found = _blossom([(guest, pair, added) for guest, pair, added in worths if added is not None])
    return replace(plan, guests={**plan.guests, **{free[pair - len(everybody)]: guest for guest, pair in found}})


def _told(members: Sequence[Member], worth: Values, plan: _Plan) -> Round:
    groups = []
    for two in plan.pairs:
        guest = plan.guests.get(two)
        places = (*sorted(two), guest) if guest is not None else tuple(sorted(two))
        repeats = sum(not worth.is_fresh(a, b) for i, a in enumerate(places) for b in places[:i])
        keys = tuple(members[place].key for place in places)
        groups.append(Group(keys, members[guest].key if guest is not None else None, repeats))
    placed = {key for group in groups for key in group.members}
    return Round(
        tuple(sorted(groups, key=lambda group: group.members)), tuple(m.key for m in members if m.key not in placed)
    )


def _with_guest(worth: Values, everybody: list[int], in_turn: Sequence[int], tries: int) -> _Plan:
    """The best of who is a guest of whom: first each guest with the best pairs of the others, then the most promising
    hosts, until none left can be better than what was found; beyond 15 members until as many were tried."""
    small = len(everybody) <= SMALL
    best, promises = _Plan([], value=-sys.maxsize << 64), []
    for guest in in_turn if small else _likely(worth, everybody, in_turn)[:tries]:
        pairs = _match(worth, [place for place in everybody if place != guest])
        if 2 * len(pairs) + 1 < len(everybody):
            continue
        best = max([best, *_joined(worth, guest, pairs, pairs)], key=lambda plan: plan.value)
        promises.append((guest, worth.of(pairs)))
    repeated = best.value < worth.fresh * (len(everybody) // 2 + 1)
    if len(everybody) > WHOLE and not repeated:
        return best
    most = None if small else tries * 4 if repeated else tries
    for promise, guest, hosts in _promising(worth, everybody, promises, most):
        if promise <= best.value:
            break
        rest = _match(worth, [place for place in everybody if place not in (guest, *hosts)])
        if 2 * len(rest) + 3 == len(everybody):
            best = max([best, *_joined(worth, guest, [*rest, hosts], [hosts])], key=lambda plan: plan.value)
    return best


def _likely(worth: Values, everybody: list[int], in_turn: Sequence[int]) -> list[int]:
    """Those in turn, led by whom the pairs of all others miss least: a matching in which one more place stands for
    being a guest, which is worth to each what their two dearest would come to."""
    row = {guest: heapq.nlargest(2, (value for value in worth.rows[guest] if value is not None)) for guest in in_turn}
    nobody = len(everybody)
    found = _blossom([*_edges(worth, everybody), *((guest, nobody, sum(row[guest]) // 2) for guest in in_turn)])
    first = [a for a, b in found if b == nobody]
    return [*first, *(guest for guest in in_turn if guest not in first)]


def _joined(worth: Values, guest: int, pairs: list[Pair], hosts: Sequence[Pair]) -> Iterator[_Plan]:
    """The plans in which the guest joins one of these hosts, who are among the pairs."""
    value = worth.of(pairs)
    for two in hosts:
        added = worth.of_guest(guest, *two)
        if added is not None:
            yield _Plan(pairs, {two: guest}, value + added)


def _promising(
    worth: Values, everybody: Sequence[int], limits: Sequence[tuple[int, int]], most: int | None
) -> list[tuple[int, int, Pair]]:
    """The most that each choice of guest and hosts could come to, the highest first."""
    choices = (
        (limit + added, guest, (a, b))
        for guest, limit in limits
        for a in everybody
        for b in everybody[:a]
        if guest not in (a, b) and worth.rows[a][b] is not None
        for added in [worth.of_guest(guest, a, b)]
        if added is not None
    )
    return sorted(choices, reverse=True) if most is None else heapq.nlargest(most, choices)


def _match(worth: Values, places: Sequence[int], majority: frozenset[int] = frozenset()) -> list[Pair]:
    """The pairs of these places that leave the fewest over and are worth the most. Of many members, each one's dearest
    are enough nearly always; if more are left than must wait, or somebody meets again, all are weighed after all.
    `majority`: the places of one organisation, if they are more than half."""
    if len(places) > WHOLE:
        pairs, waiting = _blossom(_edges(worth, places, majority)), max(0, 2 * len(majority) - len(places))
        if 2 * len(pairs) + waiting == len(places) and all(worth.is_fresh(a, b) for a, b in pairs):
            return pairs
    return _blossom(_every_edge(worth, places))


def _every_edge(worth: Values, places: Sequence[int]) -> list[tuple[int, int, int]]:
    edges = ((a, b, worth.rows[a][b]) for i, a in enumerate(places) for b in places[:i])
    return [(a, b, value) for a, b, value in edges if value is not None]


def _edges(worth: Values, places: Sequence[int], majority: frozenset[int] = frozenset()) -> list[tuple[int, int, int]]:
    """Of up to 200 places all pairs that may meet; of more, those that are among the dearest of one of the two. Where
    one organisation is more than half, the fewest wait only if everybody else meets one of it: no other pair counts."""
    if len(places) <= WHOLE:
        return _every_edge(worth, places)
    wanted: set[tuple[int, int, int]] = set()
    for a in places:
        row = worth.rows[a]
        some = places if not majority else [b for b in places if (a in majority) != (b in majority)]
        others = [(value, b) for b in some for value in [row[b]] if value is not None]
        wanted.update((*pair(a, b), value) for value, b in heapq.nlargest(DEAREST, others))
    return sorted(wanted)


def _blossom(edges: Sequence[tuple[int, int, int]]) -> list[Pair]:
    graph = rustworkx.PyGraph(multigraph=False)
    graph.extend_from_weighted_edge_list(edges)
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted((min(two), max(two)) for two in found)
