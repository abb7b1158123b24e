"""Two ticks at once, and a tick that is killed: real processes on a database of their own."""

import collections
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.own_portal import Portal, made

pytestmark = pytest.mark.prove

PROGRAM = "import sys, django; django.setup(); from tests.common.delivering import main; main(*sys.argv[1:])"
PEOPLE = 100
MAILS = 2 * PEOPLE
"""One at once and one weekly mail for each."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        yield from made(tmp_path_factory.mktemp("mail"))


def start(portal: Portal, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": portal.url, "DJANGO_SETTINGS_MODULE": "learning_portal.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process: subprocess.Popen) -> None:
    said = process.communicate("\n")[0]
    assert process.returncode == 0, said


@pytest.fixture
def queued(portal) -> None:
    portal.empty()
    finish(start(portal, "queue", str(PEOPLE)))
    assert portal.select("SELECT COUNT(*) FROM common_message") == 4 * PEOPLE


def two_at_once(portal: Portal, folder: Path, *how: str) -> list[collections.Counter[str]]:
    """What each of two processes sent that began together."""
    logs = [folder / "one.txt", folder / "other.txt"]
    both = [start(portal, "deliver", "2026-11-03", "9", str(log), *how) for log in logs]
    for process in both:
        assert process.stdout.readline() == "ready\n"
    for process in both:
        process.stdin.write("\n")
        process.stdin.flush()
    for process in both:
        said = process.communicate()[0]
        assert process.returncode == 0, said
    return [sent_in(log) for log in logs]


def sent_in(log: Path) -> collections.Counter[str]:
    return collections.Counter(log.read_text().splitlines() if log.exists() else [])


def test_two_ticks_at_once_send_every_mail_once(portal, queued, tmp_path):
    one, other = two_at_once(portal, tmp_path)
    sent = one + other
    assert set(sent.values()) == {1}
    assert len(sent) == MAILS
    assert collections.Counter(line.split()[1] for line in sent) == {f"p{n}@supplier.example": 2 for n in range(PEOPLE)}
    assert len(one) > MAILS / 10, "they did not work at the same time"
    assert len(other) > MAILS / 10, "they did not work at the same time"
    assert portal.select("SELECT COUNT(*) FROM common_message WHERE state <> 'sent'") == 0


def test_without_the_guard_some_go_twice(portal, queued, tmp_path):
    one, other = two_at_once(portal, tmp_path, "unguarded")
    assert max((one + other).values()) > 1


def test_a_tick_that_is_killed_loses_nothing(portal, queued, tmp_path):
    """At least once, and under one Message-ID: what was being sent at that moment goes a second time."""
    log = tmp_path / "log.txt"
    killed = 0
    for hour in range(8, 12):
        process = start(portal, "deliver", "2026-11-03", str(hour), str(log))
        process.stdout.readline()
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(0.25)
        killed += process.poll() is None
        process.kill()
        process.communicate()
    assert killed >= 2
    finish(start(portal, "deliver", "2026-11-03", "13", str(log)))
    sent = sent_in(log)
    assert len(sent) == MAILS
    assert set(sent.values()) <= {1, 2}
    assert list(sent.values()).count(2) <= killed
    assert portal.select("SELECT COUNT(*) FROM common_message WHERE state <> 'sent'") == 0
