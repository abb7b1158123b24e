"""Which words a story has: one dataclass a kind. Forms, pages, import, search and the hash all read this module.

Pure but for the translation of labels: no model, no request.
"""

import dataclasses
import hashlib
import json
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLE_LIMIT = 100
"""Characters of a title."""
SUMMARY_LIMIT = 40
"""Words of the summary on a card."""
SECTION_LIMIT = 120
"""Words of one section that a person writes. Imported records may be longer: nothing of theirs is cut."""
ANSWER_LIMIT = 60
"""Words of one answer to a human question."""
LINK_LIMIT = 500
"""Characters of the address of one document, picture or recording."""
LINKS_LIMIT = 20
"""How many of them an imported record may have: more are a catalogue, not what to read next."""
IMPORTED_LIMIT = 60_000
"""Characters of one section of an imported record; a longer one is a bad row."""

Label = Promise | str


@dataclasses.dataclass(frozen=True)
class Section:
    """One part of a story's body: its key in the canonical JSON, the label that readers see, and the help that
    writers see."""

    key: str
    label: Label
    help: Label = ""
    went_wrong: bool = False
    """The part that a reader wants first."""
    hoped: bool = False
    """The part that says what was meant to come of it, as a plan does."""


HUMAN_QUESTIONS: tuple[Section, ...] = (
    Section("relationships", _("Which relationships mattered, and how was trust built?")),
    Section("confidence", _("What gave you the confidence to go ahead?")),
    Section("rules", _("Which rules did you have to break?")),
    Section("bureaucracy", _("What bureaucracy did you have to get through?")),
    Section("learned", _("What went wrong, and what did you learn?")),
    Section("reactions", _("How did others react: support or pressure?")),
    Section("guided", _("What guided your thinking?")),
    Section("theories", _("Which methods or theories did you draw on?")),
    Section("talked", _("How did you talk about it to get people onside?")),
    Section("governance", _("Which governance helped, and which got in the way?")),
    Section("going", _("What kept you going?")),
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Content:
    """The words of one version, whatever its kind."""

    kind: ClassVar[str] = ""
    sections: ClassVar[tuple[Section, ...]] = ()

    title: str
    summary: str = ""
    answers: dict[str, str] = dataclasses.field(default_factory=dict)
    links: list[str] = dataclasses.field(default_factory=list)

    def filled(self) -> list[tuple[Section, str]]:
        """The sections that have words, what went wrong first."""
        pairs = [(section, getattr(self, section.key)) for section in self.sections]
        return sorted([pair for pair in pairs if pair[1]], key=lambda pair: not pair[0].went_wrong)

    def answered(self) -> list[tuple[Section, str]]:
        """The human questions that have an answer, in their fixed order."""
        return [
            (question, self.answers[question.key]) for question in HUMAN_QUESTIONS if self.answers.get(question.key)
        ]

    @property
    def went_wrong(self) -> str:
        """The words of the section that tells what went wrong, else the empty string."""
        return next((getattr(self, section.key) for section in self.sections if section.went_wrong), "")

    @property
    def hoped(self) -> str:
        """The words of the section that tells what was meant to come of it, else the empty string."""
        return next((getattr(self, section.key) for section in self.sections if section.hoped), "")

    def canonical(self) -> str:
        """JSON with sorted keys and no spaces: equal words give equal bytes, so that a hash can stand for them."""
        return json.dumps(
            {"kind": self.kind, **dataclasses.asdict(self)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class LessonsRecord(Content):
    """The candid one."""

    kind = "lessons"
    sections = (
        Section(
            "expected",
            _("What we expected"),
            _("What were you trying to do, and why did you think that it would work?"),
            hoped=True,
        ),
        Section("happened", _("What happened"), _("Tell it in order, with figures where you have them.")),
        Section(
            "wrong",
            _("What went wrong, and why"),
            _("Describe decisions and circumstances. Do not name anyone."),
            went_wrong=True,
        ),
        Section("past", _("How we got past it, or did not")),
        Section("differently", _("What we would do differently")),
        Section("adapt", _("What to adapt for another place")),
        Section("involved", _("How the people it serves were involved")),
        Section(
            "question",
            _("The question somebody should have asked us"),
            _("One question, before you started, that would have changed things."),
        ),
    )

    expected: str = ""
    happened: str = ""
    wrong: str = ""
    past: str = ""
    differently: str = ""
    adapt: str = ""
    involved: str = ""
    question: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProjectSummary(Content):
    """The one-page case study."""

    kind = "summary"
    sections = (
        Section("aim", _("What we set out to do"), hoped=True),
        Section("did", _("What we did")),
        Section("came", _("What came of it"), _("With costs and savings, where you know them.")),
        Section("lessons", _("What we learnt the hard way"), went_wrong=True),
        Section("adapt", _("What to adapt for another place")),
        Section("involved", _("How the people it serves were involved")),
        Section("next_steps", _("What happens next")),
        Section("question", _("The question somebody should have asked us")),
    )

    aim: str = ""
    did: str = ""
    came: str = ""
    lessons: str = ""
    adapt: str = ""
    involved: str = ""
    next_steps: str = ""
    question: str = ""


KINDS: dict[str, type[Content]] = {cls.kind: cls for cls in (LessonsRecord, ProjectSummary)}


def parse(canonical: str) -> Content:
    """The content that `Content.canonical` wrote. Raises KeyError or TypeError when it is not of a known shape."""
    values: dict[str, Any] = json.loads(canonical)
    return KINDS[values.pop("kind")](**values)


def sha256(canonical: str) -> str:
    """The hash that approval and publishing compare: 64 hexadecimal digits."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def words_in(text: str) -> int:
    return len(text.split())
