"""Bands part the bodies, and each stands for five. What pages make of them: test_bands_on_pages.py."""

import collections

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.choices import Kind, Nation, Sector
from stories import bands
from stories.bands import ANY, Place

FIVE = 5
"""What the design promises: the product's own number could be lowered."""
places = st.lists(
    st.builds(
        Place,
        code=st.uuids().map(str),
        kind=st.sampled_from(Kind.values),
        nation=st.sampled_from(Nation.values),
        size=st.sampled_from([None, 1, 2, 3, 4]),
        rurality=st.sampled_from([None, 0, 1, 2, 3]),
    ),
    max_size=120,
)


@given(places)
def test_every_band_stands_for_five(found):
    sizes = collections.Counter(bands.assign(found).values())
    assert all(size >= FIVE for size in sizes.values()) or len(found) < FIVE


@given(places)
def test_every_place_has_one_and_it_is_true_of_the_place(found):
    assigned = bands.assign(found)
    assert set(assigned) == {place.code for place in found}
    for place in found:
        assert assigned[place.code] in bands.ladder(place)


@given(places, st.randoms())
def test_order_does_not_matter(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert bands.assign(found) == bands.assign(shuffled)


def test_the_finest_step_that_fits_is_taken():
    same = [Place(f"w{number}", Kind.COUNCIL, Nation.WALES, 2, 3) for number in range(5)]
    odd = [Place(f"e{number}", Kind.COUNCIL, Nation.ENGLAND, 2, 1) for number in range(6)]
    assigned = bands.assign([*same, *odd])
    assert assigned["w0"] == "kind=8/nation=1/size=2/rurality=3"
    assert bands.facts(assigned["w0"]) == {"kind": 8, "sector": 1, "nation": 1, "size": 2, "rurality": 3}


@given(places)
def test_what_no_band_may_say_decides_nothing(found):
    """Only kind, nation, size and rurality stand in a band: not deprivation, region, staff, budget or name."""
    said = {part.split("=")[0] for band in bands.assign(found).values() for part in band.split("/")}
    assert said <= {"kind", "nation", "size", "half", "rurality", "sector", ANY}


def test_fewer_than_five_left_over_take_the_smallest_band_with_them():
    many = [Place(f"c{number}", Kind.COUNCIL, Nation.WALES, 2, 3) for number in range(6)]
    few = [Place("p1", Kind.POLICE_FORCE, Nation.WALES, 3, 1)]
    assert set(bands.assign([*many, *few]).values()) == {ANY}


def test_size_is_by_population_else_by_staff():
    assert bands.size_of(92_000, 20_000) == 1
    assert bands.size_of(None, 20_000) == 4
    assert bands.size_of(None, None) is None


@pytest.mark.parametrize(
    "band", [*(f"kind={kind}" for kind in Kind if kind), *(f"sector={sector}" for sector in Sector)]
)
def test_every_kind_and_sector_has_words_for_a_place_without_a_name(band):
    assert bands.in_words(band).endswith(" in the UK")


def test_words():
    assert bands.in_words("kind=8/nation=1/size=2/rurality=3") == "A council in Wales (medium, sparse and rural)"
    assert bands.in_words("kind=8/half=1") == "A council in the UK (up to 250,000 people)"
    assert bands.in_words("sector=2") == "A health body in the UK"
    assert bands.in_words(ANY) == "A UK public body"
    assert bands.in_words("kind=0/nation=1/size=1") == "A public body in Wales (small)"
