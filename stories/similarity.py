"""How alike a reader's place and plan are to a story: the weights of the design over the kernel in `networks.gower`.

Sector weighs nothing: people dismiss what was not invented here, and the lesson from another sector is the one that
they would never have met. A switch lets readers prefer their own.
"""

import dataclasses
from collections.abc import Callable

from django.db.models import Expression
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning_portal.common.templatetags.portal import pounds
from networks import gower
from networks.choices import Kind, Rurality, in_nation
from networks.gower import Dimension, Likeness, Scale
from networks.gower_sql import numerator_expression

from .choices import Delivery, Stage
from .context import Values
from .models import StoryContext
from .text import lowered

STORY_WEIGHTS: tuple[Dimension, ...] = (
    Dimension("problem", Scale.TAGS, 12, 85, gettext_lazy("Problem")),
    Dimension("service", Scale.HIERARCHICAL, 8, 70, gettext_lazy("Service area")),
    Dimension("population", Scale.LOG, 4, 435, gettext_lazy("Population served"), 1),
    Dimension("staff", Scale.LOG, 2, 360, gettext_lazy("Staff"), 1),
    Dimension("budget", Scale.LOG, 2, 395, gettext_lazy("Yearly budget"), 1),
    Dimension("rurality", Scale.ORDINAL, 4, 625, gettext_lazy("Urban or rural"), 4),
    Dimension("deprivation", Scale.ORDINAL, 2, 600, gettext_lazy("Deprivation"), 5),
    Dimension("delivery", Scale.NOMINAL, 4, 300, gettext_lazy("How it was delivered")),
    Dimension("constraint", Scale.TAGS, 4, 175, gettext_lazy("Constraints")),
    Dimension("users", Scale.TAGS, 4, 120, gettext_lazy("Who it serves")),
    Dimension("nation", Scale.NOMINAL, 2, 460, gettext_lazy("Nation")),
    Dimension("cost", Scale.LOG, 2, 550, gettext_lazy("Project cost"), 2),
    Dimension("duration", Scale.LOG, 1, 705, gettext_lazy("Duration"), 1),
    Dimension("kind", Scale.HIERARCHICAL, 0, 220, gettext_lazy("Kind of organisation")),
    Dimension("stage", Scale.ORDINAL, 0, 650, gettext_lazy("Stage"), 5),
)
"""Weights and typical similarities as measured in the design; deprivation's mu is measured on the UK's councils."""

PREFER_SECTOR = 8
"""What kind of organisation weighs for a reader who prefers their own sector: as much as the service area."""


def weights(*, prefer_sector: bool = False) -> tuple[Dimension, ...]:
    if not prefer_sector:
        return STORY_WEIGHTS
    return tuple(dataclasses.replace(d, weight=PREFER_SECTOR) if d.name == "kind" else d for d in STORY_WEIGHTS)


def numerator(values: Values, dimensions: tuple[Dimension, ...] = STORY_WEIGHTS) -> tuple[Expression, int]:
    """(expression, divisor): E of each row of Story in 0..1 is the integer expression over the divisor, which is
    0 for a reader who stated nothing."""
    total = gower.FULL * gower.total_weight(dimensions, values)
    return numerator_expression(dimensions, values, prefix="context__"), total


def values_of(row: StoryContext) -> Values:
    """The comparison row of a story as the mapping that the kernel takes."""
    return {dimension.name: getattr(row, dimension.name) for dimension in STORY_WEIGHTS}


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of "How we worked this out"."""

    label: str
    detail: str
    points: int
    counted: bool


@dataclasses.dataclass(frozen=True)
class Explanation:
    """A score in words: what is like you, what is not, and the points behind it, which add up to the score.

    Words are made when they are read: a card needs three of them, a story's page all.
    """

    score: int
    points: tuple[gower.Point, ...]
    figures: bool
    """Off for confidential and anonymous stories: theirs are the middle of a band, not facts."""

    @property
    def stated(self) -> bool:
        return bool(self.points)

    @property
    def rows(self) -> list[Row]:
        return [_row(point, self.figures) for point in self._by_points]

    @property
    def card_like(self) -> str:
        """At most two likenesses, for a card."""
        return self._words(self._like[:2])

    @property
    def card_unlike(self) -> str:
        return self._words(self._unlike[:1])

    @property
    def all_like(self) -> str:
        return self._words(self._like)

    @property
    def all_unlike(self) -> str:
        return self._words(self._unlike)

    @property
    def _by_points(self) -> list[gower.Point]:
        return sorted(self.points, key=lambda point: -point.points)

    @property
    def _like(self) -> list[gower.Point]:
        return [point for point in self._by_points if point.likeness is Likeness.LIKE]

    @property
    def _unlike(self) -> list[gower.Point]:
        unlike = [point for point in self.points if point.likeness is Likeness.UNLIKE]
        return sorted(unlike, key=lambda point: -point.dimension.weight)

    def _words(self, points: list[gower.Point]) -> str:
        return ", ".join(in_words(point, self.figures) for point in points)


def explain(
    values: Values, row: StoryContext, dimensions: tuple[Dimension, ...] = STORY_WEIGHTS, *, figures: bool = True
) -> Explanation:
    """Why this story is, and is not, like the reader's place and plan."""
    found = gower.explain(dimensions, values, values_of(row))
    return Explanation(found.score, tuple(found.points), figures)


