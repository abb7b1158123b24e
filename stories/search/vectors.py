"""The vectors of all stories in one matrix: the one cache in this process. Needs numpy; imported only with a model."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable

import numpy as np
from django.db.models import Count, Max

from ..models.search import Embedding


@dataclasses.dataclass(frozen=True)
class Cosines:
    """The cosines of the stories that a reader may see."""

    keys: np.ndarray
    """Sorted."""
    values: np.ndarray

    def best(self, limit: int, above: float = 0.0) -> list[int]:
        """The keys of the largest cosines above a bound, largest first, ties by key."""
        order = np.lexsort((self.keys, -self.values))[:limit]
        return self.keys[order[self.values[order] > above]].tolist()

    def of(self, keys: Collection[int]) -> dict[int, float]:
        """The cosine of each of these stories that has one; 0 where it is negative."""
        wanted = np.sort(np.fromiter(keys, dtype=np.int64))
        places, known = _places(self.keys, wanted)
        return dict(zip(wanted[known].tolist(), np.maximum(self.values[places], 0).astype(float).tolist(), strict=True))

    def __bool__(self) -> bool:
        return len(self.keys) > 0


@dataclasses.dataclass(frozen=True)
class Table:
    """Every embedding of one model, up to a change number. Never changed: another takes its place."""

    model: str
    change: int
    keys: np.ndarray
    """Sorted."""
    vectors: np.ndarray
    """float32, a row for each key."""

    def cosines(self, vector: np.ndarray, visible: np.ndarray) -> Cosines:
        """Those of the visible stories: a row that is there and not visible is never looked at again."""
        places, _known = _places(self.keys, np.sort(visible))
        # Not a matrix product: its last bits depend on how many rows there are, hidden ones too.
        values = np.einsum("ij,j->i", self.vectors, vector)
        return Cosines(self.keys[places], np.round(values[places], 6))

    def with_rows(self, keys: np.ndarray, vectors: np.ndarray, change: int) -> Table:
        """A table in which these rows stand instead of, or beside, the old ones."""
        kept = ~np.isin(self.keys, keys)
        all_keys = np.concatenate([self.keys[kept], keys])
        order = np.argsort(all_keys)
        all_vectors = np.concatenate([self.vectors[kept], vectors]) if len(self.keys) else vectors
        return Table(self.model, change, all_keys[order], all_vectors[order])


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
    now = Embedding.objects.filter(model=model).aggregate(change=Max("change", default=0), count=Count("*"))
    table = _table if _table and _table.model == model else _empty(model)
    if (table.change, len(table.keys)) != (now["change"], now["count"]):
        table = _refreshed(table, now["change"], now["count"])
        _table = table
    return table


def _empty(model: str) -> Table:
    return Table(model, 0, np.empty(0, np.int64), np.empty((0, 0), np.float32))


def _refreshed(table: Table, change: int, count: int) -> Table:
    """Add what is newer; read everything when that does not make up the count, because rows have gone."""
    if table.change < change:
        table = _add_newer(table)
    return table if len(table.keys) == count else _add_newer(_empty(table.model))


def _add_newer(table: Table) -> Table:
    rows = Embedding.objects.filter(model=table.model, change__gt=table.change)
    found = list(rows.values_list("pk", "change", "vector").iterator())
    if not found:
        return table
    return table.with_rows(
        np.array([key for key, _change, _vector in found], dtype=np.int64),
        _matrix(vector for _key, _change, vector in found),
        max(change for _key, change, _vector in found),
    )


def _matrix(vectors: Iterable[bytes | memoryview]) -> np.ndarray:
    return np.array([np.frombuffer(vector, dtype=np.float32) for vector in vectors])
