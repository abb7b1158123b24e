"""What was decided about a story, in words. For its author and for whoever moderates it; decisions go in, lines out."""

import dataclasses
import datetime
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .choices import Verb
from .models import Decision, Story

REASONS_TOLD = {Verb.RETURNED, Verb.HIDDEN, Verb.WITHDRAWN, Verb.RETIRED, Verb.REFUSED}
"""Whose reasons are meant for the author. That of a merger names another story, that of a revelation is the
custodian's."""


@dataclasses.dataclass(frozen=True)
class Line:
    """One decision."""

    when: str
    what: str
    who: str = ""
    reason: str = ""


def when(story: Story, day: datetime.date) -> str:
    """The day of a named story, the week of another: no more is kept."""
    if story.is_named:
        return date_format(day)
    return _("week of %(date)s") % {"date": date_format(day)}


def lines(story: Story, decisions: Sequence[Decision], *, names: bool) -> list[Line]:
    """The decisions in their order. `names`: moderators see each other's on a named story; the author sees which
    moderator was the same one, and nobody sees more of a story without a name."""
    numbers = _numbers(decisions)
    return [
        Line(
            when=when(story, decision.on),
            what=str(Verb(decision.verb).label),
            who=_who(decision, numbers, names=names),
            reason=decision.reason if decision.verb in REASONS_TOLD else "",
        )
        for decision in decisions
    ]


def _numbers(decisions: Sequence[Decision]) -> dict[str, int]:
    """Moderators in the order in which they came, by their seal."""
    seals = dict.fromkeys(decision.seal for decision in decisions if decision.seal)
    return {seal: number for number, seal in enumerate(seals, 1)}


def _who(decision: Decision, numbers: dict[str, int], *, names: bool) -> str:
    if not decision.seal:
        return ""
    if names and decision.by_label:
        return decision.by_label
    return _("moderator %(number)d") % {"number": numbers[decision.seal]}


def in_short(story: Story, decisions: Sequence[Decision]) -> str:
    """When it was published, and by how many it was checked; empty for what never was."""
    if story.published_on is None:
        return ""
    checked = len({d.seal for d in decisions if d.verb == Verb.APPROVED and d.seal})
    published = _("Published: %(when)s.") % {"when": when(story, story.published_on)}
    if not checked:
        return published
    by = ngettext("Checked by %(number)d moderator.", "Checked by %(number)d moderators.", checked)
    return f"{published} {by % {'number': checked}}"
