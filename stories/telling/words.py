"""Between what a form keeps in a draft (a flat JSON of texts) and the content of a version. Pure."""

import json
from collections.abc import Mapping
from typing import Any, cast

from ..content import KINDS, Content
from .kinds import ANSWERS, PLAIN

Words = dict[str, Any]
"""Keys of questions to texts; "telling", "audience", "kept", "networks", "links" and "facts" beside them."""
LINES = "links"
LONGEST = 58_000
"""Characters of all that a draft keeps: a little less than its column takes."""


def read(text: str) -> Words:
    """The words of a draft. What is no JSON object counts as nothing typed."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def text_of(words: Mapping[str, object], key: str) -> str:
    """One answer as text, whatever stands there."""
    value = words.get(key, "")
    return value.strip() if isinstance(value, str) else ""


def list_of(words: Mapping[str, object], key: str) -> list[str]:
    value = words.get(key, [])
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def content_of(kind: str, words: Mapping[str, object], *, in_person: bool = False) -> Content:
    """The content that these words make. Of a story that is told in person there is a title and nothing else."""
    made = KINDS[kind]
    if in_person:
        return made(title=text_of(words, "title"))
    sections = {section.key: text_of(words, section.key) for section in made.sections}
    answers = {key: text for key in ANSWERS if (text := text_of(words, f"answer_{key}"))}
    return made(
        title=text_of(words, "title"),
        summary=text_of(words, "summary"),
        answers=answers,
        links=list_of(words, LINES),
        **cast("dict[str, Any]", sections),
    )


def words_of(content: Content) -> Words:
    """The words that make this content again."""
    sections = {section.key: getattr(content, section.key) for section in content.sections}
    answers = {f"answer_{key}": content.answers.get(key, "") for key in ANSWERS}
    return {"title": content.title, "summary": content.summary, **sections, **answers, LINES: list(content.links)}


def shown(words: Mapping[str, object], asked: tuple[str, ...]) -> dict[str, str]:
    """What of these words is text that a reader would read."""
    return {
        key: text
        for key in asked
        if (key not in PLAIN or key in ("title", "summary")) and (text := text_of(words, key))
    }


def fits(words: Mapping[str, object]) -> bool:
    """Whether a draft can keep it. What does not fit stays in the page, and its writer is told."""
    return len(json.dumps(words, ensure_ascii=False)) <= LONGEST
