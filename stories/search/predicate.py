"""A queryset of stories as a piece of another statement, so that visibility stands where the match is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet


def keys_statement(stories: QuerySet) -> tuple[str, Sequence[Any]] | None:
    """The SQL that selects the keys of these stories, and its parameters; None when it can select nothing."""
    query = stories.order_by().values("pk").query
    try:
        return query.get_compiler(connection=connections[stories.db]).as_sql()
    except EmptyResultSet:
        return None


def run(stories: QuerySet, statement: str, parameters: Sequence[Any]) -> list[tuple]:
    """The rows of a statement, read where the stories are."""
    with connections[stories.db].cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
