"""Which organisations use what a named story tells: a count from five up, and the names of those who agreed."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from learning_portal.common.counts import rounded
from learning_portal.common.one_button import Purpose
from networks.models import Action, Affiliation, Organisation

from .access import Reader
from .choices import GIVEN_UP, IN_USE
from .models import Reuse, Story, StoryAction

WE_STOPPED = Purpose("we stopped", 60)
"""A button for whoever comes from a mail, and is asked for no sign-in to say the one thing that is said last."""


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


class OwnUse(NamedTuple):
    """What a reader said last that an organisation made of a story: one of the two at most."""

    now: Reuse | None = None
    """Where they work: theirs to change."""
    left: Reuse | None = None
    """Where they work no more: theirs to take back."""


def own_use(user: Reader, story: Story) -> OwnUse:
    if not user.is_authenticated:
        return OwnUse()
    works = Affiliation.objects.verified().filter(user=user, organisation=OuterRef("organisation"))
    said = Reuse.objects.filter(story=story, user=user).select_related("organisation")
    use = said.annotate(works_there=Exists(works)).order_by("-works_there", "-since", "pk").first()
    return OwnUse(now=use) if use and use.works_there else OwnUse(left=use)


def use_by(user: Reader, story: Story) -> Reuse | None:
    """What this reader said last that their organisation made of it, while they work there; for them to change."""
    return own_use(user, story).now


def use_from(action: Action) -> Reuse | None:
    """The same, of the story from which somebody took an action, if they may open it."""
    link = StoryAction.objects.filter(action=action).values("story")
    story = Story.objects.visible_to(action.owner).published().filter(pk__in=link).first()
    return use_by(action.owner, story) if story else None


def stop_token(use: Reuse | None) -> str:
    """Of the link with which whoever said it says that they stopped; empty where there is nothing to stop."""
    return WE_STOPPED.token_for(use.pk, use.user_id) if use and use.user_id and use.is_in_use else ""


def stopped_by_link(key: int, who: int) -> Reuse | None:
    """What such a link is about: while it was said last by them, who work there still and may open the story."""
    use = Reuse.objects.filter(pk=key, user=who).select_related("user").first()
    if use is None or use.user is None:
        return None
    story = Story.objects.visible_to(use.user).published().filter(pk=use.story_id).first()
    now = use_by(use.user, story) if story else None
    return now if now == use else None
