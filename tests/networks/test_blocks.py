"""Nothing brings together two of whom one has blocked the other: no coffee round, and no reason to meet at an event."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from learning_portal.common.models import User
from networks import company, round_values, rounds
from networks.coffee_actions import Outdated, send
from networks.coffee_people import takers
from networks.models import Block, CoffeeRound, CoffeeSeat, Preferences
from networks.models.block import BlockQuerySet
from networks.round_values import Member, Values, pair, values
from networks.rounds import OneConversation, after, next_round, rounds_left
from tests.coffee import couples, groups, it_is, join, network_of, previewed, shown
from tests.factories import (
    AffiliationFactory,
    AttendanceFactory,
    BlockFactory,
    ContactFactory,
    EventFactory,
    NetworkFactory,
    TopicFactory,
    UserFactory,
)
from tests.networks.test_rounds import arranged, best_round, context, pasts, value_of


def keep_apart(one: User, other: User) -> Block:
    return BlockFactory(contact=ContactFactory(user=one), user=other)


# --- Rounds of invented members -------------------------------------------------------------------------------------


@st.composite
def blocked_pasts(draw, **sizes):
    """(members, who has met whom), some of whom have blocked another: it is said by one of the two."""
    members, met = draw(pasts(**sizes))
    share = draw(st.sampled_from([0.02, 0.1, 0.3, 0.6]))
    chance = draw(st.randoms(use_true_random=False))
    keys = [member.key for member in members]
    return [
        replace(one, never=frozenset(key for key in keys if key != one.key and chance.random() < share / 2))
        for one in members
    ], met


def kept_apart(members: list[Member]) -> set[tuple[int, int]]:
    return {pair(member.key, other) for member in members for other in member.never}


@given(blocked_pasts(least=2), st.text(max_size=3))
def test_two_kept_apart_are_never_in_one_group(past, seed):
    members, met = past
    apart = kept_apart(members)
    assume(apart or len(members) >= 6)
    found = arranged(members, met, seed)
    named = [key for group in found.groups for key in group.members] + list(found.waiting)
    assert sorted(named) == sorted(member.key for member in members)
    work = {member.key: member.organisation for member in members}
    for group in found.groups:
        assert len(group.members) in (2, 3)
        assert not apart & set(group.pairs())
        assert len({work[key] for key in group.members}) == len(group.members)


@given(blocked_pasts(least=6, most=8, organisations=6))
def test_no_round_of_few_is_better_for_all_that(past):
    """As few as possible wait. Where nobody needs to wait, a guest is out of turn only where that spares a wait."""
    members, met = past
    members.sort(key=lambda member: member.key)
    found = arranged(members, met, "s")
    worth = values(members, met, context, "s")
    waiting, most = best_round(worth, in_turn(members))
    if not waiting:
        assert (len(found.waiting), value_of(worth, members, found)) == (waiting, most)
    elif len(members) % 2 == 0:
        assert len(found.waiting) <= waiting
    elif not best_round(worth, list(range(len(members))))[0]:
        assert not found.waiting
    else:
        assert len(found.waiting) <= best_round(worth, [])[0]


@given(blocked_pasts(least=6, most=14, organisations=10))
def test_whoever_waits_can_be_a_guest_of_no_pair(past):
    members, met = past
    found = arranged(members, met)
    apart, work = kept_apart(members), {member.key: member.organisation for member in members}
    for one in found.waiting:
        for group in found.groups:
            near = {pair(one, other) for other in group.members} & apart
            assert len(group.members) == 3 or near or work[one] in {work[other] for other in group.members}


def in_turn(members: list[Member]) -> list[int]:
    least = min(member.guest for member in members)
    return [place for place, member in enumerate(members) if member.guest == least]


@given(blocked_pasts(least=6, most=10, organisations=40))
def test_so_many_rounds_are_really_left_for_those_kept_apart(past):
    members, met = past
    assume(2 * max(Counter(one.organisation for one in members).values()) <= len(members))  # or some wait in any case
    left = rounds_left(members, met, seed="any")
    apart = kept_apart(members)
    still = {
        key: sum(
            other.organisation != one.organisation and pair(one.key, other.key) not in apart | met.keys()
            for other in members
            if other is not one
        )
        for one in members
        for key in [one.key]
    }
    assert left is not None
    assert left <= min(still.values())


def test_it_holds_whoever_of_the_two_says_it():
    members = [Member(key, key, key % 3) for key in range(6)]
    for one, other in ((0, 1), (1, 0)):
        told = [replace(m, never=frozenset({other})) if m.key == one else m for m in members]
        worth = values(told, {}, context, "any")
        assert (worth.rows[0][1], worth.rows[1][0]) == (None, None)
        assert worth.rows[0][2] is not None


def test_they_never_meet_in_years_and_all_others_do():
    people = [Member(key, key, key % 3, never=frozenset({1} if key == 0 else ())) for key in range(8)]
    met, together = {}, set()
    for month in range(30):
        found = arranged(people, met, str(month))
        assert not found.waiting
        people, met = after(people, met, found)
        together |= {two for group in found.groups for two in group.pairs()}
    assert together == set(combinations(range(8), 2)) - {(0, 1)}


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_few_of_whom_two_are_kept_apart_have_no_one_conversation(number):
    people = [Member(key, key, 1) for key in range(number)]
    assert isinstance(next_round(people, met={}, context=context, seed="s"), OneConversation)
    people[1] = replace(people[1], never=frozenset({0, 999}))
    found = arranged(people, {})
    assert not any({0, 1} <= set(group.members) for group in found.groups)
    assert len(found.waiting) == {2: 2, 3: 1, 4: 0, 5: 0}[number]


def test_without_that_guard_they_would_meet(monkeypatch):
    monkeypatch.setattr(round_values, "kept_apart", lambda members: set())
    people = [Member(key, min(key, 3), 1, never=frozenset(range(12)) - {key}) for key in range(12)]
    assert arranged(people, {}).groups


TWO_CAMPS = [Member(key, key, 1, never=frozenset({3, 4, 5} if key < 3 else ())) for key in range(6)]
"""Of six, each may meet two."""


def test_two_who_would_find_nobody_are_each_a_guest():
    found = arranged(TWO_CAMPS, {})
    assert {frozenset(group.members) for group in found.groups} == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}
    assert found.waiting == ()
    assert sorted(found.guests) == sorted(group.guest for group in found.groups)
    people, _met = after(TWO_CAMPS, {}, found)
    assert {member.key for member in people if member.guest} == set(found.guests)


def test_without_being_guests_they_would_wait(monkeypatch):
    monkeypatch.setattr(rounds, "_spared", lambda worth, everybody, plan: plan)
    assert len(arranged(TWO_CAMPS, {}).waiting) == 2


def test_whoever_nobody_may_meet_waits():
    people = [Member(key, key, key % 3, never=frozenset({0})) for key in range(1, 9)] + [Member(0, 0, 1)]
    assert arranged(people, {}).waiting == (0,)
    assert isinstance(values(people, {}, context, "any"), Values)


# --- Rounds of a network --------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestRounds:
    @pytest.fixture(autouse=True)
    def today(self, monkeypatch):
        it_is(monkeypatch)

    def test_members_who_blocked_each_other_are_put_in_no_pair(self):
        network = network_of(6)
        one, *others = (taker.user for taker in takers(network))
        for other in others[:4]:
            keep_apart(other, one)
        for seed in "abcd":
            assert pair(one.pk, others[4].pk) in couples(previewed(network, seed=seed))

    def test_two_camps_are_two_groups_of_three(self):
        network = network_of(6)
        people = [taker.user for taker in takers(network)]
        for one in people[:3]:
            card = ContactFactory(user=one)
            for other in people[3:]:
                BlockFactory(contact=card, user=other)
        seats = CoffeeSeat.objects.filter(round=previewed(network))
        assert Counter(seats.values_list("group", flat=True)) == {1: 3, 2: 3}
        assert Counter(seats.filter(is_guest=True).values_list("group", flat=True)) == {1: 1, 2: 1}

    def test_nor_are_those_whom_the_other_blocked(self):
        network = network_of(6)
        one, *others = (taker.user for taker in takers(network))
        card = ContactFactory(user=one)
        for other in others[:4]:
            BlockFactory(contact=card, user=other)
        assert pair(one.pk, others[4].pk) in couples(previewed(network))

    def test_without_that_guard_they_are(self, monkeypatch):
        network = network_of(6)
        one, *others = (taker.user for taker in takers(network))
        for other in others[:4]:
            keep_apart(other, one)
        monkeypatch.setattr(BlockQuerySet, "between", lambda self, users: dict.fromkeys(users, frozenset()))
        with_others = [pair(one.pk, other.pk) for other in others[:4]]
        assert any(set(with_others) & set(couples(previewed(network, seed=seed))) for seed in "abcdefgh")

    def test_two_alone_who_are_kept_apart_wait(self):
        network = NetworkFactory()
        keep_apart(join(network, is_convenor=True), join(network))
        assert groups(previewed(network)).keys() == {0}

    def test_a_preview_that_a_block_came_after_is_not_sent(self):
        coffee = previewed(network_of(6))
        seen, (one, other) = shown(coffee), couples(coffee)[0]
        keep_apart(User.objects.get(pk=one), User.objects.get(pk=other))
        with pytest.raises(Outdated):
            send(coffee=coffee, shown=seen)
        assert CoffeeRound.objects.previews().exists()
        assert not set(couples(previewed(coffee.series.network))) & {(one, other)}
        assert CoffeeSeat.objects.count() == 6

    def test_a_block_of_somebody_who_takes_no_part_changes_nothing(self):
        coffee = previewed(network_of(6))
        keep_apart(UserFactory(), User.objects.get(pk=couples(coffee)[0][0]))
        send(coffee=coffee, shown=shown(coffee))


# --- Events ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestEvents:
    @pytest.fixture
    def event(self):
        return EventFactory()

    @pytest.fixture
    def two(self, event):
        """Two who go, each of whom knows what the other wants."""
        topics = [TopicFactory(), TopicFactory()]
        found = []
        for knows, wants in (topics, topics[::-1]):
            user = AffiliationFactory().user
            AttendanceFactory(event=event, user=user)
            said = Preferences.objects.create(user=user)
            said.knows.add(knows)
            said.wants.add(wants)
            found.append(user)
        return found

    def test_neither_is_told_why_to_meet_the_other(self, event, two):
        one, other = two
        assert company.company_of(event, one).to_meet
        keep_apart(one, other)
        for reader, them in ((one, other), (other, one)):
            found = company.company_of(event, reader)
            assert not found.to_meet
            assert [(someone.name, someone.reasons) for someone in found.also] == [(them.name, ())]

    def test_without_that_guard_they_are(self, event, two, monkeypatch):
        keep_apart(*two)
        monkeypatch.setattr(BlockQuerySet, "between", lambda self, users: dict.fromkeys(users, frozenset()))
        assert company.company_of(event, two[1]).to_meet

    def test_a_third_is_told_of_both(self, event, two):
        topics = [topic for user in two for topic in Preferences.objects.get(user=user).knows.all()]
        keep_apart(*two)
        third = AttendanceFactory(event=event, user=AffiliationFactory().user).user
        Preferences.objects.create(user=third).wants.set(topics)
        assert len(company.company_of(event, third).to_meet) == 2


@pytest.mark.django_db
def test_the_number_of_queries_is_one(django_assert_num_queries):
    users = [UserFactory().pk for _ in range(20)]
    for user in users[1:]:
        BlockFactory(contact=ContactFactory(user_id=users[0]) if user == users[1] else ContactFactory(), user_id=user)
    with django_assert_num_queries(1):
        found = Block.objects.between(users)
    assert found[users[0]] == {users[1]}
    assert found[users[1]] == {users[0]}
    assert found[users[2]] == frozenset()
