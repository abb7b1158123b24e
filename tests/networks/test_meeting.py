"""Whom to meet: the formula, the hard rules, the words and a small simulated year, without a database."""

import dataclasses
import datetime
import math

import pytest
from django.utils.functional import Promise
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from networks import gower, meeting
from networks.choices import Kind, MeetingFormat
from networks.likeness import values_from
from networks.meeting import Host, Knows, Wish, meet
from tests.benchmarks import meeting as simulation
from tests.networks.test_likeness import CITY, HERE, UNKNOWN

TODAY = datetime.date(2026, 11, 2)
TWIN = dataclasses.replace(HERE, code="twin")
TOPICS = {1: "Poor signal", 2: "Home care", 3: "Paper forms"}
WISH = Wish(TOPICS, HERE, TODAY)
HOST = Host(7, CITY, {1: Knows.CONTACT}, frozenset({"video", "visit"}), 2, 0, TODAY)


def ago(days):
    return TODAY - datetime.timedelta(days=days)


def the(host=HOST, wish=WISH, **changes):
    """The match of one host, which must be found."""
    (found,) = meet(wish, [dataclasses.replace(host, **changes)])
    return found


def may_not(wish=WISH, **changes):
    return meet(wish, [dataclasses.replace(HOST, **changes)]) == []


def words_of(match):
    return {factor.name: factor.words for factor in match.factors}


dates = st.none() | st.integers(-3, 900).map(ago)
knowledge = st.dictionaries(st.integers(1, 5), st.sampled_from(Knows), max_size=5)
wishes = st.builds(
    Wish,
    st.sets(st.integers(1, 5), max_size=4).map(lambda keys: {key: f"Topic {key}" for key in keys}),
    st.sampled_from([None, HERE, CITY, UNKNOWN]),
    st.just(TODAY),
    st.sampled_from(["", *MeetingFormat.values]),
)
hosts = st.builds(
    Host,
    st.integers(1, 10**6),
    st.sampled_from([HERE, TWIN, CITY, UNKNOWN]),
    knowledge,
    st.frozensets(st.sampled_from(MeetingFormat.values)),
    st.integers(0, 5),
    st.integers(0, 16),
    dates,
    st.booleans(),
)
crowds = st.lists(hosts, max_size=12, unique_by=lambda host: host.key)
shares = st.floats(0, 1)


# The formula.


def test_the_formula_by_hand():
    found = the(knows={1: Knows.CONTACT, 2: Knows.CONTRIBUTED}, load=3, verified_on=ago(365))
    s = gower.similarity(meeting.CONTEXT_DIMENSIONS, values_from(HERE, HERE), values_from(HERE, CITY)) / 1000
    assert (found.know, found.context, found.avail, found.fresh) == (0.6, s, 0.5, 0.5)
    assert found.priority == pytest.approx(0.6 * (0.5 + s / 2) * math.sqrt(0.5) * 0.75)


def test_the_best_there_can_be_is_1():
    assert the(organisation=TWIN, knows=dict.fromkeys(TOPICS, Knows.CONTACT)).priority == 1


@given(wishes, crowds)
def test_every_factor_and_the_whole_are_shares(wish, crowd):
    for found in meet(wish, crowd):
        assert 0 < found.priority <= 1
        assert all(0 <= factor.value <= 1 and 0 < factor.multiplier <= 1 for factor in found.factors)
        assert math.prod(factor.multiplier for factor in found.factors) == found.priority


@given(shares, shares, shares, shares, shares, st.sampled_from(["know", "context", "avail", "fresh"]))
def test_more_of_a_factor_is_never_less(know, context, avail, fresh, other, name):
    one = meeting.Match(WISH, HOST, know, context, avail, fresh)
    two = dataclasses.replace(one, **{name: other})
    assert (one.priority <= two.priority) == (getattr(one, name) <= other) or one.priority == two.priority


@given(knowledge, st.sampled_from(sorted(TOPICS)))
def test_better_evidence_counts_more(knows, topic):
    worth = [meeting.know(TOPICS, {**knows, topic: how}) for how in sorted(Knows)]
    without = meeting.know(TOPICS, {key: how for key, how in knows.items() if key != topic})
    assert 0 <= without < worth[0] < worth[1] < worth[2] <= 1


@given(st.integers(0, 20), st.integers(0, 8))
def test_whoever_is_asked_more_is_freer_less(load, limit):
    assert 0 <= meeting.avail(load + 1, limit) <= meeting.avail(load, limit) <= meeting.avail(load, limit + 1) <= 1
    assert (meeting.avail(load, limit) == 0) == (load >= meeting.cap(limit))


