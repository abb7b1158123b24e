"""What search knows of each published story: the one writer of `SearchDocument` and `Posting`.

Plain tables on both databases: withdrawing a story deletes its rows, and on SQLite `secure_delete` overwrites what
stood there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from ..choices import Audience, Status
from ..models import Story
from ..models.search import Embedding, Posting, SearchDocument
from .vocabulary import refresh_terms
from .weighing import Weighed, weigh

BATCH = 500
# A row that is there although no document says so is written over: nothing fails on it until `check_index` finds it.
INSERT = (
    f"INSERT INTO {Posting._meta.db_table} (stem, story_id, weight, length, is_public) {{rows}} "
    "ON CONFLICT (stem, story_id) DO UPDATE "
    "SET weight = excluded.weight, length = excluded.length, is_public = excluded.is_public"
)

__all__ = ["check_index", "erase", "refresh_terms", "reindex", "reindex_many"]


def reindex(story: Story) -> None:
    """Bring the index in step with this story as it now stands in the database: also after withdrawal."""
    reindex_many([story])


def reindex_many(stories: Iterable[Story]) -> None:
    """`reindex` for many stories, in transactions of 500. What is already in step is not written again."""
    for keys in _batches([story.pk for story in stories]):
        _bring_in_step(keys)


def erase(story: Story) -> None:
    """Take every word of a story out of search, suggestions included. For erasure and before deleting a story."""
    with transaction.atomic():
        _remove([story.pk])
        Embedding.objects.filter(story=story).delete()
    refresh_terms()


def check_index(*, repair: bool) -> list[int]:
    """The keys of the stories of which the index does not say what their published version does; repaired if asked."""
    different = [key for keys in _batches(_all_keys()) for key in _different(keys)]
    if repair:
        for keys in _batches(different):
            _bring_in_step(keys, anew=True)
    return different


def weigh_story(story: Story) -> Weighed:
    """What is to be indexed of a published story. No organisation of a confidential or anonymous one."""
    labels = [topic.all_words for topic in story.topics.all()]
    if story.is_named:
        labels.append(_names_of_place(story))
    return weigh(story.content, labels, is_public=story.audience == Audience.PUBLIC)


def _names_of_place(story: Story) -> str:
    body = story.organisation
    names = [story.source_organisation, *([body.name_en, body.name_cy, body.aliases.replace("|", " ")] if body else [])]
    return " ".join(names)


def _bring_in_step(keys: Sequence[int], *, anew: bool = False) -> None:
    with transaction.atomic():
        # Locked, so that of two writers the second sees what the first did; in order, so that neither waits for the
        # other for ever.
        weighed = _weighed(Story.objects.select_for_update(of=("self",)).order_by("pk"), keys)
        known = dict(SearchDocument.objects.filter(pk__in=keys).values_list("pk", "fingerprint"))
        changed = {key: now for key, now in weighed.items() if anew or known.get(key) != now.fingerprint}
        # Only what is there: PostgreSQL may read the whole table to find nothing of 500 new stories.
        _remove([key for key in keys if (anew or key in known) and (key in changed or key not in weighed)])
        Embedding.objects.filter(story__in=[key for key in keys if key not in weighed]).delete()
        _write(changed)


def _weighed(stories, keys: Sequence[int]) -> dict[int, Weighed]:
    """Of these stories those that are to be found, by key."""
    published = stories.filter(pk__in=keys, status=Status.PUBLISHED)
    rows = published.select_related("published_version", "organisation").prefetch_related("topics")
    return {story.pk: weigh_story(story) for story in rows}


def _write(weighed: dict[int, Weighed]) -> None:
    SearchDocument.objects.bulk_create(
        SearchDocument(
            story_id=key, words=now.words, length=now.length, is_public=now.is_public, fingerprint=now.fingerprint
        )
        for key, now in weighed.items()
    )
    # In the order of the table, so that a batch touches each of its pages once.
    _insert_postings(
        sorted(
            (stem, key, weight, now.length, now.is_public)
            for key, now in weighed.items()
            for stem, weight in now.weights.items()
        )
    )


def _insert_postings(rows: Sequence[tuple[str, int, int, int, bool]]) -> None:
    """Write rows by the thousand: a model object for each would take most of the time of an import."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = "SELECT * FROM unnest(%s::text[], %s::bigint[], %s::integer[], %s::integer[], %s::boolean[])"
            cursor.execute(INSERT.format(rows=arrays), [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(INSERT.format(rows="VALUES (%s, %s, %s, %s, %s)"), rows)


def _remove(keys: Sequence[int]) -> None:
    for model in (Posting, SearchDocument):
        model.objects.filter(story__in=keys).delete()


def _all_keys() -> list[int]:
    """Every story that is published, or of which the index knows anything."""
    found = set(Story.objects.published().values_list("pk", flat=True))
    for model in (SearchDocument, Embedding):
        found.update(model.objects.values_list("pk", flat=True))
    found.update(Posting.objects.values_list("story", flat=True).distinct())
    return sorted(found)


def _different(keys: Sequence[int]) -> list[int]:
    weighed = _weighed(Story.objects, keys)
    known = dict(SearchDocument.objects.filter(pk__in=keys).values_list("pk", "fingerprint"))
    postings: dict[int, dict[str, tuple]] = {key: {} for key in keys}
    for stem, key, *rest in Posting.objects.filter(story__in=keys).values_list(
        "stem", "story", "weight", "length", "is_public"
    ):
        postings[key][stem] = tuple(rest)
    embedded = set(Embedding.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return [key for key in keys if not _in_step(weighed.get(key), known.get(key), postings[key], key in embedded)]


def _in_step(now: Weighed | None, fingerprint: int | None, postings: dict[str, tuple], embedded: bool) -> bool:
    if now is None:
        return fingerprint is None and not postings and not embedded
    wanted = {stem: (weight, now.length, now.is_public) for stem, weight in now.weights.items()}
    return fingerprint == now.fingerprint and postings == wanted


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
