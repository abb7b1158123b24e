"""How alike two things are, in whole numbers: Gower's general coefficient with typical values for what is not stated.

Source: J. C. Gower, "A general coefficient of similarity and some of its properties", Biometrics 27 (1971) 857-871.
Everything is an integer and every division is a floor of non-negative numbers, so that Python, SQLite and PostgreSQL
(see `gower_sql`) give the same figures. For each dimension k, with weight w and typical similarity mu:

    s_k  partial similarity of two values, 0..1000
    E  = sum over what the reader stated of w * (s_k if the other states it, else mu), over 1000 * W, W = sum of those w
    S  = sum(w * s_k) / sum(w) over what both state: plain Gower, for two things of equal standing

Values come as a mapping of dimension name to int; a missing name, None and the empty tag set mean "not stated".
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

FULL = 1000
"""The partial similarity of equal values."""
SAME_GROUP = 500
GROUP_SIZE = 8
LIKE_FROM = 700
PARTLY_FROM = 300
NEAR = 114
"""How far the logarithms of two sizes may differ for words to call them similar: a factor of 1.3. A score is kinder,
but whoever reads both figures beside "similar" checks it."""

Values = Mapping[str, int | None]


class Scale(StrEnum):
    """What sort of values a dimension has, and so how two of them are compared."""

    NOMINAL = "nominal"
    HIERARCHICAL = "hierarchical"
    ORDINAL = "ordinal"
    LOG = "log"
    TAGS = "tags"


class Likeness(StrEnum):
    """What one dimension says about two things, for an explanation in words."""

    LIKE = "like"
    PARTLY = "partly"
    UNLIKE = "unlike"
    NOT_STATED = "not stated"
    NOT_COUNTED = "not counted"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing that is compared.

    `parameter` is the number of levels of an ORDINAL scale, or for LOG the number of decades at which nothing is
    left of the likeness (1: a factor of 10); other scales need none. `typical` is mu, 0..1000. `label` is a str or
    a lazy translation of one. Raises ValueError for figures that make no sense.
    """

    name: str
    scale: Scale
    weight: int
    typical: int
    label: object = ""
    parameter: int = 0

    def __post_init__(self) -> None:
        least = {Scale.ORDINAL: 2, Scale.LOG: 1}.get(self.scale, 0)
        if self.weight < 0 or not 0 <= self.typical <= FULL or self.parameter < least:
            raise ValueError(f"Dimension {self.name!r} has an impossible weight, typical value or parameter")


