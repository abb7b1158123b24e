"""The SQL twin of `gower.numerator`: one integer expression, the same figure on SQLite and PostgreSQL as in Python.

Columns are named as the dimensions. A tag set has two: NAME, a bit mask (BigInteger), and NAME_n, how many bits of it
are set, because neither database counts bits: with it, Jaccard needs only the reader's own few bits. NULL, and the
mask 0, mean "not stated". Both databases cut an integer division towards zero, which is the floor for what is never
negative; the expressions below divide nothing else.

It is written as text, with `{name}` where a column stands: made of Django's expressions, it took five milliseconds to
become SQL, which is more than to read eight hundred rows. All that is written into it are whole numbers.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import BigIntegerField, Func, IntegerField
from django.db.models import Value as Literal
from django.db.models.expressions import Expression

from .gower import FULL, GROUP_SIZE, SAME_GROUP, Dimension, Scale, Values, stated_dimensions


class Numerator(Func):
    """The sum of these terms, in which `{name}` is the column of that name."""

    def __init__(self, *columns: Any, terms: str, names: tuple[str, ...]):
        super().__init__(*columns, output_field=BigIntegerField(), terms=terms, names=names)

    def as_sql(self, compiler: Any, connection: Any, *_args: Any, **_extra: Any) -> tuple[str, tuple[str | int, ...]]:
        columns = [compiler.compile(column)[0] for column in self.source_expressions]
        return self.extra["terms"].format_map(dict(zip(self.extra["names"], columns, strict=True))), ()

    def get_db_converters(self, connection: Any) -> list[Any]:
        """None: it is a whole number from either database."""
        return []


def numerator_expression(dimensions: Iterable[Dimension], reader: Values, prefix: str = "") -> Expression:
    """1000 * W * E of every row for this reader, to order by descending, ties by id; 0 for a reader who stated nothing.

    `prefix` leads to the columns from the model that is asked: "context__", say.
    """
    counted = stated_dimensions(dimensions, reader)
    if not counted:
        return Literal(0, output_field=IntegerField())
    terms = " + ".join(_term(d, f"{prefix}{d.name}", reader[d.name] or 0) for d in counted)
    names = [prefix + name for d in counted for name in (d.name, *([f"{d.name}_n"] if d.scale is Scale.TAGS else []))]
    return Numerator(*names, terms=f"({terms})", names=tuple(names))


def _term(dimension: Dimension, name: str, value: int) -> str:
    """What the dimension adds: its weight times what is known of the row's likeness, else the typical one."""
    column = f"{{{name}}}"
    missing = f"{column} IS NULL"
    if dimension.scale is Scale.TAGS:
        missing += f" OR {column} = 0"
    known = _PARTIALS[dimension.scale](dimension.parameter, name, value)
    return f"(CASE WHEN {missing} THEN {dimension.typical} ELSE {known} END * {dimension.weight})"


def _nominal(_: int, name: str, value: int) -> str:
    return f"CASE WHEN {{{name}}} = {value} THEN {FULL} ELSE 0 END"


def _hierarchical(_: int, name: str, value: int) -> str:
    column, first = f"{{{name}}}", value // GROUP_SIZE * GROUP_SIZE
    same_group = f"{column} >= {first} AND {column} < {first + GROUP_SIZE}"
    return f"CASE WHEN {column} = {value} THEN {FULL} WHEN {same_group} THEN {SAME_GROUP} ELSE 0 END"


def _ordinal(levels: int, name: str, value: int) -> str:
    steps = levels - 1
    return _within(name, value, steps, f"({steps} - {_distance(name, value)}) * {FULL} / {steps}")


def _log(decades: int, name: str, value: int) -> str:
    reach = FULL * decades
    return _within(name, value, reach, f"({reach} - {_distance(name, value)}) / {decades}")


def _tags(_: int, name: str, value: int) -> str:
    bits = [bit for bit in range(value.bit_length()) if value >> bit & 1]
    shared = " + ".join(f"(({{{name}}} >> {bit}) & 1)" for bit in bits)
    return f"({shared}) * {FULL} / ({{{name}_n}} + {len(bits)} - ({shared}))"


_PARTIALS: dict[Scale, Callable[[int, str, int], str]] = {
    Scale.NOMINAL: _nominal,
    Scale.HIERARCHICAL: _hierarchical,
    Scale.ORDINAL: _ordinal,
    Scale.LOG: _log,
    Scale.TAGS: _tags,
}


def _within(name: str, value: int, reach: int, then: str) -> str:
    """`then` where the column is within reach of the value, so that no negative number is divided; else 0."""
    near = f"{{{name}}} >= {value - reach} AND {{{name}}} <= {value + reach}"
    return f"CASE WHEN {near} THEN {then} ELSE 0 END"


def _distance(name: str, value: int) -> str:
    return f"ABS({{{name}}} - ({value}))"
