"""Every address, every role, every method; every story by audience, state and voice. Refusal is absence."""

import dataclasses
import functools
import importlib
import itertools
from collections.abc import Iterator, Sequence

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.test import Client, override_settings
from django.urls import URLPattern, clear_url_caches, get_resolver, path

import learning_portal.site.urls
import learning_portal.urls
from learning_portal.common.models import Limit
from learning_portal.common.public_ids import encode
from stories.models import AuthorLink, Story
from tests import worlds
from tests.access_rows import METHODS, Row
from tests.access_table import NEVER_OPENED, ROWS, STORY
from tests.cast import ROLES, Seen, Stage, build_stage, may_open, seen
from tests.strength import FULL, marks, part, some
from tests.worlds import SORTS, same_dice, savepoint

pytestmark = marks


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with worlds.kept(django_db_blocker):
        yield build_stage()


@pytest.fixture
def developer(tmp_path) -> Iterator[None]:
    """The addresses as they are while DEBUG is on, and a mail called "one"."""
    mail = EmailMultiAlternatives("Subject", "Text", to=["reader@council.example"])
    mail.attach_alternative("<p>Text</p>", "text/html")
    (tmp_path / "one.log").write_bytes(mail.message().as_bytes())
    with override_settings(DEBUG=True, MAIL_FOLDER=tmp_path):
        read_addresses_anew()
        yield
    read_addresses_anew()


def read_addresses_anew() -> None:
    importlib.reload(learning_portal.site.urls)
    forget_addresses()


def forget_addresses() -> None:
    for piece in learning_portal.urls.urlpatterns:
        vars(piece).pop("url_patterns", None)
    clear_url_caches()


def patterns(resolver, prefix: str = "") -> Iterator[str]:
    """Every pattern below a resolver, as it is spelt."""
    for piece in resolver.url_patterns:
        if isinstance(piece, URLPattern):
            yield prefix + str(piece.pattern)
        else:
            yield from patterns(piece, prefix + str(piece.pattern))


# --- One row for every address --------------------------------------------------------------------------------------


def test_every_address_has_a_row_and_every_row_an_address(developer):
    assert set(patterns(get_resolver())) == {STORY, *(row.pattern for row in ROWS)}


def test_an_address_without_a_row_is_noticed(developer):
    with pytest.MonkeyPatch.context() as m:
        m.setattr(learning_portal.site.urls, "urlpatterns", [*learning_portal.site.urls.urlpatterns, NEW])
        forget_addresses()
        assert set(patterns(get_resolver())) - {STORY, *(row.pattern for row in ROWS)} == {"new/"}


NEW = path("new/", lambda request: None)


def test_every_address_is_opened_with_success_by_somebody():
    """A page that no row opens is a page that nobody tried. The rows are checked below: it is enough to read them."""
    opened = {row.pattern for row in ROWS for role in ROLES if row.is_opened_by(role)}
    assert {row.pattern for row in ROWS} - opened == NEVER_OPENED


def asked(row: Row) -> list[tuple[str, str]]:
    """Who asks for a row, and how. By `make prove` everybody with GET, POST and another method by turns, and a
    visitor (of the admin, staff) with every method. In `make test` that one with GET and POST and a method by turns;
    and of those to whom the row gives the same answers two, by turns, one with GET, one with POST if it takes that."""
    thorough = "staff" if row.pattern.startswith("admin/") else "visitor"
    turn = len(str(row))
    if not FULL:
        return [*((thorough, method) for method in by_turns(turn)), *two_of_each_kind(row, turn, thorough)]
    found = [(thorough, method) for method in METHODS]
    for number, role in enumerate(ROLES):
        if role != thorough:
            found += [(role, method) for method in ("GET", *by_turns(turn + number))]
    return found


def by_turns(turn: int) -> tuple[str, str]:
    others = [method for method in METHODS if method not in {"GET", "POST"}]
    return "POST", others[turn % len(others)]


def two_of_each_kind(row: Row, turn: int, thorough: str) -> list[tuple[str, str]]:
    found = []
    for roles in same_answers(row):
        first = thorough if thorough in roles else roles[turn % len(roles)]
        second = roles[(turn + 1) % len(roles)]
        found += [(first, "GET"), *([(second, "POST")] if "POST" in row.answers(second) else [])]
    return found


def same_answers(row: Row) -> list[list[str]]:
    """The roles, by what they get from this row."""
    kinds: dict[tuple, list[str]] = {}
    for role in ROLES:
        kinds.setdefault(tuple(row.answers(role).items()), []).append(role)
    return list(kinds.values())


def wrong_answers(stage: Stage, row: Row, requests: Sequence[tuple[str, str]]) -> list[str]:
    """What roles get from this row and should not: nothing, if all is well."""
    wrong = []
    for role, method in requests:
        with savepoint():
            Limit.objects.all().delete()  # or these requests would count as an attack
            client = stage.client(role)
            row.before(client)
            status = client.generic(method, row.address(stage)).status_code
        expected = row.answers(role).get(method, 405)
        if status != expected:
            wrong.append(f"{role} {method}: {status}, not {expected}")
    return wrong


@pytest.mark.parametrize("row", [row for row in ROWS if not row.developer], ids=str)
def test_what_each_role_gets_with_each_method(stage, row, request):
    assert wrong_answers(stage, row, asked(row)) == []
    worlds.count(request, "access decisions", len(asked(row)))


@pytest.mark.parametrize("row", [row for row in ROWS if row.developer], ids=str)
def test_developers_pages(stage, row, developer, request):
    assert wrong_answers(stage, row, asked(row)) == []
    worlds.count(request, "access decisions", len(asked(row)))


