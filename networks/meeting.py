"""Whom to meet: people who know about what a reader wants to learn, ranked and explained in words. Pure.

Source: the design, section 6; docs/meeting.md gives its formula and figures. Each factor is a float in 0..1:

    P     = know * (1/2 + context/2) * sqrt(avail) * (1/2 + fresh/2)
    know  = mean over the wanted topics of 1.0 contact on a published visible story, 0.8 contributed to a named story,
            0.6 says so, 0 nothing
    context = S, plain Gower, of the two organisations as places, without their sector
    avail = max(0, 1 - load / cap), in introductions: load those of the last 90 days, cap three months of the limit
    fresh = 2 ** (-days since verified / 365)

Whoever loads a `Host` answers for what no figure shows: only cards that the reader may see, and only evidence from
stories that the reader may read and that name the person.
"""

import datetime
import heapq
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import gower
from .geography import Place
from .likeness import PLACE_DIMENSIONS, values_from

LOAD_DAYS = 90
"""How long an introduction, pending or accepted, counts as load."""
LOAD_MONTHS = 3
"""The months of a person's limit that those days are."""
HALF_LIFE_DAYS = 365
PROMPT_DAYS = 182
"""After six months without a word we ask: is this still you?"""
HIDE_DAYS = 730
"""After 24 months without a word a card is no longer shown."""

CONTEXT_DIMENSIONS = tuple(d for d in PLACE_DIMENSIONS if d.name != "kind")
"""All that makes a place, and not its sector: the lesson from another sector is the one that would never be met."""
TYPICAL_CONTEXT = sum(d.weight * d.typical for d in CONTEXT_DIMENSIONS) / (
    gower.FULL * sum(d.weight for d in CONTEXT_DIMENSIONS)
)
"""0..1: the context of two organisations of which nothing can be compared, so that to say little is no gain."""


class Knows(IntEnum):
    """How we know that somebody knows about a topic, in tenths of what it is worth."""

    SAYS_SO = 6
    CONTRIBUTED = 8
    CONTACT = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants to learn: topics by key with their names, from where (None: not known), when, and in which
    of `MeetingFormat` ("": any)."""

    topics: Mapping[int, str]
    organisation: Place | None
    today: datetime.date
    format: str = ""


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who may be asked. `key` settles ties. `knows` is the best evidence by key of topic,
    `load` the introductions of the last 90 days that are pending or accepted, `monthly_limit` meetings a month.
    `paused` is also whoever has moved on."""

    key: int
    organisation: Place
    knows: Mapping[int, Knows]
    formats: frozenset[str]
    monthly_limit: int
    load: int
    verified_on: datetime.date | None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a match: its name, its value and what P is multiplied by for it (both 0..1), and its words."""

    name: str
    label: str | Promise
    value: float
    multiplier: float
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """A host for a wish, with the four factors, 0..1. `context` is None where nothing could be compared."""

    wish: Wish = field(repr=False)
    host: Host
    know: float
    context: float | None
    avail: float
    fresh: float

    @property
    def priority(self) -> float:
        """P, 0..1."""
        return math.prod(self._multipliers)

    @property
    def factors(self) -> tuple[Factor, ...]:
        """Why this person, in the reader's language; the multipliers give P."""
        values = (self.know, TYPICAL_CONTEXT if self.context is None else self.context, self.avail, self.fresh)
        words = (_know_in_words(self), _context_in_words(self), _avail_in_words(self), _fresh_in_words(self))
        return tuple(
            Factor(name, LABELS[name], value, multiplier, phrase)
            for name, value, multiplier, phrase in zip(LABELS, values, self._multipliers, words, strict=True)
        )

    @property
    def _multipliers(self) -> tuple[float, float, float, float]:
        context = TYPICAL_CONTEXT if self.context is None else self.context
        return self.know, (1 + context) / 2, math.sqrt(self.avail), (1 + self.fresh) / 2


def know(topics: Collection[int], knows: Mapping[int, Knows]) -> float:
    """The mean worth of the evidence over the wanted topics, 0..1; 0.0 if none is wanted. A sum of whole tenths, so
    that the order of topics breaks no tie."""
    worth = sum([how for topic, how in knows.items() if topic in topics])
    return worth / (10 * len(topics)) if topics else 0.0


def context(reader: Place | None, other: Place) -> float | None:
    """S of two organisations without their sector, 0..1; None if they state nothing in common."""
    if reader is None:
        return None
    s = gower.similarity(CONTEXT_DIMENSIONS, values_from(reader, reader), values_from(reader, other))
    return None if s is None else s / gower.FULL


def cap(monthly_limit: int) -> int:
    """How many introductions in 90 days a person wants at most."""
    return LOAD_MONTHS * monthly_limit


def avail(load: int, monthly_limit: int) -> float:
    """How much of a person's limit is left, 0..1; 0.0 at the limit, beyond it, and for who wants no meetings."""
    most = cap(monthly_limit)
    return max(0.0, 1 - load / most) if most else 0.0


def days_since(verified_on: datetime.date, today: datetime.date) -> int:
    return max(0, (today - verified_on).days)


def fresh(days: int) -> float:
    """How far a card may be trusted so many days after it was verified, 0..1: half after a year."""
    return 2 ** (-days / HALF_LIFE_DAYS)


def is_prompt_due(verified_on: datetime.date | None, today: datetime.date) -> bool:
    """Whether to ask "still you?": six months after the last yes, or if there was none."""
    return verified_on is None or days_since(verified_on, today) >= PROMPT_DAYS


