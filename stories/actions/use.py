"""What an organisation makes of a named story from elsewhere: begun by an answer, and changed by whoever said it."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.models import User

from ..choices import GIVEN_UP, IN_USE
from ..models import Reuse, Story
from ..uptake import own_use, use_by
from .refused import Refused


@transaction.atomic
def write_use(*, by: User, organisation: int, story: int, how: str, today: datetime.date | None = None) -> Reuse:
    """That this is what an organisation made of it now. Whether it may be named is for each person to say anew, and
    what somebody wrote of why goes with the answer that it was about."""
    said = {"how": how, "user": by, "since": today or timezone.localdate()}
    use, is_new = Reuse.objects.select_for_update().get_or_create(
        organisation_id=organisation, story_id=story, defaults=said
    )
    if is_new:
        return use
    use.may_be_named = use.may_be_named and use.user_id == by.pk and how in IN_USE
    use.why = use.why if use.how == how else ""
    for name, value in said.items():
        setattr(use, name, value)
    use.save()
    return use


@transaction.atomic
def change_use(*, by: User, story: Story, how: str, why: str = "", may_be_named: bool = False) -> Reuse:
    """Whoever said it says how it goes now. Raises Refused for anybody else, and for a story that they may not open."""
    if not Story.objects.visible_to(by).published().filter(pk=story.pk).exists() or (use := use_by(by, story)) is None:
        raise Refused(_("Only who said that their organisation uses this story changes it."))
    use = write_use(by=by, organisation=use.organisation_id, story=story.pk, how=how)
    use.why = why if how in GIVEN_UP else ""
    use.may_be_named = may_be_named and how in IN_USE
    use.save()
    return use


@transaction.atomic
def take_back_use(*, by: User, story: Story) -> None:
    """Whoever works no more where they said it of takes their words along: their yes to a name, and their why. That it
    is used there stays, until a colleague says otherwise. Raises Refused for anybody else."""
    if (use := own_use(by, story).left) is None:
        raise Refused(_("Only who said that their organisation uses this story changes it."))
    Reuse.objects.filter(pk=use.pk, user=by).update(user=None, may_be_named=False, why="")
