"""How alike a plan and a story are: one figure in SQL and in Python, and points that add up to it."""

import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import gower
from networks.choices import Kind, Nation
from networks.gower import Likeness, Scale
from stories import similarity
from stories.choices import Delivery, Origin, Outcome, StoryKind
from stories.models import Story, StoryContext
from stories.similarity import STORY_WEIGHTS, explain, of_one_page, weights
from stories.wording import SIZES, in_words

ROWS = 2_000
READERS = 6
DRAWN = {
    "service": (8, 60),
    "population": (3_000, 7_000),
    "staff": (1_000, 5_000),
    "budget": (5_000, 10_500),
    "rurality": (0, 3),
    "deprivation": (0, 4),
    "nation": (1, 5),
    "cost": (0, 9_000),
    "duration": (0, 2_200),
    "stage": (0, 4),
}
"""The range of each plain dimension as it is stored; sizes are round(1000 log10 x)."""
NAMES = {name: {bit: f"{name} topic {bit}" for bit in range(63)} for name in ("problem", "constraint", "users")}
TAG_SETS = [dimension.name for dimension in STORY_WEIGHTS if dimension.scale is Scale.TAGS]


def draw(rng: random.Random) -> dict[str, int | None]:
    """One record's values; about a fifth of them not stated. Bit 62 is the highest that a topic may have."""
    values: dict[str, int | None] = {name: rng.randint(*limits) for name, limits in DRAWN.items()}
    values |= {"delivery": rng.choice(Delivery.values), "kind": rng.choice(Kind.values[1:])}
    values = {name: value if rng.random() > 0.2 else None for name, value in values.items()}
    for name in TAG_SETS:
        values[name] = sum(1 << bit for bit in rng.sample([0, 1, 2, 31, 32, 61, 62], rng.randint(0, 4)))
    return values


def row_of(values: dict[str, int | None], **fields) -> StoryContext:
    counted = {f"{name}_n": (values[name] or 0).bit_count() for name in TAG_SETS}
    return StoryContext(**values, **counted, **fields)


@pytest.fixture
def rows(db) -> dict[int, dict[str, int | None]]:
    """Random comparison rows in the database, by story. Their stories are drafts of no place: only the row counts."""
    rng = random.Random(1971)
    stories = [
        Story(
            id=number,
            kind=StoryKind.LESSONS,
            outcome=Outcome.MIXED,
            origin=Origin.IMPORTED,
            source_name="Source",
            source_id=str(number),
            source_licence="OGL",
        )
        for number in range(1, ROWS + 1)
    ]
    Story.objects.bulk_create(stories)
    drawn = {story.pk: draw(rng) for story in stories}
    StoryContext.objects.bulk_create(row_of(values, story_id=key) for key, values in drawn.items())
    return drawn


def in_sql(reader, dimensions=STORY_WEIGHTS) -> dict[int, int]:
    expression, _total = similarity.numerator(reader, dimensions)
    return dict(Story.objects.annotate(number=expression).values_list("pk", "number"))


# --- One figure in SQL and in Python --------------------------------------------------------------------------------


@pytest.mark.parametrize("prefer_sector", [False, True])
def test_every_row_has_the_same_numerator_in_sql_and_in_python(rows, prefer_sector):
    rng = random.Random(42)
    dimensions = weights(prefer_sector=prefer_sector)
    for reader in [draw(rng) for _ in range(READERS)]:
        expected = {key: gower.numerator(dimensions, reader, values) for key, values in rows.items()}
        assert in_sql(reader, dimensions) == expected
        assert len(set(expected.values())) > ROWS / 20, "too few different figures to prove anything"


def test_likeness_lies_in_0_to_1_and_is_1_for_the_same_facts(rows):
    key, reader = next((key, values) for key, values in rows.items() if all(values.values()))
    found = in_sql(reader)
    _expression, total = similarity.numerator(reader)
    assert found[key] == total
    assert all(0 <= number <= total for number in found.values())


def test_a_reader_who_stated_nothing_finds_all_alike(rows):
    assert set(in_sql({}).values()) == {0}
    assert similarity.numerator({})[1] == 0


def test_the_row_is_read_as_it_was_written(rows):
    for key in list(rows)[:50]:
        assert similarity.values_of(StoryContext.objects.get(pk=key)) == rows[key]