@given(st.integers(0, 2_000))
def test_a_card_halves_in_a_year(days):
    assert 0 < meeting.fresh(days + 1) < meeting.fresh(days) <= 1
    assert meeting.fresh(days + 365) == pytest.approx(meeting.fresh(days) / 2)


def test_a_card_confirmed_tomorrow_is_as_good_as_today():
    """Clocks of two machines differ."""
    assert the(verified_on=ago(-1)).fresh == 1


@given(st.permutations([HERE, CITY, UNKNOWN, TWIN]))
def test_context_is_symmetric_and_blind_to_the_sector(bodies):
    one, two, *_ = bodies
    assert meeting.context(one, two) == meeting.context(two, one)
    assert meeting.context(one, dataclasses.replace(two, kind=Kind.POLICE_FORCE)) == meeting.context(one, two)


def test_a_place_of_which_nothing_is_known_is_typical():
    nowhere = dataclasses.replace(UNKNOWN, nation=None)
    for found in (the(organisation=nowhere), the(wish=dataclasses.replace(WISH, organisation=None))):
        assert found.context is None
        assert found.factors[1].value == meeting.TYPICAL_CONTEXT
    assert 0.4 < meeting.TYPICAL_CONTEXT < 0.7


# The hard rules.


@given(wishes, crowds)
def test_the_rules_hold_for_everybody_who_is_found(wish, crowd):
    for found in meet(wish, crowd):
        host = found.host
        assert host.organisation != wish.organisation
        assert host.load < meeting.cap(host.monthly_limit)
        assert not host.paused
        assert wish.format in {"", *host.formats}
        assert host.verified_on > ago(730)
        assert set(wish.topics) & set(host.knows)


@given(wishes, crowds)
def test_whoever_is_left_out_breaks_a_rule(wish, crowd):
    found = {match.host.key for match in meet(wish, crowd, limit=len(crowd))}
    for host in crowd:
        assert host.key in found or not meeting.may_be_asked(wish, host) or not set(wish.topics) & set(host.knows)


@pytest.mark.parametrize(
    "changes",
    [
        {"organisation": HERE},
        {"paused": True},
        {"load": 6},
        {"load": 7},
        {"monthly_limit": 0},
        {"verified_on": ago(730)},
        {"verified_on": None},
        {"knows": {9: Knows.CONTACT}},
    ],
    ids=str,
)
def test_each_rule_by_itself(changes):
    assert the()
    assert may_not(**changes)


def test_just_within_each_rule():
    assert the(load=5, verified_on=ago(729))
    assert the(wish=dataclasses.replace(WISH, format="visit"))
    assert may_not(dataclasses.replace(WISH, format="call"))


def test_no_topic_finds_nobody():
    assert may_not(dataclasses.replace(WISH, topics={}))


def test_the_question_whether_it_is_still_you_is_due_at_six_months():
    due = [meeting.is_prompt_due(day, TODAY) for day in (ago(0), ago(181), ago(182), ago(800), None)]
    assert due == [False, False, True, True, True]


# The order.


@given(wishes, crowds, st.randoms())
def test_the_order_is_by_priority_then_key_whatever_came_first(wish, crowd, shuffler):
    found = meet(wish, crowd, limit=len(crowd))
    assert found == sorted(found, key=lambda match: (-match.priority, match.host.key))
    again = list(crowd)
    shuffler.shuffle(again)
    assert meet(wish, again, limit=len(crowd)) == found
    assert meet(wish, again, limit=3) == found[:3]


@given(st.permutations([4, 2, 9]), st.permutations(sorted(TOPICS)))
def test_ties_go_by_key(keys, topics):
    """Also where the same evidence is of different topics."""
    some = [
        dataclasses.replace(HOST, key=key, knows={topics[number]: Knows.SAYS_SO, topics[number - 1]: Knows.CONTRIBUTED})
        for number, key in enumerate(keys)
    ]
    assert [match.host.key for match in meet(WISH, some)] == [2, 4, 9]


@given(st.integers(1, 5), st.integers(0, 2), st.integers(0, 699), st.integers(0, 29), st.sampled_from(Knows))
def test_whoever_is_better_in_one_thing_stands_first(load, fewer, days, sooner, how):
    """With the higher key, so that it is not the tie that decides. At 730 days a card is hidden."""
    worse = dataclasses.replace(HOST, key=1, load=load, verified_on=ago(days + 30), knows={1: how})
    for changes in (
        {"load": max(0, load - 1 - fewer)},
        {"verified_on": ago(days + sooner)},
        {"knows": {1: how, 2: Knows.SAYS_SO}},
        {"organisation": TWIN},
    ):
        better = dataclasses.replace(worse, key=2, **changes)
        assert [found.host.key for found in meet(WISH, [worse, better])] == [2, 1], changes


