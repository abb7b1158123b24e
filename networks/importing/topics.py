"""The controlled vocabulary out of its file: what is new, what is reworded, and what is refused. Writes nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from learning_portal.common.text import clean_line

from ..choices import TopicGroup
from ..models import Topic
from .tables import Problem, Table, require

COLUMNS = ("slug", "group", "bit", "code", "name_en", "name_cy", "meaning_en", "meaning_cy", "words_en", "words_cy")
FIXED = ("group", "bit", "code")
"""The place of a topic among the numbers by which stories are compared: it never changes and is never given again."""


@dataclasses.dataclass(frozen=True)
class TopicRow:
    line: int
    slug: str
    values: Mapping[str, Any]
    """By the name of the field of Topic."""


def read_topics(table: Table) -> tuple[list[TopicRow], list[Problem]]:
    """The topics of a table, and the rows that cannot be used. Raises BadFile."""
    require(table, COLUMNS)
    rows, problems = [], list(table.problems)
    for line, raw in table.rows:
        cells = {column: clean_line(raw[column]) for column in COLUMNS}
        try:
            rows.append(TopicRow(line, cells["slug"], _values(cells)))
        except ValueError as error:
            problems.append(Problem(line, str(error)))
    return rows, problems


def _values(cells: Mapping[str, str]) -> dict[str, Any]:
    if cells["group"] not in TopicGroup.values:
        raise ValueError(f'the group "{cells["group"]}" is none of {", ".join(TopicGroup.values)}')
    if (cells["group"] == TopicGroup.SERVICE) != bool(cells["code"]):
        raise ValueError("a service area, and nothing else, has a code")
    words = {field: cells[field] for field in COLUMNS[5:]}
    code = _whole("code", cells["code"]) if cells["code"] else None
    return {
        "group": cells["group"],
        "bit": _whole("bit", cells["bit"]),
        "code": code,
        "name": cells["name_en"],
        **words,
    }


def _whole(what: str, text: str) -> int:
    if not text.isdecimal() or len(text) > 4:
        raise ValueError(f'the {what} "{text}" is not a whole number')
    return int(text)


def compare(rows: Sequence[TopicRow], present: Sequence[Topic]) -> tuple[list[Topic], list[Topic], list[Problem]]:
    """New topics, changed ones, and the rows that contradict the file or the vocabulary; none of them saved."""
    topics = {topic.slug: topic for topic in present}
    taken = _Taken(present)
    added, changed, problems = [], [], []
    for row in rows:
        topic = topics.get(row.slug)
        reason = taken.refusal(row, topic)
        fresh = topic or Topic(slug=row.slug)
        differs = [field for field, value in row.values.items() if getattr(fresh, field) != value]
        for field in differs:
            setattr(fresh, field, row.values[field])
        reason = reason or _invalid(fresh)
        if reason:
            problems.append(Problem(row.line, reason))
        elif topic is None:
            added.append(fresh)
        elif differs:
            changed.append(fresh)
    return added, changed, problems


class _Taken:
    """What may not be given a second time: slugs in the file; bits, codes and names in the vocabulary and the file."""

    def __init__(self, present: Sequence[Topic]):
        self.slugs: set[str] = set()
        self.owners: dict[tuple, str] = {}
        for topic in present:
            for key in _keys(topic.group, topic.bit, topic.code, topic.name):
                self.owners[key] = topic.slug

    def refusal(self, row: TopicRow, topic: Topic | None) -> str:
        if row.slug in self.slugs:
            return f'the slug "{row.slug}" stands twice'
        self.slugs.add(row.slug)
        for field in FIXED if topic else ():
            if getattr(topic, field) != row.values[field]:
                return f"{row.slug} has the {field} {getattr(topic, field)}, which never changes"
        for key in _keys(*(row.values[field] for field in (*FIXED, "name"))):
            owner = self.owners.setdefault(key, row.slug)
            if owner != row.slug:
                return f"{' '.join(map(str, key))} belongs to {owner}, also when that is no longer used"
        return ""


def _keys(group: str, bit: int, code: int | None, name: str) -> list[tuple]:
    return [(group, "bit", bit), ("name", name), *([("code", code)] if code is not None else [])]


def _invalid(topic: Topic) -> str:
    try:
        topic.clean_fields()
    except ValidationError as error:
        return "; ".join(f"{field}: {' '.join(texts)}" for field, texts in error.message_dict.items())
    return "" if topic.bit <= 62 else "a bit is 0 to 62"