# --- Weights --------------------------------------------------------------------------------------------------------


def weight(name: str, **options) -> int:
    return next(dimension.weight for dimension in weights(**options) if dimension.name == name)


def test_the_weights_of_the_design():
    assert {dimension.name: dimension.weight for dimension in STORY_WEIGHTS} == {
        "problem": 12,
        "service": 8,
        "population": 4,
        "staff": 2,
        "budget": 2,
        "rurality": 4,
        "deprivation": 2,
        "delivery": 4,
        "constraint": 4,
        "users": 4,
        "nation": 2,
        "cost": 2,
        "duration": 1,
        "kind": 0,
        "stage": 0,
    }


def test_sector_weighs_nothing_unless_preferred():
    assert (weight("kind"), weight("kind", prefer_sector=True)) == (0, 8)
    reader = {"kind": Kind.COUNCIL, "rurality": 2}
    council, force = (row_of(blank() | {"kind": kind, "rurality": 2}) for kind in (Kind.COUNCIL, Kind.POLICE_FORCE))
    assert explain(reader, council).score == explain(reader, force).score == 100
    preferring = weights(prefer_sector=True)
    assert explain(reader, council, preferring).score == 100
    assert explain(reader, force, preferring).score == 33


def blank() -> dict[str, int]:
    return dict.fromkeys(TAG_SETS, 0)


def test_sector_is_shown_though_it_does_not_count():
    found = explain({"kind": Kind.COUNCIL, "rurality": 2}, row_of(blank() | {"kind": Kind.POLICE_FORCE, "rurality": 2}))
    [row] = found.not_counted
    assert (row.label, row.detail, row.points) == ("Kind of organisation", "police force", 0)
    assert row not in found.rows


# --- In words -------------------------------------------------------------------------------------------------------

readers = st.integers(0, 2**32).map(lambda seed: draw(random.Random(seed)))


@given(readers, readers, st.booleans())
def test_points_add_up_to_the_score(reader, other, prefer_sector):
    dimensions = weights(prefer_sector=prefer_sector)
    found = explain(reader, row_of(other), dimensions)
    assert sum(row.points for row in found.rows) == found.score == gower.score(dimensions, reader, other)
    assert 0 <= found.score <= 100
    assert all(row.points > 0 and row.label and row.detail for row in found.rows)


@given(readers, readers, st.booleans())
def test_every_dimension_stands_in_one_part_of_the_table(reader, other, prefer_sector):
    found = explain(reader, row_of(other), weights(prefer_sector=prefer_sector))
    rows = [*found.rows, *found.without_points, *found.not_counted]
    assert Counter(row.label for row in rows) == Counter(str(point.dimension.label) for point in found.points)


@given(readers, readers)
def test_the_figures_of_an_unnamed_story_are_never_shown(reader, other):
    found = explain(reader, row_of(other), figures=False)
    rows = [*found.rows, *found.without_points, *found.not_counted]
    words = " ".join([found.all_like, found.all_unlike, *(row.detail for row in rows)])
    assert not re.search(r"\d", words)


@given(readers, readers)
def test_a_card_has_at_most_two_likenesses_and_one_difference(reader, other):
    found = explain(reader, row_of(other))
    unlike = [in_words(point) for point in found.points if point.likeness is Likeness.UNLIKE]
    assert (found.card_like, found.all_like) == ("; ".join(found.likenesses[:2]), "; ".join(found.likenesses))
    assert sorted(found.differences) == sorted(unlike)
    assert found.card_unlike in ["", *unlike]
    assert bool(found.card_unlike) == bool(unlike)


@given(readers, readers)
def test_what_is_shared_is_a_likeness_and_never_a_difference(reader, other):
    """One tag in common of seven is still in common: cards once called it another problem."""
    found = explain(reader, row_of(other), names=NAMES)
    for name in TAG_SETS:
        shared = (reader[name] or 0) & (other[name] or 0)
        words = [NAMES[name][bit] for bit in range(63) if shared >> bit & 1]
        likenesses = [phrase for phrase in found.likenesses if name in phrase]
        assert bool(likenesses) == bool(shared)
        assert [phrase.split(": ")[1] for phrase in likenesses] == ([", ".join(words)] if words else [])
    for point in found.points:
        if point.dimension.name in TAG_SETS and point.likeness is Likeness.UNLIKE:
            assert not (point.reader & point.other)


