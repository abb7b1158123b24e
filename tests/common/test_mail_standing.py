"""Mail that says how something stands: one waits for each person, says the newest, and is forgotten when it is over."""

import pytest

from learning_portal.common.actions import deliver_mail, stop_kinds, tell_how_it_stands
from learning_portal.common.mail.stopping import Subscriber
from learning_portal.common.models import Message
from tests.factories import UserFactory
from tests.mailing import MONDAY, TUESDAY, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


def tell(number: int, *people, now=MONDAY) -> None:
    tell_how_it_stands(kind="news", to={user: {"number": number} for user in people}, now=now)


def numbers() -> list[int]:
    return [message.context["number"] for message in Message.objects.waiting().filter(kind="news")]


def test_one_waits_and_says_the_newest():
    user = UserFactory()
    for number in (1, 1, 4):
        tell(number, user)
    assert numbers() == [4]


def test_it_waits_no_longer_for_being_brought_up_to_date():
    user = UserFactory()
    tell(1, user)
    before = Message.objects.get().not_before
    tell(2, user, now=TUESDAY)
    assert Message.objects.get().not_before == before


def test_once_a_week_for_as_long_as_it_stands(post_office):
    user = UserFactory()
    for day in range(2, 31):
        moment = at(f"2026-11-{day:02}")
        tell(day, user, now=moment)
        deliver_mail(now=moment)
    assert len(post_office.sent) == 4


def test_nobody_is_told_what_is_over(post_office):
    still, over = UserFactory(), UserFactory()
    tell(1, still, over)
    tell(1, still)
    deliver_mail(now=TUESDAY)
    assert [sent.to for sent in post_office.sent] == [[still.email]]
    tell(1)
    assert not Message.objects.filter(kind="news").exists()


def test_other_mail_is_left_alone():
    from learning_portal.common.actions import post

    user = UserFactory()
    post(to=user, kind="news", context={"number": 7}, now=MONDAY)
    post(to=user, kind="news", context={"number": 8}, thread=5, now=MONDAY)
    tell(1)
    assert sorted(numbers()) == [7, 8]


def test_who_stopped_the_kind_hears_nothing():
    user = UserFactory()
    stop_kinds(subscriber=Subscriber(user.pk), names=["news"])
    tell(1, user)
    assert numbers() == []
