"""Whoever moderates says until when they are away: what is handed to them goes to others of the pool."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.models import Away, User

from ..access import moderates
from .refused import Refused

LONGEST = datetime.timedelta(days=365)


@transaction.atomic
def be_away(*, by: User, until: datetime.date, today: datetime.date | None = None) -> None:
    """Be away from today, `until` included; said again, it is the new day. Raises Refused for a day that is past or
    more than a year ahead, and for whoever moderates nothing."""
    today = today or timezone.localdate()
    if not moderates(by):
        raise Refused(_("Only whoever moderates says when they are away."))
    if until < today:
        raise Refused(_("The day you are away until must be today or later"))
    if until > today + LONGEST:
        raise Refused(_("The day you are away until must be within a year from today"))
    Away.objects.update_or_create(user=by, defaults={"until": until})


def be_back(*, by: User) -> None:
    """Be there again, from now."""
    Away.objects.filter(user=by).delete()


def erase_past_leave(*, today: datetime.date | None = None) -> int:
    """Forget leave that is over; of how many people. For every tick."""
    return Away.objects.filter(until__lt=today or timezone.localdate()).delete()[0]
