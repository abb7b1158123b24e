"""What bad input gets: a calm page, never a 500, never a lost plan, never its own markup back."""

import datetime
import html
from collections.abc import Iterator
from random import Random
from urllib.parse import unquote_plus, urlsplit

import pytest
from django.core.cache import cache

from learning_portal.common.models import Limit
from stories.plans import SESSION_KEY
from tests import worlds
from tests.access_table import ask_for_code, keep_plan
from tests.cast import Browser, Stage, build_stage
from tests.nasty import EVERYTHING, MARK, Try
from tests.strength import FULL, marks
from tests.worlds import by_meaning, savepoint

pytestmark = marks


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with worlds.kept(django_db_blocker), by_meaning():
        stage = build_stage()
        worlds.build_shelf(stage, 12)
        worlds.settle()
        yield stage


CHUNKS = 8
TURN = datetime.date.today().toordinal()


def chosen(chunk: int) -> list[Try]:
    """Half of them by `make prove`, another half each time; else a sixtieth, the same one each time."""
    tries = EVERYTHING[TURN % 2 :: 2] if FULL else Random(2026).sample(EVERYTHING, len(EVERYTHING) // 60)
    return tries[chunk::CHUNKS]


# --- What comes back ------------------------------------------------------------------------------------------------


def problem_with(stage: Stage, attempt: Try) -> str:
    """What is wrong with the answer; nothing if it is calm."""
    cache.clear()
    Limit.objects.all().delete()
    with savepoint():
        client = stage.client(attempt.role)
        keep_plan(client)
        response = client.generic(
            attempt.method,
            address_of(attempt, stage, client),
            attempt.body,
            content_type=attempt.content_type,
            QUERY_STRING=attempt.query,
            headers={name: as_sent(value) for name, value in attempt.headers},
        )
        problems = [*wrong_with_answer(response), *wrong_with_plan(client, attempt, response)]
    return f"{attempt}: {', '.join(problems)}" if problems else ""


def address_of(attempt: Try, stage: Stage, client: Browser) -> str:
    """After what must have been there, or happened, before."""
    if attempt.row:
        attempt.row.before(client)
        return attempt.row.address(stage)
    if attempt.path == "/sign-in/code/":
        ask_for_code(client)
    return attempt.path


def as_sent(value: str) -> str:
    """A header as a server hands it on: its bytes, each as one character."""
    return value.encode().decode("latin-1")


def wrong_with_answer(response) -> Iterator[str]:
    if response.status_code >= 500:
        yield str(response.status_code)
    if response.headers.get("Content-Type", "").startswith("text/html") and MARK[:3].encode() in response.content:
        yield "its own markup came back"
    if urlsplit(response.headers.get("Location", "")).netloc not in {"", "testserver"}:
        yield "sent elsewhere"


GOODBYE = ("/sign-in/out/", "/account/delete/")
"""Where a session ends, and what was kept in it."""


def wrong_with_plan(client, attempt: Try, response) -> Iterator[str]:
    """The plan that was kept is still there; words that are refused stand in the page, as they were typed."""
    if not attempt.headers and attempt.path not in GOODBYE and "own" not in client.session.get(SESSION_KEY, {}):
        yield "the plan is gone"
    if response.status_code == 422 and isinstance(attempt.body, str) and attempt.content_type == Try.content_type:
        typed = dict(pair.partition("=")[::2] for pair in attempt.body.split("&"))
        shown = plain(html.unescape(response.content.decode()))
        lost = [name for name in attempt.kept if plain(unquote_plus(typed.get(name, ""))) not in shown]
        if lost:
            yield f"what was typed is lost: {', '.join(lost)}"


def plain(text: str) -> str:
    """Text as it is compared: browsers and Django write line ends in several ways, and no page can hold a NUL."""
    return " ".join(text.replace("\x00", "").split())


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_calm_page_for_everything(stage, chunk, request):
    tries = chosen(chunk)
    assert list(filter(None, (problem_with(stage, attempt) for attempt in tries))) == []
    worlds.count(request, "fuzzed requests", len(tries))


def test_there_are_enough():
    assert len(EVERYTHING) >= 2_000
    assert sum(len(chosen(chunk)) for chunk in range(CHUNKS)) >= (2_000 if FULL else 100)
