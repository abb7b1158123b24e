"""What people said they would do: reminders, and what became of it. The pages are in tests/stories/test_actions.py."""

import datetime

import pytest
from django.utils import timezone

from learning_portal.common.actions import deliver_mail
from learning_portal.common.models import Message
from networks import promises
from networks.models import Action, ActionFollowUp, Event
from networks.promises import (
    LeftAlready,
    NotTheirs,
    answer_follow_up,
    ask_what_became,
    change_day,
    give_up,
    leave_action,
    meetings_to_record,
    months_before,
    record_action,
    remind_of_actions,
    settle,
)
from tests.factories import (
    ActionFactory,
    AttendanceFactory,
    EventFactory,
    MembershipFactory,
    NetworkFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2027, 3, 1)
WEEK = datetime.timedelta(days=7)


def day(offset: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=offset)


def mails() -> list[tuple[str, int | None]]:
    return list(Message.objects.order_by("pk").values_list("kind", "user"))


# --- Making them ----------------------------------------------------------------------------------------------------


def begun(hours: int = 1, ended: int | None = None, **fields):
    now = timezone.now()
    ends = now - datetime.timedelta(days=ended) if ended is not None else now + datetime.timedelta(hours=1)
    return EventFactory(starts_at=ends - datetime.timedelta(hours=hours + 1), ends_at=ends, **fields)


def test_whoever_was_there_leaves_one():
    event = begun(network=NetworkFactory())
    user = AttendanceFactory(event=event).user
    action = leave_action(by=user, event=event, text="Ride along.", due_on=TODAY)
    assert (action.owner, action.network, action.state, action.is_recorded) == (user, event.network, "open", False)
    with pytest.raises(LeftAlready):
        leave_action(by=user, event=event, text="Another.", due_on=TODAY)
    assert Action.objects.count() == 1


@pytest.mark.parametrize("ended", [15, 14])
def test_two_weeks_later_it_is_too_late(ended):
    event = begun(ended=ended)
    user = AttendanceFactory(event=event).user
    with pytest.raises(NotTheirs):
        leave_action(by=user, event=event, text="Late.", due_on=TODAY)


def test_within_two_weeks_it_is_not():
    event = begun(ended=13)
    leave_action(by=AttendanceFactory(event=event).user, event=event, text="In time.", due_on=TODAY)


def test_whoever_was_not_there_leaves_none():
    event, to_come = begun(), EventFactory()
    waiting = AttendanceFactory(event=event, state="waiting").user
    absent = AttendanceFactory(event=event, came=False).user
    early = AttendanceFactory(event=to_come).user
    for user, where in ((waiting, event), (absent, event), (UserFactory(), event), (early, to_come)):
        with pytest.raises(NotTheirs):
            leave_action(by=user, event=where, text="Not there.", due_on=TODAY)


def test_a_convenor_records_and_the_member_is_told_without_the_words():
    convenor = MembershipFactory(is_convenor=True)
    member = MembershipFactory(network=convenor.network).user
    action = record_action(by=convenor.user, network=convenor.network, owner=member, text="Ring me!", due_on=TODAY)
    assert (action.is_recorded, action.network) == (True, convenor.network)
    assert mails() == [("action_recorded", member.pk)]
    assert "Ring" not in str(Message.objects.get().context)


def test_nobody_records_for_who_is_no_member_and_no_member_records():
    convenor = MembershipFactory(is_convenor=True)
    member, outsider = MembershipFactory(network=convenor.network).user, UserFactory()
    for by, owner in ((convenor.user, outsider), (member, member), (outsider, member)):
        with pytest.raises(NotTheirs):
            record_action(by=by, network=convenor.network, owner=owner, text="T", due_on=TODAY)


def test_it_is_recorded_at_a_meeting_of_the_network_that_has_been():
    convenor = MembershipFactory(is_convenor=True)
    meeting = begun(ended=40, network=convenor.network)
    given = {"by": convenor.user, "network": convenor.network, "owner": convenor.user, "text": "T", "due_on": TODAY}
    assert record_action(**given, event=meeting).event == meeting
    assert record_action(**given, event=meeting).event == meeting
    assert record_action(**given).event is None
    of_another = begun(network=MembershipFactory(user=convenor.user, is_convenor=True).network)
    others = (
        of_another,
        begun(),
        begun(network=NetworkFactory()),
        EventFactory(network=convenor.network),
        begun(network=convenor.network, cancelled_on=TODAY),
    )
    for event in others:
        with pytest.raises(NotTheirs):
            record_action(**given, event=event)
    assert Action.objects.count() == 3


def test_meetings_are_those_of_today_and_before_the_latest_first():
    convenor = MembershipFactory(is_convenor=True)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)

    def at(**ago) -> Event:
        return EventFactory(network=convenor.network, starts_at=midnight + datetime.timedelta(**ago))

    old, tonight, last_month = at(days=-400), at(hours=23), at(days=-30)
    at(days=1)
    assert list(meetings_to_record(convenor.user, convenor.network)) == [tonight, last_month, old]
    assert not meetings_to_record(UserFactory(), convenor.network).exists()


# --- Settling them --------------------------------------------------------------------------------------------------


def test_it_is_settled_once_and_its_reminders_are_forgotten():
    action = ActionFactory(due_on=TODAY)
    remind_of_actions(today=TODAY)
    assert len(mails()) == 1
    assert settle(by=action.owner, action=action, state="done")
    assert mails() == []
    assert not settle(by=action.owner, action=action, state="dropped")
    action.refresh_from_db()
    assert action.state == "done"


