"""Bands: whatever is filtered, looked up or combined, a class never has fewer than five members."""

import collections

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.choices import Kind, Nation, Sector
from stories import bands
from stories.bands import ANY, FLOOR, Place

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
    assert all(size >= FLOOR for size in sizes.values()) or len(found) < FLOOR


@given(places)
def test_every_place_has_one_and_it_is_true_of_the_place(found):
    assigned = bands.assign(found)
    assert set(assigned) == {place.code for place in found}
    for place in found:
        assert assigned[place.code] in bands.ladder(place)


@given(places)
def test_subtracting_bands_from_each_other_isolates_nobody(found):
    """Who matches a description but has a finer band is known not to be meant: the rest must still be five."""
    assigned = bands.assign(found)
    for band in set(assigned.values()):
        matching = [place for place in found if band in bands.ladder(place)]
        meant = [place for place in matching if assigned[place.code] == band]
        assert len(meant) >= min(FLOOR, len(found))


@given(places, st.randoms())
def test_order_does_not_matter(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert bands.assign(found) == bands.assign(shuffled)


@given(places, st.dictionaries(st.sampled_from(["kind", "sector", "nation", "size", "rurality"]), st.integers(0, 60)))
def test_no_combination_of_filters_on_bands_gives_a_class_under_five(found, wanted):
    """Filters match the band only; whichever bands a combination lets through, each stands for five bodies."""
    assigned = bands.assign(found)
    sizes = collections.Counter(assigned.values())
    shown = {band for band in sizes if all(bands.facts(band).get(name) == value for name, value in wanted.items())}
    assert all(sizes[band] >= min(FLOOR, len(found)) for band in shown)


def test_the_finest_step_that_fits_is_taken():
    same = [Place(f"w{number}", Kind.COUNCIL, Nation.WALES, 2, 3) for number in range(5)]
    odd = [Place(f"e{number}", Kind.COUNCIL, Nation.ENGLAND, 2, 1) for number in range(6)]
    assigned = bands.assign([*same, *odd])
    assert assigned["w0"] == "kind=8/nation=1/size=2/rurality=3"
    assert bands.facts(assigned["w0"]) == {"kind": 8, "sector": 1, "nation": 1, "size": 2, "rurality": 3}


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
