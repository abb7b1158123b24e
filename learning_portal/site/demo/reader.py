"""Reads the demo's files: one story a TOML file, organisations and networks as CSV. No database."""

import csv
import dataclasses
import datetime
import tomllib
from pathlib import Path
from typing import Any

from stories.choices import Delivery, Stage
from stories.content import KINDS, Content

FOLDER = Path(__file__).parent
STORIES = FOLDER / "stories"
ORGANISATIONS = FOLDER / "organisations.csv"
NETWORKS = FOLDER / "networks.csv"


@dataclasses.dataclass(frozen=True)
class DemoStory:
    """One file. `organisation` is whose story it is told to be: for an unnamed one only its band is derived from it."""

    slug: str
    content: Content
    fields: dict[str, Any]
    organisation: str
    topics: list[str]
    networks: list[str]
    contact: dict[str, Any]
    updates: list[tuple[datetime.date, str, str]]
    project: str
    programme: str
    pair: str


PLAIN_FIELDS = ("outcome", "voice", "audience", "evaluation", "cost", "months", "year")
TOPIC_LISTS = ("problems", "users", "constraints", "methods")


def read_story(path: Path) -> DemoStory:
    """The story of one file. Raises KeyError or TypeError where a key is missing or unknown."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    content = KINDS[data["kind"]](
        title=data["title"],
        summary=" ".join(data["summary"].split()),
        links=data.get("links", []),
        answers={key: text.strip() for key, text in data.get("answers", {}).items()},
        **{key: text.strip() for key, text in data["body"].items()},
    )
    fields = {name: data[name] for name in PLAIN_FIELDS if name in data}
    return DemoStory(
        slug=path.stem,
        content=content,
        fields={**fields, "kind": data["kind"], "language": data["lang"]} | _numbered(data),
        organisation=data["organisation"],
        topics=[data["service"], *(slug for name in TOPIC_LISTS for slug in data.get(name, []))],
        networks=data.get("networks", []),
        contact=data.get("contact", {}),
        updates=[(update["date"], update["status"], update["line"]) for update in data.get("updates", [])],
        project=data.get("project", ""),
        programme=data.get("programme", ""),
        pair=data.get("pair", ""),
    )


def _numbered(data: dict[str, Any]) -> dict[str, int]:
    """Stage and delivery by their names, as the numbers of the choices."""
    return {"stage": Stage[data["stage"].upper()], "delivery": Delivery[data["delivery"].upper()]}


def read_stories() -> list[DemoStory]:
    return [read_story(path) for path in sorted(STORIES.glob("*.toml"))]


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
