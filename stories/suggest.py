"""Which topics a plan is about, from the words typed, in English or Welsh. Pure: topics in, ranked topics out.

A topic is found when every word of its name, or of one of the other words for it, stands in the plan, close together:
"the new system ... and staff" says nothing of new staff. A phrase weighs
the sum of the rarity of its words, so that "home care" beats "care"; a topic's own name may be commoner. A story in the
other language is then found through the topic. A Welsh plan is read in English too, by the first meaning of each word,
because a topic has more other words than anybody can list twice.

Where of several English words only one says anything ("who decides", "under fives") they must stand together: by itself
that word is about too much else.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Protocol

from .search.welsh import gloss, is_welsh, radicals
from .search.words import STOP_WORDS, stem, stems, tokens

MOST = {"problem": 3, "service": 1, "users": 2, "constraint": 2, "method": 2}
"""The most topics of each group that are suggested."""
ENOUGH = 0.75
"""The least weight of a phrase, where 1 is a word that only one topic uses."""
ENOUGH_OF_NAME = 0.55
"""The least weight of a topic's own name, which may be a common word: "schools"."""
LOOSE = 0.3
"""What a word of a topic's name or meaning counts when no whole phrase is there."""
LOOSE_WORDS = 3
"""The fewest such words that count at all."""
GAP = 2
"""How many other telling words may stand between the words of a phrase: see docs/search.md."""
RARE = 0.8
"""The mean rarity from which the words of a phrase need not stand together: "damp" and "mould" each say enough."""

Reading = Sequence[frozenset[str]]
"""A text as the stems that each of its telling words may stand for, in order."""


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
    is_name: bool = False
    loose: bool = False
    together: str = ""
    """All its stems, small words too, where they must stand side by side."""


def phrases_of(topic: TopicLike) -> list[Phrase]:
    """Its names and other words as sets of words: stems in English, whole words in Welsh."""
    found = [Phrase(topic, english(topic.name), is_name=True), Phrase(topic, welsh(topic.name_cy), is_name=True)]
    found += [Phrase(topic, english(text), together=together(text)) for text in topic.words_en.split("|")]
    found += [Phrase(topic, welsh(text)) for text in topic.words_cy.split("|")]
    found.append(Phrase(topic, english(f"{topic.name} {topic.meaning_en}"), loose=True))
    found.append(Phrase(topic, welsh(f"{topic.name_cy} {topic.meaning_cy}"), loose=True))
    return [phrase for phrase in found if phrase.words]


# The same two thousand phrases stand in every request; what stays in memory is the vocabulary and nothing of a plan.
@functools.lru_cache(maxsize=8_192)
def english(phrase: str) -> frozenset[str]:
    return frozenset(stems(phrase))


@functools.lru_cache(maxsize=8_192)
def together(phrase: str) -> str:
    """The stems of an English phrase side by side, if only one of its several words says anything; else nothing."""
    return side_by_side(phrase) if len(english(phrase)) == 1 < len(tokens(phrase)) else ""


def side_by_side(text: str) -> str:
    return f" {' '.join(map(stem, tokens(text)))} "


@functools.lru_cache(maxsize=8_192)
def welsh(phrase: str) -> frozenset[str]:
    return frozenset(telling(phrase))


def telling(text: str) -> list[str]:
    """The folded words of a text that say something."""
    return [word for word in tokens(text) if word not in STOP_WORDS]


def suggest(text: str, topics: Iterable[TopicLike]) -> list[TopicLike]:
    """The topics that the text is about, the surest first, at most so many of each group."""
    phrases = [phrase for topic in topics for phrase in phrases_of(topic)]
    rarity = _rarity(phrases)
    readings, as_typed = _readings(text), side_by_side(text)
    present = frozenset[str]().union(*itertools.chain(*readings))
    weights: dict[str, float] = collections.defaultdict(float)
    by_slug: dict[str, TopicLike] = {}
    for phrase in phrases:
        by_slug[phrase.topic.slug] = phrase.topic
        if phrase.together not in as_typed:
            continue
        weight = _weight(phrase, present, rarity)
        apart = phrase.loose or weight >= RARE * len(phrase.words)
        if weight > weights[phrase.topic.slug] and (apart or _stands_together(phrase.words, readings)):
            weights[phrase.topic.slug] = weight
    ranked = sorted((-weight, slug) for slug, weight in weights.items() if weight >= ENOUGH)
    return _at_most([by_slug[slug] for _weight_, slug in ranked])


def _readings(text: str) -> list[Reading]:
    """The text as it was typed, Welsh words in any mutation; and a Welsh text in English too."""
    readings: list[Reading] = [[frozenset({stem(word), *radicals(word)}) for word in telling(text)]]
    if is_welsh(text):
        readings.append([frozenset({found}) for found in stems(gloss(text))])
    return readings


def _stands_together(words: frozenset[str], readings: Iterable[Reading]) -> bool:
    """Whether all these words stand within a few words of each other, in any order."""
    longest = len(words) + GAP
    return any(
        words <= frozenset[str]().union(*reading[start : start + longest])
        for reading in readings
        for start in range(max(1, len(reading) - longest + 1))
    )


def _rarity(phrases: Sequence[Phrase]) -> dict[str, float]:
    """Of each word, by how few topics use it: 1 for a word of one topic, towards 0 for a word of all (as an idf)."""
    users: dict[str, set[str]] = collections.defaultdict(set)
    for phrase in phrases:
        for word in phrase.words:
            users[word].add(phrase.topic.slug)
    total = len({phrase.topic.slug for phrase in phrases})
    return {word: math.log(1 + total / len(slugs)) / math.log(1 + total) for word, slugs in users.items()}


def _weight(phrase: Phrase, present: frozenset[str], rarity: dict[str, float]) -> float:
    matched = phrase.words & present
    if phrase.loose:
        return LOOSE * sum(rarity[word] for word in matched) if len(matched) >= LOOSE_WORDS else 0.0
    if matched != phrase.words:
        return 0.0
    weight = sum(rarity[word] for word in matched)
    return max(weight, ENOUGH) if phrase.is_name and weight >= ENOUGH_OF_NAME else weight


def _at_most(ranked: Sequence[TopicLike]) -> list[TopicLike]:
    taken: collections.Counter[str] = collections.Counter()
    kept = []
    for topic in ranked:
        taken[topic.group] += 1
        if taken[topic.group] <= MOST.get(topic.group, 0):
            kept.append(topic)
    return kept
