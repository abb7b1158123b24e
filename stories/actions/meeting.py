"""Verbs that tie what people do together to stories: keyword-only, `by=`, in a transaction."""

from __future__ import annotations

import dataclasses
import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from learning_portal.common.models import User
from networks.models import Action, ActionFollowUp, Affiliation, Event
from networks.models.action import APPLIED, LearningStage
from networks.promises import leave_action

from ..choices import Uptake
from ..models import AgendaItem, Story, StoryAction
from .refused import Refused
from .use import write_use

LONGEST_AGENDA = 12
"""Stories that one organiser sees on it: more is no evening's talk."""


@transaction.atomic
def put_on_agenda(*, by: User, event: Event, story: Story) -> None:
    """Put a story last on an agenda; twice is once. Raises Refused for who does not run the event, and for a story
    that they may not open."""
    event = _locked(by, event)
    items, visible = AgendaItem.objects.filter(event=event), Story.objects.visible_to(by).published()
    if not visible.filter(pk=story.pk).exists():
        raise Refused(_("This story is not here."))
    if items.filter(story__in=visible).count() >= LONGEST_AGENDA:
        raise Refused(_("There are twelve stories on the agenda. Take one off first."))
    last = items.aggregate(last=Max("position"))["last"] or 0
    items.get_or_create(event=event, story=story, defaults={"position": last + 1})


@transaction.atomic
def take_off_agenda(*, by: User, event: Event, story: Story) -> None:
    """Take a story off. Raises Refused for who does not run the event; what they may not open stays."""
    event = _locked(by, event)
    visible = Story.objects.visible_to(by).published()
    AgendaItem.objects.filter(event=event, story__in=visible.filter(pk=story.pk)).delete()


def _locked(by: User, event: Event) -> Event:
    if not Event.objects.run_by(by).filter(pk=event.pk).exists():
        raise Refused(_("Only those who run the event do this."))
    return Event.objects.select_for_update().get(pk=event.pk)


@transaction.atomic
def leave_action_from(
    *, by: User, event: Event, text: str, due_on: datetime.date, story: Story | None = None
) -> Action:
    """The action that somebody leaves at an event, with the story that they took it from. Raises what
    `networks.promises.leave_action` raises, and Refused for a story that they may not open."""
    if story is not None and not Story.objects.visible_to(by).published().filter(pk=story.pk).exists():
        raise Refused(_("This story is not here."))
    action = leave_action(by=by, event=event, text=text, due_on=due_on)
    if story is not None:
        StoryAction.objects.create(action=action, story=story)
    return action


USES = {LearningStage.DOING: Uptake.ADAPTING, LearningStage.HELPED: Uptake.ADOPTED}


@transaction.atomic
def keep_use(*, follow_up: ActionFollowUp, today: datetime.date | None = None) -> bool:
    """Write down that the organisation of whoever answered uses a named story. Once, after an answer is kept: a later
    answer says more."""
    used = used_by_answer(follow_up=follow_up)
    job = Affiliation.objects.verified().filter(user=used.by).order_by("-verified_on", "pk").first() if used else None
    if used is None or job is None or not used.story.is_named or used.story.organisation_id == job.organisation_id:
        return False
    how = USES[LearningStage(follow_up.answer)]
    write_use(by=used.by, organisation=job.organisation_id, story=used.story.pk, how=how, today=today)
    return True


@dataclasses.dataclass(frozen=True)
class Used:
    """That somebody uses what they learnt from a story: what an uptake record begins with."""

    by: User
    story: Story
    action: Action


def used_by_answer(*, follow_up: ActionFollowUp) -> Used | None:
    """Whether an answer says that a story is used, and by whom: None for the first two stages, for an action without a
    story, and for a story that its owner may not read any more. For whoever begins that record after an answer."""
    if follow_up.answer not in APPLIED:
        return None
    link = StoryAction.objects.filter(action=follow_up.action_id).first()
    owner = follow_up.action.owner
    story = Story.objects.visible_to(owner).published().filter(pk=link.story_id).first() if link else None
    return Used(owner, story, follow_up.action) if story else None
