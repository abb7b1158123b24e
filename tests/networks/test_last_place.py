"""Two processes ask for the last place of many hosts, on a database of their own: SQLite or PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.own_portal import Portal, made

pytestmark = pytest.mark.prove

PROGRAM = "import sys, django; django.setup(); from tests.networks.asking import main; main(*sys.argv[1:])"
HOSTS = 20
AT_THE_LIMIT = """
SELECT COUNT(*) FROM (
    SELECT host_id FROM networks_introduction WHERE state = 'asked' GROUP BY host_id HAVING COUNT(*) = 3
) AS full_hosts
"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        yield from made(tmp_path_factory.mktemp("asking"))


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


def test_each_last_place_goes_to_one_of_two(portal):
    portal.empty()
    filled = start(portal, "fill", str(HOSTS), "2")
    said = filled.communicate()[0]
    assert filled.returncode == 0, said
    both = [start(portal, "ask", str(number)) for number in range(2)]
    for process in both:
        assert process.stdout.readline() == "ready\n"
    for process in both:
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    sent = [int(answer) for answer in answers]
    assert sum(sent) == HOSTS
    assert portal.select(AT_THE_LIMIT) == HOSTS