def _row(point: gower.Point, figures: bool) -> Row:
    words = in_words(point, figures)
    if point.likeness is Likeness.NOT_STATED:
        words = _("not stated (counted as typical)")
    elif point.likeness is Likeness.NOT_COUNTED:
        words = _("%(fact)s (shown, not counted)") % {"fact": words}
    return Row(str(point.dimension.label), words, point.points, point.likeness is not Likeness.NOT_COUNTED)


Phrases = tuple[str | Promise, str | Promise, str | Promise]

PHRASES: dict[str, Phrases] = {
    "problem": (
        gettext_lazy("same problem"),
        gettext_lazy("some of the same problems"),
        gettext_lazy("another problem"),
    ),
    "service": (
        gettext_lazy("same service area"),
        gettext_lazy("related service area"),
        gettext_lazy("another service area"),
    ),
    "population": (
        gettext_lazy("similar size"),
        gettext_lazy("somewhat different size"),
        gettext_lazy("very different size"),
    ),
    "staff": (
        gettext_lazy("similar number of staff"),
        gettext_lazy("somewhat different number of staff"),
        gettext_lazy("very different number of staff"),
    ),
    "budget": (
        gettext_lazy("similar yearly budget"),
        gettext_lazy("somewhat different yearly budget"),
        gettext_lazy("very different yearly budget"),
    ),
    "deprivation": (
        gettext_lazy("similar deprivation"),
        gettext_lazy("somewhat different deprivation"),
        gettext_lazy("very different deprivation"),
    ),
    "constraint": (
        gettext_lazy("same constraints"),
        gettext_lazy("some of the same constraints"),
        gettext_lazy("other constraints"),
    ),
    "users": (
        gettext_lazy("serves the same people"),
        gettext_lazy("serves some of the same people"),
        gettext_lazy("serves other people"),
    ),
    "cost": (
        gettext_lazy("similar project cost"),
        gettext_lazy("somewhat different project cost"),
        gettext_lazy("very different project cost"),
    ),
    "duration": (
        gettext_lazy("took about as long"),
        gettext_lazy("took somewhat longer or shorter"),
        gettext_lazy("took far longer or shorter"),
    ),
}
"""How each dimension reads when it is like, partly like and unlike."""

LABELS: dict[str, Callable[[int], str]] = {
    "rurality": lambda value: lowered(Rurality(value).label),
    "delivery": lambda value: lowered(Delivery(value).label),
    "nation": lambda value: str(in_nation(value)),
    "kind": lambda value: lowered(Kind(value).label),
    "stage": lambda value: lowered(Stage(value).label),
}
"""Dimensions that read best as the story's own fact."""

ORDER = (Likeness.LIKE, Likeness.PARTLY, Likeness.UNLIKE)
SIZES = {"population", "staff"}
MONEY = {"budget", "cost"}


def in_words(point: gower.Point, figures: bool = True) -> str:
    """One dimension of a comparison: "similar size (92,000 and 96,000)", "rural", "outsourced"."""
    name = point.dimension.name
    if point.other is None or point.likeness is Likeness.NOT_STATED:
        return str(point.dimension.label)
    if name in LABELS:
        return LABELS[name](point.other)
    phrase = str(
        PHRASES[name][ORDER.index(gower.classify(dataclasses.replace(point.dimension, weight=1), point.partial))]
    )
    return f"{phrase} {_pair(point)}" if figures and name in SIZES | MONEY else phrase


def _pair(point: gower.Point) -> str:
    first, second = (_figure(point.dimension.name, value or 0) for value in (point.reader, point.other))
    return _("(%(yours)s and %(theirs)s)") % {"yours": first, "theirs": second}


def _figure(name: str, logarithm: int) -> str:
    """The figure behind a stored logarithm, to two digits: three decimals of a logarithm keep no more than that."""
    value = 10 ** (logarithm / 1000)
    digits = max(0, len(str(int(value))) - 2)
    rounded = round(value / 10**digits) * 10**digits
    return pounds(rounded) if name in MONEY else number_format(rounded)
