"""Topics from the words of a plan, in English and Welsh, with the vocabulary that the portal brings."""

import collections
import csv
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.management.commands.load_topics import TOPICS as FILE
from networks.models import Topic
from stories.suggest import MOST, radicals, suggest
from tests.strength import each


def read_topics() -> list[Topic]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            {name: value for name, value in row.items() if name not in ("bit", "code")} for row in csv.DictReader(file)
        ]
    return [Topic(name=row.pop("name_en"), **row) for row in rows]


TOPICS = read_topics()


def slugs(text: str, topics=TOPICS) -> list[str]:
    return [topic.slug for topic in suggest(text, topics)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We want to give home carers tablets to record visits where there is poor signal.", "poor-signal"),
        ("Staff went back to paper after we bought the new system", "staff-do-not-use-it"),
        ("We are thinking of a library run by volunteers", "libraries-archives"),
        ("Artificial intelligence to write up social work notes", "artificial-intelligence"),
        ("A shared rota across three fire stations", "rostering-shifts"),
        ("Mae signal gwael yn y cwm ac mae'r gweithwyr ar y ffordd", "poor-signal"),
    ],
)
def test_a_plan_finds_its_topic(text, expected):
    assert expected in slugs(text)


# Without its accent the second word of "Pobl hŷn" is "this", which says nothing.
NAMES = [(topic.slug, name) for topic in TOPICS for name in (topic.name, topic.name_cy) if name != "Pobl hŷn"]


@each(("slug", "name"), NAMES, 8)
def test_a_topic_is_found_by_its_own_name(slug, name):
    assert slug in slugs(f"{name}.")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("ofal", "gofal"),
        ("nghartref", "cartref"),
        ("mhlant", "plant"),
        ("ddatblygu", "datblygu"),
        ("lyfrgell", "llyfrgell"),
    ],
)
def test_welsh_words_are_known_through_their_mutations(typed, plain):
    assert plain in radicals(typed)
    assert typed in radicals(typed)


def test_a_longer_phrase_beats_one_of_its_words():
    topics = [
        Topic(slug="care", group="service", name="Care", name_cy="x"),
        Topic(slug="home-care", group="service", name="Home care", name_cy="y"),
    ]
    assert slugs("Better home care", topics) == ["home-care"]


@pytest.mark.parametrize("text", ["", "a", "the and of", "\U0001f600", "\x00", "12 34", "qqqq wwww", "%%%"])
def test_words_that_say_nothing_suggest_nothing(text):
    assert slugs(text) == []


def test_at_most_so_many_of_each_group():
    everything = ". ".join(topic.name for topic in TOPICS)
    found = collections.Counter(topic.group for topic in suggest(everything, TOPICS))
    assert found == MOST


vocabulary = [word for topic in TOPICS for word in f"{topic.name} {topic.name_cy}".split()]


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(vocabulary), max_size=40).map(" ".join)))
def test_any_text_is_taken_and_the_order_of_topics_does_not_matter(text):
    found = slugs(text)
    assert len(found) == len(set(found))
    shuffled = random.Random(len(text)).sample(TOPICS, len(TOPICS))
    assert slugs(text, shuffled) == found


def test_no_vocabulary_suggests_nothing():
    assert suggest("tablets", []) == []


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Five rainfall radars in the hills", "children"),
        ("The turbines keep showing up as showers", "missed-appointments"),
        ("Deciding how much random noise to add", "unclear-decision-rights"),
    ],
)
def test_one_word_of_several_does_not_make_a_topic(text, topic):
    assert topic not in slugs(text)


@pytest.mark.parametrize(
    "text", ["Pagers for retained firefighters", "Too few on-call firefighters", "Rhagor o ddiffoddwyr tân ar alwad"]
)
def test_on_call_firefighters_are_no_volunteers(text):
    """They are paid: a plan about them was answered first with visitors and museums."""
    assert "emergency-response" in slugs(text)
    assert "volunteer-drop-off" not in slugs(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [("A crèche for under fives", "children"), ("A third of the bookings were no shows", "missed-appointments")],
)
def test_the_words_of_a_phrase_stand_together(text, topic):
    assert topic in slugs(text)
