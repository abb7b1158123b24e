"""The SQL twin of `gower.numerator`: one integer expression, the same figure on SQLite and PostgreSQL as in Python.

Columns are named as the dimensions. A tag set has two: NAME, a bit mask (BigInteger), and NAME_n, how many bits of it
are set, because neither database counts bits: with it, Jaccard needs only the reader's own few bits. NULL, and the
mask 0, mean "not stated". Both databases cut an integer division towards zero, which is the floor for what is never
negative; the expressions below divide nothing else.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import add

from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, IntegerField, Q, When
from django.db.models import Value as Literal
from django.db.models.expressions import Combinable, Expression
from django.db.models.functions import Abs

from .gower import FULL, GROUP_SIZE, SAME_GROUP, Dimension, Scale, Values, stated_dimensions


def numerator_expression(dimensions: Iterable[Dimension], reader: Values, prefix: str = "") -> Expression:
    """1000 * W * E of every row for this reader, to order by descending, ties by id; 0 for a reader who stated nothing.

    `prefix` leads to the columns from the model that is asked: "context__", say.
    """
    terms: list[Combinable] = [
        _partial_or_typical(d, f"{prefix}{d.name}", value) * _number(d.weight)
        for d in stated_dimensions(dimensions, reader)
        if (value := reader.get(d.name)) is not None
    ]
    return _integer(reduce(add, terms)) if terms else _number(0)


def _partial_or_typical(dimension: Dimension, column: str, value: int) -> Case:
    missing = Q(**{f"{column}__isnull": True})
    if dimension.scale is Scale.TAGS:
        missing |= Q(**{column: 0})
    known = _PARTIALS[dimension.scale](dimension.parameter, column, value)
    return Case(When(missing, then=_number(dimension.typical)), default=known, output_field=BigIntegerField())


def _nominal(_: int, column: str, value: int) -> Expression:
    return _case(When(Q(**{column: value}), then=_number(FULL)))


def _hierarchical(_: int, column: str, value: int) -> Expression:
    first = value // GROUP_SIZE * GROUP_SIZE
    same_group = Q(**{f"{column}__gte": first, f"{column}__lt": first + GROUP_SIZE})
    return _case(When(Q(**{column: value}), then=_number(FULL)), When(same_group, then=_number(SAME_GROUP)))


def _ordinal(levels: int, column: str, value: int) -> Expression:
    steps = levels - 1
    return _case(_within(column, value, steps, (_number(steps) - _distance(column, value)) * _number(FULL), steps))


def _log(decades: int, column: str, value: int) -> Expression:
    reach = FULL * decades
    return _case(_within(column, value, reach, _number(reach) - _distance(column, value), decades))


def _tags(_: int, column: str, value: int) -> Expression:
    bits = [bit for bit in range(value.bit_length()) if value >> bit & 1]
    shared = _integer(reduce(add, [F(column).bitrightshift(bit).bitand(1) for bit in bits]))
    either = F(f"{column}_n") + _number(len(bits)) - shared
    return _integer(shared * _number(FULL) / either)


_PARTIALS: dict[Scale, Callable[[int, str, int], Expression]] = {
    Scale.NOMINAL: _nominal,
    Scale.HIERARCHICAL: _hierarchical,
    Scale.ORDINAL: _ordinal,
    Scale.LOG: _log,
    Scale.TAGS: _tags,
}


def _case(*whens: When) -> Case:
    return Case(*whens, default=_number(0), output_field=BigIntegerField())


def _within(column: str, value: int, reach: int, then: Combinable, divisor: int) -> When:
    """then / divisor where the column is within reach of the value, so that no negative number is divided."""
    near = Q(**{f"{column}__gte": value - reach, f"{column}__lte": value + reach})
    return When(near, then=_integer(then / _number(divisor)))


def _distance(column: str, value: int) -> Abs:
    return Abs(_integer(F(column) - _number(value)))


def _number(value: int) -> Literal:
    return Literal(value, output_field=IntegerField())


def _integer(expression: Combinable) -> ExpressionWrapper:
    return ExpressionWrapper(expression, output_field=BigIntegerField())
