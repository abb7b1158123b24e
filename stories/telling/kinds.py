"""What can be told, and which questions each asks on its one page of words. Pure but for the translation of labels."""

import dataclasses

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..choices import Outcome, StoryKind
from ..content import HUMAN_QUESTIONS

Label = Promise | str
PLAIN = frozenset({"title", "summary", "topic", "outcome"})
"""Questions of a page of words that are no section of the body."""


@dataclasses.dataclass(frozen=True)
class Telling:
    """One thing that one can tell: `required` and `optional` name the questions, in the order of `asked`."""

    key: str
    kind: StoryKind
    label: Label
    help: Label
    asked: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    in_person: bool = False
    outcome: Outcome | None = None
    """Where the outcome is not asked."""

    @property
    def is_short(self) -> bool:
        """Whether nothing is to be added to it later."""
        return self.in_person


LESSONS = Telling(
    "lessons",
    StoryKind.LESSONS,
    _("A lessons record"),
    _("What went wrong, why, and what you would do differently. Three pages, ten minutes."),
    ("title", "expected", "wrong", "differently", "topic", "outcome"),
    optional=frozenset({"expected"}),
)
SUMMARY = Telling(
    "summary",
    StoryKind.SUMMARY,
    _("A project summary"),
    _("What you set out to do, what came of it and what you learnt: one page in all."),
    ("title", "summary", "aim", "did", "came", "lessons", "topic", "outcome"),
    optional=frozenset({"summary", "aim", "came"}),
)
IN_PERSON = Telling(
    "in-person",
    StoryKind.LESSONS,
    _("Ask me in person"),
    _("Give only a topic, such as “how we lost the unions”. Nothing else is written down."),
    ("title", "topic"),
    optional=frozenset({"topic"}),
    in_person=True,
    outcome=Outcome.EARLY,
)
STOPPED = Telling(
    "stopped",
    StoryKind.LESSONS,
    _("Something that stopped early"),
    _("Five short fields about work that ended before it was done."),
    ("title", "expected", "wrong", "differently", "topic"),
    optional=frozenset({"differently"}),
    outcome=Outcome.STOPPED,
)
TELLINGS = {telling.key: telling for telling in (LESSONS, SUMMARY, IN_PERSON, STOPPED)}
"""What anybody may begin."""
PROJECT = Telling(
    "project",
    StoryKind.SUMMARY,
    SUMMARY.label,
    SUMMARY.help,
    ("title", "did", "lessons", "outcome", "topic", "summary", "aim", "came"),
    optional=frozenset({"topic", "summary", "aim", "came"}),
)
"""What a lead is asked of a project whose name and figures the programme team put down: three questions."""
ALL = {**TELLINGS, PROJECT.key: PROJECT}


def telling_of(kind: str, in_person: bool, key: str = "") -> Telling:
    """What a story is told as. `key`: what its draft says, which counts if it fits the story."""
    found = ALL.get(key)
    if found and (found.kind, found.in_person) == (kind, in_person):
        return found
    return next(telling for telling in TELLINGS.values() if (telling.kind, telling.in_person) == (kind, in_person))


MORE: dict[str, tuple[str, ...]] = {
    StoryKind.LESSONS: ("question", "happened", "past", "involved", "adapt"),
    StoryKind.SUMMARY: ("question", "involved", "adapt", "next_steps"),
}
"""The sections that are offered after sending."""
ANSWERS = tuple(question.key for question in HUMAN_QUESTIONS)
