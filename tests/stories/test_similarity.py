"""How alike a plan and a story are: one figure in SQL and in Python, and points that add up to it."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import gower
from networks.choices import Kind, Nation
from networks.gower import Likeness, Scale
from stories import similarity
from stories.choices import Delivery, Origin, Outcome, StoryKind
from stories.models import Story, StoryContext
from stories.similarity import STORY_WEIGHTS, explain, in_words, weights

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
    [row] = [row for row in found.rows if not row.counted]
    assert (row.label, row.detail, row.points) == ("Kind of organisation", "police force (shown, not counted)", 0)


# --- In words -------------------------------------------------------------------------------------------------------

readers = st.integers(0, 2**32).map(lambda seed: draw(random.Random(seed)))


@given(readers, readers, st.booleans())
def test_points_add_up_to_the_score(reader, other, prefer_sector):
    dimensions = weights(prefer_sector=prefer_sector)
    found = explain(reader, row_of(other), dimensions)
    assert sum(row.points for row in found.rows) == found.score == gower.score(dimensions, reader, other)
    assert 0 <= found.score <= 100
    assert all(row.points >= 0 and row.label and row.detail for row in found.rows)


@given(readers, readers)
def test_the_figures_of_an_unnamed_story_are_never_shown(reader, other):
    found = explain(reader, row_of(other), figures=False)
    words = " ".join([found.all_like, found.all_unlike, *(row.detail for row in found.rows)])
    assert not re.search(r"\d", words)


@given(readers, readers)
def test_a_card_has_at_most_two_likenesses_and_one_difference(reader, other):
    found = explain(reader, row_of(other))
    by_points = sorted(found.points, key=lambda point: -point.points)
    like = [in_words(point) for point in by_points if point.likeness is Likeness.LIKE]
    unlike = [in_words(point) for point in found.points if point.likeness is Likeness.UNLIKE]
    assert (found.card_like, found.all_like) == (", ".join(like[:2]), ", ".join(like))
    assert sorted(found.all_unlike) == sorted(", ".join(unlike))
    assert found.card_unlike in ["", *unlike]
    assert bool(found.card_unlike) == bool(unlike)


def test_the_words_of_the_design():
    reader = {"problem": 1, "rurality": 2, "population": 4_964, "delivery": 1, "budget": 8_400, "nation": Nation.WALES}
    other = {"problem": 1, "rurality": 2, "population": 4_982, "delivery": 4, "nation": Nation.WALES}
    found = explain(reader, row_of(blank() | other))
    assert found.all_like == "same problem, similar size (92,000 and 96,000), rural, in Wales"
    assert found.all_unlike == "outsourced"
    assert found.card_like == "same problem, similar size (92,000 and 96,000)"
    [budget] = [row for row in found.rows if row.label == "Yearly budget"]
    assert budget.detail == "not stated (counted as typical)"
    assert budget.points > 0


def test_money_reads_as_money():
    found = explain({"cost": 5_267}, row_of(blank() | {"cost": 5_300}))
    assert found.all_like == "similar project cost (£180,000 and £200,000)"


def test_nothing_stated_explains_nothing():
    found = explain({}, row_of(blank()))
    assert (found.score, found.rows, found.stated) == (0, [], False)