def is_hidden(verified_on: datetime.date | None, today: datetime.date) -> bool:
    """Whether a card is too old to show: 24 months after the last yes, or if there was none."""
    return verified_on is None or days_since(verified_on, today) >= HIDE_DAYS


def may_be_asked(wish: Wish, host: Host) -> bool:
    """The hard rules: has room, is not paused, has a living card, offers the wanted format, and works elsewhere."""
    return (
        not host.paused
        and avail(host.load, host.monthly_limit) > 0
        and not is_hidden(host.verified_on, wish.today)
        and (not wish.format or wish.format in host.formats)
        and (wish.organisation is None or host.organisation != wish.organisation)
    )


def match(wish: Wish, host: Host) -> Match | None:
    """How well a host suits a wish; None for who may not be asked, or knows nothing of what is wanted: P would be 0."""
    apart = _apart_from_context(wish, host)
    return _whole(wish, host, apart) if apart else None


Apart = tuple[float, float, float]
"""know, avail and fresh: all but the context, which takes most of the time."""


def _apart_from_context(wish: Wish, host: Host) -> Apart | None:
    known = know(wish.topics, host.knows)
    if not known or host.verified_on is None or not may_be_asked(wish, host):
        return None
    return known, avail(host.load, host.monthly_limit), fresh(days_since(host.verified_on, wish.today))


def _whole(wish: Wish, host: Host, apart: Apart) -> Match:
    known, available, recent = apart
    return Match(wish, host, known, context(wish.organisation, host.organisation), available, recent)


def _most(apart: Apart) -> float:
    """P at a context of 1, and a hair more, so that rounding shuts nobody out."""
    known, available, recent = apart
    return known * math.sqrt(available) * (1 + recent) / 2 * (1 + 1e-9)


class Shortlist:
    """The best so far for a wish. Hosts may come in parts, so that nobody need be read who cannot come among them."""

    def __init__(self, wish: Wish, limit: int):
        self.wish, self.limit = wish, limit
        self._found: list[Match] = []
        self._best: list[float] = []

    @property
    def least(self) -> float:
        """The P below which nobody comes among them any more. Nobody's P is above what they know."""
        return self._best[0] if self._best and len(self._best) == self.limit else 0.0

    def consider(self, hosts: Iterable[Host]) -> None:
        """Places, which take most of the time, are compared only while somebody with the best of all places would
        still come among the best."""
        able = [(_most(apart), apart, host) for host in hosts if (apart := _apart_from_context(self.wish, host))]
        for most, apart, host in sorted(able, key=lambda one: -one[0]):
            if most < self.least:
                break
            self._found.append(_whole(self.wish, host, apart))
            heapq.heappush(self._best, self._found[-1].priority)
            if len(self._best) > self.limit:
                heapq.heappop(self._best)

    def matches(self) -> list[Match]:
        """By falling P; ties by key."""
        return sorted(self._found, key=lambda suits: (-suits.priority, suits.host.key))[: self.limit]


def meet(wish: Wish, hosts: Iterable[Host], *, limit: int = 10) -> list[Match]:
    """At most so many people to meet, by falling P; ties by key."""
    shortlist = Shortlist(wish, limit)
    shortlist.consider(hosts)
    return shortlist.matches()


LABELS = {
    "know": gettext_lazy("What they know"),
    "context": gettext_lazy("How like yours their place is"),
    "avail": gettext_lazy("How much time they have"),
    "fresh": gettext_lazy("How recent their card is"),
}

KNOW_WORDS = {
    Knows.CONTACT: gettext_lazy("story contact on: %(topics)s"),
    Knows.CONTRIBUTED: gettext_lazy("helped with a story on: %(topics)s"),
    Knows.SAYS_SO: gettext_lazy("says they know: %(topics)s"),
    None: gettext_lazy("nothing yet on: %(topics)s"),
}
"""The strongest first. A name follows a colon, where no language has to mutate it."""


def _know_in_words(suits: Match) -> str:
    names: dict[Knows | None, list[str]] = {how: [] for how in KNOW_WORDS}
    for topic, name in suits.wish.topics.items():
        names[suits.host.knows.get(topic)].append(name)
    return "; ".join(str(KNOW_WORDS[how]) % {"topics": ", ".join(found)} for how, found in names.items() if found)


def _context_in_words(suits: Match) -> str:
    if suits.context is None:
        return _("not known how like yours their place is")
    if suits.context * gower.FULL >= gower.LIKE_FROM:
        return _("their place is like yours")
    if suits.context * gower.FULL >= gower.PARTLY_FROM:
        return _("their place is partly like yours")
    return _("their place is unlike yours")


def _avail_in_words(suits: Match) -> str:
    """In thirds: how often others ask somebody is not for everybody to read."""
    if 3 * suits.avail >= 2:
        return _("has time to meet")
    if 3 * suits.avail >= 1:
        return _("has some time to meet")
    return _("has little time left to meet")


def _fresh_in_words(suits: Match) -> str:
    """In whole months, as the half-life gives them: 365 days are twelve."""
    months = int(12 * -math.log2(suits.fresh) + 1e-6)
    if not months:
        return _("said less than a month ago that their card is right")
    words = ngettext(
        "said %(number)d month ago that their card is right",
        "said %(number)d months ago that their card is right",
        months,
    )
    return words % {"number": months}
