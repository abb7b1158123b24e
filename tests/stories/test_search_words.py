"""From text to stems."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.search.words import QUERY_WORDS, STOP_WORDS, clean, fold, query_stems, stem, stems, tokens

NASTY = [
    "",
    " ",
    "\0",
    "a\0b",
    "'",
    '"unbalanced',
    "((((",
    "NEAR(a b, 5)",
    "a AND OR NOT b",
    "title:secret",
    "* ^ + - ~ : ; \\",
    "%s %d {0} {visible}",
    "'); DROP TABLE stories_story; --",
    "<script>alert(1)</script>",
    "a" * 100_000,
    "word " * 50_000,
    "😀 👩‍🚒 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "\ud800 half",
    "the of and it",
    "ŵ ŷ â ê î ô û",
    "e\u0301" * 600,
    "١٢٣ ½ ² ﬁ ß İ",
    "\u202eright to left",
    "&amp; &#8217; &8217;",
]
"""What a query may hold. Every one must be answered calmly."""


@pytest.mark.parametrize("text", NASTY)
def test_nothing_is_too_nasty(text):
    found = query_stems(text)
    assert len(found) <= QUERY_WORDS
    assert all(0 < len(word) <= 64 and "\0" not in word for word in found)


def test_half_a_character_and_a_nul_are_taken_out():
    assert clean("a\0b\ud800c") == "a b?c"


@given(st.text())
def test_any_text_has_stems_that_a_database_takes(text):
    assert len(clean(text)) <= 3_000
    for word in stems(clean(text)):
        word.encode()
        assert word
        assert "\0" not in word


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzâêîôûŵŷ ", max_size=60))
def test_accents_and_case_make_no_difference(text):
    plain = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    assert tokens(text) == tokens(plain) == tokens(unicodedata.normalize("NFD", text).upper())


def test_welsh_words_with_and_without_accents_are_one():
    assert tokens("Tŷ Cymunedol, gwên a dŵr") == tokens("ty cymunedol gwen a dwr")


@pytest.mark.parametrize(
    ("one", "other"),
    [("commissioning", "commissioned"), ("councils", "council"), ("rotas", "rota"), ("outsourced", "outsourcing")],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stem(one) == stem(other)


def test_words_that_say_nothing_are_left_out():
    assert stems("What is it that we should have done about the bins?") == ["done", "bin"]
    assert all(fold(word) == word for word in STOP_WORDS)


def test_it_in_capitals_is_a_word():
    assert stems("IT project") == ["it", "project"]
    assert stems("it projects") == ["project"]


def test_a_query_is_cut_by_characters_and_by_words():
    assert query_stems("x" * 995 + " beyond the thousand") == ["x" * 64, "beyo"]
    assert len(query_stems(" ".join(f"w{number}" for number in range(100)))) == QUERY_WORDS
