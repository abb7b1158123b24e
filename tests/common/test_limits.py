"""How often something may be tried: exact, whoever counts, also from several processes at once."""

import os
import re
import subprocess
import sys
import time

import pytest
from django.conf import settings

from learning_portal.common import limits
from learning_portal.common.limits import Rate, erase_old_limits
from learning_portal.common.models import Limit

RATE = Rate("test", 3, 60)


@pytest.mark.django_db
def test_so_many_go_on_and_the_next_waits():
    assert [RATE.take("a") for _ in range(3)] == [0, 0, 0]
    assert 0 < RATE.take("a") <= 60
    assert RATE.take("b") == 0


@pytest.mark.django_db
def test_when_the_time_is_over_counting_begins_anew(monkeypatch):
    for _ in range(4):
        RATE.take("a")
    now = time.time()
    monkeypatch.setattr(limits.time, "time", lambda: now + 61)
    assert RATE.take("a") == 0


@pytest.mark.django_db
def test_what_went_well_is_forgotten():
    for _ in range(4):
        RATE.take("a")
    RATE.forget("a")
    assert RATE.take("a") == 0


@pytest.mark.django_db
def test_the_row_names_nobody():
    RATE.take("sian@council.example")
    row = Limit.objects.get()
    assert re.fullmatch(r"[0-9a-f]{64}", row.what)
    assert Rate("other", 3, 60).take("sian@council.example") == 0
    assert Limit.objects.count() == 2


@pytest.mark.django_db
def test_the_tick_erases_what_counts_no_more(monkeypatch):
    RATE.take("a")
    assert erase_old_limits() == 0
    now = time.time()
    monkeypatch.setattr(limits.time, "time", lambda: now + 61)
    assert erase_old_limits() == 1


# --- Two workers ----------------------------------------------------------------------------------------------------

PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from learning_portal.common.models import User
User.objects.create_user("sian@council.example")
client = Client()
client.post("/sign-in/", {"email": "sian@council.example"})
print(client.cookies["sessionid"].value)
"""
GUESS = """
import sys
from django.test import Client
client = Client()
client.cookies["sessionid"] = sys.argv[1]
print("ready", flush=True)
sys.stdin.readline()
for _ in range(10):
    answer = client.post("/sign-in/code/", {"code": "ZZZZ-ZZZZ"})
    print(answer.status_code, answer.headers.get("Retry-After", "none"), flush=True)
"""


def worker(source: str, *arguments: str, database: str) -> subprocess.Popen:
    start = (
        "import django; from django.conf import settings; settings.ALLOWED_HOSTS.append('testserver'); django.setup()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", f"{start}\n{source}", *arguments],
        cwd=settings.BASE_DIR,
        env={
            **{name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ},
            "DJANGO_SETTINGS_MODULE": "learning_portal.settings",
            "DATABASE_URL": database,
            "EMAIL_URL": "dummymail://",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.prove  # processes of its own: twenty seconds
def test_the_sixth_code_is_refused_whichever_worker_it_comes_to(tmp_path):
    """Two processes on one database guess at once in one session: five guesses are looked at, fifteen are not."""
    database = f"sqlite:///{tmp_path / 'portal.sqlite3'}"
    session = worker(PREPARE, database=database).communicate(timeout=120)[0].strip()
    workers = [worker(GUESS, session, database=database) for _ in range(2)]
    for each in workers:
        assert each.stdout.readline() == "ready\n"
    for each in workers:
        each.stdin.write("go\n")
        each.stdin.flush()
    answers = [line.split() for each in workers for line in each.communicate(timeout=120)[0].splitlines()]
    assert [status for status, _wait in answers].count("200") == 5
    refused = [int(wait) for status, wait in answers if status == "429"]
    assert len(refused) == 15
    assert all(0 < wait <= 15 * 60 for wait in refused)
