"""What a card says of what went wrong: whole sentences, about twenty words."""

import pytest

from stories.text import LONGEST, about_twenty_words, first_sentence

NINE = "One two three four five six seven eight nine."
LONG = "word " * 29


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        (NINE, NINE),
        (f"{NINE} {NINE}", f"{NINE} {NINE}"),
        (f"{NINE} {NINE} {NINE}", f"{NINE} {NINE}"),
        (f"{NINE} {LONG}end.", NINE),
        (f"{NINE} {'word ' * 24}end.", f"{NINE} {'word ' * 24}end."),
        (f"{NINE} {NINE} Two words.", f"{NINE} {NINE} Two words."),
        (f"{LONG}end. {NINE}", f"{LONG}end."),
        (f"It is lawful. {LONG}end. {NINE}", f"It is lawful. {LONG}end."),
        (f"{NINE}\n\n{NINE}", f"{NINE} {NINE}"),
    ],
)
def test_sentences_are_whole(text, shown):
    assert about_twenty_words(text) == shown


def test_an_endless_sentence_ends_after_a_clause():
    text = f"{'word ' * 19}word, {'word ' * 40}end."
    assert about_twenty_words(text) == f"{'word ' * 19}word…"


def test_one_without_clauses_ends_somewhere():
    shown = about_twenty_words("word " * 60)
    assert shown.endswith("word…")
    assert 11 <= len(shown.split()) <= LONGEST


def test_a_quotation_ends_its_sentence():
    assert first_sentence("She said “no.” Then we went home.") == "She said “no.”"
    assert first_sentence("He wrote 'yes!' and left.") == "He wrote 'yes!'"
