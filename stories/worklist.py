"""What waits for whoever moderates: the work list, its counts, and how long a first answer takes."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from learning_portal.common.models import User

from .choices import IN_POOL, Origin, Status, Verb, Voice
from .content import HUMAN_QUESTIONS, Content
from .identity import finding
from .identity.kinds import Mark
from .identity.register import from_register
from .models import Decision, Handling, RelayMessage, Story, Version
from .seals import seal
from .waits import Median, median
from .weeks import waited

OPEN = (*IN_POOL, Status.PUBLISHED)
"""What can be opened as an item: what is on the shelf can be taken off it."""
FOR_MODERATORS = (Status.SUBMITTED, Status.HIDDEN)
"""What waits for a moderator; the rest of what is in a pool waits for its author or its batch."""
FOR_AUTHORS = (Status.RETURNED, Status.AWAITING)
EDITABLE = (Status.SUBMITTED, Status.AWAITING, Status.RETURNED, Status.APPROVED, Status.HIDDEN)
"""Whose words a moderator may make safer: those of a published story are first hidden."""
LATE = 5
"""Working days after which an item is late."""
RECENT = datetime.timedelta(days=182)
"""How far the median looks back."""
A_FIRST_ANSWER = (Verb.APPROVED, Verb.ASKED, Verb.EDITED, Verb.RETURNED, Verb.MERGED, Verb.WITHDRAWN)


@dataclasses.dataclass(frozen=True)
class Item:
    """One row of the work list."""

    story: Story
    title: str
    days: int | None
    """Working days that it surely waited; None where nobody knows since when."""
    marks: int
    """How many words of it may give somebody away."""
    holder: str
    """To whom it is handed, or empty."""
    author_answered: bool
    approved_by_me: bool

    @property
    def is_late(self) -> bool:
        return self.story.status in FOR_MODERATORS and (self.days or 0) > LATE


def waiting_for(user: User) -> QuerySet[Any]:
    """What is in this user's pool and not their own: what waits for moderators first, and of that the oldest."""
    last_word = RelayMessage.objects.filter(story=OuterRef("pk")).order_by("-number")
    turn = Case(
        When(status__in=FOR_MODERATORS, then=Value(0)), When(status__in=FOR_AUTHORS, then=Value(1)), default=Value(2)
    )
    found = Story.objects.looked_after_by(user).filter(status__in=IN_POOL)
    return found.annotate(
        since=_since(),
        author_answered=Subquery(last_word.values("from_author")[:1]),
        turn=turn,
    ).order_by("turn", F("since").asc(nulls_first=True), "pk")


def _since() -> Case:
    """From when a story waits: since it was sent in, or since it was hidden."""
    hidden = Decision.objects.filter(story=OuterRef("pk"), verb=Verb.HIDDEN).order_by("-number")
    return Case(When(status=Status.HIDDEN, then=Subquery(hidden.values("on")[:1])), default=F("submitted_on"))


def number_late(today: datetime.date) -> int:
    """How many stories have waited longer than five working days for a moderator, in all pools. Told in steps."""
    waiting = Story.objects.filter(status__in=FOR_MODERATORS).annotate(since=_since())
    rows = waiting.values_list("since", "voice")
    return sum(waited(since, today, named=voice == Voice.NAMED) > LATE for since, voice in rows if since)


def handed_to(stories: QuerySet[Story], user: User) -> QuerySet[Story]:
    return stories.filter(Exists(Handling.objects.filter(story=OuterRef("pk"), user=user)))


def counts(stories: QuerySet[Story], user: User) -> dict[str, int]:
    """How many wait for moderators, for their authors and for their batch, and how many are handed to this user."""
    mine = Exists(Handling.objects.filter(story=OuterRef("pk"), user=user))
    return stories.order_by().aggregate(
        moderators=Count("pk", filter=Q(status__in=FOR_MODERATORS)),
        authors=Count("pk", filter=Q(status__in=FOR_AUTHORS)),
        batch=Count("pk", filter=Q(status=Status.APPROVED)),
        mine=Count("pk", filter=mine),
    )


