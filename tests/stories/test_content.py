"""The words of a story: canonical bytes for the hash, and the order in which they are read."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.content import HUMAN_QUESTIONS, KINDS, LessonsRecord, ProjectSummary, parse, sha256, words_in

KEYS = [question.key for question in HUMAN_QUESTIONS]
words = st.text(max_size=40)


def contents(kind: type) -> st.SearchStrategy:
    return st.builds(
        kind,
        title=words,
        summary=words,
        answers=st.dictionaries(st.sampled_from(KEYS), words, max_size=4),
        links=st.lists(words, max_size=3),
        **{section.key: words for section in kind.sections},
    )


anything = st.one_of([contents(kind) for kind in KINDS.values()])


@given(anything)
def test_what_was_written_is_read(content):
    assert parse(content.canonical()) == content


@given(anything)
def test_equal_words_give_equal_bytes(content):
    turned = dataclasses.replace(content, answers=dict(reversed(content.answers.items())))
    assert turned.canonical() == content.canonical()
    assert sha256(turned.canonical()) == sha256(content.canonical())


@given(anything, anything)
def test_other_words_give_another_hash(one, other):
    assert (one == other) == (sha256(one.canonical()) == sha256(other.canonical()))


def test_a_hash_is_64_hexadecimal_digits():
    assert sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_canonical_form():
    assert LessonsRecord(title="Tŷ").canonical() == (
        '{"adapt":"","answers":{},"differently":"","expected":"","happened":"","involved":"","kind":"lessons","links":[],'
        '"past":"","question":"","summary":"","title":"Tŷ","wrong":""}'
    )


@pytest.mark.parametrize("kind", KINDS.values())
def test_what_went_wrong_is_read_first(kind):
    filled = kind(title="T", **{section.key: f"About {section.key}." for section in kind.sections}).filled()
    assert filled[0][0].went_wrong
    assert [section for section, _text in filled[1:]] == [s for s in kind.sections if not s.went_wrong]


@pytest.mark.parametrize(("kind", "key"), [(LessonsRecord, "wrong"), (ProjectSummary, "lessons")])
def test_what_went_wrong(kind, key):
    assert kind(title="T", **{key: "The bus left."}).went_wrong == "The bus left."
    assert kind(title="T").went_wrong == ""


def test_parts_without_words_are_left_out():
    assert [section.key for section, _text in LessonsRecord(title="T", past="Past.").filled()] == ["past"]


def test_answers_stand_in_the_order_of_the_questions():
    content = LessonsRecord(title="T", answers={"going": "c", "relationships": "a", "rules": "b", "learned": ""})
    assert [question.key for question, _text in content.answered()] == ["relationships", "rules", "going"]


def test_the_eleven_human_questions():
    assert len(HUMAN_QUESTIONS) == len(set(KEYS)) == 11


def test_every_part_is_a_field_and_every_field_a_part():
    common = {"title", "summary", "answers", "links"}
    for kind in KINDS.values():
        fields = {field.name for field in dataclasses.fields(kind)}
        assert fields - common == {section.key for section in kind.sections}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", ValueError),
        ("{}", KeyError),
        ('{"kind":"poem","title":"T"}', KeyError),
        ('{"kind":"lessons","title":"T","rhyme":"x"}', TypeError),
        ('{"kind":"lessons"}', TypeError),
    ],
)
def test_words_of_no_known_shape_are_refused(text, error):
    with pytest.raises(error):
        parse(text)


def test_no_part_is_named_as_the_kind():
    assert "kind" not in {section.key for kind in KINDS.values() for section in kind.sections}
    assert json.loads(ProjectSummary(title="T").canonical())["kind"] == "summary"


@pytest.mark.parametrize(("text", "number"), [("", 0), ("one", 1), (" two\n\nwords ", 2)])
def test_words_are_counted(text, number):
    assert words_in(text) == number
