"""A portal of real processes on a database of its own, for what no test within one process can show."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections


class Portal:
    """An empty portal of its own: what its commands do, and what stands in its tables."""

    def __init__(self, url: str, rows: Callable[[str], list[tuple]]):
        self.url, self.rows = url, rows

    def select(self, sql: str) -> int:
        """The one figure that a query asks for."""
        return self.rows(sql)[0][0]

    def start(self, *command: str) -> subprocess.Popen:
        return self.start_python("manage.py", *command)

    def start_python(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, *arguments],
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

    def empty(self) -> None:
        self.run("flush", "--no-input", "-v0")


def made(folder: Path, *command: str) -> Iterator[Portal]:
    """A portal on the kind of database that the tests run on, as this command leaves it, or empty; gone afterwards."""
    portals = on_postgres() if connection.vendor == "postgresql" else on_sqlite(folder)
    portal = next(portals)
    portal.run(*(command or ("migrate", "-v0")))
    yield portal
    next(portals, None)


def on_sqlite(folder: Path) -> Iterator[Portal]:
    import sqlite3

    path = folder / "portal.sqlite3"

    def rows(sql: str) -> list[tuple]:
        with closing(sqlite3.connect(path, timeout=30)) as opened:
            return opened.execute(sql).fetchall()

    portal = Portal(f"sqlite:///{path}", rows)
    yield portal
    assert portal.select("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'") == 0


def on_postgres(copied: str = "") -> Iterator[Portal]:
    import psycopg2

    options = connection.get_connection_params()
    name = f"{copied}_copy" if copied else f"{options['dbname']}_processes"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{copied}"' if copied else ""))
    place = {key: options[key] for key in ("host", "port", "user", "password") if options.get(key)}

    def rows(sql: str) -> list[tuple]:
        with closing(psycopg2.connect(dbname=name, **place)) as opened, opened.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    password = f":{place['password']}" if "password" in place else ""
    yield Portal(f"postgres://{place['user']}{password}@{place['host']}:{place.get('port', 5432)}/{name}", rows)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connections.close_all()


@contextmanager
def twin(portal: Portal, folder: Path) -> Iterator[Portal]:
    """Another portal with the same rows; gone afterwards."""
    copies = copy_on_postgres(portal) if connection.vendor == "postgresql" else copy_on_sqlite(portal, folder)
    with copies as copy:
        yield copy


@contextmanager
def copy_on_sqlite(portal: Portal, folder: Path) -> Iterator[Portal]:
    import sqlite3

    made = on_sqlite(folder)
    copy = next(made)
    with closing(sqlite3.connect(portal.url.removeprefix("sqlite:///"))) as opened:
        opened.execute("VACUUM INTO ?", [copy.url.removeprefix("sqlite:///")])
    try:
        yield copy
    finally:
        next(made, None)


@contextmanager
def copy_on_postgres(portal: Portal) -> Iterator[Portal]:
    name = portal.url.rpartition("/")[2]
    made = on_postgres(copied=name)
    try:
        yield next(made)
    finally:
        next(made, None)
