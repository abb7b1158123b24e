"""How alike a reader's place and plan are to a story: the weights of the design over the kernel in `networks.gower`.

Sector weighs nothing: people dismiss what was not invented here, and the lesson from another sector is the one that
they would never have met. A switch lets readers prefer their own.
"""

import dataclasses
from collections.abc import Sequence

from django.db.models import Expression
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks import gower
from networks.gower import Dimension, Likeness, Scale
from networks.gower_sql import numerator_expression
from networks.telling import passed_over

from .context import Values
from .models import StoryContext
from .wording import Names, in_words, shares_tags, told

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


def numerator(
    values: Values, dimensions: tuple[Dimension, ...] = STORY_WEIGHTS, *, prefix: str = "context__"
) -> tuple[Expression, int]:
    """(expression, divisor): E of each row of Story in 0..1 is the integer expression over the divisor, which is
    0 for a reader who stated nothing. Of each row of StoryContext without the prefix."""
    total = gower.FULL * gower.total_weight(dimensions, values)
    return numerator_expression(dimensions, values, prefix), total


def values_of(row: StoryContext) -> Values:
    """The comparison row of a story as the mapping that the kernel takes."""
    return {dimension.name: getattr(row, dimension.name) for dimension in STORY_WEIGHTS}


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of "How we worked this out"."""

    label: str
    detail: str
    points: int


@dataclasses.dataclass(frozen=True)
class Explanation:
    """A score in words: what is like you, what is not, and the points behind it, which add up to the score.

    Words are made when they are read: a card needs three of them, a story's page all.
    """

    score: int
    points: tuple[gower.Point, ...]
    figures: bool
    """Off for confidential and anonymous stories: theirs are the middle of a band, not facts."""
    names: Names = dataclasses.field(default_factory=dict)
    """What the topics are called that reader and story may share."""
    passed_over: int = 0
    """How many differences a card leaves out because the other cards of its page tell them."""
    _made: dict[str, str] = dataclasses.field(default_factory=dict, repr=False, compare=False)
    """The words of each dimension that were read: a page reads most of them twice."""

    @property
    def stated(self) -> bool:
        return bool(self.points)

    @property
    def rows(self) -> list[Row]:
        """What gave points, the most first: these add up to the score."""
        return [self._row(point) for point in self._by_points if point.points]

    @property
    def without_points(self) -> list[Row]:
        """What counted and gave none."""
        return [self._row(p) for p in self.points if not p.points and p.likeness is not Likeness.NOT_COUNTED]

    @property
    def not_counted(self) -> list[Row]:
        """What is shown and weighs nothing."""
        return [self._row(point) for point in self.points if point.likeness is Likeness.NOT_COUNTED]

    @property
    def card_like(self) -> str:
        """At most two likenesses, for a card."""
        return "; ".join(map(self._words, self._alike[:2]))

    @property
    def card_unlike(self) -> str:
        """At most one difference, for a card."""
        return "".join(map(self._words, self._unlike[self.passed_over :][:1]))

    @property
    def all_like(self) -> str:
        return "; ".join(self.likenesses)

    @property
    def all_unlike(self) -> str:
        return "; ".join(self.differences)

    @property
    def likenesses(self) -> list[str]:
        """What is alike, that which gave most points first."""
        return list(map(self._words, self._alike))

    @property
    def differences(self) -> list[str]:
        """What is not alike, that which could have given most points first."""
        return list(map(self._words, self._unlike))

    @property
    def _alike(self) -> list[gower.Point]:
        """A topic in common is alike, whatever else each has."""
        return [p for p in self._by_points if told(p, self.figures) is Likeness.LIKE or shares_tags(p)]

    @property
    def _unlike(self) -> list[gower.Point]:
        unlike = [point for point in self.points if point.likeness is Likeness.UNLIKE]
        return sorted(unlike, key=lambda point: -point.dimension.weight)

    @property
    def _by_points(self) -> list[gower.Point]:
        return sorted(self.points, key=lambda point: -point.points)

    def _words(self, point: gower.Point) -> str:
        name = point.dimension.name
        if name not in self._made:
            self._made[name] = in_words(point, self.figures, self.names)
        return self._made[name]

    def _row(self, point: gower.Point) -> Row:
        unknown = point.likeness is Likeness.NOT_STATED
        words = _("not stated (counted as typical)") if unknown else self._words(point)
        return Row(str(point.dimension.label), words, point.points)


def explain(
    values: Values,
    row: StoryContext,
    dimensions: tuple[Dimension, ...] = STORY_WEIGHTS,
    *,
    figures: bool = True,
    names: Names | None = None,
) -> Explanation:
    """Why this story is, and is not, like the reader's place and plan."""
    found = gower.explain(dimensions, values, values_of(row))
    return Explanation(found.score, tuple(found.points), figures, names or {})


def of_one_page(found: Sequence[Explanation]) -> list[Explanation]:
    """The explanations of one page of cards, so that they do not all tell the same difference."""
    over = passed_over([explanation.differences for explanation in found])
    return [dataclasses.replace(one, passed_over=number) for one, number in zip(found, over, strict=True)]
