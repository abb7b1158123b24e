"""Two texts side by side: which words went, which came, and which may give somebody away. Pure."""

import dataclasses
import difflib
import re
from collections.abc import Iterable, Sequence

from .identity import marking
from .identity.kinds import Mark

Range = tuple[int, int]
"""Characters from, up to and not including."""
WORD = re.compile(r"\S+")
MOST_WORDS = 1_000
"""Of longer texts, which only imports have, all counts as changed: to compare them takes too long."""


@dataclasses.dataclass(frozen=True)
class Piece:
    """Some characters of a text: whether the other text lacks them, and the mark on them if there is one."""

    text: str
    changed: bool = False
    mark: Mark | None = None


def changes(before: str, after: str) -> tuple[list[Range], list[Range]]:
    """Where the words lie that went from `before`, and those that came in `after`; compared by words, not by spaces."""
    old, new = ([match.span() for match in WORD.finditer(text)] for text in (before, after))
    if max(len(old), len(new)) > MOST_WORDS:
        return ([], []) if before == after else (_whole(old), _whole(new))
    matcher = difflib.SequenceMatcher(
        None, [before[start:end] for start, end in old], [after[start:end] for start, end in new], autojunk=False
    )
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    went = [(old[first][0], old[last - 1][1]) for _tag, first, last, _to, _end in steps if last > first]
    came = [(new[first][0], new[last - 1][1]) for _tag, _from, _end, first, last in steps if last > first]
    return went, came


def _whole(words: Sequence[Range]) -> list[Range]:
    return [(words[0][0], words[-1][1])] if words else []


def pieces(text: str, changed: Sequence[Range], marks: Iterable[Mark]) -> list[Piece]:
    """The text in pieces, which joined give it again. `changed` is sorted and does not overlap."""
    found: list[Piece] = []
    start = 0
    for segment in marking.segments(text, marks):
        end = start + len(segment.text)
        found += [Piece(text[a:b], is_changed, segment.mark) for a, b, is_changed in _cut(start, end, changed)]
        start = end
    return found


def _cut(start: int, end: int, changed: Sequence[Range]) -> Iterable[tuple[int, int, bool]]:
    """A stretch of a text cut where changes begin and end."""
    for first, last in changed:
        if last <= start or first >= end:
            continue
        if first > start:
            yield start, first, False
        yield max(start, first), min(end, last), True
        start = min(end, last)
    if start < end:
        yield start, end, False
