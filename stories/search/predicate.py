"""A queryset of stories as a piece of another statement, so that visibility stands where the match is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BooleanField, Func, QuerySet


def keys_statement(stories: QuerySet) -> tuple[str, Sequence[Any]] | None:
    """The SQL that selects the keys of these stories, and its parameters; None when it can select nothing."""
    return statement(stories.values("pk"))


def statement(rows: QuerySet) -> tuple[str, Sequence[Any]] | None:
    """The SQL that selects these rows in whatever order, and its parameters; None when it can select nothing."""
    try:
        return rows.order_by().query.get_compiler(connection=connections[rows.db]).as_sql()
    except EmptyResultSet:
        return None


def among(keys: Iterable[int]) -> Func:
    """The condition that a row is one of these: as whole numbers in the statement, because as parameters eight
    hundred keys take two milliseconds more."""
    return Func("pk", template=f"%(expressions)s IN ({written(keys)})", output_field=BooleanField())


def written(keys: Iterable[int]) -> str:
    """Keys as they stand between the brackets of IN, of which PostgreSQL wants some."""
    return ", ".join(str(int(key)) for key in keys) or "NULL"


def run(stories: QuerySet, statement: str, parameters: Sequence[Any]) -> list[tuple]:
    """The rows of a statement, read where the stories are."""
    with connections[stories.db].cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
