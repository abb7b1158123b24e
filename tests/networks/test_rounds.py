"""What must hold of every coffee round, on invented members, pasts and seeds; of few members, beside all rounds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import rounds
from networks.round_values import FINE, Member, Values, pair, values
from networks.rounds import Group, OneConversation, Round, after, next_round, rounds_left
from tests.strength import FULL


def context(a: int, b: int) -> int | None:
    return None if a + b == 3 else 100 * abs(a - b) % 1000


MOST = 24 if FULL else 14
"""A round of twice as many takes four times as long to find."""


@st.composite
def memberships(draw, least=6, most=MOST, organisations=8):
    """Members of a few organisations, some with topics, who have been guests or have waited before."""
    topics = st.integers(0, 5)
    return [
        Member(
            key=key,
            organisation=(organisation := draw(st.integers(0, organisations))),
            sector=organisation % 3,
            knows=draw(st.dictionaries(topics, st.sampled_from([600, 800, 1000]), max_size=3)),
            wants=draw(st.frozensets(topics, max_size=3)),
            guest=draw(st.integers(0, 2)),
            waited=draw(st.integers(0, 1)),
        )
        for key in draw(st.sets(st.integers(0, 1000), min_size=least, max_size=most))
    ]


@st.composite
def pasts(draw, **sizes):
    """(members, who has met whom), with from none to most of the pairs met."""
    members = draw(memberships(**sizes))
    couples = [pair(a.key, b.key) for a, b in combinations(members, 2)]
    share = draw(st.sampled_from([0, 0.3, 0.6, 0.9]))
    chance = draw(st.randoms(use_true_random=False))
    return members, {couple: chance.choice([1, 1, 2]) for couple in couples if chance.random() < share}


def arranged(members, met, seed="any") -> Round:
    found = next_round(members, met=met, context=context, seed=seed)
    assert isinstance(found, Round)
    return found


def every_round(places: list[int], worth: Values) -> Iterator[tuple[int, int]]:
    """(how many wait, value) of every way to pair these places: the exhaustive answer, for few of them."""
    if not places:
        yield 0, 0
        return
    first, *rest = places
    for waiting, value in every_round(rest, worth):
        yield waiting + 1, value
    for other in rest:
        if (own := worth.rows[first][other]) is not None:
            for waiting, value in every_round([place for place in rest if place != other], worth):
                yield waiting, value + own


def best_round(worth: Values, guests: list[int]) -> tuple[int, int]:
    """The fewest that wait, and the highest value with so few; of an odd number with each guest at each pair."""
    places = list(range(len(worth.rows)))
    found = list(every_round(places, worth))
    for guest in guests if len(places) % 2 else []:
        rest = [place for place in places if place != guest]
        for a, b in combinations(rest, 2):
            added, own = worth.of_guest(guest, a, b), worth.rows[a][b]
            if added is not None and own is not None:
                others = every_round([place for place in rest if place not in (a, b)], worth)
                found += [(waiting, value + own + added) for waiting, value in others]
    fewest = min(waiting for waiting, _ in found)
    return fewest, max(value for waiting, value in found if waiting == fewest)


def value_of(worth: Values, members: list[Member], found: Round) -> int:
    place = {member.key: number for number, member in enumerate(members)}
    total = 0
    for group in found.groups:
        a, b, *guest = (place[key] for key in group.members)
        total += worth.of([(a, b)]) + sum(worth.of_guest(g, a, b) for g in guest)
    return total


@given(pasts(), st.text(max_size=3))
def test_everybody_stands_once_and_never_with_their_own(past, seed):
    members, met = past
    found = arranged(members, met, seed)
    named = [key for group in found.groups for key in group.members] + list(found.waiting)
    assert sorted(named) == sorted(member.key for member in members)
    work = {member.key: member.organisation for member in members}
    for group in found.groups:
        assert len({work[key] for key in group.members}) == len(group.members)


@given(pasts())
def test_they_wait_only_where_one_organisation_is_more_than_half(past):
    members, met = past
    found = arranged(members, met)
    largest = max(Counter(member.organisation for member in members).values())
    assert len(found.waiting) == max(0, 2 * largest - len(members))
    threes = [group for group in found.groups if len(group.members) == 3]
    assert len(threes) == (len(members) % 2 if not found.waiting else 0)
    assert all(len(group.members) in (2, 3) for group in found.groups)
    assert [group.guest for group in threes] == [group.members[2] for group in threes]


@given(pasts(), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_round_in_any_order(past, shuffle):
    members, met = past
    again = list(members)
    shuffle.shuffle(again)
    assert arranged(members, met, "a") == arranged(again, dict(reversed(met.items())), "a")


def test_another_seed_gives_another_round():
    members = [Member(key, key, key % 4) for key in range(30)]
    assert len({arranged(members, {}, seed).groups for seed in "abcdef"}) == 6


@given(pasts(least=6, most=8, organisations=5))
def test_no_round_of_few_is_better(past):
    """So nobody meets again, nobody waits, unless it is impossible: these outweigh all else in the value."""
    members, met = past
    members.sort(key=lambda member: member.key)
    found = arranged(members, met, "s")
    worth = values(members, met, context, "s")
    least = min(member.guest for member in members)
    guests = [place for place, member in enumerate(members) if member.guest == least]
    assert (len(found.waiting), value_of(worth, members, found)) == best_round(worth, guests)


@given(pasts())
def test_repeats_are_counted(past):
    members, met = past
    found = arranged(members, met)
    assert found.repeats == sum(two in met for group in found.groups for two in group.pairs())
    if not met:
        assert found.repeats == 0


@given(pasts())
def test_the_guest_is_one_of_those_who_were_least_often(past):
    members, met = past
    found = arranged(members, met)
    been = {member.key: member.guest for member in members}
    assert len(found.guests) <= 1
    assert all(been[guest] == min(been.values()) for guest in found.guests)


@given(memberships(least=7, most=15, organisations=40), st.integers(1, 20))
def test_guests_take_turns(members, count):
    people, met = [replace(member, guest=0) for member in members], {}
    for month in range(count):
        people, met = after(people, met, arranged(people, met, str(month)))
    been = [member.guest for member in people]
    assert max(been) - min(been) <= 1


def test_those_who_wait_take_turns():
    people, met = [Member(key, min(key, 4), 1) for key in range(12)], Counter()
    for month in range(8):
        people, met = after(people, met, arranged(people, met, str(month)))
    assert {member.waited for member in people if member.organisation == 4} <= {3, 4, 5}
    assert {member.waited for member in people if member.organisation < 4} == {0}


@given(pasts(least=6, most=12, organisations=40))
def test_so_many_rounds_are_really_left(past):
    members, met = past
    found = arranged(members, met)
    people, met = after(members, met, found)
    assert found.rounds_left == rounds_left(people, met, seed="any")
    fresh = (
        len(members) - 1 - max(Counter(key for two, times in met.items() for key in two if times).values(), default=0)
    )
    most = Counter(member.organisation for member in members).most_common(1)[0][1]
    if 2 * most <= len(members):
        assert found.rounds_left <= max(0, fresh)


@given(st.integers(3, 12), st.integers(0, 20))
def test_where_degrees_prove_a_round_there_is_one(half, met_rounds):
    """Dirac's theorem as it is used here: whatever happened before, the next round has no repeat."""
    number = 2 * half + met_rounds % 2
    people, met = [Member(key, key, key % 3) for key in range(number)], Counter()
    for month in range(met_rounds):
        proved = rounds._by_degree(people, met)
        found = arranged(people, met, str(month))
        assert not (proved and found.repeats)
        people, met = after(people, met, found)


