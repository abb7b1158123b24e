"""CSV and JSON-lines files, gzipped or not, as numbered rows. Pure; raises BadFile where no row can be read."""

import csv
import dataclasses
import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from learning_portal.common.text import clean_line

CELL_LIMIT = 10_000_000
"""Characters of one cell. Python's own limit (131,072) is shorter than some reports."""


class BadFile(Exception):
    """The file cannot be used at all. The message says why, and what to do about it."""


@dataclasses.dataclass(frozen=True, order=True)
class Problem:
    """A row that cannot be used. `line` is its first line in the file, counted from 1."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclasses.dataclass(frozen=True)
class Table:
    """What a file held: its columns, its good rows by line number, and the rows that could not be read."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, Any]], ...]
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)


def read_table(path: str | Path) -> Table:
    """The rows of a .csv, .jsonl or .ndjson file, or of one of these with .gz behind. Cells of CSV are text;
    values of JSON keep their type. Raises BadFile."""
    path = Path(path)
    kind = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    if kind == "csv":
        return read_csv(path)
    if kind in ("jsonl", "ndjson"):
        return _parse_jsonl(path.name, _text_of(path))
    raise BadFile(
        f"{path.name} is neither CSV nor JSON lines. Its name should end in .csv or .jsonl, or in that and .gz."
    )


def read_csv(path: str | Path) -> Table:
    """The rows of a CSV file of columns that we name, in small letters and with underscores: the file's headers may
    have capitals, spaces and hyphens. Raises BadFile."""
    path = Path(path)
    return parse_csv(path.name, _text_of(path), folded=True)


def _text_of(path: Path) -> str:
    data = _bytes_of(path)
    if not data.strip():
        raise BadFile(f"{path.name} is empty.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadFile(
            f'{path.name} is not UTF-8 (see line {line}). Save it again as "CSV UTF-8", or as UTF-8 text.'
        ) from error


def _bytes_of(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if path.name.lower().endswith(".gz") else data
    except FileNotFoundError as error:
        raise BadFile(f"There is no file {path}.") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BadFile(f"{path.name} is not a whole gzip file: {error}.") from error
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}.") from error


def parse_csv(name: str, text: str, *, folded: bool = False) -> Table:
    """The rows of a text in CSV, blank ones left out. Raises BadFile."""
    csv.field_size_limit(CELL_LIMIT)
    lines = _cells(name, text)
    _, header = next(lines, (1, []))
    columns = _columns(name, header, _folded if folded else clean_line)
    rows, problems = [], []
    for line, cells in lines:
        if len(cells) == len(columns):
            rows.append((line, dict(zip(columns, cells, strict=True))))
        else:
            problems.append(Problem(line, f"it has {len(cells)} cells, the header has {len(columns)}"))
    return Table(name, columns, tuple(rows), tuple(problems))


def _cells(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line that it starts on: a cell may hold line ends."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        while True:
            line = reader.line_num + 1
            cells = next(reader)
            if any(cell.strip() for cell in cells):
                yield line, cells
    except StopIteration:
        return
    except csv.Error as error:
        raise BadFile(
            f"{name} is not readable as CSV from line {line} on: {error}. Look for a quotation mark that is not closed."
        ) from error


def _folded(header: str) -> str:
    return re.sub(r"[\s-]+", "_", clean_line(header).casefold())


def _columns(name: str, header: list[str], clean: Callable[[str], str]) -> tuple[str, ...]:
    columns = tuple(clean(column) or f"column {number}" for number, column in enumerate(header, start=1))
    if len(columns) == 1 and any(mark in columns[0] or mark in header[0] for mark in ";\t|"):
        raise BadFile(f"{name} is not separated by commas. Save it again as CSV with commas.")
    doubled = {column for column in columns if columns.count(column) > 1}
    if doubled:
        raise BadFile(f"{name} has more than one column named {_listed(doubled)}. Rename or remove one.")
    return columns


def _parse_jsonl(name: str, text: str) -> Table:
    rows, problems = [], []
    for line, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip():
            continue
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError) as error:
            problems.append(Problem(line, f"it is not JSON: {error}"))
            continue
        if isinstance(value, dict):
            rows.append((line, value))
        else:
            problems.append(Problem(line, "it is not a JSON object"))
    columns = tuple(dict.fromkeys(column for _, value in rows for column in value))
    return Table(name, columns, tuple(rows), tuple(problems))


def require(table: Table, columns: Iterable[str]) -> None:
    """Raises BadFile when the table lacks one of the columns."""
    missing = set(columns) - set(table.columns)
    if missing:
        raise BadFile(f"{table.name} lacks {_listed(missing)}. Its columns are: {', '.join(table.columns)}.")


def listed(problems: Iterable[Problem]) -> str:
    """Every problem on a line of its own, in the order of the file."""
    return "\n".join(f"  {problem}" for problem in sorted(problems))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in sorted(names))
