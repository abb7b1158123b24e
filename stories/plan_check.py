"""The answer to a plan: who tried it in a place like yours, what went wrong, and what to ask before you start."""

import collections
import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from networks.choices import TopicGroup
from networks.gower import Dimension
from networks.models import Organisation, Topic

from . import context, similarity
from .choices import Voice
from .facets import by_bit
from .models import Story, StoryContext
from .plans import Plan
from .questions import CLOSE_TEXT, CONSIDERED, MOST, NEARLY, AskBefore, ask_before
from .search import rank
from .search.predicate import among
from .wording import Names, names_of

SHOWN = 10
"""The most attempts on the page."""
MOST_WITH_PROBLEM = 50
"""The most of those with one problem, when a reader asks for them."""
WEAK = 3
"""With fewer attempts than this above the floor, the answer says that there is nothing close."""
PATTERN_FLOOR = 8
"""What most often went wrong is shown from this many attempts on: below, it is chance."""
PATTERNS = 5
TEXT_FLOOR = 0.23
"""The text score that clears the relevance floor without a shared topic: set by measuring unrelated pairs,
see docs/search.md."""
MIX = 0.3
"""The share of words in a plan's text score, the rest by meaning: as measured in docs/search.md."""
CANDIDATES = 400


@dataclasses.dataclass(frozen=True)
class Options:
    """How an answer is ordered and narrowed: all of it from the address."""

    dial: int = 40
    """100 times lambda: 0 is the same problem, 100 the same kind of place."""
    sector: str = "any"
    topics: tuple[Topic, ...] = ()
    delivery: int | None = None
    budget: int | None = None


@dataclasses.dataclass(frozen=True)
class Attempt:
    """One story with why it stands where it stands."""

    story: Story
    explanation: similarity.Explanation
    score: float
    text: float


@dataclasses.dataclass(frozen=True)
class Pattern:
    topic: Topic
    count: int


@dataclasses.dataclass(frozen=True)
class Answer:
    attempts: list[Attempt]
    """Above the relevance floor, best first: at most `SHOWN`, or those with the problem that was asked for."""
    total: int
    """How many clear the floor."""
    of_these: int
    """How many of those are asked for: all of them, or those with one problem."""
    elsewhere: list[Attempt]
    """Another problem, a place like yours: shown when the answer is weak."""
    questions: list[AskBefore]
    """From stories that are about the plan: at most five."""
    further: list[AskBefore]
    """What makes them up to five, from attempts further from the plan; none of a weak answer."""
    patterns: list[Pattern]
    organisations: list[Organisation]

    @property
    def is_weak(self) -> bool:
        return self.total < WEAK


@dataclasses.dataclass(frozen=True)
class Reader:
    """What the reader stated, as stories are compared with it: on the answer, and on the page of each story."""

    values: context.Values
    weights: tuple[Dimension, ...]
    names: Names

    def explain(self, story: Story) -> similarity.Explanation:
        return similarity.explain(self.values, story.context, self.weights, figures=story.is_named, names=self.names)


def reader_of(plan: Plan, options: Options) -> Reader:
    values = context.of_topics(most_of_each_group(options.topics))
    if plan.organisation:
        values |= context.of_organisation(plan.organisation)
    values |= context.of_project(stage=None, delivery=options.delivery, cost=options.budget, months=None)
    return Reader(values, similarity.weights(prefer_sector=options.sector == "prefer"), names_of(options.topics))


def most_of_each_group(topics: Iterable[Topic]) -> list[Topic]:
    """The first four of each group, as many as are compared; one service area."""
    taken: collections.Counter[str] = collections.Counter()
    kept = []
    for topic in topics:
        taken[topic.group] += 1
        if taken[topic.group] <= (1 if topic.group == TopicGroup.SERVICE else context.MASK_LIMIT):
            kept.append(topic)
    return kept


def answer(
    plan: Plan,
    options: Options,
    stories: QuerySet[Story],
    *,
    problems: Iterable[Topic] = (),
    wrong: Topic | None = None,
) -> Answer:
    """Check a plan against the stories that this reader may see (`stories` has passed `visible_to`).

    `problems` are those by which what most often went wrong is told. `wrong` is one: then only attempts with it are
    shown.
    """
    reader = reader_of(plan, options)
    stories = only_sector(stories, plan, options)
    close = _close(plan, options, stories, reader)
    wanted = _with_problem(close, wrong) if wrong else close
    shown = wanted[: MOST_WITH_PROBLEM if wrong else SHOWN]
    asked = [candidate for candidate in close if candidate.is_about][:CONSIDERED]
    others = [] if len(close) < WEAK else _others(close, reader)[: CONSIDERED - len(asked)]
    stories_by_key = _read([*close[:SHOWN], *shown, *asked, *others])
    attempts = _attempts(shown, stories_by_key, reader)
    questions = ask_before(_of(asked, stories_by_key))
    return Answer(
        attempts=attempts,
        total=len(close),
        of_these=len(wanted),
        elsewhere=[] if len(close) >= WEAK else _elsewhere(stories, close, reader),
        questions=questions,
        further=ask_before(_of(others, stories_by_key), MOST - len(questions)),
        patterns=_patterns(close, problems),
        organisations=_organisations(_of(close[:SHOWN], stories_by_key), plan.organisation),
    )


def keys_close(plan: Plan, options: Options, stories: QuerySet[Story]) -> list[int]:
    """The keys of those of `stories`, which have passed `visible_to`, that clear the relevance floor; best first."""
    return [candidate.pk for candidate in _close(plan, options, stories, reader_of(plan, options))]


