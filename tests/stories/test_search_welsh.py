"""A Welsh text in English, and Welsh words through their mutations."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from stories.content import LessonsRecord
from stories.models import Story
from stories.search import bm25, rank, welsh
from stories.search.index import refresh_terms
from tests.factories import lessons, make_story


def visible():
    return Story.objects.visible_to(AnonymousUser()).published()


def excerpt(query: str, text: str) -> str:
    return rank.snippet(LessonsRecord(title="Title", happened=text), rank.looked_for(query))


@pytest.mark.parametrize(
    ("typed", "english"),
    [
        ("Rydym am leihau costau", "reduce costs"),
        ("treth y cyngor", "council tax"),
        ("eu nghartrefi", "homes"),
        ("glanhau a'i lanhau", "clean clean"),
        ("", ""),
    ],
)
def test_a_text_is_glossed_by_the_first_meaning_of_its_words(typed, english):
    assert welsh.gloss(typed) == english


@pytest.mark.parametrize(
    ("form", "english"),
    [
        ("dyrannwyd", "allocate"),
        ("recriwtiodd", "recruit"),
        ("bydd yn lansio", "launch"),
        ("cwlferti", "culvert"),
        ("Penodwn", "appoint"),
    ],
)
def test_verbs_and_plurals_are_known_by_what_the_glossary_has(form, english):
    assert english in welsh.gloss(form).split()


@pytest.mark.parametrize("typed", ["mai", "chi", "na", "i lawr", "dan ni", "Rydym yn ei", "dod", "mynd", "yn unig"])
def test_small_words_are_not_undone_into_others(typed):
    """ "mai" is no mutated "bai" (blame), "chi" no dog, "na" not good."""
    assert welsh.query_words(typed) == []


def test_names_and_figures_are_the_same_in_english():
    assert welsh.gloss("Rydym am redeg ymgyrch ar Facebook, WCCIS a galwadau 101. Cilgwri") == (
        "run campaign facebook wccis 101 calls"
    )


def test_of_the_meanings_of_a_word_any_will_do_and_of_a_phrase_all_words_are_needed():
    assert welsh.query_words("lleihau") == [("reduc", "reduct", "cut")]
    assert welsh.query_words("treth gyngor") == [("council",), ("tax",)]


@pytest.mark.parametrize(
    "radical", ["pobl", "tai", "cartref", "brechu", "dysgu", "gofal", "gardd", "mis", "rhent", "llyfr", "ysgol"]
)
def test_a_mutation_is_undone(radical):
    for mutated in welsh.mutations(radical):
        assert radical in welsh.radicals(mutated)


def test_the_english_words_are_marked_and_so_is_a_mutated_form():
    assert excerpt("gofal yn y cartref", "We tried care at home.") == (
        "We tried <mark>care</mark> at <mark>home</mark>."
    )
    marked = excerpt("gofal yn y cartref", "Yn eu nghartref, heb ofal a chartrefi")
    assert marked == "Yn eu <mark>nghartref</mark>, heb <mark>ofal</mark> a chartrefi"
    assert "<mark>gofal</mark>" in excerpt("ofal plant", "Y gofal")


def test_an_english_query_marks_no_mutation():
    assert excerpt("a pin and the staff", "A bin for the staff") == "A bin for the <mark>staff</mark>"


@pytest.mark.django_db
def test_a_page_of_results_marks_the_english_words(client):
    make_story(content=lessons(title="Depot", happened="The carers left."))
    refresh_terms()
    page = client.get(reverse("stories:story-list"), {"q": "gofalwyr"}).content.decode()
    assert "<mark>carers</mark>" in page


@pytest.mark.django_db
def test_a_story_is_found_by_any_mutation():
    plain = make_story(content=lessons(title="Gofal"), language="cy")
    mutated = make_story(content=lessons(title="Am ofal"), language="cy")
    refresh_terms()
    for typed in ("gofal", "ofal", "ngofal"):
        assert {plain.pk, mutated.pk} <= rank.found(typed, visible()).keys()


@pytest.mark.django_db
def test_several_stems_of_which_any_will_do_count_as_one_word():
    """A story that says the same in two words is no better than one that says it twice, and none is asked for both."""
    both = make_story(content=lessons(title="Untold", happened="quick fast"))
    twice = make_story(content=lessons(title="Untold", happened="quick quick"))
    other = make_story(content=lessons(title="Untold", happened="slow lane"))
    refresh_terms()
    scores = bm25.scores([("fast", "quick", "unheard")], visible(), limit=10)
    assert scores.keys() == {both.pk, twice.pk}
    assert scores[both.pk] == pytest.approx(scores[twice.pk])
    assert bm25.scores([("quick",)], visible(), limit=10) == bm25.scores(["quick"], visible(), limit=10)
    assert other.pk in bm25.scores([("fast", "quick"), "slow"], visible(), limit=10)
