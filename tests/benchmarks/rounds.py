"""python -m tests.benchmarks.rounds [--sizes 10 21 50 100 101 200 1000]

Coffee rounds of invented members beside the exact optimum, by networkx: another program, written in another language.
Of an odd number every guest is tried, and hosts until none could be better; where that takes too long the highest
value that is still possible stands for the optimum. Of more than 200 members all pairs are weighed by rustworkx. Then
a thousand who are all of different organisations, and twelve rounds of 101. Needs no database; takes about
three minutes.
"""

import argparse
import random
import time
from dataclasses import replace
from itertools import combinations

import networkx

from networks import rounds
from networks.geography import Spot
from networks.likeness_table import context_table
from networks.round_values import FINE, Member, Pair, Values, values

TOPICS, SECTORS = 60, 6
MOST_TRIED = 200
NETWORKX_UP_TO = 200


def members(number: int, seed: int) -> list[Member]:
    """Four to an organisation, three topics known and three wanted of sixty."""
    draw = random.Random(seed)
    sectors = [draw.randrange(SECTORS) for _ in range(max(5, number // 4))]
    found = []
    for key in range(number):
        organisation = draw.randrange(len(sectors))
        knows = {topic: draw.choice((600, 800, 1000)) for topic in draw.sample(range(TOPICS), 3)}
        wants = frozenset(draw.sample(range(TOPICS), 3))
        found.append(Member(key, organisation, sectors[organisation], knows, wants))
    return found


def context(a: int, b: int) -> int:
    return random.Random(1000 * a + b).randrange(1000)


def heaviest(worth: Values, places: list[int]) -> list[Pair]:
    """The exact matching: by networkx, or for many members by rustworkx over every pair."""
    edges = [(a, b, value) for a, b in combinations(places, 2) for value in [worth.rows[a][b]] if value is not None]
    if len(places) > NETWORKX_UP_TO:
        return rounds._blossom(edges)
    graph = networkx.Graph()
    graph.add_weighted_edges_from(edges)
    return list(networkx.max_weight_matching(graph, maxcardinality=True))


def optimum(worth: Values, number: int) -> tuple[int, bool]:
    """The highest value of a round, and whether it is reached or only a bound."""
    everybody = list(range(number))
    if number % 2 == 0:
        return worth.of(heaviest(worth, everybody)), True
    limits = [(guest, worth.of(heaviest(worth, [p for p in everybody if p != guest]))) for guest in everybody]
    best = -1
    for promise, guest, hosts in rounds._promising(worth, everybody, limits, MOST_TRIED):
        if promise <= best:
            return best, True
        rest = heaviest(worth, [place for place in everybody if place not in (guest, *hosts)])
        best = max(best, worth.of([*rest, hosts]) + (worth.of_guest(guest, *hosts) or 0))
    return promise, False


def reached(worth: Values, found: rounds.Round) -> int:
    """The value of a round; keys are places here."""
    total = 0
    for group in found.groups:
        pair = (group.members[0], group.members[1])
        total += worth.of([pair])
        if group.guest is not None:
            total += worth.of_guest(group.guest, *pair) or 0
    return total


def line(number: int, seed: int) -> str:
    people = members(number, seed)
    started = time.perf_counter()
    found = rounds.next_round(people, met={}, context=context, seed=f"{seed}")
    took = time.perf_counter() - started
    assert isinstance(found, rounds.Round)
    worth = values(people, {}, context, f"{seed}")
    started = time.perf_counter()
    most, is_exact = optimum(worth, number)
    exact = time.perf_counter() - started
    new = worth.fresh * (number // 2 + number % 2)
    share = (reached(worth, found) - new) / (most - new)
    per_pair = ((most - new) >> FINE) / (number // 2)
    sign = " " if is_exact else ">"
    return f"| {number} | {seed} | {per_pair:,.0f} | {sign}{share:.5f} | {took:.2f} s | {exact:.1f} s |"


def twelve_rounds(number: int = 101, count: int = 12) -> str:
    people, met, repeats, own = members(number, 1), {}, 0, 0
    work = {member.key: member.organisation for member in people}
    started = time.perf_counter()
    for month in range(count):
        found = rounds.next_round(people, met=met, context=context, seed=f"{month}")
        assert isinstance(found, rounds.Round)
        repeats += found.repeats
        own += sum(work[a] == work[b] for group in found.groups for a, b in group.pairs())
        people, met = rounds.after(people, met, found)
    guests = [member.guest for member in people]
    took = (time.perf_counter() - started) / count
    return (
        f"{count} rounds of {number}: {repeats} repeats, {own} pairs of one organisation, guests {min(guests)} to "
        f"{max(guests)} times, at least {found.rounds_left} more rounds without a repeat; {took:.2f} s each"
    )


def all_apart(number: int = 1000) -> str:
    """The most work there is: everybody is of another organisation, so that every two places are compared."""
    draw = random.Random(1)
    people = [replace(member, organisation=member.key) for member in members(number, 1)]
    places = [
        Spot(
            key,
            16,
            draw.randrange(1, 5),
            draw.randrange(5_000, 10**6),
            draw.randrange(10, 20_000),
            draw.randrange(10**9),
            draw.uniform(5, 9_000),
            draw.uniform(50, 58),
            draw.uniform(-6, 1),
            1,
            3,
            None,
        )
        for key in range(number)
    ]
    started = time.process_time()
    table = context_table(places)
    rounds.next_round(people, met={}, context=lambda a, b: table[a][b], seed="1")
    return f"{number:,} members of as many organisations: {time.process_time() - started:.1f} s of computing"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 21, 50, 100, 101, 200, 1000])
    options = parser.parse_args()
    print(
        "| members | seed | optimum a pair | share reached | time | time of the exact one |\n|---|---|---|---|---|---|"
    )
    for number in options.sizes:
        for seed in range(1, 4 if number <= 50 else 2):
            print(line(number, seed), flush=True)
    print(all_apart())
    print(twelve_rounds())


if __name__ == "__main__":
    main()
