"""From rows of organisations and the list of places to a gazetteer."""

import csv
import functools
from collections.abc import Iterable
from pathlib import Path

import networks

from . import lists
from .gazetteer import Gazetteer
from .kinds import Kind

REGISTER = Path(networks.__file__).parent / "data" / "register.csv"
ALSO_WORDS = ("Cadw", "Estyn", "Pobl", "Adra", "Eden", "Highland", "Cambria", "Vision", "Petroc", "Wheatley")
"""Names of bodies that are words too: "Pobl" opens half the sentences about people."""


def gazetteer(names: Iterable[str]) -> Gazetteer:
    """The places that are known, and these names, aliases and abbreviations of bodies."""
    places, doubtful = _places()
    bodies = [*lists.lines("bodies"), *(name for name in names if name)]
    found = Gazetteer().add(bodies, Kind.ORGANISATION, doubtful=ALSO_WORDS)
    return found.add(places, Kind.PLACE, doubtful=doubtful)


def names_in_register() -> list[str]:
    """Every name and alias of the register that comes with the portal, in both languages."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return [
            name
            for row in csv.DictReader(file)
            for name in (row["name_en"], row["name_cy"], *row["aliases"].split("|"))
            if name
        ]


@functools.cache
def from_register() -> Gazetteer:
    """Enough where no database is at hand; a view gives the names of its own organisations."""
    return gazetteer(names_in_register())


def _places() -> tuple[list[str], list[str]]:
    """Names in both languages, with and without the article; and those that are words too."""
    entries = lists.lines("places")
    names = [name for line in entries if not line.startswith("?") for name in line.split("=")]
    bare = [name.split(" ", 1)[1] for name in names if name.startswith(("Y ", "Yr ")) and len(name) > 6]
    return names + bare, [line[1:] for line in entries if line.startswith("?")]
