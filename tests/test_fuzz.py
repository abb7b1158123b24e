"""What bad input gets: a calm page, never a 500, never a lost plan, never its own markup back."""

import dataclasses
import html
import itertools
import os
from collections.abc import Iterator
from random import Random
from urllib.parse import quote_plus, unquote_plus, urlencode, urlsplit

import pytest
from django.core.cache import cache

from stories.plans import SESSION_KEY
from tests import worlds
from tests.access_table import METHODS, OBJECTS, ask_for_code, keep_plan
from tests.cast import Stage, build_stage
from tests.pages import CHOICES
from tests.worlds import by_meaning, savepoint

FULL = bool(os.environ.get("PROVE"))
pytestmark = [pytest.mark.django_db, *([pytest.mark.prove] if FULL else [])]


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with worlds.kept(django_db_blocker), by_meaning():
        stage = build_stage()
        worlds.build_shelf(stage, 12)
        worlds.settle()
        yield stage


# --- What is typed --------------------------------------------------------------------------------------------------

MARK = "<fz\"'>"
"""If this comes back as it is, so would a script."""
NASTY = (
    "",
    " ",
    "a",
    "a" * 5_000,
    "ab cd " * 900,
    "😀🏴󠁧󠁢󠁷󠁬󠁳󠁿👩‍👩‍👧",
    "\x00",
    "tablets\x00rounds",
    "\u202eabc\u2066\ufeff\u200b",
    "\ud7ff\uffff\U0010ffff",
    f"{MARK}<script>alert(1)</script>",
    f"{{{{ 7 }}}} {{% load x %}} {MARK}",
    f'"{MARK}',
    '"unbalanced',
    "'unbalanced",
    "(((((((((((((((",
    "AND OR NOT NEAR",
    "NEAR(a b, 3)",
    "title:tablets",
    '"a" * "b" ^ 3 - : + ~ @ | & ! <-> *',
    "* ^ : -",
    "' OR 1=1 --",
    "'; DROP TABLE stories_story; --",
    "1 UNION SELECT password FROM common_user",
    "\\' \\\" \\\\ %s %(x)s %d {0}",
    "%",
    "_%_%",
    "9" * 30,
    "-1",
    "0",
    "1e400",
    "NaN",
    "٣",
    "½",
    "true",
    "null",
    "[]",
    "../../etc/passwd",
    "\r\nSet-Cookie: a=b",
    "javascript:alert(1)",
    "//elsewhere.example/",
    "W1",
    "K24",
    "problem-0",
    "ŵŷâ Ŵ Tŷ gŵyl",
    "İıſß",
    "e\u0301\u0301\u0301",
)
RAW = (
    "%",
    "%zz",
    "%ff%fe",
    "%c0%af",
    "%u0041",
    "%00",
    "a%00b",
    "%ed%a0%80",
    "+",
    "&&&=&=",
    "%26amp%3B%3C",
    "=",
    "[]=1",
)
"""Query strings and parts of paths as no browser would write them."""


@dataclasses.dataclass(frozen=True)
class Try:
    """One request with something nasty in it."""

    path: str
    method: str = "GET"
    query: str = ""
    body: str | bytes = ""
    content_type: str = "application/x-www-form-urlencoded"
    headers: tuple[tuple[str, str], ...] = ()
    role: str = "visitor"

    def __str__(self) -> str:
        return f"{self.method} {self.path[:60]}?{self.query[:60]} {self.body[:60]!r} {str(self.headers)[:80]}"


