"""Commands that are killed half-way, or run twice at once: real processes on a database of their own."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

pytestmark = pytest.mark.prove

RECORDS = 400
MAPPING = {
    "source_name": "County lessons",
    "source_licence": "Open Government Licence v3.0",
    "kind": "lessons",
    "source_id": {"column": "id"},
    "title": {"column": "title"},
    "summary": {"column": "event"},
    "outcome": {"column": "result", "values": {"Red": "failed"}},
    "sections": {"wrong": {"column": "event"}, "differently": {"column": "advice"}},
}
TABLES = ("stories_story", "stories_version", "stories_storycontext", "stories_searchdocument")
"""Where every story that is wholly there has one row."""


class Portal:
    """An empty portal of its own: what its commands do, and what stands in its tables."""

    def __init__(self, url: str, select: Callable[[str], int]):
        self.url, self.select = url, select

    def start(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": self.url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *command: str) -> str:
        process = self.start(*command)
        said = process.communicate()[0]
        assert process.returncode == 0, said
        return said

    def kill_after(self, seconds: float, *command: str) -> bool:
        """Run a command and end it as a power cut would; whether it was still running."""
        process = self.start(*command)
        time.sleep(seconds)
        running = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return running

    def counts(self) -> list[int]:
        return [self.select(f"SELECT COUNT(*) FROM {table}") for table in TABLES]

    def empty(self) -> None:
        self.run("flush", "--no-input", "-v0")


@pytest.fixture(scope="module")
def portal(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        made = on_postgres() if connection.vendor == "postgresql" else on_sqlite(tmp_path_factory.mktemp("portal"))
        portal = next(made)
        portal.run("migrate", "-v0")
        yield portal
        next(made, None)


def on_sqlite(folder: Path) -> Iterator[Portal]:
    import sqlite3

    path = folder / "portal.sqlite3"

    def select(sql: str) -> int:
        with sqlite3.connect(path, timeout=30) as opened:
            return opened.execute(sql).fetchone()[0]

    portal = Portal(f"sqlite:///{path}", select)
    yield portal
    assert portal.select("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'") == 0


def on_postgres() -> Iterator[Portal]:
    import psycopg2

    options = connection.get_connection_params()
    name = f"{options['dbname']}_interrupted"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    place = {key: options[key] for key in ("host", "port", "user", "password") if options.get(key)}

    def select(sql: str) -> int:
        with closing(psycopg2.connect(dbname=name, **place)) as opened, opened.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]

    password = f":{place['password']}" if "password" in place else ""
    yield Portal(f"postgres://{place['user']}{password}@{place['host']}:{place.get('port', 5432)}/{name}", select)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connections.close_all()


@pytest.fixture
def import_records(portal, tmp_path) -> tuple[str, ...]:
    """The command that imports the records, and an empty portal to import them into."""
    portal.empty()
    lines = [
        f'{number},"Tablets {number} without signal","The vans lost it {number} times.","Try {number} first.",Red'
        for number in range(RECORDS)
    ]
    path, mapping = tmp_path / "records.csv", tmp_path / "map.json"
    path.write_text("\n".join(["id,title,event,advice,result", *lines]))
    mapping.write_text(json.dumps(MAPPING))
    return ("import_stories", str(path), "--map", str(mapping))


def test_an_import_that_is_killed_leaves_all_or_nothing(portal, import_records):
    begun = time.monotonic()
    portal.run(*import_records, "--dry-run")
    start_up = time.monotonic() - begun
    killed = 0
    for step in itertools.count():
        running = portal.kill_after(start_up * (0.9 + step * 0.2), *import_records)
        assert portal.counts() in ([0] * len(TABLES), [RECORDS] * len(TABLES))
        killed += running
        if not running or step == 5:
            break
    assert killed, "no import was killed"
    portal.run(*import_records)
    assert portal.counts() == [RECORDS] * len(TABLES)


def test_two_imports_at_once_write_each_story_once(portal, import_records):
    both = [portal.start(*import_records) for _ in range(2)]
    said = [process.communicate()[0] for process in both]
    assert 0 in [process.returncode for process in both], said
    assert all("Traceback" not in words for words in said), said
    assert portal.counts() == [RECORDS] * len(TABLES)


def test_late_work_that_is_killed_is_done_by_the_next_tick(portal, import_records):
    portal.run(*import_records)
    killed = [portal.kill_after(seconds, "tick") for seconds in (2, 4)]
    assert any(killed), "no tick was killed"
    portal.run("tick")
    assert portal.select("SELECT COUNT(*) FROM stories_term") > 0
    assert portal.select("SELECT documents FROM stories_vocabulary") == RECORDS
    assert portal.run("tick") == ""
