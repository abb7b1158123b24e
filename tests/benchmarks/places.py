"""Rank the councils of a file by the product's own measure of likeness.

    python -m tests.benchmarks.places ORGANISATIONS.csv RUN.csv

For each lower- or single-tier council of ORGANISATIONS.csv, RUN.csv gets its 60 most similar ones among them, as
gss_code,rank,neighbour_gss. It needs no database and no settings.
"""

import csv
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from networks.choices import Kind, Nation, Rurality
from networks.likeness import rank

TIER = "lower-or-single"
LENGTH = 60

NATIONS = {
    "Wales": Nation.WALES,
    "England": Nation.ENGLAND,
    "Scotland": Nation.SCOTLAND,
    "Northern Ireland": Nation.NORTHERN_IRELAND,
}
RURALITIES = {
    "Urban": Rurality.URBAN,
    "Urban with rural areas": Rurality.URBAN_WITH_RURAL,
    "Rural": Rurality.RURAL,
    "Sparse and rural": Rurality.SPARSE,
}


@dataclass(frozen=True)
class Council:
    """The attributes that `networks.likeness` reads, from one row of the file."""

    code: str
    kind: int
    nation: int
    population: int | None
    area_km2: float | None
    latitude: float | None
    longitude: float | None
    rurality: int | None
    deprivation: int | None
    deprivation_score: float | None
    staff: int | None = None
    budget: int | None = None


def whole(text: str) -> int | None:
    return round(float(text)) if text else None


def decimal(text: str) -> float | None:
    return float(text) if text else None


def council(row: dict[str, str]) -> Council:
    return Council(
        code=row["code"],
        kind=Kind.DISTRICT if row["org_type"] == "Non-metropolitan district" else Kind.COUNCIL,
        nation=NATIONS.get(row["nation"], Nation.UK),
        population=whole(row["population_2020"]),
        area_km2=decimal(row["area_km2"]),
        latitude=decimal(row["lat"]),
        longitude=decimal(row["lon"]),
        rurality=RURALITIES.get(row["rural_urban"]),
        deprivation=whole(row["deprivation_quintile"]),
        deprivation_score=decimal(row["deprivation_score"]),
    )


def councils(path: Path) -> list[Council]:
    """The lower- and single-tier councils of a file, ties in ranking by code."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["tier"] == TIER]
    return sorted((council(row) for row in rows), key=lambda found: found.code)


def neighbours(places: Iterable[Council]) -> Iterator[tuple[str, int, str]]:
    """(code, rank from 1, code of the neighbour) for every council and its 60 most similar."""
    places = list(places)
    for reader in places:
        for number, (_, other) in enumerate(rank(reader, places)[:LENGTH], start=1):
            yield reader.code, number, other.code


def main(source: str, target: str) -> None:
    started = time.perf_counter()
    places = councils(Path(source))
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["gss_code", "rank", "neighbour_gss"])
        writer.writerows(neighbours(places))
    each = (time.perf_counter() - started) / max(1, len(places))
    print(f"{len(places)} councils ranked, {1000 * each:.1f} ms each")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
