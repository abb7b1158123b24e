"""python -m tests.benchmarks.depth [--stories 2000] [--rounds 8]

How long a story's page takes by how many calls deep the server asks for it, with room below and without, in turns.
Milliseconds that this process computes. Works on the database of DATABASE_URL, which must be a scratch one.
"""

import argparse
import statistics
import time
from collections.abc import Callable

from tests.benchmarks import scratch, speed

DEPTHS = range(0, 121, 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args()
    scratch.begin()
    from django.conf import settings

    settings.MIDDLEWARE.remove("learning_portal.common.room.roomy_pages")
    speed.prepare(options.stories)
    scratch.serve()
    report(options.rounds)


def report(rounds: int) -> None:
    from learning_portal.common.room import with_room

    page = speed.pages()["story page"]
    print(f"{'calls deep':>10}{'without':>10}{'with room':>10}{'ratio':>8}")
    for depth in DEPTHS:
        bare, roomy = in_turns(lambda: below(depth, page), lambda: below(depth, with_room(page)), rounds)  # noqa: B023
        print(f"{depth:10}{bare:10.1f}{roomy:10.1f}{bare / roomy:8.2f}")


def below(depth: int, action: Callable[[], object]) -> object:
    return below(depth - 1, action) if depth else action()


def in_turns(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for action, found in zip((one, other), times, strict=True):
            start = time.process_time()
            action()
            found.append((time.process_time() - start) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


if __name__ == "__main__":
    main()
