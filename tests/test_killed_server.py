"""A server that is killed, as by a power cut, while stories are sent in: each is there whole and once, or not at all.

Gunicorn serves with real worker processes; one that is in the middle of a submission is killed, again and again. What
was acknowledged must be there, what was not may be sent again and is there once.
"""

import collections
import http.client
import json
import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests.own_portal import Portal, made
from tests.worlds import count

pytestmark = pytest.mark.prove

KILLS = 50
DRAFTS = 900
SENDERS = 3
TRIES = 40
"""How often a sender sends one story before the test gives up."""
READY_WITHIN = 30
LONGEST_FUSE = 0.05
"""Seconds after which a worker is killed at the latest: about as long as it works on one submission."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        yield from made(tmp_path_factory.mktemp("portal"))


class Server:
    """Gunicorn with two workers, loaded before they fork, so that one that is killed is replaced at once."""

    def __init__(self, portal: Portal):
        command = ("-m", "gunicorn", "learning_portal.wsgi", "--bind", "127.0.0.1:0", "--workers", "2", "--preload")
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": portal.url, "LOG_LEVEL": "ERROR"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.port = self.read_port()
        threading.Thread(target=self.process.stderr.read, daemon=True).start()  # or its log would fill the pipe

    def read_port(self) -> int:
        for line in self.process.stderr:
            if "Listening at: http://127.0.0.1:" in line:
                return int(line.split("127.0.0.1:")[1].split()[0])
        raise AssertionError("the server did not start")

    def workers(self) -> list[int]:
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]

    def kill_worker(self) -> None:
        for pid in self.workers()[:1]:
            os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        for pid in self.workers():
            os.kill(pid, signal.SIGKILL)
        self.process.wait()


def waiting_drafts(portal: Portal, number: int) -> list[tuple[int, str, str]]:
    """Key, public id and receipt of so many drafts, the only stories of the portal."""
    portal.empty()
    return json.loads(portal.start_python("-m", "tests.waiting_drafts", str(number)).communicate()[0])


@pytest.fixture
def server(portal) -> Iterator[Server]:
    server = Server(portal)
    yield server
    server.stop()


class Senders:
    """People who send their stories in, three at a time, and send again what got no answer."""

    def __init__(self, server: Server, drafts: list[tuple[int, str, str]]):
        self.server, self.waiting = server, collections.deque(drafts)
        self.acknowledged: list[int] = []
        self.begun: list[int] = []
        self.in_flight = 0
        self.lost = 0
        """Answers that never came."""
        self.wrong: list[str] = []
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.send_all) for _ in range(SENDERS)]
        for thread in self.threads:
            thread.start()

    def send_all(self) -> None:
        while self.waiting and not self.over.is_set():
            draft = self.waiting.popleft()
            self.begun.append(draft[0])
            self.send_until_answered(*draft)

    def send_until_answered(self, key: int, public_id: str, receipt: str) -> None:
        for _ in range(TRIES):
            try:
                self.in_flight += 1
                status, location = self.send(public_id, receipt)
            except (OSError, http.client.HTTPException):
                self.lost += 1
                time.sleep(0.02)
                continue
            finally:
                self.in_flight -= 1
            if (status, location) == (302, f"/tell/{public_id}/sent/"):
                self.acknowledged.append(key)
            elif (status, location) != (302, f"/tell/{public_id}/status/"):
                self.wrong.append(f"{public_id}: {status} {location}")
            return
        self.wrong.append(f"{public_id}: no answer in {TRIES} tries")

    def send(self, public_id: str, receipt: str) -> tuple[int, str]:
        """The last button of page 3, as a browser sends it."""
        token = secrets.token_hex(16)
        form = urlencode({"csrfmiddlewaretoken": token, "read": 1, "audience": "public"})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={token}; receipt={receipt}",
        }
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=READY_WITHIN)
        try:
            line.request("POST", f"/tell/{public_id}/check/", form, headers)
            answer = line.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location", "")
        finally:
            line.close()

    def stop(self) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join(60)


def test_what_was_acknowledged_is_there_once_and_whole(portal, server, request):
    drafts = waiting_drafts(portal, DRAFTS)
    senders = Senders(server, drafts)
    kills = 0
    while kills < KILLS and senders.waiting:
        lost = senders.lost
        time.sleep(random.uniform(0, LONGEST_FUSE))
        if senders.in_flight:
            server.kill_worker()
            time.sleep(0.1)
        kills += senders.lost > lost  # a submission was cut off
    senders.stop()
    assert senders.wrong == []
    assert kills >= KILLS, "the stories came to an end before the kills"
    assert half_told(portal) == []
    sent = {key for (key,) in portal.rows("SELECT id FROM stories_story WHERE status = 'submitted'")}
    assert set(senders.acknowledged) <= sent <= set(senders.begun)
    assert len(senders.acknowledged) == len(set(senders.acknowledged))
    count(request, "servers killed in a submission", kills)


HALF_TOLD = """
    SELECT id, status, submitted_on IS NULL, pool = '',
        (SELECT COUNT(*) FROM stories_version v WHERE v.story_id = s.id),
        (SELECT COUNT(*) FROM stories_decision d WHERE d.story_id = s.id AND d.verb = 'submitted'),
        (SELECT COUNT(*) FROM stories_handling h WHERE h.story_id = s.id),
        (SELECT COUNT(*) FROM stories_storytopic t WHERE t.content_object_id = s.id),
        COALESCE((SELECT number FROM stories_draft w WHERE w.story_id = s.id), 0)
    FROM stories_story s"""
DRAFT, SENT = (True, True, 0, 0, 0, 0, 1), (False, False, 1, 1, 1, 1, 2)


def half_told(portal: Portal) -> list[tuple]:
    """The stories that are neither a whole draft nor sent in once, with all that belongs to it."""
    rows = [(key, status, *map(int, facts)) for key, status, *facts in portal.rows(HALF_TOLD)]
    whole = {("draft", *map(int, DRAFT)), ("submitted", *map(int, SENT))}
    return [row for row in rows if row[1:] not in whole]


def test_half_a_story_would_be_noticed(portal):
    drafts = waiting_drafts(portal, 3)
    portal.run("shell", "-c", f"from stories.models import Draft; Draft.objects.filter(story={drafts[1][0]}).delete()")
    assert [row[0] for row in half_told(portal)] == [drafts[1][0]]
