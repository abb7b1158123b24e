"""What the tests of introductions share: a host, somebody who asks, and mail that has left."""

import datetime
from unittest import mock

from django.utils import timezone

from learning_portal.common.actions import deliver_mail
from learning_portal.common.mail.rhythm import LONDON
from learning_portal.common.models import User
from networks.introductions import Request, ask, note_due, pass_on_unanswered
from networks.models import Contact, Introduction, IntroductionStep
from tests.factories import AffiliationFactory, ContactFactory, UserFactory

MONDAY = datetime.date(2026, 11, 2)
REQUEST = Request(questions=("How did you get staff to use it?",), format="call")


def moment(day: datetime.date, hour: int = 9) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour), LONDON)


def on(day: datetime.date, hour: int = 9):
    """It is this day, for whatever asks."""
    return mock.patch.object(timezone, "now", return_value=moment(day, hour))


def make_host(**fields) -> Contact:
    fields.setdefault("user", UserFactory())
    return ContactFactory(**{"verified_on": MONDAY, "formats": "call|video|mentoring", **fields})


def make_asker(**fields) -> User:
    return AffiliationFactory(**fields).user


def asked(host: Contact | None = None, by: User | None = None, day: datetime.date = MONDAY, **request) -> Introduction:
    """A request that waits in the outbox."""
    found = Request(**{"questions": REQUEST.questions, "format": "call", **request})
    with on(day):
        return ask(by=by or make_asker(), host=host or make_host(), request=found, today=day)


def tick(day: datetime.date) -> None:
    """The jobs of the tick that are about introductions, in its order, on the morning of a day."""
    with on(day):
        note_due(today=day)
        pass_on_unanswered(today=day)
        deliver_mail(now=moment(day))


def days(number: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=number)


def verbs_of(introduction: Introduction) -> list[str]:
    return list(IntroductionStep.objects.filter(introduction=introduction).values_list("verb", flat=True))
