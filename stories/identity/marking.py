"""A text with its marks cut into segments, for a template to print: it escapes them, no HTML is made here."""

import dataclasses
from collections.abc import Iterable

from .kinds import Mark


@dataclasses.dataclass(frozen=True)
class Segment:
    """Some characters of a text, and the mark on them, if there is one."""

    text: str
    mark: Mark | None = None


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """The text in pieces, which joined give it again. Marks of this section only.

    A mark that does not lie in the text with the very words it was made for, or that overlaps one before it, is
    left out: the words may have changed since.
    """
    pieces: list[Segment] = []
    end = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if mark.start < end or mark.end <= mark.start or text[mark.start : mark.end] != mark.text:
            continue
        if mark.start > end:
            pieces.append(Segment(text[end : mark.start]))
        pieces.append(Segment(mark.text, mark))
        end = mark.end
    return [*pieces, Segment(text[end:])] if end < len(text) else pieces
