"""How much a run asks: everything by `make prove`, a fixed part of it by `make test`.

A file that proves something as a whole marks itself with `marks`; a single test that is asked with many values takes
`each`. Both are run by `make prove` at full strength and by `make test` at a part of it, never twice by either.
"""

import os
from collections.abc import Callable, Sequence

import pytest

FULL = bool(os.environ.get("PROVE"))

marks = [pytest.mark.django_db, *([pytest.mark.prove] if FULL else [])]
"""For the `pytestmark` of a file about rows."""


def proved(test: Callable) -> Callable:
    """A test that asks more by `make prove`, which therefore runs it."""
    return pytest.mark.prove(test) if FULL else test


def part(values: Sequence, one_in: int, start: int = 0) -> Sequence:
    """All values by `make prove`; else one in so many, from the first, second, ... on."""
    return values if FULL else values[start % one_in :: one_in]


def each(name: str, values: Sequence, one_in: int) -> Callable[[Callable], Callable]:
    """Parametrize with all values, or with one in so many: of each test others, that all are tried somewhere."""

    def decorate(test: Callable) -> Callable:
        return proved(pytest.mark.parametrize(name, part(values, one_in, start=len(test.__name__)))(test))

    return decorate


def some(name: str, values: Sequence, enough: Sequence) -> Callable[[Callable], Callable]:
    """Parametrize with all values, or with those that are enough for every day."""
    assert set(enough) <= set(values)

    def decorate(test: Callable) -> Callable:
        return proved(pytest.mark.parametrize(name, values if FULL else enough)(test))

    return decorate
