"""python -m tests.benchmarks.sparse [--stories 3000] [--readers 60]

What missing facts and the sector do to the ranking by likeness, on synthetic stories of known truth: recall of the
true top 20 when a third of the records are sparse, for E and for plain Gower; and the share of other sectors in the
top 10 beside their share in the data. Needs no database.
"""

import argparse
import os
import random
import statistics

import django

TOP, SHOWN = 20, 10
SPARSE_SHARE = 1 / 3
BLANKED = 0.7
"""The share of its facts that a sparse record leaves out."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=3_000)
    parser.add_argument("--readers", type=int, default=60)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_portal.settings")
    django.setup()
    report(options.stories, options.readers)


def record(draw: random.Random) -> dict[str, int | None]:
    """One whole record: sizes of a place hang together, as they do in life, and so does sector with service."""
    size = draw.gauss(5.2, 0.5)
    kind = draw.choice([8, 8, 8, 9, 16, 17, 24, 32, 40, 48])
    tags = {name: sum(1 << bit for bit in draw.sample(range(30), draw.randint(1, 3))) for name in ("problem", "users")}
    return {
        **tags,
        "constraint": sum(1 << bit for bit in draw.sample(range(15), draw.randint(0, 2))),
        "service": 8 * (kind // 8 if draw.random() < 0.5 else draw.randint(1, 8)) + draw.randint(0, 7),
        "population": round(1000 * size),
        "staff": round(1000 * (size - 1.6 + draw.gauss(0, 0.2))),
        "budget": round(1000 * (size + 3.4 + draw.gauss(0, 0.2))),
        "rurality": min(3, max(0, round(draw.gauss(6.2 - size, 0.8)))),
        "deprivation": draw.randint(0, 4),
        "delivery": draw.randint(1, 6),
        "nation": draw.choice([1, 2, 2, 2, 3, 4]),
        "cost": round(1000 * draw.uniform(3.5, 7.5)),
        "duration": round(1000 * draw.uniform(0.3, 1.8)),
        "kind": kind,
        "stage": draw.randint(0, 4),
    }


def thinned(whole: dict[str, int | None], draw: random.Random) -> dict[str, int | None]:
    return {name: None if draw.random() < BLANKED else value for name, value in whole.items()}


def report(number: int, readers: int) -> None:
    from networks import gower
    from stories.similarity import STORY_WEIGHTS

    draw = random.Random(5)
    whole = [record(draw) for _ in range(number)]
    told = [thinned(row, draw) if draw.random() < SPARSE_SHARE else row for row in whole]
    recall: dict[str, list[float]] = {"E": [], "plain Gower": []}
    shares = []
    for _ in range(readers):
        reader = record(draw)
        true = top([gower.numerator(STORY_WEIGHTS, reader, row) for row in whole], TOP)
        by_e = [gower.numerator(STORY_WEIGHTS, reader, row) for row in told]
        by_s = [gower.similarity(STORY_WEIGHTS, reader, row) or 0 for row in told]
        recall["E"].append(len(true & top(by_e, TOP)) / TOP)
        recall["plain Gower"].append(len(true & top(by_s, TOP)) / TOP)
        others = [row["kind"] // 8 != reader["kind"] // 8 for row in whole]
        shown = top(by_e, SHOWN)
        shares.append((sum(others[index] for index in shown) / SHOWN) / (sum(others) / number))
    for name, values in recall.items():
        print(f"recall of the true top {TOP}, a third sparse, {name:12}: {statistics.mean(values):6.1%}")
    print(f"other-sector share of the top {SHOWN} over its share in the data: {statistics.mean(shares):.2f}")


def top(scores: list[int], count: int) -> set[int]:
    """The places of the highest scores, ties by place."""
    return set(sorted(range(len(scores)), key=lambda index: (-scores[index], index))[:count])


if __name__ == "__main__":
    main()
