"""One busy person through half a year: how much mail they get, and whether anything that needs an answer is lost."""

import dataclasses
import datetime
import itertools
import re
from datetime import timedelta
from random import Random

import pytest

from learning_portal.common.actions import answered, deliver_mail, post
from learning_portal.common.models import Message, User
from tests.factories import UserFactory
from tests.mailing import Post, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds"), pytest.mark.prove]

STARTS = ["2025-07-01", "2026-01-01"]
"""From 1 July 2025, a Tuesday, a half-year holds 27 Tuesdays."""
DAYS = 184
HOURS = (0, 7, 8, 12, 17, 20)
"""When the tick runs."""
REMIND_AFTER = timedelta(days=9)


@dataclasses.dataclass
class Request:
    """Something that needs an answer."""

    number: int
    asked_on: datetime.date
    mailed: int = 0
    answered: bool = False


@dataclasses.dataclass
class HalfYear:
    """A moderator, author and convenor at once: six things a working day happen to them, and more in some weeks."""

    user: User
    office: Post
    random: Random
    requests: dict[int, Request] = dataclasses.field(default_factory=dict)
    news: int = 0
    answers: int = 0
    read: int = 0
    mails: list[tuple[datetime.datetime, str]] = dataclasses.field(default_factory=list)
    """Unasked ones, with their text."""

    def live(self, start: datetime.date) -> None:
        for day in (start + timedelta(days=n) for n in range(DAYS)):
            self.office.down = self.random.random() < 0.1  # one day in ten the mail server is away
            for hour in HOURS:
                moment = at(day.isoformat(), hour)
                self.happen(moment)
                deliver_mail(now=moment)
                self.open_mail(moment)
            self.remind(moment)

    def happen(self, moment: datetime.datetime) -> None:
        if self.random.random() < 0.35:
            number = len(self.requests) + 1
            self.requests[number] = Request(number, moment.date())
            context = {"name": f"N{number}", "number": number}
            assert post(to=self.user, kind="request", context=context, thread=number, now=moment)
        for kind in ("news", "helped"):
            if self.random.random() < 0.3:
                self.news += 1
                post(to=self.user, kind=kind, context={"number": self.news}, now=moment)
        if self.random.random() < 0.1:
            self.answers += 1
            post(to=self.user, kind="reply", context={"number": self.answers}, now=moment)

    def remind(self, moment: datetime.datetime) -> None:
        """Whoever waits for an answer asks again, every day."""
        for request in self.requests.values():
            if not request.answered and moment.date() - request.asked_on >= REMIND_AFTER:
                context = {"name": f"N{request.number}", "number": request.number}
                post(to=self.user, kind="request", context=context, thread=request.number, now=moment)

    def open_mail(self, moment: datetime.datetime) -> None:
        """They read every mail, and answer half of what they are asked."""
        for sent in self.office.sent[self.read :]:
            if sent.subject == "We have it":
                continue
            self.mails.append((moment, sent.body))
            for number in map(int, re.findall(r"/requests/(\d+)/", sent.body)):
                self.requests[number].mailed += 1
                # By its number, so that the order of rows, whose keys are random, changes nothing.
                if Random(f"{number} {self.requests[number].mailed}").random() < 0.5:
                    self.requests[number].answered = True
                    answered(thread=number)
        self.read = len(self.office.sent)


@pytest.fixture(params=STARTS)
def half_year(request, post_office) -> HalfYear:
    life = HalfYear(UserFactory(), post_office, Random(request.param))
    life.live(datetime.date.fromisoformat(request.param))
    return life


def test_a_busy_half_year(half_year):
    at_most_26(half_year)
    one_a_week_and_never_at_weekends(half_year)
    nothing_that_needs_an_answer_is_lost(half_year)
    nobody_is_asked_a_third_time(half_year)
    every_answer_came(half_year)


def at_most_26(life: HalfYear) -> None:
    assert 20 <= len(life.mails) <= 26
    assert len(life.requests) > DAYS / 2
    assert life.news > DAYS / 2


def one_a_week_and_never_at_weekends(life: HalfYear) -> None:
    days = [moment.date() for moment, _text in life.mails]
    assert min(later - earlier for earlier, later in itertools.pairwise(days)) >= timedelta(days=7)
    assert {day.weekday() for day in days} <= {0, 1, 2, 3, 4}
    assert all(moment.hour in {8, 12, 13, 17} for moment, _text in life.mails)


def nothing_that_needs_an_answer_is_lost(life: HalfYear) -> None:
    waiting = set(Message.objects.waiting().filter(kind="request").values_list("thread", flat=True))
    lost = [one.number for one in life.requests.values() if not one.mailed and one.number not in waiting]
    assert lost == []
    assert not Message.objects.filter(state="failed").exists()
    for _moment, text in life.mails:
        others = [text.index(words) for words in ("Since last week", "It helped") if words in text]
        assert text.rfind("/requests/") < min(others, default=len(text))


def nobody_is_asked_a_third_time(life: HalfYear) -> None:
    assert max(one.mailed for one in life.requests.values()) == 2
    ignored = [one for one in life.requests.values() if not one.answered and one.mailed == 2]
    assert len(ignored) > 10


def every_answer_came(life: HalfYear) -> None:
    came = sum(sent.subject == "We have it" for sent in life.office.sent)
    assert came + Message.objects.waiting().filter(kind="reply").count() == life.answers
    assert life.answers > 20