OPTIONS = ("dial", "sector", "topic", "delivery", "budget", "wrong", "unknown")
PARAMETERS: dict[str, tuple[str, ...]] = {
    "/": ("plan", "unknown"),
    "/stories/": ("q", "order", "page", "programme", "unknown", *CHOICES),
    "/topics/": ("q",),
    "/plan/own/": OPTIONS,
    "/plan/own/text/": OPTIONS,
    "/organisations/": ("q", "page"),
    "/organisations/suggest/": ("q",),
    "/organisations/W0/": ("kind",),
    "/sign-in/": ("next",),
    "/account/": ("next",),
}
FORMS: dict[str, dict[str, str]] = {
    "/plan/": {
        "text": "Tablets for home carers on rounds",
        "organisation": "Cyngor Valley 1",
        "problem": "problem-0",
        "service": "service-0",
        "users": "users-0",
        "delivery": "1",
        "budget": "30000",
    },
    "/language/": {"language": "cy", "next": "/stories/"},
    "/sign-in/": {"email": "author@portal.example", "next": "/account/"},
    "/sign-in/new/": {"email": "new@portal.example", "next": "/account/"},
    "/sign-in/code/": {"code": "ABC123"},
    "/admin/login/": {"username": "staff@portal.example", "password": "guess", "next": "/admin/"},
}
HEADERS = (
    "Accept-Language",
    "HX-Request",
    "HX-Boosted",
    "HX-Target",
    "HX-Current-URL",
    "Referer",
    "Origin",
    "If-Modified-Since",
    "Range",
    "X-Forwarded-For",
    "X-Requested-With",
    "Content-Type",
)
COOKIES = ("sessionid", "csrftoken", "django_language", "messages")
TYPES = (
    "application/json",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=rot13",
    "application/x-www-form-urlencoded; charset=nonsense",
    "text/html; charset=utf-16",
    "nonsense;;;=",
)
HEADER_SAFE = [value for value in NASTY if not {"\r", "\n", "\x00"} & set(value) and len(value) < 1_000]


def in_addresses() -> Iterator[Try]:
    for (path, names), value in itertools.product(PARAMETERS.items(), NASTY):
        yield from (Try(path, query=urlencode({name: value})) for name in names)
    for path, raw in itertools.product(PARAMETERS, RAW):
        yield Try(path, query=raw)
        yield Try(path, query=f"{PARAMETERS[path][0]}={raw}")
    for path in PARAMETERS:
        name = PARAMETERS[path][0]
        yield Try(path, query="&".join(f"{name}={number}" for number in range(400)))
        yield Try(path, query=f"{name}={'a' * 100_000}")
        yield Try(path, query=urlencode([(name, value) for value in NASTY[4:] if len(value) < 100]))


def in_paths() -> Iterator[Try]:
    patterns = (
        "/stories/{}/",
        "/organisations/{}/",
        "/plan/{}/",
        "/plan/{}/text/",
        "/plan/shared/{}/",
        "/{}",
        "/dev/{}",
    )
    for pattern, value in itertools.product(patterns, NASTY):
        yield Try(pattern.format(quote_plus(value)))
    yield from (Try(pattern.format(raw)) for pattern, raw in itertools.product(patterns, RAW))
    yield from (Try(f"/stories/{key}/") for key in ("z" * 13, "0" * 13, "8" + "0" * 12, "7" + "z" * 12, "0" * 14))


def in_forms() -> Iterator[Try]:
    for (path, form), value in itertools.product(FORMS.items(), (*NASTY, "a" * 100_000)):
        for name in form:
            yield Try(path, "POST", body=urlencode({**form, name: value}))
    for path, form in FORMS.items():
        yield Try(path, "POST", body=urlencode({**form, "filler": "a" * 3_000_000}))
        yield Try(path, "POST", body=urlencode([*form.items(), *((f"f{n}", "") for n in range(600))]))
        yield Try(path, "POST", body=b"\xff\xfe=\x00&text=\xff")
        yield from (Try(path, "POST", body=urlencode(form), content_type=kind) for kind in TYPES)
        yield from (Try(path, "POST", body=raw) for raw in RAW)
    yield from (Try(f"/plan/{quote_plus(value)}/share/", "POST") for value in NASTY)
    yield from (Try("/plan/own/share/", "POST", query=urlencode({"topic": value})) for value in NASTY)


