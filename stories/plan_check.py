"""The answer to a plan: who tried it in a place like yours, what went wrong, and what to ask before you start."""

import collections
import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from networks.choices import TopicGroup
from networks.models import Organisation, Topic

from . import context, similarity
from .choices import Voice
from .facets import by_bit
from .models import Story
from .plans import Plan
from .search import rank
from .text import first_sentence

SHOWN = 10
"""The most attempts on the page."""
WEAK = 3
"""With fewer attempts than this above the floor, the answer says that there is nothing close."""
QUESTIONS = 5
PATTERN_FLOOR = 8
"""What most often went wrong is shown from this many attempts on: below, it is chance."""
PATTERNS = 5
TEXT_FLOOR = 0.21
"""The text score that clears the relevance floor without a shared topic: set by measuring unrelated pairs,
see docs/search.md."""
MIX = 0.4
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
class AskBefore:
    """A question to take into the meeting, and the story that it cost."""

    words: str
    story: Story
    is_change: bool = False
    """Whether the words are what others would do differently, for want of a question of theirs."""


@dataclasses.dataclass(frozen=True)
class Pattern:
    topic: Topic
    count: int


@dataclasses.dataclass(frozen=True)
class Answer:
    attempts: list[Attempt]
    """Above the relevance floor, best first, at most `SHOWN`."""
    total: int
    """How many clear the floor."""
    elsewhere: list[Attempt]
    """Another problem, a place like yours: shown when the answer is weak."""
    questions: list[AskBefore]
    patterns: list[Pattern]
    organisations: list[Organisation]

    @property
    def is_weak(self) -> bool:
        return self.total < WEAK


def reader_values(plan: Plan, options: Options) -> context.Values:
    """What the reader stated, as the integers by which stories are compared."""
    values = context.of_topics(most_of_each_group(options.topics))
    if plan.organisation:
        values |= context.of_organisation(plan.organisation)
    values |= context.of_project(stage=None, delivery=options.delivery, cost=options.budget, months=None)
    return values


def most_of_each_group(topics: Iterable[Topic]) -> list[Topic]:
    """The first four of each group, as many as are compared; one service area."""
    taken: collections.Counter[str] = collections.Counter()
    kept = []
    for topic in topics:
        taken[topic.group] += 1
        if taken[topic.group] <= (1 if topic.group == TopicGroup.SERVICE else context.MASK_LIMIT):
            kept.append(topic)
    return kept


def answer(plan: Plan, options: Options, stories: QuerySet[Story], *, wrong: str = "") -> Answer:
    """Check a plan against the stories that this reader may see (`stories` has passed `visible_to`).

    `wrong` is the slug of a problem: then only attempts with it are shown.
    """
    values = reader_values(plan, options)
    weights = similarity.weights(prefer_sector=options.sector == "prefer")
    stories = only_sector(stories, plan, options)
    close = _close(plan, options, stories, values, weights)
    shown = _with_problem(close, wrong) if wrong else close[:SHOWN]
    attempts = _attempts(shown, values, weights)
    elsewhere = [] if len(close) >= WEAK else _elsewhere(stories, close, values, weights)
    return Answer(
        attempts=attempts,
        total=len(close),
        elsewhere=elsewhere,
        questions=ask_before(attempts),
        patterns=_patterns(close),
        organisations=_organisations(attempts, plan.organisation),
    )


def only_sector(stories: QuerySet[Story], plan: Plan, options: Options) -> QuerySet[Story]:
    if options.sector == "only" and plan.organisation and plan.organisation.sector:
        return stories.filter(context__sector=plan.organisation.sector)
    return stories


@dataclasses.dataclass(frozen=True)
class _Candidate:
    pk: int
    score: float
    text: float
    problem: int


def _close(plan, options, stories, values, weights) -> list[_Candidate]:
    """The candidates above the relevance floor, best first: F = (1 - lambda) text / max(text) + lambda E."""
    texts = rank.in_either_language(plan.text, stories, mix=MIX, limit=CANDIDATES)
    best = max(texts.values(), default=0) or 1
    share = options.dial / 100
    found = []
    for pk, likeness, problem, service in _facts(stories, texts, values, weights):
        text = texts[pk]
        if text >= TEXT_FLOOR or _shares_topic(values, problem, service):
            found.append(_Candidate(pk, (1 - share) * text / best + share * likeness, text, problem))
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.pk))