def test_only_by_its_owner_and_declined_only_where_somebody_else_wrote_it():
    action = ActionFactory()
    with pytest.raises(NotTheirs):
        settle(by=UserFactory(), action=action, state="done")
    with pytest.raises(NotTheirs):
        change_day(by=UserFactory(), action=action, due_on=TODAY)
    with pytest.raises(NotTheirs):
        settle(by=action.owner, action=action, state="declined")
    recorded = ActionFactory(network=NetworkFactory(), is_recorded=True)
    assert settle(by=recorded.owner, action=recorded, state="declined")


# --- Reminders ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("offset", "reminded"), [(8, 0), (7, 1), (0, 1), (-30, 1), (-31, 0)])
def test_of_what_is_due_within_a_week_or_late(offset, reminded):
    ActionFactory(due_on=day(offset))
    assert remind_of_actions(today=TODAY) == reminded


def test_once_a_week_twice_at_most_however_often_the_tick_runs(mailoutbox, monkeypatch):
    action = ActionFactory(due_on=TODAY, text="Ride along")
    monday = timezone.make_aware(datetime.datetime(2027, 3, 1, 9))
    for passed in range(30):
        now = monday + datetime.timedelta(days=passed)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        remind_of_actions(), remind_of_actions()
        deliver_mail(now=now)
    assert [mail.to for mail in mailoutbox] == [[action.owner.email]] * 2
    assert "Ride along" in mailoutbox[0].body


def test_another_day_begins_them_anew():
    action = ActionFactory(due_on=TODAY)
    remind_of_actions(today=TODAY)
    change_day(by=action.owner, action=action, due_on=day(30))
    assert mails() == []
    assert remind_of_actions(today=TODAY) == 0
    assert remind_of_actions(today=day(25)) == 1


def test_of_what_a_convenor_wrote_no_word_is_mailed():
    ActionFactory(due_on=TODAY, network=NetworkFactory(), is_recorded=True, text="Mail this!")
    remind_of_actions(today=TODAY)
    assert "Mail this" not in str(Message.objects.get().context)


def test_any_words_fit_a_mail():
    ActionFactory(due_on=TODAY, text="😀" * 300)
    assert remind_of_actions(today=TODAY) == 1


def test_settled_ones_and_closed_accounts_are_left_in_peace():
    for state in ("done", "dropped"):
        ActionFactory(due_on=TODAY, state=state)
    ActionFactory(due_on=TODAY, owner=UserFactory(is_active=False))
    assert remind_of_actions(today=TODAY) == 0


def test_of_two_ticks_at_once_one_reminds():
    action = ActionFactory(due_on=TODAY)
    assert promises._remind(action, TODAY)
    assert not promises._remind(action, TODAY)  # it read the row before the other wrote


# --- What became of it ----------------------------------------------------------------------------------------------


def asked(made: str, today: str) -> list[int]:
    ActionFactory(made_on=datetime.date.fromisoformat(made))
    ask_what_became(today=datetime.date.fromisoformat(today))
    return list(ActionFollowUp.objects.values_list("months", flat=True))


@pytest.mark.parametrize(
    ("made", "today", "months"),
    [
        ("2027-01-31", "2027-02-27", []),
        ("2027-01-31", "2027-02-28", []),
        ("2027-01-28", "2027-02-28", [1]),
        ("2027-01-31", "2027-03-03", [1]),
        ("2027-01-10", "2027-04-10", [3]),
        ("2027-01-10", "2027-03-20", [1]),
        ("2027-01-10", "2027-07-10", [6]),
        ("2026-01-10", "2027-07-10", []),
    ],
)
def test_after_one_three_and_six_months(made, today, months):
    assert asked(made, today) == months


def test_each_is_asked_once_and_all_three_come():
    action = ActionFactory(made_on=TODAY)
    for passed in range(0, 200, 5):
        ask_what_became(today=day(passed)), ask_what_became(today=day(passed))
    assert list(ActionFollowUp.objects.values_list("months", flat=True)) == [1, 3, 6]
    assert mails() == [("action_asked", action.owner_id)] * 3


def test_what_was_given_up_is_not_asked_about():
    for state in ("dropped", "declined"):
        ActionFactory(made_on=TODAY, state=state, network=NetworkFactory(), is_recorded=True)
    ActionFactory(made_on=TODAY, owner=UserFactory(is_active=False))
    assert ask_what_became(today=day(40)) == 0


def test_an_answer_is_kept_once():
    follow_up = ActionFollowUp.objects.create(action=ActionFactory(), months=1, asked_on=TODAY)
    assert answer_follow_up(follow_up=follow_up, answer="doing")
    assert not answer_follow_up(follow_up=follow_up, answer="helped")
    follow_up.refresh_from_db()
    assert (follow_up.answer, follow_up.answered_on) == ("doing", timezone.localdate())


def test_giving_up_ends_the_questions():
    action = ActionFactory(made_on=TODAY)
    ask_what_became(today=day(40))
    assert give_up(follow_up=ActionFollowUp.objects.get())
    assert not give_up(follow_up=ActionFollowUp.objects.get())
    assert ask_what_became(today=day(100)) == 0
    action.refresh_from_db()
    assert action.state == "dropped"


def test_months_are_counted_back_by_the_calendar():
    assert months_before(datetime.date(2027, 3, 31), 1) == datetime.date(2027, 2, 28)
    assert months_before(datetime.date(2027, 1, 15), 3) == datetime.date(2026, 10, 15)
    assert months_before(datetime.date(2028, 8, 31), 6) == datetime.date(2028, 2, 29)
