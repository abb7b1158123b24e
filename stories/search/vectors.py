"""The vectors of all stories in one matrix: the one cache in this process. Needs numpy; imported only with a model."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable

import numpy as np
from django.db.models import Count, Sum

from ..models.search import Embedding


@dataclasses.dataclass(frozen=True)
class Cosines:
    """The cosines of the stories that a reader may see."""

    keys: np.ndarray
    """Sorted."""
    values: np.ndarray

    def best(self, limit: int, above: float = 0.0) -> list[int]:
        """The keys of the largest cosines above a bound, largest first, ties by key."""
        bound = np.partition(self.values, -limit)[-limit] if len(self.values) > limit else above
        close = np.flatnonzero((self.values >= bound) & (self.values > above))
        return self.keys[close[np.lexsort((self.keys[close], -self.values[close]))][:limit]].tolist()

    def of(self, keys: Collection[int]) -> dict[int, float]:
        """The cosine of each of these stories that has one; 0 where it is negative."""
        wanted = np.sort(np.fromiter(keys, dtype=np.int64))
        places, known = _places(self.keys, wanted)
        return dict(zip(wanted[known].tolist(), np.maximum(self.values[places], 0).astype(float).tolist(), strict=True))

    def __bool__(self) -> bool:
        return len(self.keys) > 0


@dataclasses.dataclass(frozen=True)
class Table:
    """Every embedding of one model. Never changed: another takes its place."""

    model: str
    keys: np.ndarray
    """Sorted."""
    changes: np.ndarray
    """The change number of each row."""
    vectors: np.ndarray
    """float32, a row for each key."""

    @property
    def state(self) -> tuple[int, int]:
        """How many rows, and the sum of their change numbers: what says whether the database holds the same."""
        return len(self.keys), int(self.changes.sum())

    def cosines(self, vector: np.ndarray, visible: np.ndarray) -> Cosines:
        """Those of the visible stories: a row that is there and not visible is never looked at again."""
        places, _known = _places(self.keys, np.sort(visible))
        # Not a matrix product: its last bits depend on how many rows there are, hidden ones too.
        values = np.einsum("ij,j->i", self.vectors, vector)
        return Cosines(self.keys[places], np.round(values[places], 6))

    def with_rows(self, keys: np.ndarray, changes: np.ndarray, vectors: np.ndarray) -> Table:
        """A table in which these rows stand instead of, or beside, the old ones."""
        kept = ~np.isin(self.keys, keys)
        keys = np.concatenate([self.keys[kept], keys])
        order = np.argsort(keys)
        changes = np.concatenate([self.changes[kept], changes])
        vectors = np.concatenate([self.vectors[kept], vectors]) if len(self.keys) else vectors
        return Table(self.model, keys[order], changes[order], vectors[order])


def _places(keys: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where in sorted `keys` the wanted ones stand, those that do, and which of `wanted` these are."""
    if not len(keys):
        return np.empty(0, np.int64), np.zeros(len(wanted), bool)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    known = keys[places] == wanted
    return places[known], known


_table: Table | None = None


def current(model: str) -> Table:
    """The table as the database now has it: one statement says whether anything changed, and only what did is read."""
    global _table
    sums = Embedding.objects.filter(model=model).aggregate(rows=Count("*"), changes=Sum("change", default=0))
    now = (sums["rows"], int(sums["changes"]))
    table = _table if _table and _table.model == model else _empty(model)
    if table.state != now:
        table = _with_newer(table)
    if table.state != now:  # rows have gone, or the database is another one: a restored backup
        table = _with_newer(_empty(model))
    _table = table
    return table


def _empty(model: str) -> Table:
    none = np.empty(0, np.int64)
    return Table(model, none, none, np.empty((0, 0), np.float32))


def _with_newer(table: Table) -> Table:
    """The table with all rows of a later change than its own latest."""
    rows = Embedding.objects.filter(model=table.model, change__gt=int(table.changes.max(initial=0)))
    found = list(rows.values_list("pk", "change", "vector").iterator())
    if not found:
        return table
    keys, changes, vectors = zip(*found, strict=True)
    return table.with_rows(np.array(keys, np.int64), np.array(changes, np.int64), _matrix(vectors))


def _matrix(vectors: Iterable[bytes | memoryview]) -> np.ndarray:
    return np.array([np.frombuffer(vector, dtype=np.float32) for vector in vectors])
