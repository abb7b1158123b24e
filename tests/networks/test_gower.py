"""What must hold of the similarity kernel, on generated dimensions, values and weights."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import gower
from networks.gower import Dimension, Likeness, Scale

FULL = gower.FULL
PARAMETERS = {Scale.ORDINAL: st.integers(2, 6), Scale.LOG: st.integers(1, 3)}
FACTS = {
    Scale.NOMINAL: st.integers(1, 3),
    Scale.HIERARCHICAL: st.integers(8, 31),
    Scale.LOG: st.sampled_from([-500, 700, 1_100, 2_500]) | st.integers(-500, 2_500),
    Scale.TAGS: st.lists(st.sampled_from([0, 1, 2, 61, 62]), min_size=1, max_size=4, unique=True).map(
        lambda bits: sum(1 << bit for bit in bits)
    ),
}
"""Few enough that two values are often partly alike, and sizes often further apart than counts: of sixty tags two sets
seldom share one."""


@st.composite
def some_dimensions(draw):
    """One to six dimensions of any scale, with any weights (0 too) and typical values."""
    return [
        Dimension(
            name=f"d{number}",
            scale=scale,
            weight=draw(st.integers(0, 12)),
            typical=draw(st.integers(0, FULL)),
            parameter=draw(PARAMETERS.get(scale, st.just(0))),
        )
        for number, scale in enumerate(draw(st.lists(st.sampled_from(Scale), min_size=1, max_size=6)))
    ]


def fact_of(dimension):
    if dimension.scale is Scale.ORDINAL:
        return st.integers(0, dimension.parameter - 1)
    return FACTS[dimension.scale]


def values_for(dimensions):
    """Values with facts missing, in each of the ways of not stating one."""
    empty = {d.name: st.sampled_from([None, 0]) if d.scale is Scale.TAGS else st.none() for d in dimensions}
    return st.fixed_dictionaries({}, optional={d.name: fact_of(d) | fact_of(d) | empty[d.name] for d in dimensions})


@st.composite
def comparisons(draw):
    """(dimensions, reader's values, other's values)."""
    dimensions = draw(some_dimensions())
    return dimensions, draw(values_for(dimensions)), draw(values_for(dimensions))


@st.composite
def shared_facts(draw):
    """(dimensions, reader's values, other's values, one dimension that both state)."""
    dimensions, reader, other = draw(comparisons())
    d = draw(st.sampled_from(dimensions))
    return dimensions, {**reader, d.name: draw(fact_of(d))}, {**other, d.name: draw(fact_of(d))}, d


# E: what a reader is shown.


@given(comparisons())
def test_everything_is_wholly_like_itself(comparison):
    dimensions, a, _ = comparison
    total = gower.total_weight(dimensions, a)
    assert gower.numerator(dimensions, a, a) == FULL * total
    assert gower.score(dimensions, a, a) == (100 if total else 0)


@given(comparisons())
def test_low_and_high_enclose_the_likeness(comparison):
    dimensions, reader, other = comparison
    low, high = gower.bounds(dimensions, reader, other)
    full = FULL * gower.total_weight(dimensions, reader)
    assert 0 <= low <= gower.numerator(dimensions, reader, other) <= high <= full


@given(comparisons())
def test_low_and_high_are_reached_by_typical_values_of_0_and_of_1(comparison):
    dimensions, reader, other = comparison
    reached = tuple(
        gower.numerator([dataclasses.replace(d, typical=typical) for d in dimensions], reader, other)
        for typical in (0, FULL)
    )
    assert gower.bounds(dimensions, reader, other) == reached


@given(shared_facts())
def test_blanking_a_fact_moves_the_numerator_by_the_weight_times_typical_minus_likeness(comparison):
    dimensions, reader, other, d = comparison
    s = gower.partial(d, reader[d.name], other[d.name])
    before = gower.numerator(dimensions, reader, other)
    after = gower.numerator(dimensions, reader, {**other, d.name: None})
    assert after - before == d.weight * (d.typical - s)


@given(comparisons())
def test_what_the_reader_leaves_out_does_not_count(comparison):
    dimensions, reader, other = comparison
    stated = {d.name for d in dimensions if reader.get(d.name)} | {
        d.name for d in dimensions if d.scale is not Scale.TAGS and reader.get(d.name) is not None
    }
    kept = {name: value for name, value in other.items() if name in stated}
    assert gower.numerator(dimensions, reader, other) == gower.numerator(dimensions, reader, kept)
    assert gower.total_weight(dimensions, reader) == sum(d.weight for d in dimensions if d.name in stated)


@given(comparisons(), st.data())
def test_many_are_compared_as_one_by_one(comparison, data):
    dimensions, reader, other = comparison
    others = [other, *data.draw(st.lists(values_for(dimensions), max_size=3))]
    assert list(gower.numerators(dimensions, reader, others)) == [
        gower.numerator(dimensions, reader, each) for each in others
    ]


@given(st.data())
def test_partial_similarity_is_symmetric_and_in_range_on_every_scale(data):
    for d in (Dimension("d", scale, 1, 0, parameter=data.draw(PARAMETERS.get(scale, st.just(0)))) for scale in Scale):
        a, b = data.draw(fact_of(d)), data.draw(fact_of(d))
        assert 0 <= gower.partial(d, a, b) == gower.partial(d, b, a) <= FULL
        assert gower.partial(d, a, a) == FULL


# S: plain Gower.


@given(shared_facts())
def test_similarity_is_symmetric_and_in_range(comparison):
    dimensions, a, b, _ = comparison
    there, back = gower.similarity(dimensions, a, b), gower.similarity(dimensions, b, a)
    assert there == back
    assert there is None or 0 <= there <= FULL


@given(comparisons())
def test_similarity_to_oneself_is_full(comparison):
    dimensions, a, _ = comparison
    assert gower.similarity(dimensions, a, a) == (FULL if gower.total_weight(dimensions, a) else None)


@given(comparisons(), st.integers(2, 9))
def test_similarity_does_not_depend_on_the_scale_of_the_weights(comparison, times):
    dimensions, a, b = comparison
    heavier = [dataclasses.replace(d, weight=d.weight * times) for d in dimensions]
    assert gower.similarity(heavier, a, b) == gower.similarity(dimensions, a, b)


@given(shared_facts(), st.data())
def test_similarity_never_falls_when_one_dimension_becomes_more_alike(comparison, data):
    dimensions, a, b, d = comparison
    c = {**b, d.name: data.draw(fact_of(d))}
    less, more = sorted((b, c), key=lambda values: gower.partial(d, a[d.name], values[d.name]))
    assert (gower.similarity(dimensions, a, more) or 0) >= (gower.similarity(dimensions, a, less) or 0)


@given(comparisons())
def test_similarity_counts_only_what_both_state(comparison):
    dimensions, a, b = comparison
    shared = [d for d in dimensions if gower.partial(d, a.get(d.name), b.get(d.name)) is not None]
    assert gower.similarity(dimensions, a, b) == gower.similarity(shared, a, b)


# Explanations.


@given(comparisons())
def test_points_add_up_to_the_score(comparison):
    dimensions, reader, other = comparison
    found = gower.explain(dimensions, reader, other)
    assert found.score == gower.score(dimensions, reader, other)
    assert sum(point.points for point in found.points) == found.score


@given(comparisons())
def test_every_share_is_the_exact_one_rounded_down_or_up(comparison):
    dimensions, reader, other = comparison
    total = FULL * gower.total_weight(dimensions, reader)
    for point in gower.explain(dimensions, reader, other).points:
        exact = 100 * point.dimension.weight * point.partial
        assert exact - total < point.points * total < exact + total or exact == point.points * total


@given(comparisons())
def test_every_counted_dimension_is_explained_once(comparison):
    dimensions, reader, other = comparison
    found = gower.explain(dimensions, reader, other)
    explained = [point.dimension for point in found.points if point.likeness is not Likeness.NOT_COUNTED]
    assert explained == gower.stated_dimensions(dimensions, reader)
    assert all(point.points == 0 for point in found.points if point.likeness is Likeness.NOT_COUNTED)


@pytest.mark.parametrize(
    ("weight", "s", "likeness"),
    [
        (1, 1000, Likeness.LIKE),
        (1, 700, Likeness.LIKE),
        (1, 699, Likeness.PARTLY),
        (1, 300, Likeness.PARTLY),
        (1, 299, Likeness.UNLIKE),
        (1, 0, Likeness.UNLIKE),
        (1, None, Likeness.NOT_STATED),
        (0, 1000, Likeness.NOT_COUNTED),
    ],
)
def test_classes_of_likeness(weight, s, likeness):
    assert gower.classify(Dimension("d", Scale.NOMINAL, weight, 0), s) is likeness


def test_tag_sets_that_share_anything_are_never_unlike():
    """One problem in common of seven is a fraction of 142, and still a problem in common."""
    tags = Dimension("problem", Scale.TAGS, 12, 85)
    assert gower.classify(tags, gower.partial(tags, 0b1111, 0b1111000)) is Likeness.PARTLY
    assert gower.classify(tags, gower.partial(tags, 0b1, 0b10)) is Likeness.UNLIKE
    assert gower.classify(Dimension("d", Scale.LOG, 1, 0, parameter=1), 142) is Likeness.UNLIKE


@pytest.mark.parametrize(
    ("other", "likeness"), [(5_114, Likeness.LIKE), (5_115, Likeness.PARTLY), (4_885, Likeness.PARTLY)]
)
def test_words_call_sizes_alike_up_to_a_factor_of_1_3(other, likeness):
    size = Dimension("size", Scale.LOG, 4, 435, parameter=1)
    point = gower.explain([size], {"size": 5_000}, {"size": other}).points[0]
    assert point.likeness is Likeness.LIKE
    assert gower.told(point) is likeness


def test_an_explanation_by_hand():
    """E = (12*500 + 4*667 + 2*395) / 18,000 = .525; exact shares 33.33, 14.82 and 4.39: the .82 gets the last point."""
    problem = Dimension("problem", Scale.TAGS, 12, 85)
    rurality = Dimension("rurality", Scale.ORDINAL, 4, 625, parameter=4)
    budget = Dimension("budget", Scale.LOG, 2, 395, parameter=1)
    kind = Dimension("kind", Scale.HIERARCHICAL, 0, 220)
    reader = {"problem": 0b01, "rurality": 2, "budget": 8_000, "kind": 8}
    found = gower.explain(
        [problem, rurality, budget, kind], reader, {"problem": 0b11, "rurality": 3, "kind": 16, "other": 1}
    )
    assert found.score == 53
    assert [(point.points, point.likeness) for point in found.points] == [
        (33, Likeness.PARTLY),
        (15, Likeness.PARTLY),
        (5, Likeness.NOT_STATED),
        (0, Likeness.NOT_COUNTED),
    ]


def test_a_reader_who_stated_nothing_is_like_nothing():
    d = Dimension("d", Scale.NOMINAL, 3, 400)
    assert gower.numerator([d], {}, {"d": 1}) == 0
    assert gower.ratio(0, gower.total_weight([d], {})) == 0.0
    assert gower.explain([d], {}, {"d": 1}) == gower.Explanation(0, ())
    assert gower.similarity([d], {}, {"d": 1}) is None


# Partial similarities by hand.


@pytest.mark.parametrize(
    ("scale", "parameter", "a", "b", "expected"),
    [
        (Scale.NOMINAL, 0, 3, 3, 1000),
        (Scale.NOMINAL, 0, 3, 4, 0),
        (Scale.HIERARCHICAL, 0, 17, 17, 1000),
        (Scale.HIERARCHICAL, 0, 16, 23, 500),
        (Scale.HIERARCHICAL, 0, 15, 16, 0),
        (Scale.ORDINAL, 4, 0, 0, 1000),
        (Scale.ORDINAL, 4, 0, 1, 666),
        (Scale.ORDINAL, 4, 3, 0, 0),
        (Scale.LOG, 1, 4_964, 4_982, 982),
        (Scale.LOG, 1, 4_000, 5_000, 0),
        (Scale.LOG, 1, 3_000, 5_000, 0),
        (Scale.LOG, 2, 4_000, 5_001, 499),
        (Scale.TAGS, 0, 0b0111, 0b0001, 333),
        (Scale.TAGS, 0, 1 << 62, 1 << 62, 1000),
        (Scale.TAGS, 0, 0b01, 0b10, 0),
    ],
)
def test_partial_similarities(scale, parameter, a, b, expected):
    d = Dimension("d", scale, 1, 0, parameter=parameter)
    assert gower.partial(d, a, b) == gower.partial(d, b, a) == expected


@pytest.mark.parametrize(("a", "b"), [(None, 3), (3, None), (None, None), (0, 3), (3, 0)])
def test_missing_facts_and_empty_tag_sets_are_not_compared(a, b):
    assert gower.partial(Dimension("d", Scale.TAGS, 1, 0), a, b) is None


def test_nought_is_a_fact_on_a_scale_that_is_not_of_tags():
    assert gower.partial(Dimension("d", Scale.ORDINAL, 1, 0, parameter=4), 0, 0) == FULL


@pytest.mark.parametrize(
    "fields",
    [
        {"weight": -1},
        {"typical": 1001},
        {"typical": -1},
        {"scale": Scale.ORDINAL, "parameter": 1},
        {"scale": Scale.LOG, "parameter": 0},
    ],
)
def test_impossible_dimensions_are_refused(fields):
    with pytest.raises(ValueError, match="impossible"):
        Dimension(**{"name": "d", "scale": Scale.NOMINAL, "weight": 1, "typical": 0, **fields})


@pytest.mark.parametrize(
    ("x", "expected"), [(None, None), (0, None), (-3, None), (1, 0), (92_000, 4_964), (0.5, -301), (10, 1_000)]
)
def test_sizes_are_stored_as_thousandths_of_a_decade(x, expected):
    assert gower.log_value(x) == expected


# Typical similarity.


def test_typical_is_the_mean_over_pairs_of_different_members():
    d = Dimension("d", Scale.NOMINAL, 1, 0)
    assert gower.typical(d, [1, 1, 2, None]) == 333


@given(st.lists(st.integers(0, 4), min_size=2, max_size=12))
def test_typical_equals_the_mean_taken_pair_by_pair(population):
    d = Dimension("d", Scale.ORDINAL, 1, 0, parameter=5)
    pairs = [(a, b) for i, a in enumerate(population) for b in population[:i]]
    assert gower.typical(d, population) == sum(gower.partial(d, a, b) for a, b in pairs) // len(pairs)


def test_typical_needs_two_members_who_state_a_value():
    with pytest.raises(ValueError, match="two"):
        gower.typical(Dimension("d", Scale.TAGS, 1, 0), [0, 0, 5])
