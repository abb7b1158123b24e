"""The fuzz leaves out no form and no parameter: what a page reads, `tests.nasty` sends to it."""

import functools
import importlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.forms import BaseForm
from django.urls import Resolver404, URLPattern, get_resolver, resolve

from tests.access_rows import Row
from tests.access_table import NEVER_OPENED, ROWS
from tests.cast import ROLES
from tests.nasty import EVERYTHING, Try

DONE = {200, 302, 422}
"""What a form answers that was looked at."""


@functools.cache
def pattern_of(path: str) -> str:
    """The pattern that an address is one of, as the resolver spells it."""
    try:
        return resolve(unquote(urlsplit(path).path)).route
    except (Resolver404, ValueError):
        return ""


def asked_of(attempt: Try) -> str:
    return attempt.row.pattern if attempt.row else pattern_of(attempt.path)


# --- Forms ----------------------------------------------------------------------------------------------------------


def takers(row: Row) -> set[str]:
    """The roles for whom this address does something that is sent: a visitor who is led to sign in is none of them."""
    led_away = {"visitor"} if row.but.get("visitor", {}).get("POST") == 302 else set()
    return {role for role in ROLES if row.answers(role).get("POST") in DONE} - led_away


def never_sent(tries: Iterable[Try]) -> set[str]:
    """The forms that get nothing nasty from anybody whom they listen to. Not those of Django's admin, which
    `in_admin` tries one by turns; nor what opens to nobody."""
    wanted: dict[str, set[str]] = {}
    for row in ROWS:
        if takers(row) and row.pattern not in NEVER_OPENED and not row.pattern.startswith("admin/"):
            wanted.setdefault(row.pattern, set()).update(takers(row))
    for attempt in tries:
        pattern = asked_of(attempt)
        if attempt.method == "POST" and attempt.role in wanted.get(pattern, ()):
            del wanted[pattern]
    return set(wanted)


def test_every_form_gets_something_nasty():
    assert never_sent(EVERYTHING) == set()


def test_a_form_that_is_left_out_is_noticed():
    assert never_sent(attempt for attempt in EVERYTHING if not attempt.path.startswith("/find/")) == {"find/"}


# --- Names that pages read ------------------------------------------------------------------------------------------

Read = tuple[str, str]
"""The module that reads it, and the name of what it reads."""


def views(resolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every pattern, and the module of its view."""
    for piece in resolver.url_patterns:
        pattern = prefix + str(piece.pattern)
        if isinstance(piece, URLPattern):
            yield pattern, getattr(piece.callback, "view_class", piece.callback).__module__
        else:
            yield from views(piece, pattern)


def sources() -> Iterator[tuple[str, str]]:
    """The name and the text of every module that is ours."""
    for package in ("learning_portal", "networks", "stories"):
        for path in Path(settings.BASE_DIR, package).rglob("*.py"):
            name = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
            yield name.removesuffix(".__init__"), path.read_text()


def named_in(source: str, sent: str) -> set[str]:
    """The names that it reads from `request.GET` or `request.POST` by itself."""
    found = re.findall(rf'request\.{sent}\.get(?:list)?\(\s*"(\w+)"|"(\w+)" (?:not )?in request\.{sent}\b', source)
    return {one or other for one, other in found}


def bound_in(module: ModuleType, source: str, sent: str) -> set[str]:
    """The fields of the forms that it fills with `request.GET` or `request.POST`."""
    found: set[str] = set()
    for dotted in re.findall(rf"([\w.]+)\(request\.{sent}\b", source):
        kind = functools.reduce(lambda owner, name: getattr(owner, name, None), dotted.split("."), module)
        if isinstance(kind, type) and issubclass(kind, BaseForm):
            found |= set(kind.base_fields)  # type: ignore[attr-defined]
    return found


def read(sent: str) -> set[Read]:
    return {
        (name, field)
        for name, source in sources()
        if f"request.{sent}" in source
        for field in named_in(source, sent) | bound_in(importlib.import_module(name), source, sent)
    }


BEHIND = {"stories.views.author_question": "stories.views.asking"}
"""Modules that answer for the page of another."""
UPLOADED: set[Read] = {("stories.views.projects", "file")}
"""What is no field of a form as `urlencode` writes it: `in_projects` sends it."""


def never_asked(tries: Iterable[Try], sent: str) -> set[Read]:
    """The names that pages read, and that get nothing nasty on any page of the module that reads them; of a module
    without a page, on any page."""
    modules = dict(views(get_resolver()))
    tried: set[Read] = set()
    for attempt in tries:
        typed = attempt.query if sent == "GET" else attempt.body if attempt.method == "POST" else ""
        if isinstance(typed, str) and len(typed) < 50_000:
            names = {name for name, _value in parse_qsl(typed, keep_blank_values=True)}
            tried |= {(modules.get(asked_of(attempt), ""), name) for name in names}
    anywhere = {name for _module, name in tried}
    return {
        (module, name)
        for module, name in read(sent) - UPLOADED
        if (BEHIND.get(module, module), name) not in tried and (module in modules.values() or name not in anywhere)
    }


def test_every_parameter_gets_something_nasty():
    assert never_asked(EVERYTHING, "GET") == set()


def test_a_parameter_that_is_left_out_is_noticed():
    """The plan of people to meet was left out once, and answered a NUL with a 500."""
    left = [attempt for attempt in EVERYTHING if not (attempt.path == "/people/meet/" and "plan" in attempt.query)]
    assert never_asked(left, "GET") == {("stories.views.meeting", "plan")}


def test_every_field_that_a_view_reads_gets_something_nasty():
    assert never_asked(EVERYTHING, "POST") == set()


def test_a_field_that_is_left_out_is_noticed():
    left = [attempt for attempt in EVERYTHING if "sha256" not in str(attempt.body)]
    assert never_asked(left, "POST") == {("stories.views.telling.after", "sha256")}
