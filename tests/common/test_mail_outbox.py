"""The outbox: what is queued, when it goes, what becomes of it, and what is left of it."""

import datetime
import itertools
import logging
from datetime import timedelta

import pytest
from django.db import DataError, IntegrityError, transaction

from learning_portal.common.actions import answered, deliver_mail, post, stop_kinds, try_again
from learning_portal.common.mail import kinds as registry
from learning_portal.common.mail import rhythm
from learning_portal.common.mail.kinds import Kind, UnknownKind
from learning_portal.common.mail.rhythm import LONDON
from learning_portal.common.mail.stopping import Subscriber
from learning_portal.common.models import AuditEvent, Message, User
from tests.factories import UserFactory
from tests.mailing import FRIDAY, MONDAY, TUESDAY, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


@pytest.fixture
def user() -> User:
    return UserFactory(email="sian@council.example", language="cy")


def ask(to, number: int = 1, now: datetime.datetime = MONDAY, **more) -> Message | None:
    return post(to=to, kind="request", context={"name": f"N{number}", "number": number}, now=now, **more)


def tell(to, number: int = 1, now: datetime.datetime = MONDAY, **more) -> Message | None:
    return post(to=to, kind="news", context={"number": number}, now=now, **more)


def states() -> list[str]:
    return sorted(Message.objects.values_list("state", flat=True))


# --- What answers something goes at once ----------------------------------------------------------------------------