@pytest.mark.parametrize("row", [row for row in ROWS if row.developer], ids=str)
def test_developers_pages_are_not_there_in_production(stage, row):
    for role in ROLES:
        assert stage.client(role).get(row.address(stage)).status_code == 404


# --- Stories --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stories(stage) -> list[Story]:
    """One story of every audience, state and voice. The author wrote them all."""
    return worlds.hide(stage, SORTS, author=stage.users["author"])


NOBODYS = encode(worlds.key_of("a story that does not exist"))


def methods_for(number: int) -> tuple[str, ...]:
    """Every story is asked for with GET, and with one more method, by turns: in `make test` every eighth."""
    return ("GET",) if number % 8 and not FULL else ("GET", METHODS[1 + number // 4 % 6])


def wrong_for(stage: Stage, role: str, stories: list[Story], methods: Sequence[str] = ()) -> list[str]:
    """The stories that this role gets and should not, or should get and does not, or that a refusal gives away."""
    absent = {method: seen(stage.client(role).generic(method, f"/stories/{NOBODYS}/")) for method in METHODS}
    wrong = []
    for number, story in enumerate(stories):
        for method in methods or methods_for(number):
            found = seen(stage.client(role).generic(method, story.get_absolute_url()))
            problem = problem_with(found, absent[method], method, may_open(role, story, own=True), story)
            if problem:
                wrong.append(f"{role} {method} {story.audience} {story.status} {story.voice}: {problem}")
    return wrong


def problem_with(found: Seen, absent: Seen, method: str, allowed: bool, story: Story) -> str:
    if method not in {"GET", "HEAD"}:
        return "" if found == absent and found.status == 405 else f"answered {found.status}"
    if not allowed:
        return "" if found == absent and found.status == 404 else f"refused with {found.status}, unlike what is absent"
    if found.status != 200:
        return f"{found.status}, not 200"
    return "" if kept_out_of_caches(found, story) else "may be kept by caches or found by search engines"


def kept_out_of_caches(found: Seen, story: Story) -> bool:
    """What is not for everybody tells search engines and shared caches so; what is, does not."""
    headers = dict(found.headers)
    told = headers.get("X-Robots-Tag") == "noindex" and "no-store" in headers.get("Cache-Control", "")
    return told == (story.audience != "public" or story.status != "published")


@pytest.mark.parametrize("role", ROLES)
def test_stories_by_audience_state_and_voice(stage, stories, role, request):
    """In `make test` each role asks for every sixth story, and so every story is asked for by two roles or three."""
    asked_for = part(stories, 6, start=ROLES.index(role))
    assert wrong_for(stage, role, asked_for) == []
    worlds.count(request, "access decisions", sum(len(methods_for(number)) for number in range(len(asked_for))))


def pages_of_a_story() -> list[str]:
    """The patterns of the pages below a story, for readers and for who moderates."""
    below = ("stories/<public_id:pk>/", "moderation/<public_id:pk>/")
    return [found for found in patterns(get_resolver()) if found.startswith(below) and found != STORY]


def wrong_below(stage: Stage, role: str, stories: list[Story]) -> list[str]:
    """The pages below stories that this role may not open which answer otherwise than those of no story: each page by
    turns with GET and with POST."""
    absent = functools.cache(lambda method, pattern: below(stage.client(role), method, pattern, NOBODYS))
    wrong = []
    for (turn, story), (place, pattern) in itertools.product(enumerate(stories), enumerate(pages_of_a_story())):
        method = ("GET", "POST")[(turn + place) % 2]
        if below(stage.client(role), method, pattern, story.public_id) != absent(method, pattern):
            wrong.append(f"{role} {method} {pattern} {story.audience} {story.status} {story.voice}")
    return wrong


def below(client: Client, method: str, pattern: str, key: str) -> Seen:
    """What is got, with the key of the story, which stands in the way to sign in, replaced; tokens by the same dice."""
    with savepoint(), same_dice():
        Limit.objects.all().delete()
        found = seen(client.generic(method, f"/{pattern.replace('<public_id:pk>', key)}"))
    headers = tuple((name, value.replace(key, "KEY")) for name, value in found.headers)
    return dataclasses.replace(found, headers=headers, body=found.body.replace(key.encode(), b"KEY"))


@some("role", ROLES, enough=["visitor", "lapsed", "moderator", "programme_team"])
def test_pages_below_a_story_are_as_absent_as_the_story(stage, stories, role, request):
    """Each role asks below every fifth story that it may not open, and so all of them are asked for; in `make test`
    below every fortieth."""
    every_fifth = stories[ROLES.index(role) % 5 :: 5]
    hidden = [story for story in part(every_fifth, 8) if not may_open(role, story, own=True)]
    assert wrong_below(stage, role, hidden) == []
    worlds.count(request, "access decisions", len(hidden) * len(pages_of_a_story()))


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("role", ["visitor", "member", "staff"])
def test_a_refusal_is_an_absence_in_every_language(stage, stories, role, language):
    hidden = next(story for story in stories if not may_open(role, story, own=True))
    answers = []
    for address in (hidden.get_absolute_url(), f"/stories/{NOBODYS}/"):
        client = stage.client(role)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answers.append(seen(client.get(address)))
    assert answers[0] == answers[1]
    assert answers[0].status == 404


def test_the_matrix_is_whole(stories):
    assert len(stories) == 4 * 9 * 3
    assert AuthorLink.objects.filter(story__in=stories).count() == 4 * 9 * 2


def test_enough_is_decided():
    rows = sum(len(asked(row)) for row in ROWS)
    stories = len(ROLES) * sum(len(methods_for(number)) for number in range(len(part(SORTS, 6))))
    assert rows + stories >= (12_000 if FULL else 1_800)