@dataclass(frozen=True, slots=True)
class Point:
    """What one dimension adds to a score: both values, s_k (mu if not stated), points out of 100, and its class."""

    dimension: Dimension
    reader: int | None
    other: int | None
    partial: int
    points: int
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score out of 100 and the points that add up to it, in the order of the dimensions."""

    score: int
    points: tuple[Point, ...]


def _nominal(_: int, a: int, b: int) -> int:
    return FULL if a == b else 0


def _hierarchical(_: int, a: int, b: int) -> int:
    if a == b:
        return FULL
    return SAME_GROUP if a // GROUP_SIZE == b // GROUP_SIZE else 0


def _ordinal(levels: int, a: int, b: int) -> int:
    return FULL * max(0, levels - 1 - abs(a - b)) // (levels - 1)


def _log(decades: int, a: int, b: int) -> int:
    return max(0, FULL * decades - abs(a - b)) // decades


def _tags(_: int, a: int, b: int) -> int:
    return FULL * (a & b).bit_count() // (a | b).bit_count()


_PARTIALS: dict[Scale, Callable[[int, int, int], int]] = {
    Scale.NOMINAL: _nominal,
    Scale.HIERARCHICAL: _hierarchical,
    Scale.ORDINAL: _ordinal,
    Scale.LOG: _log,
    Scale.TAGS: _tags,
}


def log_value(x: float | None) -> int | None:
    """round(1000 log10 x), the form in which LOG dimensions are stored; None for what is unknown or not positive."""
    return round(FULL * math.log10(x)) if x and x > 0 else None


def stated(dimension: Dimension, value: int | None) -> bool:
    """Whether the value says anything: a tag set is a bit mask, and the empty one does not."""
    return bool(value) if dimension.scale is Scale.TAGS else value is not None


def partial(dimension: Dimension, a: int | None, b: int | None) -> int | None:
    """Partial similarity s_k of two values, 0..1000; None unless both are stated.

    Nominal: 1000 if equal, else 0. Hierarchical (codes 8 * group + member): 1000 same, 500 same group. Ordinal with
    L levels: 1000 (L-1-|a-b|) / (L-1). Log ratio, of values stored as round(1000 log10 x): max(0, 1000d - |a-b|) / d.
    Tag sets as bit masks: Jaccard, 1000 |A and B| / |A or B|.
    """
    if a is None or b is None or (dimension.scale is Scale.TAGS and not (a and b)):
        return None
    return _PARTIALS[dimension.scale](dimension.parameter, a, b)


def stated_dimensions(dimensions: Iterable[Dimension], reader: Values) -> list[Dimension]:
    """The dimensions that count for this reader: stated by them, and of a weight above 0."""
    return [d for d in dimensions if d.weight and stated(d, reader.get(d.name))]


def total_weight(dimensions: Iterable[Dimension], reader: Values) -> int:
    """W: the weights of what the reader stated. The same for everything that this reader is compared with."""
    return sum(d.weight for d in stated_dimensions(dimensions, reader))


def numerator(dimensions: Iterable[Dimension], reader: Values, other: Values) -> int:
    """1000 * W * E: what to rank by. What the other leaves out counts as typical, so that to say little is no gain."""
    return next(numerators(dimensions, reader, [other]))


def numerators(dimensions: Iterable[Dimension], reader: Values, others: Iterable[Values]) -> Iterator[int]:
    """The numerator of each of the others, in their order."""
    counted = [
        (d.name, d.weight, d.typical, _PARTIALS[d.scale], d.parameter, d.scale is Scale.TAGS, reader[d.name] or 0)
        for d in stated_dimensions(dimensions, reader)
    ]
    for other in others:
        total = 0
        for name, weight, typical, likeness, parameter, is_mask, mine in counted:
            value = other.get(name)
            if value is None or (is_mask and not value):
                total += weight * typical
            else:
                total += weight * likeness(parameter, mine, value)
        yield total


def bounds(dimensions: Iterable[Dimension], reader: Values, other: Values) -> tuple[int, int]:
    """(Low, High) as numerators: E if everything that the other leaves out were as unlike, or as like, as can be."""
    low = unknown = 0
    for d in stated_dimensions(dimensions, reader):
        s = partial(d, reader.get(d.name), other.get(d.name))
        low += d.weight * (s or 0)
        unknown += d.weight if s is None else 0
    return low, low + FULL * unknown


def ratio(number: int, total: int) -> float:
    """E in 0..1 from a numerator and W; 0.0 for a reader who stated nothing."""
    return number / (FULL * total) if total else 0.0


def out_of_100(number: int, total: int) -> int:
    """E as the nearest whole number out of 100, halves up; 0 for a reader who stated nothing."""
    return (100 * number + FULL * total // 2) // (FULL * total) if total else 0


def score(dimensions: Sequence[Dimension], reader: Values, other: Values) -> int:
    """E out of 100, as shown to readers."""
    return out_of_100(numerator(dimensions, reader, other), total_weight(dimensions, reader))


def similarity(dimensions: Iterable[Dimension], a: Values, b: Values) -> int | None:
    """S, plain Gower, 0..1000 (floor), over what both state; None if that has no weight. Symmetric, unlike E."""
    top = weight = 0
    for d in dimensions:
        s = partial(d, a.get(d.name), b.get(d.name))
        if s is not None:
            top += d.weight * s
            weight += d.weight
    return top // weight if weight else None


def classify(dimension: Dimension, s: int | None) -> Likeness:
    """The class of a partial similarity: like from 700, partly from 300, else unlike. Tag sets that share anything are
    at least partly alike, however much else each of them holds."""
    return class_of(dimension.scale, s) if dimension.weight else Likeness.NOT_COUNTED


def class_of(scale: Scale, s: int | None) -> Likeness:
    """The class of a partial similarity, whatever the dimension weighs."""
    if s is None:
        return Likeness.NOT_STATED
    if s >= LIKE_FROM:
        return Likeness.LIKE
    shares = scale is Scale.TAGS and s > 0
    return Likeness.PARTLY if shares or s >= PARTLY_FROM else Likeness.UNLIKE


def told(point: Point) -> Likeness:
    """The class by which words tell a size whose figures stand beside it: alike only within a factor of 1.3."""
    if point.likeness is Likeness.LIKE and not are_near(point):
        return Likeness.PARTLY
    return point.likeness


def are_near(point: Point) -> bool:
    """Whether two sizes are similar enough to be called so."""
    return point.reader is not None and point.other is not None and abs(point.reader - point.other) <= NEAR


def explain(dimensions: Sequence[Dimension], reader: Values, other: Values) -> Explanation:
    """The score and what each dimension adds to it, by largest remainder, so that the points add up to the score.

    One point for each dimension that the reader stated; those of weight 0 only if the other states them too.
    """
    shown = [
        (d, s)
        for d in dimensions
        if stated(d, reader.get(d.name))
        for s in [partial(d, reader.get(d.name), other.get(d.name))]
        if d.weight or s is not None
    ]
    counted = [d.typical if s is None else s for d, s in shown]
    total = total_weight(dimensions, reader)
    whole = score(dimensions, reader, other)
    shares = apportion([100 * d.weight * s for (d, _), s in zip(shown, counted, strict=True)], FULL * total, whole)
    return Explanation(
        score=whole,
        points=tuple(
            Point(d, reader.get(d.name), other.get(d.name), s, points, classify(d, known))
            for (d, known), s, points in zip(shown, counted, shares, strict=True)
        ),
    )


def apportion(parts: Sequence[int], divisor: int, whole: int) -> list[int]:
    """Shares out `whole` in proportion to parts / divisor by largest remainder (Hamilton); ties go to the earlier part.

    `whole` is sum(parts) / divisor rounded down or to the nearest; a part of 0 never gets a share.
    """
    shares = [part // divisor if divisor else 0 for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: -(parts[i] % divisor) if divisor else 0)
    for i in by_remainder[: whole - sum(shares)]:
        shares[i] += 1
    return shares


def typical(dimension: Dimension, population: Iterable[int | None]) -> int:
    """mu measured: the mean partial similarity (floor) of two different members of a population of values.

    Raises ValueError if fewer than two members state a value.
    """
    counts = Counter(value for value in population if value is not None and stated(dimension, value))
    members = counts.total()
    if members < 2:
        raise ValueError("A typical similarity needs at least two stated values")
    between = sum(
        n * m * (partial(dimension, a, b) or 0) for a, n in counts.items() for b, m in counts.items() if a != b
    )
    same = sum(n * (n - 1) * FULL for n in counts.values())
    return (between + same) // (members * (members - 1))