@given(readers, readers)
def test_similar_is_said_of_sizes_up_to_a_factor_of_1_3(reader, other):
    found = explain(reader, row_of(other))
    for point in found.points:
        if point.dimension.name in SIZES and point.other is not None and point.reader is not None:
            near = abs(point.reader - point.other) <= gower.NEAR
            assert (in_words(point) in found.likenesses) == near
            assert in_words(point).startswith(("similar", "took about")) == near


@given(st.lists(readers, min_size=2, max_size=12), readers)
def test_the_cards_of_a_page_do_not_all_tell_one_difference(others, reader):
    found = of_one_page([explain(reader, row_of(other)) for other in others])
    told = [explanation.card_unlike for explanation in found]
    if len(set(told)) == 1 and told[0]:
        assert all(len(explanation.differences) == 1 for explanation in found)
    assert [bool(words) for words in told] == [bool(explanation.differences) for explanation in found]


def test_a_shared_problem_among_others_is_named():
    reader, other = blank() | {"problem": 0b111}, row_of(blank() | {"problem": 0b1111000 | 0b1})
    found = explain(reader, other, names={"problem": {0: "Poor signal", 1: "Rotas"}})
    assert found.card_like == "also about: Poor signal"
    assert found.card_unlike == ""
    assert [(row.label, row.detail) for row in found.rows] == [("Problem", "also about: Poor signal")]


def test_the_same_problem_is_named_too():
    found = explain(
        {"problem": 0b11}, row_of(blank() | {"problem": 0b11}), names={"problem": {0: "Poor signal", 1: "Rotas"}}
    )
    assert found.card_like == "same problem: Poor signal, Rotas"


def test_the_words_of_the_design():
    reader = {"problem": 1, "rurality": 2, "population": 4_964, "delivery": 1, "budget": 8_400, "nation": Nation.WALES}
    other = {"problem": 1, "rurality": 2, "population": 4_982, "delivery": 4, "nation": Nation.WALES}
    found = explain(reader, row_of(blank() | other))
    assert found.all_like == "same problem; similar size (92,000 and 96,000); rural; in Wales"
    assert found.all_unlike == "outsourced"
    assert found.card_like == "same problem; similar size (92,000 and 96,000)"
    [budget] = [row for row in found.rows if row.label == "Yearly budget"]
    assert budget.detail == "not stated (counted as typical)"
    assert budget.points > 0


def test_money_reads_as_money():
    found = explain({"cost": 5_267}, row_of(blank() | {"cost": 5_300}))
    assert found.all_like == "similar project cost (£180,000 and £200,000)"


@pytest.mark.parametrize(
    ("dimension", "reader", "other", "words"),
    [
        ("population", 5_114, 4_875, "fewer people (75,000 against 130,000)"),
        ("staff", 3_000, 3_500, "more staff (3,200 against 1,000)"),
        ("budget", 8_531, 8_279, "smaller yearly budget (£190 million against £340 million)"),
        ("cost", 4_000, 6_000, "cost more (£1 million against £10,000)"),
        ("duration", 1_000, 1_500, "took longer"),
        ("deprivation", 0, 4, "less deprived"),
        ("deprivation", 4, 0, "more deprived"),
        ("nation", Nation.WALES, Nation.ENGLAND, "in another nation (England)"),
    ],
)
def test_a_difference_says_which_way(dimension, reader, other, words):
    found = explain({dimension: reader}, row_of(blank() | {dimension: other}))
    assert [row.detail for row in [*found.rows, *found.without_points]] == [words]
    assert found.likenesses == []


def test_the_size_of_a_band_is_told_roughly():
    """Its figure is the middle of a class: neither "more" nor "fewer" would be known to be true."""
    found = explain({"population": 4_964}, row_of(blank() | {"population": 4_778}), figures=False)
    assert found.card_like == "similar size"


def test_a_page_of_one_card_tells_its_first_difference():
    found = explain({"nation": 1, "delivery": 1}, row_of(blank() | {"nation": 2, "delivery": 4}))
    assert of_one_page([found])[0].card_unlike == found.differences[0] == "outsourced"


def test_nothing_stated_explains_nothing():
    found = explain({}, row_of(blank()))
    assert (found.score, found.rows, found.stated) == (0, [], False)