def only_sector(stories: QuerySet[Story], plan: Plan, options: Options) -> QuerySet[Story]:
    if options.sector == "only" and plan.organisation and plan.organisation.sector:
        return stories.filter(context__sector=plan.organisation.sector)
    return stories


class _Candidate(NamedTuple):
    pk: int
    score: float
    text: float
    problem: int
    is_about: bool = False
    """Whether its question may be asked of the plan."""


def _close(plan: Plan, options: Options, stories: QuerySet[Story], reader: Reader) -> list[_Candidate]:
    """The candidates above the relevance floor, best first: F = (1 - lambda) text / max(text) + lambda E."""
    texts = rank.in_either_language(plan.text, stories, mix=MIX, limit=CANDIDATES)
    best = max(texts.values(), default=0)
    share = options.dial / 100
    problems, service, methods = _wanted(reader.values)
    found = []
    for pk, likeness, problem, area, method in _facts(texts, reader):
        text = texts[pk]
        shares_topic = bool(problem & problems) or (area is not None and area == service)
        if text >= TEXT_FLOOR or shares_topic:
            score = (1 - share) * text / (best or 1) + share * likeness
            is_about = _is_about(text, best, shares=shares_topic or bool(method & methods))
            found.append(_Candidate(pk, score, text, problem, is_about))
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.pk))


def _wanted(values: context.Values) -> tuple[int, int | None, int]:
    """The problems, the service area and the methods that the reader chose: read once for all candidates."""
    return values.get("problem") or 0, values.get("service"), values.get("method") or 0


def _facts(keys: Iterable[int], reader: Reader) -> Iterator[tuple[int, float, int, int | None, int]]:
    """Key, E in 0..1, and the problems, service area and methods of each candidate, which decide about relevance. Read
    from the database in one statement.

    The keys have passed `visible_to` in the same request: to join the stories once more took as long again.
    """
    expression, total = similarity.numerator(reader.values, reader.weights, prefix="")
    rows = StoryContext.objects.filter(among(keys)).annotate(numerator=expression)
    for pk, numerator, problem, service, method in rows.values_list("pk", "numerator", "problem", "service", "method"):
        yield pk, numerator / total if total else 0.0, problem, service, method


def _is_about(text: float, best: float, *, shares: bool) -> bool:
    """Whether a story is near enough for its question to be read out: it shares a problem, service area or method and
    its words are nearly as close as any, or its words are close by themselves."""
    return text >= CLOSE_TEXT or (shares and text >= NEARLY * best)


def _others(close: list[_Candidate], reader: Reader) -> list[_Candidate]:
    """The attempts that are not about the plan: those with a problem of it first, then the closest in words."""
    problems = reader.values.get("problem") or 0
    others = [candidate for candidate in close if not candidate.is_about]
    return sorted(others, key=lambda candidate: (not candidate.problem & problems, -candidate.text, candidate.pk))


def _with_problem(close: list[_Candidate], wrong: Topic) -> list[_Candidate]:
    return [
        candidate for candidate in close if wrong.group == TopicGroup.PROBLEM and candidate.problem >> wrong.bit & 1
    ]


def _read(candidates: Iterable[_Candidate]) -> dict[int, Story]:
    """The cards of all that the page shows, each read once."""
    keys = dict.fromkeys(candidate.pk for candidate in candidates)
    return {story.pk: story for story in Story.objects.cards_of(list(keys))}


def _of(candidates: Iterable[_Candidate], stories: Mapping[int, Story]) -> list[Story]:
    return [stories[candidate.pk] for candidate in candidates if candidate.pk in stories]


def _attempts(shown: Sequence[_Candidate], stories: Mapping[int, Story], reader: Reader) -> list[Attempt]:
    """The rows for the page."""
    there = [candidate for candidate in shown if candidate.pk in stories]
    explained = similarity.of_one_page([reader.explain(stories[candidate.pk]) for candidate in there])
    return [
        Attempt(stories[candidate.pk], explanation, candidate.score, candidate.text)
        for candidate, explanation in zip(there, explained, strict=True)
    ]


def _elsewhere(stories: QuerySet[Story], close: list[_Candidate], reader: Reader) -> list[Attempt]:
    """Another problem, a place like yours: by likeness alone, without those already shown."""
    expression, total = similarity.numerator(reader.values, reader.weights)
    rows = (
        stories.exclude(pk__in=[candidate.pk for candidate in close])
        .annotate(numerator=expression)
        .order_by("-numerator", "pk")
        .values_list("pk", "numerator")[: SHOWN // 2]
    )
    found = [_Candidate(pk, numerator / (total or 1), 0.0, 0) for pk, numerator in rows]
    return _attempts(found, _read(found), reader)


def _patterns(close: Sequence[_Candidate], problems: Iterable[Topic]) -> list[Pattern]:
    """The problems that stand most often among the attempts above the floor, those of at least two."""
    if len(close) < PATTERN_FLOOR:
        return []
    masks = by_bit(collections.Counter(candidate.problem for candidate in close))
    counts = {mask.bit_length() - 1: count for mask, count in masks.items() if count > 1}
    commonest = sorted(counts, key=lambda bit: (-counts[bit], bit))[:PATTERNS]
    topics = {topic.bit: topic for topic in problems}
    return [Pattern(topics[bit], counts[bit]) for bit in commonest if bit in topics]


def _organisations(stories: Sequence[Story], mine: Organisation | None) -> list[Organisation]:
    """The named bodies among the attempts, each once, in order; one's own left out."""
    named = [story.organisation for story in stories if story.voice == Voice.NAMED and story.organisation]
    return list(dict.fromkeys(organisation for organisation in named if organisation != mine))
