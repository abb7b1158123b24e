"""Which page of the floors above somebody read before they asked to meet. The floor where the stories are says here
when the portal starts how to find it."""

from collections.abc import Callable
from typing import NamedTuple

from learning_portal.common.models import User

from .models import Introduction


class Began(NamedTuple):
    """What somebody read. Without a title the page is for whoever signs in: a link from a mail opens without that."""

    url: str
    title: str = ""
    language: str = ""


Finder = Callable[[Introduction, User | None], Began | None]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Ask this one too; twice is once."""
    if finder not in _finders:
        _finders.append(finder)


def began_with(introduction: Introduction, reader: User | None) -> Began | None:
    """What led to a request, as far as whoever is asked may know of it; None for a team, of whom anybody may answer."""
    return next((found for finder in _finders if (found := finder(introduction, reader))), None)
