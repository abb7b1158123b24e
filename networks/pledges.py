"""People put their name to candour at their organisation, and take it off again."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.models import User
from learning_portal.common.team import is_team

from .models import Affiliation, Organisation, Pledge
from .models.pledge import STANDS_FOR


class NotTheirs(ValueError):
    """Somebody may not do this. The message is for them, and translated."""


def may_pledge(user: User, organisation: Organisation) -> bool:
    """Whether somebody may speak so of an organisation: a verified employee of it."""
    employees = Affiliation.objects.verified().filter(capacity=Affiliation.Capacity.EMPLOYEE)
    return employees.filter(user=user, organisation=organisation).exists()


@transaction.atomic
def pledge(*, by: User, organisation: Organisation, name: str, role: str, today: datetime.date | None = None) -> Pledge:
    """Give a pledge for a year from today, or renew it. Raises NotTheirs for whoever does not work there."""
    if not may_pledge(by, organisation):
        raise NotTheirs(_("Only an employee of the organisation puts their name to this."))
    words = {"name": name, "role": role, "on": today or timezone.localdate()}
    return Pledge.objects.update_or_create(user=by, organisation=organisation, defaults=words)[0]


@transaction.atomic
def take_back(*, by: User, pledge: Pledge) -> None:
    """Erase one's own pledge; the programme team erases any. Raises NotTheirs for anybody else."""
    if pledge.user_id != by.pk and not is_team(by):
        raise NotTheirs(_("This is somebody else's pledge."))
    pledge.delete()


def erase_old_pledges(*, today: datetime.date | None = None) -> int:
    """Erase what was given more than a year ago; how many. For every tick."""
    return Pledge.objects.filter(on__lte=(today or timezone.localdate()) - STANDS_FOR).delete()[0]
