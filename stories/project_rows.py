"""A row of a list of projects: which column says what, and what a project is. Pure but for translated reasons."""

import dataclasses
import datetime
import re
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from networks.resolve import fold

from .choices import FIRST_YEAR, LAST_YEAR

FIELDS: dict[str, str | Promise] = {
    "organisation": _("Organisation"),
    "name": _("Name of the project"),
    "lead": _("Email address of its lead"),
    "cost": _("Cost in pounds"),
    "starts": _("Start date"),
    "ends": _("End date"),
    "own_id": _("The list’s own number for it"),
}
"""What a column may say."""
REQUIRED = ("organisation", "name", "lead")
GUESSES = {
    "organisation": "organisation|organization|body|council|sefydliad|corff|cyngor",
    "name": "project|project name|name|title|prosiect|enw|enw'r prosiect|teitl",
    "lead": "lead|email|e-mail|lead email|email of lead|project lead|lead's address|arweinydd|e-bost|ebost",
    "cost": "cost|budget|cost in pounds|value|cost (gbp)|cost (£)|cost £|cost|cyllideb",
    "starts": "start|starts|start date|from|dechrau|dyddiad dechrau",
    "ends": "end|ends|end date|to|finish|diwedd|dyddiad gorffen",
    "own_id": "id|number|ref|reference|project id|rhif|cyfeirnod",
}
LONGEST_NAME, LONGEST_ID, LONGEST_ADDRESS = 120, 80, 254
HIGHEST_COST = 10**12
MOST_MONTHS = 600
FORMULA = re.compile(r"[=@+]|-\D|-$")
"""How a cell begins that a spreadsheet would reckon out: nothing of the kind is a name, and none is passed on."""
MONEY = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d{1,13})(\.\d{1,6})?\s*(k|m|bn)?", re.IGNORECASE)
TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%m/%Y", "%b %Y", "%B %Y", "%Y")


class BadRow(ValueError):
    """Why a row cannot be used, in the reader's language."""


@dataclasses.dataclass(frozen=True)
class Project:
    """What a good row says. `organisation` as it was typed; cost in pounds; `months` from start to end."""

    line: int
    organisation: str
    name: str
    lead: str
    own_id: str = ""
    cost: int | None = None
    months: int | None = None
    year: int | None = None

    @property
    def folded(self) -> str:
        """The name without capitals and accents: what two lists call the same."""
        return fold(self.name)


def guess(columns: Sequence[str]) -> dict[str, str]:
    """The column for each field, of those whose headers say so; each column once."""
    found: dict[str, str] = {}
    for field, names in GUESSES.items():
        for name in names.split("|"):
            fitting = [column for column in columns if fold(column).replace("_", " ") == name]
            if fitting and fitting[0] not in found.values():
                found[field] = fitting[0]
                break
    return found


def read_row(line: int, row: Mapping[str, str], matching: Mapping[str, str]) -> Project:
    """The project of a row. `matching`: column by field. Raises BadRow."""
    cells = {field: row.get(matching.get(field, ""), "").strip() for field in FIELDS}
    for field, text in cells.items():
        if field in REQUIRED and not text:
            raise BadRow(gettext("“%(column)s” is empty") % {"column": FIELDS[field]})
        if FORMULA.match(text):
            raise BadRow(
                gettext("“%(column)s” holds a formula: %(text)s. Write what it comes to")
                % {"column": FIELDS[field], "text": text[:60]}
            )
    starts, ends = _date(cells["starts"]), _date(cells["ends"])
    return Project(
        line=line,
        organisation=cells["organisation"],
        name=_short(cells["name"], "name", LONGEST_NAME),
        lead=_address(cells["lead"]),
        own_id=_short(cells["own_id"], "own_id", LONGEST_ID),
        cost=_cost(cells["cost"]),
        months=_months(starts, ends),
        year=starts.year if starts else None,
    )


def _short(text: str, field: str, limit: int) -> str:
    if len(text) > limit:
        raise BadRow(
            gettext("“%(column)s” is longer than %(limit)s characters") % {"column": FIELDS[field], "limit": limit}
        )
    return text


def _address(text: str) -> str:
    address = text.lower()
    try:
        validate_email(address)
    except ValidationError:
        raise BadRow(gettext("“%(text)s” is not an email address") % {"text": text[:60]}) from None
    return _short(address, "lead", LONGEST_ADDRESS)


def _cost(text: str) -> int | None:
    if not text:
        return None
    match = MONEY.fullmatch(text)
    cost = round(float(match[1].replace(",", "") + (match[2] or "")) * TIMES[(match[3] or "").lower()]) if match else -1
    if not 0 <= cost <= HIGHEST_COST:
        raise BadRow(gettext("“%(text)s” is not a cost in pounds, such as 250000 or £1.2m") % {"text": text[:60]})
    return cost


def _date(text: str) -> datetime.date | None:
    if not text:
        return None
    for form in FORMATS:
        try:
            found = datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
        if FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
    raise BadRow(gettext("“%(text)s” is not a date, such as 2026-03-27 or 27/03/2026") % {"text": text[:60]})


def _months(starts: datetime.date | None, ends: datetime.date | None) -> int | None:
    if starts is None or ends is None:
        return None
    if ends < starts:
        raise BadRow(gettext("It ends before it starts"))
    months = (ends.year - starts.year) * 12 + ends.month - starts.month
    if months > MOST_MONTHS:
        raise BadRow(gettext("It lasts longer than 50 years"))
    return max(1, months)
