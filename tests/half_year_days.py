"""The days of half a year, one after the other: the tick, which is killed at times, the post, and what people do.

A program looks at every link of every mail before its reader does, and must change nothing.
"""

import collections
import contextlib
import dataclasses
import datetime
import io
import re
from collections.abc import Callable, Iterator
from random import Random
from unittest import mock

from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection

from learning_portal.common.mail.headers import PortalMail
from learning_portal.site.management.commands import tick
from tests.browsing import Browser
from tests.half_year import Clock, Portal
from tests.half_year_answers import Answering
from tests.half_year_doing import DAY

LINK = re.compile(re.escape(settings.PORTAL_URL) + r"(/\S*)")
NO_HARM = ("django_session", "common_limit")
"""Tables that any visit may write to."""


class Killed(BaseException):
    """As by a power cut: nothing in the program catches it."""


@dataclasses.dataclass(frozen=True)
class Letter:
    """A mail that somebody got."""

    on: datetime.date
    to: str
    message_id: str
    is_unasked: bool
    links: tuple[str, ...]


@contextlib.contextmanager
def nothing_written() -> Iterator[None]:
    def look(execute, sql, params, many, context):
        verb = sql.split(None, 1)[0].upper()
        harmless = verb not in {"INSERT", "UPDATE", "DELETE"} or any(table in sql for table in NO_HARM)
        assert harmless, f"to look at a link wrote: {sql}"
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield


class HalfYear(Answering):
    """`most` people ask somebody on each working day; `check` is called after all that happens."""

    def __init__(
        self, portal: Portal, clock: Clock, dice: Random, *, most: int, kills: int, check: Callable[[], None]
    ) -> None:
        super().__init__(portal, clock, dice)
        self.most, self.check = most, check
        self.letters: list[Letter] = []
        self.unread: dict[datetime.date, list[Letter]] = collections.defaultdict(list)
        self.opened: set[str] = set()
        self.kills_left, self.statements = kills, 400
        """The statements of the last morning's tick: it may be killed at any of so many."""

    # --- Days -------------------------------------------------------------------------------------------------------

    def live(self, weeks: int) -> None:
        days = [self.clock.today + DAY * number for number in range(7 * weeks)]
        for day in days:
            self.clock.at(day, 9)
            if day.weekday() < 6:
                self.tick(kill=self.kills_left > 0 and day.weekday() < 5 and self.dice.random() < 0.25)
            if day.weekday() < 5:
                self.work(day)
            if day.weekday() == 2:
                self.clock.at(day, 15)
                self.tick()

    def work(self, day: datetime.date) -> None:
        self.clock.at(day, 11)
        for letter in self.unread.pop(day, []):
            self.answer(letter.to, letter.links)
        for _number in range(self.most):
            self.ask_somehow(self.anybody())
        if self.dice.random() < 0.15:
            self.withdraw(self.anybody())
        if self.dice.random() < 0.4:
            self.come(self.anybody())
        self.after_events(day)
        if day.weekday() == 0:
            self.begin_week()
        if day.weekday() == 3:
            self.work_at_desk()
        self.check()

    def rest(self, weeks: int) -> None:
        """Nobody does anything any more; the portal goes on."""
        self.unread.clear()
        for _number in range(weeks):
            for _day in range(7):
                self.clock.at(self.clock.today + DAY, 9)
                if self.clock.today.weekday() == 1:
                    self.tick()

    # --- The tick ---------------------------------------------------------------------------------------------------

    def tick(self, *, kill: bool = False) -> None:
        """Killed at any statement, or when a mail has just left, it is run again, a quarter of an hour later."""
        statement, letter = 0, 0
        if kill and self.dice.random() < 0.5:
            statement = self.dice.randint(1, self.statements)
        elif kill:
            letter = self.dice.randint(1, 5)
        if self._run(statement, letter):
            self.kills_left -= 1
            self.done["ticks killed"] += 1
            self.check()
            self.clock.now += datetime.timedelta(minutes=20)
            self._run()
        self.check()
        self.deliver()

    def _run(self, statement: int = 0, letter: int = 0) -> bool:
        """Whether it was killed: before its so-manieth statement, or after its so-manieth mail."""
        seen, left, really_send = 0, 0, PortalMail.send

        def count(execute, sql, params, many, context):
            nonlocal seen
            seen += 1
            if seen == statement:
                raise Killed
            return execute(sql, params, many, context)

        def send(sent: PortalMail, fail_silently: bool = False) -> int:
            nonlocal left
            left += really_send(sent, fail_silently)
            if left == letter:
                raise Killed
            return 1

        def fail(*words) -> None:
            raise  # what the tick would only have logged

        try:
            with (
                connection.execute_wrapper(count),
                mock.patch.object(PortalMail, "send", send),
                mock.patch.object(tick.log, "exception", fail),
            ):
                call_command("tick", stdout=io.StringIO())
        except Killed:
            return True
        if self.clock.now.hour < 12:
            self.statements = seen
        return False

    def deliver(self) -> None:
        """Whatever left since: a program opens each link, and its reader has it in hand."""
        known = {letter.message_id for letter in self.letters}
        for found in mail.outbox:
            letter = Letter(
                self.clock.today,
                found.to[0],
                found.extra_headers.get("Message-ID", ""),
                "List-Unsubscribe" in found.extra_headers,
                tuple(dict.fromkeys(LINK.findall(found.body))),
            )
            self.letters.append(letter)
            if letter.message_id in known:
                continue
            known.add(letter.message_id)
            with nothing_written():
                for url in letter.links:
                    self._look_through(url)
            self._put_by(letter)
        mail.outbox.clear()

    def _look_through(self, url: str) -> None:
        """Each link once, and of those that stop a kind of mail, which every mail has, a few."""
        if url not in self.opened and ("/mail/stop/" not in url or self.dice.random() < 0.05):
            self.opened.add(url)
            Browser().open(url)

    def _put_by(self, letter: Letter) -> None:
        """A team's mailbox answers every other time."""
        person = self.people.get(letter.to)
        answers, slowness = (person.answers, person.slowness) if person else (0.5, 4)
        if self.dice.random() < answers:
            day = self.clock.today + DAY * self.dice.randint(0, slowness)
            if day == self.clock.today and self.clock.now.hour > 10:  # after this day's work
                day += DAY
            while day.weekday() > 4:
                day += DAY
            self.unread[day].append(letter)