def test_it_goes_once_the_transaction_is_committed(user, post_office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = post(to=user, kind="reply", context={"number": 5})
        assert post_office.sent == []
        assert (message.user, message.address, message.language) == (user, "", "cy")
    [sent] = post_office.sent
    assert sent.to == ["sian@council.example"]
    assert not Message.objects.exists()


def test_what_is_rolled_back_is_not_sent(user, post_office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        post(to=user, kind="reply")
        transaction.set_rollback(True)
    assert post_office.sent == []
    assert not Message.objects.exists()


def test_nothing_tells_when_it_was_queued(user):
    assert post(to=user, kind="reply").not_before == 0


def test_also_at_a_weekend_and_at_night(user, post_office):
    post(to=user, kind="reply")
    assert deliver_mail(now=at("2026-11-07", 23)) == 1


def test_each_goes_by_itself(user, post_office):
    for number in range(3):
        post(to=user, kind="reply", context={"number": number})
    assert deliver_mail(now=MONDAY) == 3
    assert deliver_mail(now=MONDAY) == 0
    assert len({sent.extra_headers["Message-ID"] for sent in post_office.sent}) == 3


def test_it_goes_to_the_address_that_a_person_has_by_then(user, post_office):
    post(to=user, kind="reply")
    User.objects.filter(pk=user.pk).update(email="new@council.example")
    deliver_mail(now=MONDAY)
    assert post_office.sent[0].to == ["new@council.example"]


def test_an_address_of_somebody_with_an_account_is_theirs(user):
    assert post(to=" Sian@Council.example ", kind="reply").user == user


def test_an_address_without_an_account(post_office):
    message = post(to="Lead@Supplier.example", kind="reply", language="cy")
    assert (message.user, message.address, message.language) == (None, "lead@supplier.example", "cy")
    deliver_mail(now=MONDAY)
    assert post_office.sent[0].to == ["lead@supplier.example"]


# --- What is not queued ---------------------------------------------------------------------------------------------


def test_not_to_a_closed_account(user):
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    assert post(to=user, kind="reply") is None
    assert not Message.objects.exists()


def test_an_account_that_is_closed_meanwhile_gets_nothing(user, post_office):
    post(to=user, kind="reply")
    ask(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert deliver_mail(now=TUESDAY) == 0
    assert post_office.sent == []
    assert states() == ["dropped", "dropped"]
    assert not Message.objects.exclude(context={}).exists()


def test_an_account_that_is_deleted_takes_its_mail_along(user):
    ask(user)
    user.delete()
    assert not Message.objects.exists()


def test_only_kinds_that_are_known(user):
    with pytest.raises(UnknownKind):
        post(to=user, kind="anything")


def test_a_long_context_is_refused(user):
    with pytest.raises(ValueError, match="few short values"):
        post(to=user, kind="news", context={"number": "ŵ" * 200})


def test_a_text_is_kept_on_one_line(user):
    message = tell(user, "a\n\nStop here:\nhttps://evil.example/\x00")
    assert message.context == {"number": "a Stop here: https://evil.example/"}


@pytest.mark.parametrize("name", ["digest", "", "a", "Upper", "with space", "x" * 41, "news"])
def test_names_that_no_kind_can_have(name):
    with pytest.raises(ValueError):
        registry.register(Kind(name, label="L", reason="R"))


def test_a_kind_may_be_registered_again_as_it_is():
    registry.register(registry.MESSAGE_WAITING)
    assert registry.kind_of("message_waiting") is registry.MESSAGE_WAITING


# --- Everything else is held ----------------------------------------------------------------------------------------


def test_it_waits_for_the_next_working_morning(user, post_office):
    ask(user, now=MONDAY)
    assert deliver_mail(now=MONDAY) == 0
    assert deliver_mail(now=at("2026-11-03", 7.75)) == 0
    assert deliver_mail(now=at("2026-11-03", 8)) == 1
    assert post_office.subjects == ["N1 would like to meet you"]


def test_never_at_a_weekend(user, post_office):
    ask(user, now=FRIDAY)
    assert [deliver_mail(now=FRIDAY + timedelta(hours=hours)) for hours in range(71)] == [0] * 71
    assert deliver_mail(now=at("2026-11-09", 8)) == 1


def test_once_a_week_in_one_mail_what_needs_an_answer_first(user, post_office):
    tell(user, 1)
    ask(user, 2)
    assert deliver_mail(now=TUESDAY) == 1
    tell(user, 3, now=TUESDAY)
    ask(user, 4, now=FRIDAY)
    for day in range(4, 10):
        assert deliver_mail(now=at(f"2026-11-{day:02}", 12)) == 0
    assert deliver_mail(now=at("2026-11-10", 8)) == 1
    first, second = (sent.body for sent in post_office.sent)
    assert first.index("N2 would like") < first.index("News 1")
    assert second.index("N4 would like") < second.index("News 3")
    assert not Message.objects.waiting().exists()


def test_what_was_queued_today_goes_along_or_would_wait_a_week(user, post_office):
    tell(user, 1, now=MONDAY)
    ask(user, 2, now=TUESDAY)
    deliver_mail(now=TUESDAY)
    assert "N2 would like" in post_office.sent[0].body


def test_each_person_has_their_own_week(user, post_office):
    other = UserFactory()
    tell(user, now=MONDAY)
    deliver_mail(now=TUESDAY)
    tell(other, now=TUESDAY)
    tell("lead@supplier.example", now=TUESDAY)
    tell("else@supplier.example", now=TUESDAY)
    assert deliver_mail(now=at("2026-11-04")) == 3
    assert len({sent.to[0] for sent in post_office.sent}) == 4


def test_an_address_has_its_week_too(post_office):
    for number, day in ((1, MONDAY), (2, TUESDAY)):
        tell("lead@supplier.example", number, now=day)
        deliver_mail(now=day + timedelta(days=1))
    assert post_office.subjects == ["News 1"]


def test_an_answer_does_not_use_up_the_week(user, post_office):
    tell(user, now=MONDAY)
    deliver_mail(now=TUESDAY)
    post(to=user, kind="reply", context={"number": 5})
    assert deliver_mail(now=TUESDAY) == 1


def test_what_does_not_fit_goes_the_week_after(user, post_office):
    for number in range(25):
        tell(user, number)
    deliver_mail(now=TUESDAY)
    assert post_office.sent[0].body.count("Since last week") == rhythm.LONGEST_DIGEST
    deliver_mail(now=TUESDAY + timedelta(days=7))
    deliver_mail(now=TUESDAY + timedelta(days=14))
    assert [sent.body.count("Since last week") for sent in post_office.sent] == [10, 10, 5]


def test_news_that_waited_too_long_is_none(user, post_office):
    tell(user, now=MONDAY)
    ask(user, now=MONDAY)
    deliver_mail(now=MONDAY + timedelta(weeks=4, days=2))
    assert post_office.subjects == ["N1 would like to meet you"]
    assert states() == ["dropped", "sent"]


# --- Reminders ------------------------------------------------------------------------------------------------------


def test_a_follow_up_that_was_ignored_twice_is_not_sent_a_third_time(user, post_office):
    days = [MONDAY + timedelta(days=n) for n in range(60)]
    queued = []
    for day in days:
        queued.append(ask(user, now=day, thread=77) is not None)
        deliver_mail(now=day + timedelta(hours=1))
    assert len(post_office.sent) == rhythm.MOST_FOLLOW_UPS == 2
    assert queued.count(True) == 2


def test_another_thread_or_person_or_kind_is_another_matter(user, post_office):
    for week in range(2):
        ask(user, now=MONDAY + timedelta(weeks=week), thread=77)
        deliver_mail(now=TUESDAY + timedelta(weeks=week))
    later = MONDAY + timedelta(weeks=2)
    assert ask(user, now=later, thread=77) is None
    assert ask(user, now=later, thread=78)
    assert ask(UserFactory(), now=later, thread=77)
    assert tell(user, now=later, thread=77)


def test_who_answers_is_not_reminded(user, post_office):
    ask(user, thread=77)
    ask(user, thread=78)
    answered(thread=77)
    deliver_mail(now=TUESDAY)
    assert post_office.subjects == ["N1 would like to meet you"]
    assert list(Message.objects.exclude(thread=None).values_list("thread", "state")) == [(78, "sent")]


def test_who_answered_may_be_asked_anew(user, post_office):
    for week in range(2):
        ask(user, now=MONDAY + timedelta(weeks=week), thread=77)
        deliver_mail(now=TUESDAY + timedelta(weeks=week))
    answered(thread=77)
    assert ask(user, now=MONDAY + timedelta(weeks=3), thread=77)


def test_a_reminder_waits_once(user):
    assert ask(user, thread=77)
    assert ask(user, thread=77) is None
    assert tell("lead@supplier.example", thread=77)
    assert tell("lead@supplier.example", thread=77) is None
    assert Message.objects.count() == 2


def test_mails_about_different_things_may_wait_together(user):
    assert ask(user)
    assert ask(user)


# --- When it does not get through -----------------------------------------------------------------------------------


def test_it_is_tried_again_with_growing_pauses_under_one_name(user, post_office):
    message = post(to=user, kind="reply", context={"number": 5})
    post_office.down = True
    tries = []
    moment = MONDAY
    while Message.objects.waiting().exists():
        tries.append(moment)
        deliver_mail(now=moment)
        message.refresh_from_db()
        assert message.attempts == len(tries)
        moment = datetime.datetime.fromtimestamp(message.not_before * rhythm.QUARTER, LONDON)
        deliver_mail(now=moment - timedelta(seconds=1))
        message.refresh_from_db()
        assert message.attempts == len(tries)
    pauses = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert len(tries) == rhythm.LAST_TRY
    assert pauses == sorted(pauses)
    assert pauses[0] <= timedelta(minutes=30)
    assert tries[-1] - tries[0] < timedelta(days=4)
    assert states() == ["failed"]


def test_every_try_has_the_same_message_id(user, monkeypatch, post_office):
    seen = []

    def refuse(mail, **_more):
        seen.append(mail.extra_headers["Message-ID"])
        raise ConnectionResetError

    monkeypatch.setattr("learning_portal.common.mail.headers.PortalMail.send", refuse)
    post(to=user, kind="reply", context={"number": 5})
    ask(user)
    for hours in range(3):
        deliver_mail(now=TUESDAY + timedelta(hours=hours))
    assert len(seen) == 6
    assert len(set(seen)) == 2


def test_the_log_names_no_one(user, post_office, caplog):
    post_office.down = True
    post(to=user, kind="reply")
    with caplog.at_level(logging.DEBUG):
        deliver_mail(now=MONDAY)
    assert [record.getMessage() for record in caplog.records] == [
        "A mail of kind reply could not be sent: ConnectionRefusedError."
    ]
    assert caplog.records[0].exc_info is None


def test_a_request_is_not_disturbed_by_a_mail_server_that_is_down(
    user, post_office, django_capture_on_commit_callbacks
):
    post_office.down = True
    with django_capture_on_commit_callbacks(execute=True):
        post(to=user, kind="reply")
    assert Message.objects.get().attempts == 1


def test_when_the_server_is_down_most_are_not_even_tried(post_office):
    post_office.down = True
    for number in range(9):
        post(to=f"p{number}@supplier.example", kind="reply")
    deliver_mail(now=MONDAY)
    assert Message.objects.filter(attempts=1).count() == 3
    post_office.down = False
    assert deliver_mail(now=MONDAY) == 6
    assert deliver_mail(now=MONDAY + timedelta(minutes=30)) == 3


def test_one_that_cannot_be_written_holds_up_no_other(user, post_office, monkeypatch):
    registry.register(Kind("no_template", label="L", reason="R", answers=True))
    post(to=user, kind="no_template")
    post(to=user, kind="reply")
    assert deliver_mail(now=MONDAY) == 1
    assert Message.objects.get().kind == "no_template"


def test_whoever_claims_and_dies_leaves_it_to_the_next(user, post_office):
    message = post(to=user, kind="reply")
    assert Message.objects.claim(message.pk, MONDAY)
    assert deliver_mail(now=MONDAY) == 0
    assert deliver_mail(now=MONDAY + timedelta(minutes=29, seconds=59)) == 1


def test_a_message_is_claimed_once(user):
    message = post(to=user, kind="reply")
    assert Message.objects.claim(message.pk, MONDAY)
    assert Message.objects.claim(message.pk, MONDAY) is None


def test_of_two_that_read_the_same_row_one_gets_it(user, monkeypatch):
    message = post(to=user, kind="reply")
    read_before = Message.objects.get(pk=message.pk)
    assert Message.objects.claim(message.pk, MONDAY)
    monkeypatch.setattr("django.db.models.QuerySet.first", lambda rows: read_before)
    assert Message.objects.claim(message.pk, MONDAY) is None


def test_a_weekly_mail_that_fails_is_tried_again_in_working_hours(user, post_office):
    ask(user, now=FRIDAY)
    post_office.down = True
    deliver_mail(now=at("2026-11-09", 17.5))
    post_office.down = False
    assert deliver_mail(now=at("2026-11-09", 18.5)) == 0
    assert deliver_mail(now=at("2026-11-10", 8)) == 1
    ask(user, 2, now=at("2026-11-10"))
    assert deliver_mail(now=at("2026-11-16", 8)) == 0
    assert deliver_mail(now=at("2026-11-17", 8)) == 1


def test_what_was_in_a_weekly_mail_that_failed_goes_into_the_next(user, post_office):
    ask(user, now=MONDAY)
    post_office.down = True
    for hours in range(24 * 6):
        deliver_mail(now=TUESDAY + timedelta(hours=hours))
    tell(user, 2, now=TUESDAY + timedelta(days=6))
    post_office.down = False
    for hours in range(24 * 3):
        deliver_mail(now=TUESDAY + timedelta(days=7, hours=hours))
    assert len(post_office.sent) == 1
    assert "N1 would like" in post_office.sent[0].body


def test_after_three_weekly_mails_a_message_has_failed_itself(user, post_office):
    ask(user, now=MONDAY)
    post_office.down = True
    for hours in range(0, 24 * 40, 2):
        deliver_mail(now=TUESDAY + timedelta(hours=hours))
        if states() == ["failed"]:
            break
    assert timedelta(days=9) < timedelta(hours=hours) < timedelta(days=25)
    assert Message.objects.get().kind == "request"


def test_what_was_given_up_can_be_tried_again(user, post_office):
    post(to=user, kind="reply")
    Message.objects.update(state="failed", attempts=10)
    member = UserFactory(email="team@portal.example")
    try_again(by=member, now=MONDAY)
    assert deliver_mail(now=MONDAY) == 1
    assert AuditEvent.objects.get().by == "team@portal.example"


def test_trying_nothing_again_leaves_no_trace():
    try_again(by=UserFactory())
    assert not AuditEvent.objects.exists()


def test_a_kind_that_no_app_registers_any_more_is_shown_as_failed(user, post_office, monkeypatch):
    ask(user)
    post(to=user, kind="reply")
    monkeypatch.setattr(registry, "_known", {kind.name: kind for kind in registry.OWN})
    assert deliver_mail(now=TUESDAY) == 0
    assert states() == ["failed", "failed"]


# --- What is stopped ------------------------------------------------------------------------------------------------


def test_what_was_stopped_is_neither_queued_nor_sent(user, post_office):
    tell(user)
    ask(user)
    stop_kinds(subscriber=Subscriber(user.pk), names=["news"])
    assert tell(user) is None
    deliver_mail(now=TUESDAY)
    assert post_office.subjects == ["N1 would like to meet you"]
    assert states() == ["dropped", "sent"]


def test_stopped_while_it_waits_in_a_weekly_mail(user, post_office):
    tell(user)
    post_office.down = True
    deliver_mail(now=TUESDAY)
    stop_kinds(subscriber=Subscriber(user.pk), names=["news"])
    post_office.down = False
    assert deliver_mail(now=TUESDAY + timedelta(hours=1)) == 0
    assert post_office.sent == []
    ask(user, now=TUESDAY)
    assert deliver_mail(now=TUESDAY + timedelta(days=1)) == 1


def test_an_address_stops_its_own_mail_only(post_office):
    for address in ("lead@supplier.example", "else@supplier.example"):
        tell(address)
    stop_kinds(subscriber=Subscriber.of(None, "Lead@Supplier.example"), names=["news"])
    assert tell("LEAD@supplier.example") is None
    deliver_mail(now=TUESDAY)
    assert [sent.to for sent in post_office.sent] == [["else@supplier.example"]]


def test_answers_cannot_be_stopped(user):
    stop_kinds(subscriber=Subscriber(user.pk), names=["reply", "message_waiting", "sign_in", "nothing"])
    assert post(to=user, kind="reply")


# --- What is left ---------------------------------------------------------------------------------------------------


def test_of_an_answer_that_went_nothing_is_left(user, post_office):
    post(to=user, kind="reply", context={"number": 5})
    deliver_mail(now=MONDAY)
    assert not Message.objects.exists()


def test_of_a_weekly_mail_its_day_is_left_for_a_week_and_of_a_reminder_its_number(user, post_office):
    tell(user, 1)
    ask(user, 2, thread=77)
    deliver_mail(now=TUESDAY)
    rows = Message.objects.order_by("kind").values("kind", "context", "attempts", "not_before", "digest", "day")
    midnight = rhythm.midnight(TUESDAY)
    assert list(rows) == [
        {"kind": "digest", "context": {}, "attempts": 0, "not_before": midnight, "digest": None, "day": TUESDAY.date()},
        {"kind": "request", "context": {}, "attempts": 0, "not_before": midnight, "digest": None, "day": None},
    ]
    deliver_mail(now=TUESDAY + timedelta(days=7))
    assert Message.objects.get().kind == "request"
    deliver_mail(now=TUESDAY + timedelta(weeks=53))
    assert not Message.objects.exists()


def test_what_failed_or_was_dropped_is_forgotten_after_four_weeks(user, post_office):
    tell(user)
    ask(user)
    Message.objects.filter(kind="news").update(state="failed")
    Message.objects.filter(kind="request").update(state="dropped")
    deliver_mail(now=TUESDAY + timedelta(weeks=3))
    assert Message.objects.count() == 2
    deliver_mail(now=TUESDAY + timedelta(weeks=4, days=1))
    assert not Message.objects.exists()


def test_no_column_can_hold_a_time_to_the_second():
    """Whole numbers of quarter hours, and one date."""
    by_type = {field.name: field.get_internal_type() for field in Message._meta.get_fields()}
    assert "DateTimeField" not in by_type.values()
    assert [name for name, kind in by_type.items() if kind in {"DateField", "TimeField", "DurationField"}] == ["day"]


# --- What the database itself refuses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"user": None},
        {"address": "also@council.example"},
        {"state": "lost"},
        {"state": "sent"},  # with a context
        {"context": {"number": "x" * 1000}},
        {"day": datetime.date(2026, 11, 2)},
        {"kind": "digest", "context": {}},
        {"kind": "x" * 41},
        {"language": "cym"},
    ],
    ids=str,
)
def test_a_row_that_cannot_be(user, fields):
    row = {"user": user, "kind": "news", "context": {"number": 1}, "language": "en", **fields}
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Message.objects.create(**row)


@pytest.mark.parametrize("whom", ["user", "address"])
def test_one_weekly_mail_a_day_and_one_that_waits(user, whom):
    row = {"user": user} if whom == "user" else {"address": "lead@supplier.example"}
    day = datetime.date(2026, 11, 2)
    Message.objects.create(kind="digest", day=day, language="en", state="sent", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(kind="digest", day=day, language="en", **row)
    Message.objects.create(kind="digest", day=day + timedelta(days=9), language="en", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(kind="digest", day=day + timedelta(days=10), language="en", **row)
