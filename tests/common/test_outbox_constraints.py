"""What the database itself refuses of the outbox, on SQLite and on PostgreSQL."""

import datetime

import pytest
from django.db import DataError, IntegrityError, models, transaction
from django.db.models import F

from learning_portal.common.mail.kinds import DIGEST
from learning_portal.common.models import MailStop, Message
from tests.factories import TODAY, UserFactory

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, DataError, ValueError)
TOMORROW = TODAY + datetime.timedelta(days=1)


def message(**fields) -> Message:
    fields = {"kind": "message_waiting", "language": "en", **fields}
    if "user" not in fields and "address" not in fields:
        fields["user"] = UserFactory()
    return Message.objects.create(**fields)


def to_address() -> Message:
    return message(address="somebody@elsewhere.example")


def stop(**fields) -> MailStop:
    return MailStop.objects.create(**{"user": UserFactory(), "kind": "news", **fields})


def stop_of_address() -> MailStop:
    return stop(user=None, address_sha256="a" * 64)


def set_to(row: models.Model, **values) -> None:
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**values)


CHECKS = [
    ("message_has_one_recipient", message, {"user": None}),
    ("message_has_one_recipient", message, {"address": "somebody@elsewhere.example"}),
    ("message_day_is_of_a_digest", message, {"day": TODAY}),
    ("message_day_is_of_a_digest", message, {"kind": DIGEST}),
    ("message_only_what_waits_is_in_a_digest", message, {"digest": F("pk"), "state": "failed"}),
    ("message_sent_says_nothing", message, {"state": "sent", "context": {"what": "it said"}}),
    ("message_context_bounded", message, {"context": {"what": "x" * 1_000}}),
    ("message_state_known", message, {"state": "lost"}),
    ("mailstop_is_somebodys", stop, {"address_sha256": "a" * 64}),
    ("mailstop_is_somebodys", stop, {"user": None}),
]
BOUNDED = [
    ("message_address_bounded", to_address, "address", 254),
    ("message_kind_bounded", message, "kind", 40),
    ("message_language_bounded", message, "language", 2),
    ("mailstop_address_sha256_bounded", stop_of_address, "address_sha256", 64),
    ("mailstop_kind_bounded", stop, "kind", 40),
]


def digests(**fields) -> None:
    twice(message, kind=DIGEST, **fields)


def twice(make, **fields) -> None:
    make(**fields)
    with transaction.atomic():
        make(**fields)


THERE = "somebody@elsewhere.example"
UNIQUE = {
    "message_one_digest_a_day": lambda: digests(user=UserFactory(), day=TODAY, state="sent"),
    "message_one_digest_a_day_there": lambda: digests(address=THERE, day=TODAY, state="sent"),
    "message_one_digest_waits": lambda: another_day(user=UserFactory()),
    "message_one_digest_waits_there": lambda: another_day(address=THERE),
    "message_reminds_once": lambda: twice(message, user=UserFactory(), thread=5),
    "message_reminds_once_there": lambda: twice(message, address=THERE, thread=5),
    "mailstop_once": lambda: twice(stop, user=UserFactory()),
    "mailstop_once_there": lambda: twice(stop, user=None, address_sha256="a" * 64),
}


def another_day(**fields) -> None:
    message(kind=DIGEST, day=TODAY, **fields)
    with transaction.atomic():
        message(kind=DIGEST, day=TOMORROW, **fields)


@pytest.mark.parametrize(("name", "make", "values"), CHECKS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_check_refuses(name, make, values):
    row = make()
    with pytest.raises(IntegrityError, match=name):
        set_to(row, **values)


@pytest.mark.parametrize("name", UNIQUE)
def test_a_second_one_is_refused(name):
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        UNIQUE[name]()


@pytest.mark.parametrize(
    ("name", "make", "field", "limit"), BOUNDED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_text_is_bounded_and_holds_no_nul(name, make, field, limit):
    row = make()
    set_to(row, **{field: "ŵ" * limit})
    for text in ("x" * (limit + 1), "\x00", "a\x00"):
        with pytest.raises(REFUSED):
            set_to(row, **{field: text})


def test_every_constraint_is_tried():
    declared = {constraint.name for model in (Message, MailStop) for constraint in model._meta.constraints}
    assert declared == {name for name, *_more in (*CHECKS, *BOUNDED)} | set(UNIQUE)
