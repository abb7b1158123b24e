"""python -m tests.benchmarks.speed [--stories 10000] [--rounds 20]

How long whole pages take, and how many queries, beside references in the same run: the bare SQL of each page's
main query, and a page of one row. Works on the database of DATABASE_URL, which must be a scratch one.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable

from tests.benchmarks import scratch

PLAN = "We want home carers to record their visits on tablets. The signal is poor in the rural parts."


def main() -> None:
    options = arguments()
    scratch.begin()
    prepare(options.stories)
    scratch.serve()
    report(options.stories, options.rounds)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    return parser.parse_args()


def prepare(number: int) -> None:
    from django.core.management import call_command

    from networks.models import Topic
    from stories.search import embedding, index
    from tests.benchmarks import synthetic

    call_command("migrate", verbosity=0)
    if not Topic.objects.exists():
        call_command("load_topics", verbosity=0)
    synthetic.organisations()
    start = time.perf_counter()
    synthetic.fill(number)
    print(f"filled in {time.perf_counter() - start:.0f} s")
    start = time.perf_counter()
    embedded = embedding.embed_pending() if os.environ.get("EMBED") else random_embeddings()
    index.refresh_terms()
    print(f"{embedded} embeddings in {time.perf_counter() - start:.0f} s")
    analyse()


def random_embeddings() -> int:
    """Unit vectors at random, for speed only: the real ones of 100,000 stories would take an hour."""
    try:
        import numpy
    except ImportError:
        return 0
    from stories.models import Embedding, Story
    from stories.search import meaning

    if not (model := meaning.model()):
        return 0
    draw = numpy.random.default_rng(3)
    missing = list(
        Story.objects.exclude(pk__in=Embedding.objects.values("pk")).values_list("pk", "published_version__sha256")
    )
    for start in range(0, len(missing), 5_000):
        part = missing[start : start + 5_000]
        vectors = draw.normal(size=(len(part), 384)).astype("float32")
        vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
        base = Embedding.objects.count()
        Embedding.objects.bulk_create(
            [
                Embedding(story_id=pk, sha256=sha, model=model.name, change=base + offset + 1, vector=vector.tobytes())
                for offset, ((pk, sha), vector) in enumerate(zip(part, vectors, strict=True))
            ],
            batch_size=1_000,
        )
    return len(missing)


def analyse() -> None:
    """What a running database does by itself, now and then."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def timed(action: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds, after two rounds that are not counted."""
    for _ in range(2):
        action()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.95))]


def queries_of(action: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def report(number: int, rounds: int) -> None:
    from django.db import connection

    print(f"{connection.vendor}, {number} stories, {rounds} rounds; milliseconds")
    print(f"{'page':28}{'median':>9}{'p95':>9}{'queries':>9}{'ratio':>8}  reference")
    one_row = timed(pages()["one-row page"], rounds)[0]
    for name, action in pages().items():
        median, p95 = timed(action, rounds)
        reference, label = references(rounds).get(name, (one_row, "one-row page"))
        print(
            f"{name:28}{median:9.1f}{p95:9.1f}{queries_of(action):9}{median / reference:8.1f}  {label} {reference:.1f}"
        )


def pages() -> dict[str, Callable[[], object]]:
    from django.test import Client

    from networks.models import Organisation
    from stories.models import Story

    client = Client()
    body = Organisation.objects.order_by("code").first()
    made = client.post("/plan/", {"text": PLAN, "organisation": body.code})
    story = Story.objects.filter(audience="public").order_by("pk").first()

    def get(address: str) -> Callable[[], object]:
        def action() -> None:
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)

        return action

    return {
        "one-row page": get(f"/organisations/suggest/?q={body.code}"),
        "home": get("/"),
        "plan check": get(made["Location"]),
        "browse with facets": get("/stories/"),
        "browse, two filters": get("/stories/?outcome=failed&sector=1"),
        "search": get("/stories/?q=tablets+rural+visits"),
        "story page": get(story.get_absolute_url()),
        "organisation page": get(f"/organisations/{body.code}/"),
        "topics": get("/topics/"),
    }


def references(rounds: int) -> dict[str, tuple[float, str]]:
    """The bare main query of some pages: (milliseconds, what it is)."""
    from django.contrib.auth.models import AnonymousUser

    from stories.models import Story
    from stories.search import bm25, meaning
    from stories.search.words import query_stems

    visible = Story.objects.visible_to(AnonymousUser()).published()
    stems = query_stems(PLAN)
    text = timed(lambda: bm25.scores(stems, visible, limit=400), rounds)[0]
    embedding = timed(lambda: meaning.cosines(PLAN, visible), rounds)[0] if meaning.model() else 0.0
    newest = timed(lambda: list(visible.order_by("-published_on", "pk").values_list("pk", flat=True)[:20]), rounds)[0]
    short = query_stems("tablets rural visits")
    return {
        "plan check": (3 * text + embedding + 10, f"3 x text {text:.1f} + meaning {embedding:.1f} + 10 ="),
        "browse with facets": (newest, "bare query of its page"),
        "search": (timed(lambda: bm25.scores(short, visible, limit=400), rounds)[0], "bare text query"),
    }


if __name__ == "__main__":
    main()
