"""Excerpts with the words that were looked for."""

import re

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from stories.content import LessonsRecord
from stories.search.highlight import WORDS, snippet
from stories.search.words import query_stems


def excerpt(query: str, **words) -> str:
    return snippet(LessonsRecord(**{"title": "Title", **words}), query_stems(query))


def test_forms_of_the_words_are_marked():
    text = excerpt("commissioning council", happened="The Council commissioned a van.")
    assert text == "The <mark>Council</mark> <mark>commissioned</mark> a van."
    assert isinstance(text, SafeString)


def test_accents_and_punctuation_do_not_hide_a_word():
    assert excerpt("ty dwr", happened="Yn y tŷ, «dŵr»!") == "Yn y <mark>tŷ</mark>, «<mark>dŵr</mark>»!"
    assert "<mark>tŷ</mark>" in excerpt("ty", happened="y ty\u0302")


@pytest.mark.parametrize("bad", ["<script>alert('van')</script>", '<img src=x onerror="van">', "a&b<van>&amp;"])
def test_html_is_shown_as_text(bad):
    text = excerpt("van", happened=f"One {bad} two")
    assert "<mark>van</mark>" in text
    assert "<" not in re.sub("</?mark>", "", text)


@given(st.text(), st.text(min_size=1))
def test_no_text_and_no_query_makes_a_tag(text, query):
    left = re.sub("</?mark>", "", excerpt(query, happened=text))
    assert not set(left) & set("<>\"'")


def test_the_densest_part_is_shown():
    filler = " ".join(f"filler{number}" for number in range(60))
    text = excerpt("rota nurses", happened=f"The rota. {filler} The rota made the nurses leave. {filler}")
    assert "made the <mark>nurses</mark> leave" in text
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text.split()) <= WORDS + 2


def test_nothing_is_shown_when_no_text_has_a_word():
    assert excerpt("zeppelin", happened="The rota.") == ""
    assert excerpt("", happened="The rota.") == ""
