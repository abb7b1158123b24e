"""Which words of a story are indexed, and how heavily. Pure. Weights were chosen by measuring: see docs/search.md."""

from __future__ import annotations

import collections
import dataclasses
import hashlib
import json
from collections.abc import Iterable

from ..content import Content
from .words import stemmed, stems

TITLE, SUMMARY, BODY = 4, 2, 1
"""What one occurrence of a word counts in each part."""
LABEL = 2
"""What a word counts, once, among the topics (in both languages) or the names of the organisation."""
HEAVIEST = 32_767
"""What the column holds."""
FINGERPRINT_BYTES = 5


@dataclasses.dataclass(frozen=True)
class Weighed:
    """All that is indexed of one story."""

    weights: dict[str, int]
    """By stem."""
    words: str
    """The different words of title, summary and body, sorted."""
    length: int
    """Words that say something in title, summary and body. Labels do not count: well described is not long."""
    is_public: bool

    @property
    def fingerprint(self) -> int:
        """40 bits that change when anything indexed does."""
        written = json.dumps([self.weights, self.words, self.length, self.is_public], sort_keys=True)
        return int.from_bytes(hashlib.sha256(written.encode()).digest()[:FINGERPRINT_BYTES])


def weigh(content: Content, labels: Iterable[str], *, is_public: bool) -> Weighed:
    """Weigh the words of a story. Each label is a text of names: of one topic, or of the organisation."""
    weights: collections.Counter[str] = collections.Counter()
    words: set[str] = set()
    length = 0
    for weight, text in parts_of(content):
        for word, stem in stemmed(text):
            weights[stem] += weight
            words.add(word.lower())
            length += 1
    for stem in {stem for label in labels for stem in stems(label)}:
        weights[stem] += LABEL
    capped = {stem: min(weight, HEAVIEST) for stem, weight in weights.items()}
    return Weighed(capped, " ".join(sorted(words)), length, is_public)


def parts_of(content: Content) -> list[tuple[int, str]]:
    """The texts of a story with the weight of their words, what a reader meets first before the rest."""
    told = [text for _section, text in (*content.filled(), *content.answered())]
    return [(TITLE, content.title), (SUMMARY, content.summary), *((BODY, text) for text in told)]