def _facts(stories, texts: Mapping[int, float], values, weights) -> Iterable[tuple[int, float, int, int | None]]:
    """Key, E in 0..1, problem mask and service code of each candidate, read from the database in one statement."""
    expression, total = similarity.numerator(values, weights)
    rows = stories.filter(pk__in=texts).annotate(numerator=expression)
    for pk, numerator, problem, service in rows.values_list("pk", "numerator", "context__problem", "context__service"):
        yield pk, numerator / total if total else 0.0, problem or 0, service


def _shares_topic(values: context.Values, problem: int, service: int | None) -> bool:
    same_service = service is not None and service == values.get("service")
    return bool(problem & (values.get("problem") or 0)) or same_service


def _with_problem(close: list[_Candidate], wrong: str) -> list[_Candidate]:
    bit = Topic.objects.filter(group=TopicGroup.PROBLEM, slug=wrong).values_list("bit", flat=True).first()
    return [candidate for candidate in close if bit is not None and candidate.problem >> bit & 1]


def _attempts(shown: Sequence[_Candidate], values, weights) -> list[Attempt]:
    """The rows for the page."""
    stories = {story.pk: story for story in Story.objects.cards_of([candidate.pk for candidate in shown])}
    return [
        Attempt(
            story,
            similarity.explain(values, story.context, weights, figures=story.is_named),
            candidate.score,
            candidate.text,
        )
        for candidate in shown
        if (story := stories.get(candidate.pk))
    ]


def _elsewhere(stories, close: list[_Candidate], values, weights) -> list[Attempt]:
    """Another problem, a place like yours: by likeness alone, without those already shown."""
    expression, total = similarity.numerator(values, weights)
    rows = (
        stories.exclude(pk__in=[candidate.pk for candidate in close])
        .annotate(numerator=expression)
        .order_by("-numerator", "pk")
        .values_list("pk", "numerator")[: SHOWN // 2]
    )
    return _attempts([_Candidate(pk, numerator / (total or 1), 0.0, 0) for pk, numerator in rows], values, weights)


def ask_before(attempts: Sequence[Attempt]) -> list[AskBefore]:
    """Five questions for the meeting. Stories that name the question they missed come first, in order of closeness;
    then what others would do differently, put as a question by the page."""
    asked = [AskBefore(question, a.story) for a in attempts if (question := getattr(a.story.content, "question", ""))]
    others = [
        AskBefore(sentence, a.story, is_change=True)
        for a in attempts
        if not getattr(a.story.content, "question", "") and (sentence := would_change(a.story))
    ]
    return [*asked, *others][:QUESTIONS]


def would_change(story: Story) -> str:
    """The first sentence of what they would do differently, or of what to adapt."""
    content = story.content
    return first_sentence(getattr(content, "differently", "") or getattr(content, "adapt", ""))


def _patterns(close: Sequence[_Candidate]) -> list[Pattern]:
    """The problems that stand most often among the attempts above the floor, those of at least two."""
    if len(close) < PATTERN_FLOOR:
        return []
    masks = by_bit(collections.Counter(candidate.problem for candidate in close))
    counts = {mask.bit_length() - 1: count for mask, count in masks.items() if count > 1}
    commonest = sorted(counts, key=lambda bit: (-counts[bit], bit))[:PATTERNS]
    topics = {topic.bit: topic for topic in Topic.objects.filter(group=TopicGroup.PROBLEM, bit__in=commonest)}
    return [Pattern(topics[bit], counts[bit]) for bit in commonest]


def _organisations(attempts: Sequence[Attempt], mine: Organisation | None) -> list[Organisation]:
    """The named bodies among the attempts, each once, in order; one's own left out."""
    named = [a.story.organisation for a in attempts if a.story.voice == Voice.NAMED and a.story.organisation]
    return list(dict.fromkeys(organisation for organisation in named if organisation != mine))