def in_headers() -> Iterator[Try]:
    paths = itertools.cycle(PARAMETERS)
    for name, value in itertools.product(HEADERS, HEADER_SAFE):
        yield Try(next(paths), headers=((name, value),))
    for name, value in itertools.product(COOKIES, HEADER_SAFE):
        yield Try(next(paths), headers=(("Cookie", f"{name}={value}"),))
    for name in COOKIES:
        yield Try(next(paths), headers=(("Cookie", f'{name}="abcdefghijkl\\000\\377"'),))
    yield from (
        Try(path, query="q=a", content_type=kind) for path, kind in itertools.product(("/", "/stories/"), TYPES)
    )
    yield from (
        Try("/", headers=(("Host", host),)) for host in ("", "elsewhere.example", "a:b:c", "[::1", "127.0.0.1:99999999")
    )


def with_methods() -> Iterator[Try]:
    addresses = [*PARAMETERS, *FORMS, "/plan/own/share/", "/stories/0000000000000/", "/health/", "/admin/"]
    yield from (
        Try(path, method) for path, method in itertools.product(addresses, (*METHODS, "TRACE", "PROPFIND", "a"))
    )


def in_admin() -> Iterator[Try]:
    lists = [f"/admin/{name}/" for name in OBJECTS]
    for number, value in enumerate(NASTY):
        path = lists[number % len(lists)]
        yield from (
            Try(path, query=urlencode({name: value}), role="staff") for name in ("q", "p", "o", "e", "kind__exact")
        )
        yield Try(f"{path}{quote_plus(value)}/change/", role="staff")
        yield Try(
            f"{path}add/", "POST", body=urlencode(dict.fromkeys(("name", "email", "code", "slug"), value)), role="staff"
        )


EVERYTHING = [*in_addresses(), *in_paths(), *in_forms(), *in_headers(), *with_methods(), *in_admin()]
CHUNKS = 8


def chosen(chunk: int) -> list[Try]:
    """All of them by `make prove`; a fixed tenth of them otherwise."""
    tries = EVERYTHING if FULL else Random(2026).sample(EVERYTHING, len(EVERYTHING) // 10)
    return tries[chunk::CHUNKS]


# --- What comes back ------------------------------------------------------------------------------------------------


def problem_with(stage: Stage, attempt: Try) -> str:
    """What is wrong with the answer; nothing if it is calm."""
    cache.clear()
    with savepoint():
        client = stage.client(attempt.role)
        keep_plan(client)
        if attempt.path == "/sign-in/code/":
            ask_for_code(client)
        response = client.generic(
            attempt.method,
            attempt.path,
            attempt.body,
            content_type=attempt.content_type,
            QUERY_STRING=attempt.query,
            headers=dict(attempt.headers),
        )
        problems = [*wrong_with_answer(response), *wrong_with_plan(client, attempt, response)]
    return f"{attempt}: {', '.join(problems)}" if problems else ""


def wrong_with_answer(response) -> Iterator[str]:
    if response.status_code >= 500:
        yield str(response.status_code)
    if response.headers.get("Content-Type", "").startswith("text/html") and MARK[:3].encode() in response.content:
        yield "its own markup came back"
    if urlsplit(response.headers.get("Location", "")).netloc not in {"", "testserver"}:
        yield "sent elsewhere"


def wrong_with_plan(client, attempt: Try, response) -> Iterator[str]:
    """The plan that was kept is still there; a plan that is refused stands in the page, as it was typed."""
    if not attempt.headers and attempt.path != "/sign-in/out/" and "own" not in client.session.get(SESSION_KEY, {}):
        yield "the plan is gone"
    if response.status_code == 422 and isinstance(attempt.body, str):
        typed = dict(pair.partition("=")[::2] for pair in attempt.body.split("&"))
        shown = plain(html.unescape(response.content.decode()))
        if plain(unquote_plus(typed.get("text", ""))) not in shown:
            yield "what was typed is lost"


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
    assert sum(len(chosen(chunk)) for chunk in range(CHUNKS)) >= (2_000 if FULL else 200)
