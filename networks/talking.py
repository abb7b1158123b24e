"""Three things to talk about, for two who have not met: what one knows and the other wants, both ways, and a problem
that both have. Pure but for the words, which are translated when they are asked for.

Where two have less in common than three things, questions that anybody can answer stand in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

THINGS = 3


class Kind(StrEnum):
    """Which of the two something is for, or both; and the questions that need no topic."""

    ASK = "ask"
    OFFER = "offer"
    COMMON = "common"
    AGAIN = "again"
    DECIDE = "decide"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Talker:
    """Somebody with their topics. `knows` as in a round: the higher, the surer; `problems`: what troubles them now."""

    name: str
    knows: Mapping[int, int] = field(default_factory=dict)
    wants: frozenset[int] = frozenset()
    problems: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to talk about; `topic` is None for a question that anybody can answer."""

    kind: Kind
    topic: int | None = None


def things(reader: Talker, other: Talker) -> tuple[Thing, ...]:
    """Three things, no topic twice: one of each kind as far as there are, then more of them in turn, then questions."""
    waiting = [
        (Kind.ASK, _asked(other, reader)),
        (Kind.OFFER, _asked(reader, other)),
        (Kind.COMMON, iter(sorted(reader.problems & other.problems))),
    ]
    found: list[Thing] = []
    told: set[int] = set()
    while waiting and len(found) < THINGS:
        kind, topics = waiting.pop(0)
        topic = next((topic for topic in topics if topic not in told), None)
        if topic is not None:
            told.add(topic)
            found.append(Thing(kind, topic))
            waiting.append((kind, topics))
    anybody = [Thing(kind) for kind in (Kind.AGAIN, Kind.DECIDE, Kind.NEXT)]
    return (*found, *anybody)[:THINGS]


def words(thing: Thing, *, name: str, topic: str = "") -> str:
    """The thing as a sentence for the reader: the other's name, and the topic's in the reader's language."""
    return {
        Kind.ASK: _("Ask %(name)s about: %(topic)s"),
        Kind.OFFER: _("%(name)s would like to learn what you know about: %(topic)s"),
        Kind.COMMON: _("A problem that you both have: %(topic)s"),
        Kind.AGAIN: _("What would each of you do differently if you began again?"),
        Kind.DECIDE: _("What does each of you have to decide next, and what would help?"),
        Kind.NEXT: _("Whom should the other one of you meet next?"),
    }[thing.kind] % {"name": name, "topic": topic}


def _asked(expert: Talker, learner: Talker) -> Iterator[int]:
    """What the learner wants and the expert knows, what they know best first."""
    return iter(sorted(learner.wants & expert.knows.keys(), key=lambda topic: (-expert.knows[topic], topic)))
