"""Room for deep calls, where Python finds it in small pieces.

CPython keeps what its calls work on in pieces of 16 KB, some 120 calls deep. Up to its releases of spring 2026 it asks
the system for a piece each time that a call needs the next one, and gives it back when that call returns: a loop that
stands just at the end of a piece pays 7 microseconds for every call instead of 0.03. Pages go deeper than one piece,
and took up to twice their time, by how deep the server calls them (github.com/python/cpython/issues/142183; what we
measured is in docs/search.md).
"""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

P = ParamSpec("P")
R = TypeVar("R")

PLACES = 16_000
"""What one call claims, of 8 bytes each. Python takes the power of two above that, and what is left, half of 256 KB,
is enough for some 900 calls below it."""


def with_room(function: Callable[P, R]) -> Callable[P, R]:
    """The same function, with room for what it calls. That costs 11 microseconds a call."""

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=PLACES)
    return functools.wraps(function)(call)


def roomy_pages(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, to stand before all other."""
    return with_room(get_response)
