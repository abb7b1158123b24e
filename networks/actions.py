"""Verbs that write registers and vocabularies: keyword-only, `by=`, in a transaction, never a request."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from django.db import transaction

from learning_portal.common.actions import record

from .importing.bodies import Body
from .importing.register import Merge, merge
from .importing.tables import Problem
from .importing.topics import TopicRow, compare
from .models import Organisation, Topic

Progress = Callable[[int], object]
"""Called with the number of rows that are done, as tqdm's `update`."""


class BadRows(Exception):
    """Some rows cannot be used, so nothing was written. `problems` names each with its line."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__(f"{len(problems)} bad rows")
        self.problems = sorted(problems)


@dataclasses.dataclass(frozen=True)
class Counts:
    """What a run wrote."""

    added: int = 0
    changed: int = 0
    same: int = 0
    held_back: int = 0
    """Facts that differ from the register's and were not to overwrite them."""
    by_name: Sequence[tuple[str, str]] = ()
    """Codes of the file, and the codes under which the register has these bodies."""

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.same} unchanged"


@transaction.atomic
def save_organisations(
    *,
    bodies: Sequence[Body],
    by: str,
    problems: Sequence[Problem] = (),
    source: str = "",
    is_example: bool = False,
    overwrite: bool = True,
    progress: Progress = lambda rows: None,
) -> Counts:
    """Add and change organisations so that the register says what these bodies say; idempotent by code.

    A blank never overwrites a known fact, and without `overwrite` nothing does. Nobody is removed: a body that merged
    into another names it in `replaced_by`, and keeps its row and with it its stories. Raises BadRows, with the
    `problems` that reading the file found already.
    """
    result = merge(bodies, is_example=is_example, overwrite=overwrite, source=source)
    if problems or result.problems:
        raise BadRows([*problems, *result.problems])
    progress(result.found - len(result.changed))
    for organisation in [*result.added, *result.changed.values()]:
        organisation.save()
        progress(1)
    for organisation, successor in result.successors:
        Organisation.objects.filter(pk=organisation.pk).update(replaced_by=successor)
    counts = _counted(result)
    if counts.added or counts.changed:
        record(by=by, verb="loaded organisations", subject=source or "organisations", detail=str(counts))
    return counts


def _counted(result: Merge) -> Counts:
    touched = {*result.changed, *(body.pk for body, _ in result.successors)} - {body.pk for body in result.added}
    return Counts(
        added=len(result.added),
        changed=len(touched),
        same=result.found - len(touched),
        held_back=result.held_back,
        by_name=tuple((code, organisation.code) for code, organisation in result.by_name),
    )


@transaction.atomic
def save_topics(*, rows: Sequence[TopicRow], by: str, problems: Sequence[Problem] = (), source: str = "") -> Counts:
    """Add and change topics; idempotent by slug. A topic never changes its group, bit or code, and none is deleted:
    stories are compared by these numbers. Raises BadRows, with the `problems` that reading the file found already."""
    added, changed, refused = compare(rows, list(Topic.objects.all()))
    if problems or refused:
        raise BadRows([*problems, *refused])
    for topic in [*added, *changed]:
        topic.save()
    counts = Counts(added=len(added), changed=len(changed), same=len(rows) - len(added) - len(changed))
    if added or changed:
        record(by=by, verb="loaded topics", subject=source or "topics", detail=str(counts))
    return counts
