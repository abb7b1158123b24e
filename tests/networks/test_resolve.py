"""From what a person typed to the organisation that they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.models import Organisation
from networks.resolve import LONGEST, NAMED, SUGGESTIONS, fold, named_in, nearly, resolve, successor, suggest
from tests.factories import OrganisationFactory


@pytest.fixture
def anglesey(db):
    return OrganisationFactory(
        code="W06000001",
        name_en="Isle of Anglesey County Council",
        name_cy="Cyngor Sir Ynys Môn",
        aliases="Ynys Môn|IACC|Anglesey",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "W06000001",
        "Isle of Anglesey County Council",
        "isle of anglesey county council",
        "Cyngor Sir Ynys Môn",
        "cyngor sir ynys mon",
        "Ynys Môn",
        "YNYS MON",
        "Ynys Mo\u0302n",
        "iacc",
        "Anglesey",
        "angl",
        "anglesey council",
        "  Isle   of  Anglesey ",
    ],
)
def test_any_of_its_names_or_the_start_of_one(anglesey, typed):
    OrganisationFactory(name_en="Powys County Council")
    assert resolve(typed) == anglesey


@pytest.mark.parametrize("typed", ["", "   ", "Atlantis", "nglesey", "Anglesey Police", "\U0001f600", "%", "_"])
def test_what_names_nobody(anglesey, typed):
    assert resolve(typed) is None


def test_a_name_that_several_share_is_nobody_s(db):
    OrganisationFactory(name_en="Newport City Council", name_cy="Casnewydd")
    OrganisationFactory(name_en="Newport Town Council")
    assert resolve("Newport") is None
    assert resolve("Newport City Council").name_cy == "Casnewydd"


def test_two_bodies_of_one_name_are_not_guessed_between(db):
    OrganisationFactory(name_en="Newport Council", nation=1)
    OrganisationFactory(name_en="Newport Council", nation=2)
    assert resolve("Newport Council") is None


def test_a_whole_name_beats_a_longer_one_that_begins_with_it(db):
    short = OrganisationFactory(name_en="Kent")
    OrganisationFactory(name_en="Kent Police")
    assert resolve("kent") == short


def test_a_merged_body_leads_to_what_it_became(db):
    now = OrganisationFactory(name_en="Now")
    between = OrganisationFactory(name_en="Between", replaced_by=now)
    OrganisationFactory(name_en="Before", code="OLD", replaced_by=between)
    assert resolve("Before") == resolve("OLD") == now


def test_a_merged_body_is_not_suggested(db):
    now = OrganisationFactory(name_en="Somerset Now")
    OrganisationFactory(name_en="Somerset Before", replaced_by=now)
    assert suggest("somerset") == [now]


def test_mergers_in_a_circle_come_to_an_end(db):
    one, other = OrganisationFactory(), OrganisationFactory()
    Organisation.objects.filter(pk=one.pk).update(replaced_by=other)
    Organisation.objects.filter(pk=other.pk).update(replaced_by=one)
    one.refresh_from_db()
    assert successor(one) in (one, other)
    assert successor(None) is None


def test_whole_names_first_then_the_shorter_ones(db):
    names = ["Kent and Essex Fire Service", "Kent", "Kent Police"]
    for name in names:
        OrganisationFactory(name_en=name)
    assert [body.name_en for body in suggest("kent")] == ["Kent", "Kent Police", "Kent and Essex Fire Service"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("council southend", True), ("southend-on-sea", True), ("southend on sea", True), ("sea", True), ("outh", False)],
)
def test_each_word_begins_a_word(db, typed, found):
    OrganisationFactory(name_en="Southend-on-Sea City Council")
    assert bool(suggest(typed)) is found


def test_no_more_than_asked_for(db):
    for _ in range(20):
        OrganisationFactory()
    assert len(suggest("example")) == SUGGESTIONS
    assert len(suggest("example", limit=3)) == 3


@pytest.mark.parametrize("typed", ["Anglsey", "isle of angelsey", "Anglesea Council"])
def test_a_mistyped_name_is_read_as_the_nearest(anglesey, typed):
    OrganisationFactory(name_en="Powys County Council")
    assert resolve(typed) is None
    assert nearly(typed) == [anglesey]


@pytest.mark.parametrize(
    "typed", ["", "Atlantis", "Anglsey Police", "Anglepoise", "\U0001f600", "%", "x" * LONGEST, "anglsey " * 20]
)
def test_what_is_near_nobody(anglesey, typed):
    assert nearly(typed) == []


def test_no_more_near_ones_than_asked_for(db):
    for number in range(5):
        OrganisationFactory(name_en=f"Powys {number} Council")
    assert len(nearly("Powis", limit=3)) == 3


def test_suggestions_cost_one_statement(db, django_assert_num_queries):
    for _ in range(5):
        OrganisationFactory()
    with django_assert_num_queries(1):
        assert [(body.name, body.get_kind_display(), body.is_example) for body in suggest("example")]


@pytest.mark.django_db
@given(st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=2 * LONGEST))
def test_any_text_is_taken(typed):
    if not Organisation.objects.exists():
        OrganisationFactory(name_en="Isle of Anglesey")
    found = suggest(typed)
    assert resolve(typed) in {None, *found, *Organisation.objects.all()}
    assert len(found) <= SUGGESTIONS


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("text", "folded"), [("Ynys  Môn", "ynys mon"), ("STRAẞE", "strasse"), (" ", "")])
def test_folded(text, folded):
    assert fold(text) == folded


# --- Names in a search ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["anglesey", "ANGLESEY council", "Ynys Môn", "ynys mon", "ynys mo\u0302n", "IACC", "cyngor mon"]
)
def test_words_of_a_name_name_the_body(anglesey, typed):
    assert named_in(typed) == [anglesey]


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "angl", "anglesey tablets", "%", "_", "\U0001f600", "a b c d e f g h i", "anglesey " * 50, "'; --"],
)
def test_other_words_name_nobody(anglesey, typed):
    assert named_in(typed) == []


def test_a_word_of_many_names_is_no_name(db):
    for number in range(NAMED + 1):
        OrganisationFactory(name_en=f"Valley {number} Council")
    assert named_in("council") == []
    assert [body.name_en for body in named_in("valley 2")] == ["Valley 2 Council"]


def test_a_merged_body_is_not_named(anglesey):
    OrganisationFactory(name_en="Old Anglesey Council", replaced_by=anglesey)
    assert named_in("anglesey") == [anglesey]
