"""Three things to talk about: both ways, a common problem, no topic twice, and in both languages."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from networks.talking import Kind, Talker, Thing, things, words

TOPICS = st.integers(0, 6)
TALKERS = st.builds(
    Talker,
    name=st.just("Eleri"),
    knows=st.dictionaries(TOPICS, st.sampled_from([600, 800, 1000])),
    wants=st.frozensets(TOPICS),
    problems=st.frozensets(TOPICS),
)
MIRRORED = {Kind.ASK: Kind.OFFER, Kind.OFFER: Kind.ASK}


@given(TALKERS, TALKERS)
def test_three_things_that_are_true_of_them(reader, other):
    found = things(reader, other)
    assert len(set(found)) == 3
    topics = [thing.topic for thing in found if thing.topic is not None]
    assert len(set(topics)) == len(topics)
    for thing in found:
        if thing.kind is Kind.ASK:
            assert thing.topic in reader.wants & other.knows.keys()
        elif thing.kind is Kind.OFFER:
            assert thing.topic in other.wants & reader.knows.keys()
        elif thing.kind is Kind.COMMON:
            assert thing.topic in reader.problems & other.problems
        else:
            assert thing.topic is None


@given(TALKERS, TALKERS)
def test_a_question_for_anybody_stands_only_where_topics_run_out(reader, other):
    shared = (
        (reader.wants & other.knows.keys()) | (other.wants & reader.knows.keys()) | (reader.problems & other.problems)
    )
    told = [thing.topic for thing in things(reader, other) if thing.topic is not None]
    assert len(told) == min(3, len(shared))


def test_one_of_each_kind_first_and_what_is_known_best():
    reader = Talker("Ann", {4: 600, 5: 1000}, frozenset([1, 2, 3]), frozenset([9, 8]))
    other = Talker("Bryn", {1: 600, 2: 1000, 3: 800}, frozenset([4, 5]), frozenset([8, 9]))
    assert things(reader, other) == (Thing(Kind.ASK, 2), Thing(Kind.OFFER, 5), Thing(Kind.COMMON, 8))
    assert things(Talker("Ann", wants=frozenset([1, 2, 3])), other) == (
        Thing(Kind.ASK, 2),
        Thing(Kind.ASK, 3),
        Thing(Kind.ASK, 1),
    )


@pytest.mark.parametrize(
    ("kind", "english", "welsh"),
    [
        (Kind.ASK, "Ask Eleri about: Signal", "Gofynnwch i Eleri am: Signal"),
        (
            Kind.OFFER,
            "Eleri would like to learn what you know about: Signal",
            "Hoffai Eleri ddysgu'r hyn rydych chi'n ei wybod am: Signal",
        ),
        (Kind.COMMON, "A problem that you both have: Signal", "Problem sydd gan y ddau ohonoch: Signal"),
    ],
)
def test_in_words(kind, english, welsh):
    assert words(Thing(kind, 1), name="Eleri", topic="Signal") == english
    with override("cy"):
        assert words(Thing(kind, 1), name="Eleri", topic="Signal") == welsh


@pytest.mark.parametrize("kind", [Kind.AGAIN, Kind.DECIDE, Kind.NEXT])
def test_questions_for_anybody_are_questions_in_both(kind):
    english = words(Thing(kind), name="Eleri")
    with override("cy"):
        welsh = words(Thing(kind), name="Eleri")
    assert english.endswith("?")
    assert welsh.endswith("?")
    assert english != welsh
