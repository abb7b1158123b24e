"""Half a year of the demo's late work by one tick after another, by two at once, and by ticks that are killed: the same
comes of it, whatever falls due. Questions are passed on, meetings and cards asked about, rounds sent, networks rested.

Which messages share a weekly mail depends on which of two ticks was there first, and with it when a reminder follows.
So rows are compared of everything but messages; and of mails, that the same people get some, and nobody one twice.
"""

import collections
import datetime
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from tests.own_portal import Portal, made, twin

pytestmark = pytest.mark.prove

PROGRAM = "import sys, django; django.setup(); from tests.ticking import main; main(*sys.argv[1:])"
DAYS = (1, 4, 9, 14, 21, 29, 45, 93, 130, 185, 193, 201, 209)
"""After which a tick runs, at noon; where that is at a weekend, on Monday. By the last ones all mail has left that
waited for its person's next weekly one."""
TICKS = 3
"""At each moment: what falls due in steps, a round that is late by months, is done by then."""
NOT_COMPARED = {"Session", "Limit", "Message"}


class Ticker:
    """A process that ticks when it is told to."""

    def __init__(self, portal: Portal, sent: Path):
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(sent)],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": portal.url, "DJANGO_SETTINGS_MODULE": "learning_portal.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout.readline() == "ready\n"

    def tick(self, moment: datetime.datetime) -> None:
        for _ in range(TICKS):
            self.begin(moment)
            self.finish()

    def begin(self, moment: datetime.datetime) -> None:
        self.process.stdin.write(f"{moment.isoformat()}\n")
        self.process.stdin.flush()

    def finish(self) -> None:
        """Wait until it is done; no job may fail."""
        assert json.loads(self.process.stdout.readline()) == []

    def kill_after(self, seconds: float) -> bool:
        """As a power cut would; whether it was still at work."""
        time.sleep(seconds)
        self.process.kill()
        return self.process.communicate()[0] == ""

    def end(self) -> None:
        self.process.communicate()


@pytest.fixture(scope="module")
def demo(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        yield from made(tmp_path_factory.mktemp("demo"), "prepare")


def moments() -> Iterator[datetime.datetime]:
    today = timezone.localdate()
    for number in DAYS:
        day = today + datetime.timedelta(days=number)
        day += datetime.timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)
        yield datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


class Outcome(NamedTuple):
    rows: dict[str, int]
    """How many there are of everything."""
    mails: collections.Counter
    """By day, address and subject, however often one with the same Message-ID left."""

    @property
    def people(self) -> set[str]:
        return {to for _day, to, _subject in self.mails}


def outcome(portal: Portal, sent: Path) -> Outcome:
    models = [model for model in apps.get_models() if model.__name__ not in NOT_COMPARED]
    rows = {model.__name__: portal.select(f"SELECT COUNT(*) FROM {model._meta.db_table}") for model in models}
    mails = {tuple(json.loads(line)) for line in sent.read_text(encoding="utf-8").splitlines()}
    return Outcome(rows, collections.Counter((day, to, subject) for _key, day, to, subject in mails))


def same(found: Outcome, one_by_one: Outcome) -> None:
    assert {name: number for name, number in found.rows.items() if number != one_by_one.rows[name]} == {}
    assert found.people == one_by_one.people
    assert [mail for mail, number in found.mails.items() if number > max(1, one_by_one.mails[mail])] == []


@pytest.fixture(scope="module")
def one_by_one(demo, tmp_path_factory) -> Outcome:
    """What comes of it when nothing happens at once."""
    folder = tmp_path_factory.mktemp("one")
    with twin(demo, folder) as portal:
        ticker = Ticker(portal, folder / "sent")
        for moment in moments():
            ticker.tick(moment)
        ticker.end()
        return outcome(portal, folder / "sent")


def test_much_falls_due(one_by_one):
    """Else the two tests below would compare nothing."""
    assert one_by_one.mails.total() > 100
    assert len({subject for _day, _to, subject in one_by_one.mails}) > 10
    assert len(one_by_one.people) > 40


def test_two_at_once_do_what_one_does(demo, one_by_one, tmp_path):
    with twin(demo, tmp_path) as portal:
        both = [Ticker(portal, tmp_path / "sent") for _ in range(2)]
        for moment in moments():
            for _ in range(TICKS):
                for ticker in both:
                    ticker.begin(moment)
                for ticker in both:
                    ticker.finish()
        for ticker in both:
            ticker.end()
        same(outcome(portal, tmp_path / "sent"), one_by_one)


def test_what_is_killed_is_done_by_the_next(demo, one_by_one, tmp_path):
    random, killed = Random(26), 0
    with twin(demo, tmp_path) as portal:
        for moment in moments():
            first = Ticker(portal, tmp_path / "sent")
            first.begin(moment)
            killed += first.kill_after(random.uniform(0.02, 0.8))
            second = Ticker(portal, tmp_path / "sent")
            second.tick(moment)
            second.end()
        assert killed > len(DAYS) / 2
        same(outcome(portal, tmp_path / "sent"), one_by_one)
