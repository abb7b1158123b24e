"""How alike every two of many places are, without their sector: `meeting.context` in thousandths, in one go.

By numpy, which the matching of coffee rounds brings: half a million pairs take a fifth of a second, and several one by
one. All whole numbers but the distances, of which the logarithm is rounded as everywhere.
"""

from collections.abc import Callable, Sequence

import numpy
import numpy.typing

from .geography import EARTH_RADIUS_KM, Place, position
from .gower import FULL, Dimension, Scale, Values
from .likeness import NEAR_KM, values_of
from .meeting import CONTEXT_DIMENSIONS

Square = numpy.typing.NDArray[numpy.int32]
NOT_STATED = -1

COUNTED = tuple(dimension for dimension in CONTEXT_DIMENSIONS if dimension.weight)

LIKENESS: dict[Scale, Callable[[int, Square], Square]] = {
    Scale.NOMINAL: lambda _, apart: numpy.where(apart == 0, FULL, 0),
    Scale.LOG: lambda decades, apart: numpy.maximum(0, FULL * decades - apart) // decades,
}
"""The partial similarity, as in `gower`, by how far two lie apart. The scales that a place has and that count."""


def context_table(places: Sequence[Place]) -> list[list[int]]:
    """0..1000 for every two of these places; NOT_STATED where they state nothing in common."""
    values = [values_of(place) for place in places]
    top = numpy.zeros((len(places), len(places)), numpy.int32)
    weight = numpy.zeros_like(top)
    for dimension in COUNTED:
        apart = _far_apart(places) if dimension.name == "distance" else _apart(dimension, values)
        likeness = LIKENESS[dimension.scale](dimension.parameter, apart)
        top += numpy.where(apart == NOT_STATED, 0, dimension.weight * likeness)
        weight += numpy.where(apart == NOT_STATED, 0, dimension.weight)
    return numpy.where(weight == 0, NOT_STATED, top // numpy.maximum(weight, 1)).tolist()


def _apart(dimension: Dimension, values: Sequence[Values]) -> Square:
    """How far every two lie apart in it; NOT_STATED unless both state it."""
    stated = numpy.array([value.get(dimension.name) is not None for value in values], bool)
    column = numpy.array([value.get(dimension.name) or 0 for value in values], numpy.int32)
    return numpy.where(numpy.logical_and.outer(stated, stated), abs(numpy.subtract.outer(column, column)), NOT_STATED)


def _far_apart(places: Sequence[Place]) -> Square:
    """The same of where they lie: the logarithm of 20 km and the distance, over that of 20 km."""
    found = [position(place) for place in places]
    stated = numpy.array([where is not None for where in found], bool)
    points = numpy.array([where or (0.0, 0.0, 0.0) for where in found], float).reshape(-1, 3)
    squares = sum(numpy.subtract.outer(points[:, axis], points[:, axis]) ** 2 for axis in range(3))
    kilometres = 2 * EARTH_RADIUS_KM * numpy.arcsin(numpy.minimum(1.0, numpy.sqrt(squares) / 2))
    logarithms = numpy.rint(FULL * numpy.log10(1 + kilometres / NEAR_KM)).astype(numpy.int32)
    return numpy.where(numpy.logical_and.outer(stated, stated), logarithms, NOT_STATED)
