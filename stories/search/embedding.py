"""Late work: embed the stories whose words changed since. Called by `tick` and after an import."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from ..models import Story
from ..models.search import Embedding
from . import meaning

BATCH = 16
CHANGE_STEP = 2**20


def pending(model: str) -> QuerySet[Story]:
    """The published stories that have no embedding of their present words by this model."""
    fresh = Embedding.objects.filter(pk=OuterRef("pk"), model=model, sha256=OuterRef("published_version__sha256"))
    return Story.objects.published().filter(~Exists(fresh))


def embed_pending(limit: int | None = None) -> int:
    """Embed up to `limit` stories, all without one, in transactions of 16; how many. None where there is no model."""
    model = meaning.model()
    if model is None:
        return 0
    keys = list(pending(model.name).order_by("pk").values_list("pk", flat=True)[:limit])
    return sum(_embed(model, keys[start : start + BATCH]) for start in range(0, len(keys), BATCH))


def _embed(model: meaning.Model, keys: Sequence[int]) -> int:
    stories = list(Story.objects.filter(pk__in=keys).select_related("published_version"))
    vectors = model.embed([meaning.text_of(story.published_version.content) for story in stories])
    return _keep(model.name, {s.pk: (s.published_version.sha256, v) for s, v in zip(stories, vectors, strict=True)})


@transaction.atomic
def _keep(model: str, made: dict[int, tuple[str, object]]) -> int:
    """Write the vectors of the stories that still stand as they were read: one may have been withdrawn meanwhile."""
    stories = Story.objects.select_for_update(of=("self",)).published().filter(pk__in=made).order_by("pk")
    standing = [key for key, sha256 in stories.values_list("pk", "published_version__sha256") if sha256 == made[key][0]]
    change = Embedding.objects.aggregate(last=Max("change", default=0))["last"]
    Embedding.objects.filter(pk__in=standing).delete()
    rows = []
    for key in standing:
        # Steps of random size: after a restored backup no number stands for other rows than before.
        change += 1 + secrets.randbelow(CHANGE_STEP)
        rows.append(Embedding(pk=key, sha256=made[key][0], model=model, change=change, vector=made[key][1].tobytes()))
    Embedding.objects.bulk_create(rows)
    return len(rows)
