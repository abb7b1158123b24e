"""Which organisations use what a named story tells: a count from five up, and the names of those who agreed."""

from __future__ import annotations

import dataclasses

from learning_portal.common.counts import rounded
from networks.models import Action, Affiliation, Organisation

from .access import Reader
from .choices import Uptake
from .models import Reuse, Story, StoryAction

IN_USE = (Uptake.ADOPTED, Uptake.ADAPTING)
GIVEN_UP = (Uptake.STOPPED, Uptake.NOT_FOR_US)


@dataclasses.dataclass(frozen=True)
class InUse:
    """What a reader of a story's page learns of its use."""

    number: int
    """In steps of five, 0 below."""
    organisations: list[Organisation]
    """Those that may be named."""

    def __bool__(self) -> bool:
        return bool(self.number or self.organisations)


def of_story(story: Story) -> InUse | None:
    """For whoever may open the story. Nobody is asked about a story without a name, so nothing is told of one. Whoever
    deletes their account takes their yes to a name along."""
    if not story.is_named:
        return None
    using = list(Reuse.objects.filter(story=story, how__in=IN_USE).select_related("organisation"))
    named = [use.organisation for use in using if use.may_be_named and use.user_id]
    return InUse(rounded(len(using)), sorted(named, key=lambda body: body.name.casefold()))


def reasons_of(story: Story) -> list[str]:
    """Why some gave it up, in their words and without their names: for the author of the story alone."""
    told = Reuse.objects.filter(story=story, how__in=GIVEN_UP).exclude(why="")
    return list(told.order_by("pk").values_list("why", flat=True))


def use_by(user: Reader, story: Story) -> Reuse | None:
    """What this reader said last that their organisation made of it, while they work there; for them to change."""
    if not user.is_authenticated:
        return None
    works_at = Affiliation.objects.verified().filter(user=user).values("organisation")
    said = Reuse.objects.filter(story=story, user=user, organisation__in=works_at)
    return said.select_related("organisation").order_by("-since", "pk").first()


def use_from(action: Action) -> Reuse | None:
    """The same, of the story from which somebody took an action, if they may open it."""
    link = StoryAction.objects.filter(action=action).values("story")
    story = Story.objects.visible_to(action.owner).published().filter(pk__in=link).first()
    return use_by(action.owner, story) if story else None
