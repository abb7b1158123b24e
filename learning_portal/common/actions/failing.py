"""Mail that does not get through: the programme team hears of it, and has it tried again."""

import datetime

from django.db import transaction
from django.utils import timezone

from ..mail import rhythm
from ..mail.kinds import MAIL_FAILING
from ..models import Message, User
from ..models.message import State
from ..team import members_of_team
from .audit import record
from .mail import answered, post

THREAD = 0
"""One for all of it: who does nothing about it is reminded once more, and then left alone."""


def tell_programme_team(*, now: datetime.datetime | None = None) -> None:
    """Write to the programme team, in their weekly mail, while some mail is given up. For every tick."""
    if not Message.objects.filter(state=State.FAILED).exclude(kind=MAIL_FAILING.name).exists():
        return
    for user in members_of_team():
        post(to=user, kind=MAIL_FAILING.name, thread=THREAD, now=now)


@transaction.atomic
def try_again(*, by: User, now: datetime.datetime | None = None) -> None:
    """Queue anew what was given up: somebody has mended what was wrong."""
    answered(thread=THREAD)
    failed = Message.objects.filter(state=State.FAILED)
    if failed.update(state=State.WAITING, attempts=0, not_before=rhythm.begun(now or timezone.now())):
        record(by=by.email, verb="tried failed mail again", subject="mail")
