"""What a story's page says about the place and the project, in words."""

from collections.abc import Iterable

from django.db.models import Choices
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from learning_portal.common.templatetags.portal import pounds
from networks.choices import Deprivation, Kind, Nation, Rurality, TopicGroup, in_nation
from networks.models import Organisation, Topic

from .choices import Delivery, Evaluation, Stage
from .content import Content
from .models import ProgressUpdate, Story
from .text import lowered

TOPIC_ORDER = (
    TopicGroup.PROBLEM,
    TopicGroup.SERVICE,
    TopicGroup.USERS,
    TopicGroup.CONSTRAINT,
    TopicGroup.METHOD,
)
"""The groups of a story's topics, what it was about before how."""
LONG, LONG_IN_WELSH = 600, 530
"""Words from which on a story is printed in smaller type, to fit its one sheet: Welsh labels are longer."""


def about(organisation: Organisation) -> str:
    """Its context in a sentence: "Council in Wales, serving 133,000 people, sparse and rural."."""
    parts = [f"{organisation.get_kind_display()} {in_nation(organisation.nation)}"]
    if organisation.population:
        parts.append(_("serving %(number)s people") % {"number": number_format(organisation.population)})
    if organisation.rurality is not None:
        parts.append(lowered(organisation.get_rurality_display()))
    if organisation.deprivation is not None:
        parts.append(_deprived(organisation.deprivation))
    return ", ".join(parts) + "."


def _deprived(fifth: int) -> str:
    return _("as deprived as most") if fifth == Deprivation.MIDDLE else lowered(Deprivation(fifth).label)


def facts_of(story: Story) -> list[tuple[str, str]]:
    """Label and words of each fact that the story states: an unnamed one states its band and nothing that could name
    it."""
    return [(label, words) for label, words in [*_of_place(story), *_of_project(story)] if words]


def label_of(choices: type[Choices], value: int | str | None) -> str:
    """What a fact is called, and nothing where it is not stated. A model's own way translates the labels of all choices
    to find one: a dozen stand on the page."""
    return "" if value is None else str(choices(value).label)


def is_long(content: Content) -> bool:
    words = sum(len(text.split()) for _part, text in [*content.filled(), *content.answered()])
    return words > (LONG_IN_WELSH if get_language() == "cy" else LONG)


def at_a_glance(story: Story) -> list[str]:
    """The facts that a reader weighs a story by, for one line: when, how long, what it cost, who did it, where, and who
    looked whether it worked."""
    organisation = story.organisation
    facts = [
        str(story.year or ""),
        _months(story.months),
        pounds(story.cost),
        label_of(Delivery, story.delivery),
        label_of(Rurality, organisation.rurality) if organisation else "",
        label_of(Evaluation, story.evaluation),
    ]
    return [str(fact) for fact in facts if fact]


def topics_by_group(topics: Iterable[Topic]) -> list[tuple[TopicGroup, list[Topic]]]:
    """The topics of each group that has any, by their labels."""
    by_label = sorted(topics, key=lambda topic: topic.label.casefold())
    groups = [(group, [topic for topic in by_label if topic.group == group]) for group in TOPIC_ORDER]
    return [(group, members) for group, members in groups if members]


def _of_place(story: Story) -> list[tuple[str, str]]:
    organisation = story.organisation
    if organisation is None:
        return [(_("Place"), story.place)]
    return [
        (_("Place"), f"{organisation.name}, {label_of(Nation, organisation.nation)}"),
        (_("Kind of body"), label_of(Kind, organisation.kind)),
        (_("Serves"), _people(organisation.population)),
        (_("Staff"), number_format(organisation.staff) if organisation.staff else ""),
        (_("Yearly budget"), pounds(organisation.budget)),
        (_("Urban or rural"), label_of(Rurality, organisation.rurality)),
    ]


def _people(population: int | None) -> str:
    return _("%(number)s people") % {"number": number_format(population)} if population else ""


def _of_project(story: Story) -> list[tuple[str, str]]:
    return [
        (_("Programme"), story.programme.name if story.programme else ""),
        (_("Year"), str(story.year or "")),
        (_("Lasted"), _months(story.months)),
        (_("Cost"), pounds(story.cost)),
        (_("Delivered"), label_of(Delivery, story.delivery)),
        (_("Stage"), label_of(Stage, story.stage)),
        (_("Evaluation"), label_of(Evaluation, story.evaluation)),
        (_("Champion"), story.champion),
        (_("Other sectors"), _("of use there too") if story.cross_sector else ""),
    ]


def _months(months: int | None) -> str:
    return ngettext("%(number)d month", "%(number)d months", months) % {"number": months} if months else ""


def timeline_of(story: Story) -> list[dict[str, str]]:
    """The progress updates of a named story, oldest first."""
    if not story.is_named:
        return []
    return [
        {"when": date_format(update.on, "j F Y"), "state": update.get_status_display(), "text": update.line}
        for update in ProgressUpdate.objects.filter(story=story)
    ]