def test_ten_meet_nine_times_and_are_told_when_they_have():
    people, met = [Member(key, key, 1) for key in range(10)], {}
    told = []
    for month in range(9):
        found = arranged(people, met, str(month))
        told.append((found.repeats, found.rounds_left))
        people, met = after(people, met, found)
        assert found.is_nearly_exhausted == (found.rounds_left < rounds.SOON)
    assert found.is_nearly_exhausted
    fresh = next((month for month, (repeats, _) in enumerate(told) if repeats), 9)
    assert fresh >= 5
    assert all(0 <= left <= 8 - month for month, (_, left) in enumerate(told[:fresh]))
    assert told[0][1] >= 4


def test_nothing_is_left_where_all_are_colleagues():
    found = arranged([Member(key, 1, 1) for key in range(7)], {})
    assert (found.groups, len(found.waiting), found.rounds_left) == ((), 7, 0)


def test_of_many_that_cannot_be_counted_nothing_is_said():
    people = [Member(key, max(0, key - 110), 1) for key in range(220)]
    assert rounds_left(people, {}, seed="") is None
    assert rounds_left(people[110:], {}, seed="") >= rounds.SOON


def test_twelve_rounds_of_a_hundred_and_one():
    people = [Member(key, key // 4, key // 4 % 5, {key % 30: 1000}, frozenset([key * 7 % 30])) for key in range(101)]
    met: Counter = Counter()
    for month in range(12):
        found = arranged(people, met, str(month))
        assert (found.repeats, found.waiting) == (0, ())
        people, met = after(people, met, found)
    assert {member.guest for member in people} == {0, 1}
    assert max(met.values()) == 1


def test_of_many_the_dearest_are_enough():
    people = [Member(key, key // 4, key // 4 % 5, {key % 30: 1000}, frozenset([key * 7 % 30])) for key in range(300)]
    found = arranged(people, {})
    worth = values(people, {}, context, "any")
    edges = [(a, b, value) for a, b in combinations(range(300), 2) if (value := worth.rows[a][b]) is not None]
    missed = worth.of(rounds._blossom(edges)) - value_of(worth, people, found)
    assert missed <= 0.001 * 150 * (5_000 << FINE)


@pytest.mark.parametrize("number", range(6))
def test_fewer_than_six_have_one_conversation(number):
    people = [Member(key, key, 1) for key in range(number)]
    assert next_round(people, met={}, context=context, seed="") == OneConversation(tuple(range(number)))


def test_nobody_stands_twice():
    with pytest.raises(ValueError, match="twice"):
        next_round([Member(1, number, 1) for number in range(6)], met={}, context=context, seed="")


def test_what_a_pair_is_worth():
    expert = Member(1, 1, 1, {7: 1000, 8: 600}, frozenset([9]))
    learner = Member(2, 2, 2, {9: 800}, frozenset([7, 6]))
    colleague, stranger = Member(3, 2, 2), Member(4, 4, 1)
    members = [expert, learner, colleague, stranger]
    worth = values(members, {(1, 4): 2}, lambda a, b: {(1, 2): 900, (1, 4): 300}.get((a, b)), "")
    points = [[None if v is None else (v % worth.fresh) >> FINE for v in row] for row in worth.rows]
    assert points[1][2] is None
    assert 0 <= points[0][1] - (5 * (500 + 800) // 2 + 3 * 1000 + 2 * 900) < 500
    assert 0 <= points[1][3] - (3 * 1000 + 2 * 500) < 500
    assert not worth.is_fresh(0, 3)
    assert 0 <= (worth.rows[0][3] >> FINE) - (3 * 600 + 2 * 300 - 2 * 20_000) < 500


def test_a_group_of_three_met_in_three_pairs():
    assert Group((5, 9, 2), guest=2).pairs() == [(5, 9), (2, 5), (2, 9)]


def test_of_many_the_dearest_are_enough_also_where_some_must_wait(monkeypatch):
    """Of one organisation that is more than half of all; to weigh every pair of a thousand takes twenty seconds."""
    members = [Member(key, 0 if key < 40 else key, key % 3) for key in range(60)]
    whole = arranged(members, {})
    monkeypatch.setattr(rounds, "WHOLE", 20)
    monkeypatch.setattr(rounds, "_every_edge", None)
    assert arranged(members, {}).waiting == whole.waiting
    assert len(whole.waiting) == 20


@pytest.mark.parametrize("share", [0.52, 0.6, 0.75])
def test_nor_are_all_weighed_where_the_others_are_dearest_to_each_other(monkeypatch, share):
    """They must meet that organisation all the same, or more than need to would wait."""
    monkeypatch.setattr(rounds, "WHOLE", 20)
    monkeypatch.setattr(rounds, "DEAREST", 8)
    monkeypatch.setattr(rounds, "_every_edge", None)
    topics = frozenset([1])
    one = [Member(key, 0, 0) for key in range(int(100 * share))]
    others = [Member(key, key, key % 3, {1: 1000}, topics) for key in range(len(one), 100)]
    found = arranged([*one, *others], {})
    assert len(found.waiting) == 2 * len(one) - 100
    assert {key for group in found.groups for key in group.members} >= {member.key for member in others}
