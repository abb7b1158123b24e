"""How one dimension of a comparison reads: "similar size (92,000 and 96,000)", "also about: Poor signal". Pure."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning_portal.common.templatetags.portal import pounds, two_digits
from networks import gower
from networks.choices import Kind, Nation, Rurality, TopicGroup, in_nation
from networks.gower import Likeness, Scale

from .choices import Delivery, Stage
from .context import MASKS
from .text import lowered

if TYPE_CHECKING:
    from networks.models import Topic

Names = Mapping[str, Mapping[int, str]]
"""The names of topics by the column of their group and by their bit."""
Phrases = tuple[str | Promise, str | Promise, str | Promise]


def names_of(topics: "Iterable[Topic]") -> Names:
    """The names of these topics, in the reader's language, for `in_words`."""
    names: dict[str, dict[int, str]] = {column: {} for column in MASKS.values()}
    for topic in topics:
        if topic.group in MASKS:
            names[MASKS[TopicGroup(topic.group)]][topic.bit] = topic.label
    return names


CLASSES: dict[str, Phrases] = {
    "problem": (gettext_lazy("same problem"), gettext_lazy("also about"), gettext_lazy("another problem")),
    "service": (
        gettext_lazy("same service area"),
        gettext_lazy("related service area"),
        gettext_lazy("another service area"),
    ),
    "constraint": (
        gettext_lazy("same constraints"),
        gettext_lazy("also limited by"),
        gettext_lazy("other constraints"),
    ),
    "users": (
        gettext_lazy("serves the same people"),
        gettext_lazy("also serves"),
        gettext_lazy("serves other people"),
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
}
"""How a dimension reads when it is like, partly like and unlike; sizes so where they are rough, of a band."""

MORE_OR_LESS: dict[str, Phrases] = {
    "population": (gettext_lazy("similar size"), gettext_lazy("more people"), gettext_lazy("fewer people")),
    "staff": (gettext_lazy("similar number of staff"), gettext_lazy("more staff"), gettext_lazy("fewer staff")),
    "budget": (
        gettext_lazy("similar yearly budget"),
        gettext_lazy("larger yearly budget"),
        gettext_lazy("smaller yearly budget"),
    ),
    "cost": (gettext_lazy("similar project cost"), gettext_lazy("cost more"), gettext_lazy("cost less")),
    "duration": (gettext_lazy("took about as long"), gettext_lazy("took longer"), gettext_lazy("took less time")),
    "deprivation": (gettext_lazy("similar deprivation"), gettext_lazy("less deprived"), gettext_lazy("more deprived")),
}
"""How a measured dimension reads when it is like, when the other's value is higher (deprivation counts from the most
deprived), and when it is lower."""

LABELS: dict[str, Callable[[int], str]] = {
    "rurality": lambda value: lowered(Rurality(value).label),
    "delivery": lambda value: lowered(Delivery(value).label),
    "nation": lambda value: str(in_nation(value)),
    "kind": lambda value: lowered(Kind(value).label),
    "stage": lambda value: lowered(Stage(value).label),
}
"""Dimensions that read best as the story's own fact."""

ORDER = (Likeness.LIKE, Likeness.PARTLY, Likeness.UNLIKE)
SIZES = {"population", "staff", "budget", "cost", "duration"}
MONEY = {"budget", "cost"}
TOLD_WITH_FIGURES = SIZES - {"duration"}


def told(point: gower.Point, figures: bool) -> Likeness:
    """The class by which words tell a dimension: sizes whose figures are facts are alike only where a reader agrees."""
    return gower.told(point) if figures and point.dimension.name in SIZES else point.likeness


def shares_tags(point: gower.Point) -> bool:
    """Whether both name a topic: a likeness, however many others each of them names."""
    return point.dimension.scale is Scale.TAGS and bool((point.reader or 0) & (point.other or 0))


def in_words(point: gower.Point, figures: bool = True, names: Names | None = None) -> str:
    """One dimension of a comparison. `figures` is off where sizes are the middle of a band, not facts."""
    name = point.dimension.name
    if point.other is None or point.likeness is Likeness.NOT_STATED:
        return str(point.dimension.label)
    if name == "nation" and point.reader != point.other:
        return _("in another nation (%(theirs)s)") % {"theirs": Nation(point.other).label}
    if name in LABELS:
        return LABELS[name](point.other)
    if name in MORE_OR_LESS and (figures or name not in CLASSES):
        return _sized(point, figures)
    phrase = str(CLASSES[name][ORDER.index(_class(point))])
    shared = _shared(point, names or {})
    return f"{phrase}: {shared}" if shared else phrase


def _class(point: gower.Point) -> Likeness:
    """As if it counted: what weighs nothing is told in the same words."""
    return gower.class_of(point.dimension.scale, point.partial)


def _shared(point: gower.Point, names: Names) -> str:
    """The names of the topics that both have."""
    known = names.get(point.dimension.name, {})
    both = (point.reader or 0) & (point.other or 0) if point.dimension.scale is Scale.TAGS else 0
    return ", ".join(name for bit, name in sorted(known.items()) if both >> bit & 1)


def _sized(point: gower.Point, figures: bool) -> str:
    name = point.dimension.name
    alike, higher, lower = MORE_OR_LESS[name]
    if gower.are_near(point) if name in SIZES else _class(point) is Likeness.LIKE:
        pair, phrase = _("(%(yours)s and %(theirs)s)"), alike
    else:
        pair = _("(%(theirs)s against %(yours)s)")
        phrase = higher if (point.other or 0) > (point.reader or 0) else lower
    if not (figures and name in TOLD_WITH_FIGURES):
        return str(phrase)
    return f"{phrase} {pair % {'yours': _figure(name, point.reader), 'theirs': _figure(name, point.other)}}"


def _figure(name: str, logarithm: int | None) -> str:
    """The figure behind a stored logarithm, to two digits: three decimals of a logarithm keep no more than that."""
    rounded = two_digits(10 ** ((logarithm or 0) / 1000))
    return pounds(rounded) if name in MONEY else number_format(rounded)
