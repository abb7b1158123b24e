"""Two people ask for the last place at once, and two go back while others wait: real processes on a database of their
own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

from tests.own_portal import Portal, made

pytestmark = pytest.mark.prove

PROGRAM = "import sys, django; django.setup(); from tests.networks.coming import main; main(*sys.argv[1:])"
ROUNDS = 15
"""Events in each race: two processes meet at every one of them."""
GOING = "SELECT COUNT(*) FROM networks_attendance WHERE state = 'going'"


@pytest.fixture(scope="module")
def portal(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        yield from made(tmp_path_factory.mktemp("events"))


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


def at_once(portal: Portal, *commands: tuple[str, ...]) -> list[str]:
    """What each process says that began together with the others."""
    running = [start(portal, *command) for command in commands]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(running), said
    return said


@pytest.fixture
def events(portal) -> None:
    portal.empty()
    process = start(portal, "build", str(ROUNDS))
    said = process.communicate()[0]
    assert process.returncode == 0, said


def test_the_last_place_is_given_once(portal, events):
    said = at_once(portal, ("join", "0"), ("join", "1"))
    assert sorted(state for answer in zip(*map(json.loads, said), strict=True) for state in answer) == sorted(
        ["going", "waiting"] * ROUNDS
    )
    assert portal.select(GOING) == ROUNDS


def test_without_the_lock_it_is_given_twice(portal, events):
    """SQLite lets one process write at a time in any case: its transactions begin with the lock."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time")
    running = [start(portal, "join", str(person), "unguarded") for person in range(2)]
    for process in running:
        process.stdout.readline()
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    codes = [process.communicate() and process.returncode for process in running]
    assert portal.select(GOING) > ROUNDS or any(codes)  # given twice, or both took the same turn


def test_a_place_that_falls_free_is_given_once_and_told_once(portal, events):
    for person in ("0", "1", "2", "3"):
        at_once(portal, ("join", person))
    assert portal.select(GOING) == ROUNDS
    # Who has the place goes back in two windows at once, while the first of those who wait goes too.
    at_once(portal, ("back", "0"), ("back", "0"), ("back", "1"))
    assert portal.select(GOING) == ROUNDS
    told = portal.rows("SELECT user_id, COUNT(*) FROM common_message WHERE kind = 'event_place' GROUP BY user_id")
    assert max(number for _user, number in told) <= ROUNDS
    last = "SELECT COUNT(*) FROM networks_attendance a JOIN common_user u ON u.id = a.user_id"
    assert portal.select(f"{last} WHERE a.state = 'going' AND u.email = 'p2@council.example'") == ROUNDS
    told_twice = "SELECT COUNT(*) FROM common_message m JOIN common_user u ON u.id = m.user_id"
    assert portal.select(f"{told_twice} WHERE m.kind = 'event_place' AND u.email = 'p2@council.example'") == ROUNDS


def test_two_ticks_at_once_free_and_ask_once(portal, events):
    for person in ("0", "1"):
        at_once(portal, ("join", person))
    at_once(portal, ("lapse", "0"))
    at_once(portal, ("tick",), ("tick",))
    assert portal.select(GOING) == ROUNDS
    assert portal.select("SELECT COUNT(*) FROM common_message WHERE kind = 'event_place'") == ROUNDS
    assert portal.select("SELECT COUNT(*) FROM networks_actionfollowup") == ROUNDS
    assert portal.select("SELECT COUNT(*) FROM common_message WHERE kind = 'action_asked'") == ROUNDS
    assert portal.select("SELECT COUNT(*) FROM common_message WHERE kind = 'action_due'") == ROUNDS
