"""Which topics a plan is about, from the words typed, in English or Welsh. Pure: topics in, ranked topics out.

A topic is found when every word of its name, or of one of the other words for it, stands in the plan. A phrase weighs
the sum of the rarity of its words, so that "home care" beats "care"; of a text that says nothing else it is enough. A
story in the other language is then found through the topic. A Welsh plan is read in English too, by the first meaning
of each word, because a topic has more other words than anybody can list twice.
"""

from __future__ import annotations

import collections
import dataclasses
import math
from collections.abc import Iterable, Sequence
from typing import Protocol

from .search.welsh import gloss, is_welsh, radicals
from .search.words import STOP_WORDS, stem, stems, tokens

MOST = {"problem": 3, "service": 1, "users": 2, "constraint": 2, "method": 2}
"""The most topics of each group that are suggested."""
ENOUGH = 0.75
"""The least weight of a phrase, where 1 is a word that only one topic uses."""
LOOSE = 0.3
"""What a word of a topic's name or meaning counts when no whole phrase is there."""
LOOSE_WORDS = 3
"""The fewest such words that count at all."""


class TopicLike(Protocol):
    slug: str
    group: str
    name: str
    name_cy: str
    meaning_en: str
    meaning_cy: str
    words_en: str
    words_cy: str


@dataclasses.dataclass(frozen=True)
class Phrase:
    topic: TopicLike
    words: frozenset[str]
    loose: bool = False


def phrases_of(topic: TopicLike) -> list[Phrase]:
    """Its names and other words as sets of words: stems in English, whole words in Welsh."""
    english = [topic.name, *topic.words_en.split("|")]
    welsh = [topic.name_cy, *topic.words_cy.split("|")]
    found = [Phrase(topic, frozenset(stems(text))) for text in english]
    found += [Phrase(topic, frozenset(telling(text))) for text in welsh]
    found.append(Phrase(topic, frozenset(stems(f"{topic.name} {topic.meaning_en}")), loose=True))
    found.append(Phrase(topic, frozenset(telling(f"{topic.name_cy} {topic.meaning_cy}")), loose=True))
    return [phrase for phrase in found if phrase.words]


def telling(text: str) -> list[str]:
    """The folded words of a text that say something."""
    return [word for word in tokens(text) if word not in STOP_WORDS]


def suggest(text: str, topics: Iterable[TopicLike]) -> list[TopicLike]:
    """The topics that the text is about, the surest first, at most so many of each group."""
    phrases = [phrase for topic in topics for phrase in phrases_of(topic)]
    rarity = _rarity(phrases)
    present = _present(text)
    said = (set(telling(text)), set(stems(text)))
    weights: dict[str, float] = collections.defaultdict(float)
    by_slug: dict[str, TopicLike] = {}
    for phrase in phrases:
        by_slug[phrase.topic.slug] = phrase.topic
        weight = ENOUGH if phrase.words in said else _weight(phrase, present, rarity)
        weights[phrase.topic.slug] = max(weights[phrase.topic.slug], weight)
    ranked = sorted((-weight, slug) for slug, weight in weights.items() if weight >= ENOUGH)
    return _at_most([by_slug[slug] for _weight_, slug in ranked])


def _present(text: str) -> set[str]:
    typed = telling(text)
    english = stems(gloss(text)) if is_welsh(text) else []
    return {stem(word) for word in typed}.union(english, *map(radicals, typed))


def _rarity(phrases: Sequence[Phrase]) -> dict[str, float]:
    """Of each word, by how few topics use it: 1 for a word of one topic, towards 0 for a word of all (as an idf)."""
    users: dict[str, set[str]] = collections.defaultdict(set)
    for phrase in phrases:
        for word in phrase.words:
            users[word].add(phrase.topic.slug)
    total = len({phrase.topic.slug for phrase in phrases})
    return {word: math.log(1 + total / len(slugs)) / math.log(1 + total) for word, slugs in users.items()}


def _weight(phrase: Phrase, present: set[str], rarity: dict[str, float]) -> float:
    matched = phrase.words & present
    if phrase.loose:
        return LOOSE * sum(rarity[word] for word in matched) if len(matched) >= LOOSE_WORDS else 0.0
    return sum(rarity[word] for word in matched) if matched == phrase.words else 0.0


def _at_most(ranked: Sequence[TopicLike]) -> list[TopicLike]:
    taken: collections.Counter[str] = collections.Counter()
    kept = []
    for topic in ranked:
        taken[topic.group] += 1
        if taken[topic.group] <= MOST.get(topic.group, 0):
            kept.append(topic)
    return kept