# The words.


@given(wishes, crowds, st.sampled_from(["en", "cy"]))
def test_each_factor_has_words(wish, crowd, language):
    with override(language):
        for found in meet(wish, crowd):
            assert [factor.name for factor in found.factors] == ["know", "context", "avail", "fresh"]
            assert all(factor.words and str(factor.label) and "%(" not in factor.words for factor in found.factors)
            assert all(name in found.factors[0].words for name in wish.topics.values())


def test_what_they_know_is_told_by_how_we_know_it():
    found = the(knows={3: Knows.CONTACT, 1: Knows.CONTACT})
    assert words_of(found)["know"] == "story contact on: Poor signal, Paper forms; nothing yet on: Home care"
    others = words_of(the(knows={1: Knows.SAYS_SO, 2: Knows.CONTRIBUTED, 3: Knows.SAYS_SO}))["know"]
    assert others == "helped with a story on: Home care; says they know: Poor signal, Paper forms"


@pytest.mark.parametrize(
    ("context", "words"),
    [
        (None, "not known how like yours their place is"),
        (0.7, "their place is like yours"),
        (0.699, "their place is partly like yours"),
        (0.3, "their place is partly like yours"),
        (0.299, "their place is unlike yours"),
    ],
)
def test_how_like_their_place_is(context, words):
    assert words_of(dataclasses.replace(the(), context=context))["context"] == words


@pytest.mark.parametrize(
    ("load", "words"),
    [
        (0, "has time to meet"),
        (2, "has time to meet"),
        (3, "has some time to meet"),
        (5, "has little time left to meet"),
    ],
)
def test_how_much_time_they_have(load, words):
    assert words_of(the(load=load))["avail"] == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "said less than a month ago that their card is right"),
        (31, "said 1 month ago that their card is right"),
        (62, "said 2 months ago that their card is right"),
        (365, "said 12 months ago that their card is right"),
        (729, "said 23 months ago that their card is right"),
    ],
)
def test_when_they_last_said_that_their_card_is_right(days, words):
    assert words_of(the(verified_on=ago(days)))["fresh"] == words


def test_in_welsh():
    with override("cy"):
        words = words_of(the(organisation=TWIN, verified_on=ago(62)))
    assert words == {
        "know": "cyswllt stori ar: Poor signal; dim byd eto ar: Home care, Paper forms",
        "context": "mae eu lle nhw'n debyg i'ch un chi",
        "avail": "mae ganddynt amser i gwrdd",
        "fresh": "wedi dweud 2 fis yn ôl fod y cerdyn yn gywir",
    }


def test_words_are_translated_when_asked_not_when_loaded():
    assert all(isinstance(words, Promise) for words in [*meeting.LABELS.values(), *meeting.KNOW_WORDS.values()])


# The simulation.

SMALL = simulation.Setting(people=150, weeks=16, requests=25, stars=3)


def test_a_small_simulated_year_keeps_every_host_within_their_limit(capsys):
    ruled, reference = (simulation.simulate(SMALL, rules=rules) for rules in (True, False))
    assert ruled.peak <= 1 < reference.peak
    assert ruled.left < reference.left
    assert 0.5 < ruled.know <= reference.know <= 1
    assert ruled.asked > reference.asked
    simulation.report([ruled], [reference])
    assert "| busiest person: requests over limit, 90 days | " in capsys.readouterr().out


def test_the_simulation_is_the_same_each_time():
    small = dataclasses.replace(SMALL, weeks=4)
    assert simulation.simulate(small, rules=True) == simulation.simulate(small, rules=True)


@given(wish=wishes, crowd=st.lists(hosts, max_size=40, unique_by=lambda host: host.key), limit=st.integers(1, 5))
def test_no_place_that_was_not_compared_could_have_come_before(wish, crowd, limit):
    every = [suits for host in crowd if (suits := meeting.match(wish, host))]
    every.sort(key=lambda suits: (-suits.priority, suits.host.key))
    assert meet(wish, crowd, limit=limit) == every[:limit]
    shortlist = meeting.Shortlist(wish, limit)
    by_know = sorted(crowd, key=lambda host: -meeting.know(wish.topics, host.knows))
    for host in by_know:
        if meeting.know(wish.topics, host.knows) >= shortlist.least:
            shortlist.consider([host])
    assert shortlist.matches() == every[:limit]
