"""The SQL numerator equals the Python one, row by row, on whatever database the settings name."""

import random
import re

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from networks.gower import Dimension, Scale, numerator
from networks.gower_sql import numerator_expression

ROWS = 1_000
READERS = 12

DIMENSIONS = (
    Dimension("problem", Scale.TAGS, 12, 85),
    Dimension("service", Scale.HIERARCHICAL, 8, 70),
    Dimension("population", Scale.LOG, 4, 435, parameter=1),
    Dimension("cost", Scale.LOG, 2, 551, parameter=3),
    Dimension("rurality", Scale.ORDINAL, 4, 625, parameter=4),
    Dimension("deprivation", Scale.ORDINAL, 2, 601, parameter=5),
    Dimension("delivery", Scale.NOMINAL, 4, 300),
    Dimension("kind", Scale.HIERARCHICAL, 0, 220),
)

with isolate_apps("networks"):

    class Scratch(models.Model):
        """A narrow table like those that are ranked in earnest, made for these tests alone."""

        problem = models.BigIntegerField(default=0)
        problem_n = models.PositiveSmallIntegerField(default=0)
        service = models.PositiveSmallIntegerField(null=True)
        population = models.PositiveSmallIntegerField(null=True)
        cost = models.PositiveSmallIntegerField(null=True)
        rurality = models.PositiveSmallIntegerField(null=True)
        deprivation = models.PositiveSmallIntegerField(null=True)
        delivery = models.PositiveSmallIntegerField(null=True)
        kind = models.PositiveSmallIntegerField(null=True)

        class Meta:
            app_label = "networks"
            db_table = "scratch_gower"

        def __str__(self):
            return str(self.pk)


def draw(rng):
    """One record's values; about a sixth of them not stated. Bit 62 is the highest that a topic may have."""
    tags = rng.sample([0, 1, 2, 3, 30, 61, 62], rng.randint(0, 4))
    values = {
        "problem": sum(1 << bit for bit in tags),
        "service": rng.randint(8, 40),
        "population": rng.randint(2_500, 6_500),
        "cost": rng.randint(0, 9_000),
        "rurality": rng.randint(0, 3),
        "deprivation": rng.randint(0, 4),
        "delivery": rng.randint(1, 6),
        "kind": rng.randint(8, 60),
    }
    return {name: value if name == "problem" or rng.random() > 1 / 6 else None for name, value in values.items()}


@pytest.fixture(scope="module")
def scratch_table(django_db_setup, django_db_blocker):
    """Made outside any test's transaction: SQLite makes no table inside one while it checks foreign keys."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Scratch)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Scratch)


@pytest.fixture
def records(scratch_table, db):
    rng = random.Random(1971)
    rows = [draw(rng) for _ in range(ROWS)]
    Scratch.objects.bulk_create(
        Scratch(pk=number, problem_n=row["problem"].bit_count(), **row) for number, row in enumerate(rows, start=1)
    )
    return rows


def ranked(reader, dimensions=DIMENSIONS):
    rows = Scratch.objects.annotate(likeness=numerator_expression(dimensions, reader))
    return list(rows.order_by("-likeness", "pk").values_list("pk", "likeness"))


def test_every_pair_has_the_same_numerator_in_sql_and_in_python(records):
    rng = random.Random(42)
    pairs = 0
    for reader in [draw(rng) for _ in range(READERS - 1)] + [records[0]]:
        found = dict(ranked(reader))
        assert found == {pk: numerator(DIMENSIONS, reader, row) for pk, row in enumerate(records, start=1)}
        pairs += len(found)
    assert pairs >= 10_000


@pytest.mark.parametrize("dimension", DIMENSIONS[:-1], ids=lambda dimension: dimension.name)
def test_every_dimension_alone_has_the_same_numerator(records, dimension):
    reader = next(row for row in records if row[dimension.name])
    expected = {pk: numerator([dimension], reader, row) for pk, row in enumerate(records, start=1)}
    assert dict(ranked(reader, [dimension])) == expected
    assert len(set(expected.values())) > 2, "too few different figures to prove anything"


def test_order_is_by_numerator_then_id(records):
    reader = {"rurality": 2}
    expected = sorted(
        ((pk, numerator(DIMENSIONS, reader, row)) for pk, row in enumerate(records, start=1)),
        key=lambda found: (-found[1], found[0]),
    )
    assert ranked(reader) == expected


def test_a_reader_who_stated_nothing_ranks_everything_alike(records):
    assert {likeness for _, likeness in ranked({})} == {0}


def test_columns_of_a_joined_table_are_named_by_a_prefix():
    expression = numerator_expression(DIMENSIONS, {"rurality": 2}, prefix="context__")
    assert set(re.findall(r"\w*rurality", repr(expression))) == {"context__rurality"}
