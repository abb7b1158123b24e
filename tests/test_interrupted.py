"""Commands that are killed half-way, or run twice at once: real processes on a database of their own."""

import itertools
import json
import time
from collections.abc import Iterator

import pytest

from tests.own_portal import Portal, made

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


@pytest.fixture(scope="module")
def portal(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        yield from made(tmp_path_factory.mktemp("portal"))


def counts(portal: Portal) -> list[int]:
    return [portal.select(f"SELECT COUNT(*) FROM {table}") for table in TABLES]


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
        assert counts(portal) in ([0] * len(TABLES), [RECORDS] * len(TABLES))
        killed += running
        if not running or step == 5:
            break
    assert killed, "no import was killed"
    portal.run(*import_records)
    assert counts(portal) == [RECORDS] * len(TABLES)


def test_two_imports_at_once_write_each_story_once(portal, import_records):
    both = [portal.start(*import_records) for _ in range(2)]
    said = [process.communicate()[0] for process in both]
    assert 0 in [process.returncode for process in both], said
    assert all("Traceback" not in words for words in said), said
    assert counts(portal) == [RECORDS] * len(TABLES)


def test_late_work_that_is_killed_is_done_by_the_next_tick(portal, import_records):
    portal.run(*import_records)
    killed = [portal.kill_after(seconds, "tick") for seconds in (2, 4)]
    assert any(killed), "no tick was killed"
    portal.run("tick")
    assert portal.select("SELECT COUNT(*) FROM stories_term") > 0
    assert portal.select("SELECT documents FROM stories_vocabulary") == RECORDS
    assert portal.run("tick") == ""
