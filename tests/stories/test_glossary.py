"""The glossary: plain rows that a Welsh query can be looked up in, word by word."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest

GLOSSARY = Path(__file__).parents[2] / "stories" / "data" / "glossary.csv"
LEAST_ROWS = 1_200
WELSH_WORDS = 4
"""The longest phrase that a query is searched for."""
ENGLISH_WORDS = 5
SMALL_WORDS = {"yn", "o", "i", "ar", "at", "am", "gan", "heb", "mewn", "gyda", "efo", "ond", "neu", "y", "yr", "mae"}
WORD = re.compile(r"[^\W_]+")


def read_rows():
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fold(text):
    """Words without case, accents, hyphens or apostrophes: how a query is matched."""
    composed = unicodedata.normalize("NFC", text).casefold()
    decomposed = unicodedata.normalize("NFKD", " ".join(WORD.findall(composed)))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


ROWS = read_rows()
ENGLISH = {fold(row["cy"]): row["en"].replace("|", " ") for row in ROWS}


def test_it_has_two_columns():
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["cy", "en"]
    assert [line for line in lines if len(line) != 2] == []


def test_it_is_large_enough_to_be_useful():
    assert len(ROWS) >= LEAST_ROWS


def test_no_cell_is_empty_or_padded():
    assert [row for row in ROWS for cell in row.values() if not fold(cell) or cell != " ".join(cell.split())] == []


def test_everything_is_lower_case_and_composed():
    assert [row for row in ROWS for cell in row.values() if cell != unicodedata.normalize("NFC", cell.lower())] == []


def test_folded_keys_are_unique():
    """Accents are folded: "tân" and "tan" would be one key, and the later row would win unseen."""
    keys = [fold(row["cy"]) for row in ROWS]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_rows_are_in_folded_order():
    """So that whoever adds a word sees whether it is there."""
    keys = [fold(row["cy"]) for row in ROWS]
    assert keys == sorted(keys)


def test_phrases_are_short_enough_to_be_looked_up():
    assert [row["cy"] for row in ROWS if len(fold(row["cy"]).split()) > WELSH_WORDS] == []


def test_the_english_is_a_few_words():
    assert [english for english in ENGLISH.values() if len(english.split()) > ENGLISH_WORDS] == []


def test_what_a_word_may_be_in_english_is_told_apart():
    """By a bar without spaces: of "cut|reduce" any will do, of "council tax" both words are needed."""
    senses = [sense for row in ROWS for sense in row["en"].split("|")]
    assert [sense for sense in senses if not fold(sense) or sense != sense.strip()] == []
    assert [row for row in ROWS if len(set(row["en"].split("|"))) < len(row["en"].split("|"))] == []


def test_small_words_are_left_out():
    assert SMALL_WORDS & ENGLISH.keys() == set()


@pytest.mark.parametrize("word", ["dan", "dim", "dy"])
def test_small_words_that_look_mutated_say_nothing(word):
    """Without a row of their own, they would be undone into "tân" (fire), "tîm" (team) and "tŷ" (house)."""
    assert ENGLISH[word] in {"under", "no", "your"}


@pytest.mark.parametrize("mutated", ["ofal", "bobl", "nghartref", "lyfrgell", "ddata", "frechu", "wastraff"])
def test_mutated_words_are_left_to_the_code(mutated):
    assert fold(mutated) not in ENGLISH


@pytest.mark.parametrize(
    ("welsh", "english"),
    [
        ("casglu sbwriel", "refuse"),
        ("amserlen waith", "rota"),
        ("ysgol gynradd", "primary"),
        ("ffôn", "phone"),
        ("gofalwyr", "carers"),
        ("gofalwr", "carer"),
        ("biniau", "bins"),
        ("ymweliadau", "visits"),
        ("nyrsys", "nurses"),
        ("diffoddwyr tân", "firefighters"),
        ("rhestr aros", "waiting"),
        ("plismona bro", "policing"),
        ("tipio anghyfreithlon", "tipping"),
        ("llyfrgelloedd", "libraries"),
        ("tenantiaid", "tenants"),
        ("parc cenedlaethol", "park"),
        ("myfyrwyr", "students"),
        ("signal gwael", "poor"),
        ("taenlenni", "spreadsheets"),
        ("ar-lein", "online"),
        ("AR LEIN", "online"),
        ("methu recriwtio", "unable"),
    ],
)
def test_words_of_every_service_are_there(welsh, english):
    assert english in ENGLISH[fold(welsh)].split()


@pytest.mark.parametrize("welsh", ["sbwriel", "ysbwriel"])
def test_rubbish_alone_is_not_looked_for_as_refuse(welsh):
    """The stem of "refuse" is that of "refused", of which far more stories tell: they stood before those of bins."""
    assert "refuse" not in ENGLISH[welsh].split()
    assert "rubbish" in ENGLISH[welsh].split()
