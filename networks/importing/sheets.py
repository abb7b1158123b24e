"""A spreadsheet that somebody uploaded (.xlsx or .csv), as a table of short texts. Pure but for translated messages.

Nothing in it is evaluated: a formula is the text that was typed, and no cell leads anywhere. What is no plain table of
a sane size raises Unusable, whatever it is.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learning_portal.common.text import clean_line

from .tables import BadFile, Table, parse_csv

LONGEST_FILE = 2 * 1024 * 1024
"""Bytes."""
LONGEST_UNPACKED = 30 * 1024 * 1024
"""Bytes of all parts of a workbook. A list of 10,000 projects has 6 MB."""
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 40
LONGEST_CELL = 300
"""Characters that are kept of a cell: more than any that we read may have."""
MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Unusable(ValueError):
    """The file cannot be read. `reason` says why and what to do about it, in the reader's language."""

    def __init__(self, reason: str | Promise):
        super().__init__(str(reason))
        self.reason = reason


NOT_A_LIST = _("Choose an .xlsx or .csv file")
TOO_BIG = _("The file must be 2 MB or smaller")
EMPTY = _("The file has no rows below its first line. The first line must name the columns")
UNREADABLE = _("This file cannot be read. Save it again as .xlsx, or as “CSV UTF-8” with commas, without a password")
HAS_MACROS = _("This file holds macros. Save it as .xlsx or .csv")
UNPACKS = _("This file holds more than a list of projects. Copy the list alone into a new file")
TOO_MANY_ROWS = _("The list must have 10,000 rows or fewer")
TOO_MANY_COLUMNS = _("The list must have 40 columns or fewer")
DOUBLED = _("Two columns have the same name. Rename one of them")


def read_sheet(name: str, data: bytes) -> Table:
    """The first sheet of a workbook, or the rows of a CSV file: every cell a text on one line. Raises Unusable."""
    kind = name.lower().rpartition(".")[2]
    if kind not in ("xlsx", "csv"):
        raise Unusable(HAS_MACROS if kind in ("xlsm", "xltm", "xlam") else NOT_A_LIST)
    if len(data) > LONGEST_FILE:
        raise Unusable(TOO_BIG)
    table = _read_workbook(data) if kind == "xlsx" else _read_text(data)
    if not table.rows and not table.problems:
        raise Unusable(EMPTY)
    if len(table.rows) + len(table.problems) > MOST_ROWS:
        raise Unusable(TOO_MANY_ROWS)
    if len(table.columns) > MOST_COLUMNS:
        raise Unusable(TOO_MANY_COLUMNS)
    return table


# --- CSV ------------------------------------------------------------------------------------------------------------


def _read_text(data: bytes) -> Table:
    if not data.strip():
        raise Unusable(EMPTY)
    try:
        text = data.decode("utf-16" if data.startswith(UTF_16) else "utf-8-sig")
        table = parse_csv("list.csv", text)
    except (UnicodeDecodeError, BadFile) as error:
        raise Unusable(UNREADABLE) from error
    columns = _named(map(_shown, table.columns))
    rows = ((line, dict(zip(columns, map(_shown, row.values()), strict=True))) for line, row in table.rows)
    return Table(table.name, columns, tuple(rows), table.problems)


def _named(columns: Iterable[str]) -> tuple[str, ...]:
    named = tuple(column or f"column {number}" for number, column in enumerate(columns, start=1))
    if len(set(named)) < len(named):
        raise Unusable(DOUBLED)
    return named


def _shown(value: Any) -> str:
    """A cell as a text of one line. NUL and other control characters go with `clean_line`."""
    return clean_line(_plain(value)[: 4 * LONGEST_CELL])[:LONGEST_CELL]


def _plain(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, str | int):
        return str(value)
    return f"={getattr(value, 'text', '') or ''}"  # an array formula


# --- Workbooks ------------------------------------------------------------------------------------------------------


def _read_workbook(data: bytes) -> Table:
    _check_parts(data)
    # The library raises what its parsers raise: a hostile workbook has a hundred ways to be none.
    try:
        lines = list(_lines(data))
    except Unusable:
        raise
    except Exception as error:
        raise Unusable(UNREADABLE) from error
    return _table(lines)


def _check_parts(data: bytes) -> None:
    """Raises Unusable for a bomb, macros, or no zip file at all. A part never unpacks to more than it declares:
    Python's zipfile stops there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            found = parts.infolist()
            if len(found) > MOST_PARTS or sum(part.file_size for part in found) > LONGEST_UNPACKED:
                raise Unusable(UNPACKS)
            listed = " ".join(part.filename for part in found).encode(errors="replace")
            if MACROS.search(listed) or MACROS.search(parts.read("[Content_Types].xml")):
                raise Unusable(HAS_MACROS)
    except Unusable:
        raise
    except Exception as error:
        raise Unusable(UNREADABLE) from error


def _lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet that are not blank, with their numbers. Streamed, and never past what we take: a
    sheet may claim a million rows and sixteen thousand columns."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1, values_only=True)
        for number, cells in enumerate(rows, start=1):
            texts = [_shown(cell) for cell in cells]
            if any(texts):
                yield number, texts
    finally:
        book.close()


def _table(lines: list[tuple[int, list[str]]]) -> Table:
    if not lines:
        raise Unusable(EMPTY)
    _first, header = lines[0]
    width = max(_width(cells) for _number, cells in lines)
    columns = _named([*header, *[""] * width][:width])
    rows = ((number, dict(zip(columns, _padded(cells, width), strict=True))) for number, cells in lines[1:])
    return Table("list.xlsx", columns, tuple(rows))


def _width(cells: Iterable[str]) -> int:
    return max((number for number, cell in enumerate(cells, start=1) if cell), default=0)


def _padded(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * width][:width]