def items(stories: Sequence[Any], user: User, today: datetime.date) -> list[Item]:
    """The rows of these stories, which came through `waiting_for`."""
    keys = [story.pk for story in stories]
    newest = {version.story_id: version for version in Version.objects.filter(story__in=keys).order_by("number")}
    handled = Handling.objects.filter(story__in=keys, story__status=Status.SUBMITTED).select_related("user")
    holders = {found.story_id: str(found.user) for found in handled}
    approved = _approved_by(user, stories)
    return [
        Item(
            story=story,
            title=newest[story.pk].content.title,
            days=waited(story.since, today, named=story.is_named) if story.since else None,
            marks=number_of_marks(newest[story.pk], story.language),
            holder=holders.get(story.pk, ""),
            author_answered=bool(story.author_answered),
            approved_by_me=(story.pk, newest[story.pk].number) in approved,
        )
        for story in stories
        if story.pk in newest
    ]


def _approved_by(user: User, stories: Iterable[Story]) -> set[tuple[int, int | None]]:
    """Story and version of what this moderator approved, told by their seals."""
    seals = [seal(story.root_id, user) for story in stories]
    return set(Decision.objects.filter(verb=Verb.APPROVED, seal__in=seals).values_list("story", "version"))


# --- Words and marks ------------------------------------------------------------------------------------------------


def all_parts(content: Content) -> dict[str, tuple[object, str]]:
    """Label and text of each part that a content of its kind can have; the keys are names of form fields."""
    parts: dict[str, tuple[object, str]] = {
        "title": (_("Title"), content.title),
        "summary": (_("Summary"), content.summary),
    }
    parts |= {section.key: (section.label, getattr(content, section.key)) for section in content.sections}
    parts |= {f"answer_{found.key}": (found.label, content.answers.get(found.key, "")) for found in HUMAN_QUESTIONS}
    parts["links"] = (_("Links"), "\n".join(content.links))
    return parts


def parts_of(content: Content) -> dict[str, tuple[object, str]]:
    """Those that have words."""
    return {key: part for key, part in all_parts(content).items() if part[1]}


def marks_of(content: Content, language: str) -> list[Mark]:
    texts = {key: text for key, (_label, text) in parts_of(content).items()}
    return finding.find(texts, language, from_register())


MOST_KEPT = 1_000
_numbers: dict[str, int] = {}
"""How many marks the words of a hash have. Looking takes a tenth of a second a story; no word is kept."""


def number_of_marks(version: Version, language: str) -> int:
    if version.sha256 not in _numbers:
        if len(_numbers) >= MOST_KEPT:
            _numbers.clear()
        _numbers[version.sha256] = len(marks_of(version.content, language))
    return _numbers[version.sha256]


# --- How long it takes ----------------------------------------------------------------------------------------------


def median_wait(today: datetime.date) -> Median | None:
    """Working days from sending a story in to the first answer of a moderator, over half a year; None below five.

    Over the named stories: of the others only weeks are kept, and after publication not even those. Changes to what is
    published are left out: once they are up, nothing says when they were sent in.
    """
    answers = Decision.objects.filter(story=OuterRef("pk"), verb__in=A_FIRST_ANSWER).exclude(seal="")
    told = Story.objects.filter(voice=Voice.NAMED, origin=Origin.TOLD, submitted_on__gt=today - RECENT, revises=None)
    rows = told.annotate(first=Subquery(answers.order_by("number").values("on")[:1]))
    pairs = list(rows.values_list("submitted_on", "first", "status"))
    answered = [waited(since, first, named=True) for since, first, _status in pairs if since and first]
    unanswered = [since for since, first, status in pairs if since and not first and status == Status.SUBMITTED]
    return median(answered, [waited(since, today, named=True) for since in unanswered])
