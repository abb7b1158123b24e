"""Carry out the plan of an import."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from ..actions.shelve import BATCH, revise_many, shelve
from ..models import ImportedFacts
from ..search.index import refresh_terms
from .plan import Plan


@transaction.atomic
def carry_out(*, plan: Plan, by: str, progress: Callable[[int], object] = lambda stories: None) -> None:
    """Shelve the new stories and revise the changed ones, all or none, and count their words: they are found at once.
    What they mean is embedded by `tick`. Bad rows are the caller's to have refused."""
    if plan.new:
        shelve(stories=plan.new, published_on=timezone.localdate(), by=by, progress=progress)
    if plan.changed:
        revise_many(revisions=plan.changed, by=by, progress=progress)
    ImportedFacts.objects.bulk_create(
        plan.said, BATCH, update_conflicts=True, unique_fields=["story"], update_fields=["facts"]
    )
    refresh_terms()
