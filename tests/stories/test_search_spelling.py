"""Did you mean ...?"""

import pytest

from stories.choices import Audience
from stories.search.index import refresh_terms
from stories.search.rank import suggest_spelling
from tests.factories import lessons, make_story

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
