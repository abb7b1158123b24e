"""Late work: embed the stories whose words changed since. Called by `tick` and `reindex`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from ..models import Story, Version
from ..models.search import Embedding
from . import meaning

if TYPE_CHECKING:
    import numpy as np

BATCH = 16
CHANGE_STEP = 2**20


def pending(model: str) -> QuerySet[Story]:
    """The published stories that have no embedding of their present words by this model."""
    fresh = Embedding.objects.filter(pk=OuterRef("pk"), model=model, sha256=OuterRef("published_version__sha256"))
    return Story.objects.published().filter(~Exists(fresh))


def embed_pending(limit: int | None = None) -> int:
    """Embed up to `limit` stories, all without one, in transactions of 16; how many. 0 where there is no model."""
    model = meaning.model()
    if model is None:
        return 0
    keys = list(pending(model.name).order_by("pk").values_list("pk", flat=True)[:limit])
    return sum(_embed(model, keys[start : start + BATCH]) for start in range(0, len(keys), BATCH))


def _embed(model: meaning.Model, keys: Sequence[int]) -> int:
    published = Story.objects.published().filter(pk__in=keys).values("published_version")
    versions = list(Version.objects.filter(pk__in=published))
    vectors = model.embed([meaning.text_of(version.content) for version in versions])
    return _keep(model.name, list(zip(versions, vectors, strict=True)))


@transaction.atomic
def _keep(model: str, made: Sequence[tuple[Version, np.ndarray]]) -> int:
    """Write the vectors of the versions that are still published: a story may have been withdrawn meanwhile."""
    keys = [version.story_id for version, _vector in made]
    stories = Story.objects.select_for_update(of=("self",)).published().filter(pk__in=keys).order_by("pk")
    standing = dict(stories.values_list("pk", "published_version_id"))
    change = Embedding.objects.aggregate(last=Max("change", default=0))["last"]
    rows = []
    for version, vector in made:
        if standing.get(version.story_id) == version.pk:
            # Steps of random size: no sum of them stands for other rows, not even after a backup was restored.
            change += 1 + secrets.randbelow(CHANGE_STEP)
            rows.append(
                Embedding(
                    pk=version.story_id, sha256=version.sha256, model=model, change=change, vector=vector.tobytes()
                )
            )
    Embedding.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Embedding.objects.bulk_create(rows)
    return len(rows)
