"""What the page of an item shows: both versions with their differences, the marks, who has approved, and what comes
next."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning_portal.common.models import User

from . import history
from .actions.deciding import approvals
from .actions.moderate import has_decided
from .choices import Audience, Status, Voice
from .comparing import Piece, changes, pieces
from .identity.kinds import Mark
from .models import Handling, Story, StoryNetwork, Version
from .pools import approvals_needed
from .worklist import marks_of, parts_of


@dataclasses.dataclass(frozen=True)
class Part:
    """One part of the story, in the author's words and in the safe ones."""

    key: str
    label: object
    author: list[Piece]
    safe: list[Piece]
    marks: list[Mark]
    """On the newest words."""

    @property
    def is_changed(self) -> bool:
        return any(piece.changed for piece in (*self.author, *self.safe))


def shown(story: Story, user: User) -> dict[str, Any]:
    """For the template. Nothing in it says who wrote a story that is not named."""
    author, newest = both_versions(story)
    parts = compared(author, newest, story.language)
    return {
        "newest": newest,
        "changed": newest.pk != author.pk,
        "parts": parts,
        "marks": sum(len(part.marks) for part in parts),
        "facts": facts(story),
        **approving(story, user, newest),
        "words": story.messages(),
        "lines": history.lines(story, list(story.decisions()), names=True),
    }


def both_versions(story: Story) -> tuple[Version, Version]:
    """The newest words of its author (of an import or an example, whoever wrote them; of a change, what is published),
    and the newest of all."""
    newest = story.versions()[0]
    if story.revises:
        return story.revises.published_version or story.revises.versions()[0], newest
    author = story.versions().exclude(written_by=Version.Writer.MODERATOR).first()
    return author or newest, newest


def compared(author: Version, newest: Version, language: str) -> list[Part]:
    """Every part that either has."""
    before, after = parts_of(author.content), parts_of(newest.content)
    old_marks, new_marks = (_by_section(marks_of(one.content, language)) for one in (author, newest))
    parts = []
    for key, (label, _text) in {**before, **after}.items():
        old, new = before.get(key, ("", ""))[1], after.get(key, ("", ""))[1]
        went, came = changes(old, new)
        marks = new_marks.get(key, [])
        parts.append(Part(key, label, pieces(old, went, old_marks.get(key, [])), pieces(new, came, marks), marks))
    return parts


def _by_section(marks: list[Mark]) -> Mapping[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.section, []).append(mark)
    return found


def facts(story: Story) -> list[tuple[str, str]]:
    """Label and words of what decides how the story is looked at."""
    holder = Handling.objects.filter(story=story, story__status=Status.SUBMITTED).select_related("user").first()
    readers = [str(story.get_audience_display())]
    if story.audience == Audience.NETWORK:
        readers += [network.name for network in StoryNetwork.objects.named_by(story)]
    return [
        (_("Reference"), story.public_id),
        (_("State"), str(story.get_status_display())),
        (_("Voice"), str(story.get_voice_display())),
        (_("What readers see of the place"), story.place),
        (_("Readers"), ", ".join(readers)),
        (_("Pool"), str(story.get_pool_display())),
        (_("Outcome"), str(story.get_outcome_display())),
        (_("Topics"), ", ".join(sorted(topic.label for topic in story.topics.all()))),
        (_("Sent in"), history.when(story, story.submitted_on) if story.submitted_on else ""),
        (_("Not before"), date_format(story.not_before) if story.not_before else ""),
        (_("Handed to"), str(holder.user) if holder else ""),
    ]


def approving(story: Story, user: User, newest: Version) -> dict[str, Any]:
    """Whether this moderator may approve the newest words, has done so, and what follows."""
    if story.status not in (Status.SUBMITTED, Status.AWAITING):
        return {}
    missing = approvals_needed(story.voice) - approvals(story, newest)
    approved = has_decided(by=user, story=story)
    return {
        "approved_by_me": approved,
        "may_approve": missing > 0 and not approved,
        "next_step": next_step(story, newest, missing),
    }


def next_step(story: Story, newest: Version, missing: int) -> str:
    """What an approval by this moderator would lead to, of so many that are missing."""
    if missing > 1:
        return _("An anonymous story needs two different moderators. After you one more has to approve this text.")
    if missing < 1:
        return _("The moderators have approved this text. It waits for its author.")
    if story.approved_sha256 != newest.sha256:
        return _("Then its author is asked to approve this text. Nothing is published before.")
    if story.voice == Voice.NAMED:
        return _("Its author has approved this text. It is published as soon as you approve it.")
    return _("Its author has approved this text. It is published with the next weekly batch after you approve it.")
