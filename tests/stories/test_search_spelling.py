"""Did you mean ...?"""

import pytest

from stories.choices import Audience
from stories.search.index import refresh_terms
from stories.search.rank import suggest_spelling
from tests.factories import TopicFactory, lessons, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf():
    make_story(content=lessons(title="Commissioning a depot", summary="Commissioning commissioners, gweithlu a thŷ."))
    make_story(content=lessons(title="Commissioning again, and councils"))
    make_story(content=lessons(title="Zeppelins over Xanadu"), audience=Audience.MEMBERS)
    refresh_terms()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("comissioning", "commissioning"),
        ("Comissioning a depott", "commissioning a depot"),
        ("ocmmissioning", "commissioning"),
        ("tablts", "tablets"),
        ("gweithul", "gweithlu"),
    ],
)
def test_a_word_with_a_slip_is_suggested(typed, meant):
    assert suggest_spelling(typed) == meant


def test_every_word_with_a_slip_is_put_right():
    assert suggest_spelling("comissioning depott") == "commissioning depot"


def test_at_most_five_words_are_looked_at():
    assert suggest_spelling("comissioning " + "xqxqxq zqzqzq vqvqvq wqwqwq jqjqjq " + "depott") == (
        "commissioning xqxqxq zqzqzq vqvqvq wqwqwq jqjqjq depott"
    )


def test_words_of_topics_are_suggested_though_no_story_has_them():
    TopicFactory(name="Recruitment and retention", words_cy="recriwtio staff")
    assert suggest_spelling("recruitmnt") == "recruitment"
    assert suggest_spelling("recriwtoi") == "recriwtio"


def test_of_equals_the_word_that_begins_alike():
    """Tablets, mistyped in Welsh, are no toilets."""
    make_story(content=lessons(title="Toiledau Toiledau"), language="cy")
    refresh_terms()
    assert suggest_spelling("tabledau") == "tabled"


@pytest.mark.parametrize("typed", ["gofalwyr", "ofal cartref", "weithlu", "tabledi", "hyfforddiant"])
def test_welsh_words_of_the_glossary_and_mutations_are_no_slips(typed):
    assert suggest_spelling(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "commissioning depot",
        "commissions",
        "",
        "the and of",
        "zzzzzzzz",
        "dpot2",
        "vna",
        "a" * 100_000,
        "%_%_%",
        "xxxx____",
    ],
)
def test_nothing_is_suggested_for(typed):
    assert suggest_spelling(typed) is None


def test_no_word_of_a_hidden_story_is_suggested():
    assert suggest_spelling("zepelins xanadoo") is None


def test_a_word_of_a_hidden_story_is_corrected_like_any_unknown_one():
    make_story(content=lessons(title="Zeppelin"))
    refresh_terms()
    assert suggest_spelling("zepelin") == "zeppelin"


def test_accents_are_given_back():
    make_story(content=lessons(title="Tŵristiaid"))
    refresh_terms()
    assert suggest_spelling("twristiad") == "tŵristiaid"
