"""Two worlds that differ only in what a reader may not know give that reader the same pages, mails and log lines.

First: restricted, unpublished and withdrawn stories are there, or not: so many that they would change every count,
statistic, suggestion and order. Second: who told a confidential or anonymous story works here, or there, in another
body of the same band.
"""

import dataclasses
import functools
import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from random import Random

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import Resolver404, resolve

from learning_portal.common.models import Limit
from stories.choices import Audience, Status, Voice
from stories.models import Story
from stories.search import index
from tests import worlds
from tests.access_table import ROWS
from tests.asks import Ask, search
from tests.cast import READS, ROLES, Seen, Stage, build_stage, seen
from tests.pages import in_admin, pages, planning
from tests.pages_own import keep_own, own_pages
from tests.strength import FULL, marks, part, some
from tests.worlds import Sort, by_meaning, hidden_from, same_dice, savepoint

pytestmark = marks

Change = Callable[[Stage], object]
"""What makes a world differ from the bare stage."""


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with worlds.kept(django_db_blocker), same_dice(), by_meaning():
        stage = build_stage()
        worlds.build_shelf(stage)
        keep_own(stage)
        worlds.settle()
        yield stage


# --- Looking at a world ---------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Observed:
    """All that comes of one request: what the reader gets, what is mailed, what is logged."""

    seen: Seen
    mails: tuple[tuple[str, ...], ...]
    logs: tuple[str, ...]


class Lines(logging.Handler):
    """Every line that anything logs, whatever its level."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name} {record.getMessage()}")

    def __enter__(self) -> "Lines":
        self.level_before = logging.root.level
        logging.root.addHandler(self)
        logging.root.setLevel(logging.DEBUG)
        return self

    def __exit__(self, *_error) -> None:
        logging.root.removeHandler(self)
        logging.root.setLevel(self.level_before)


def observe(stage: Stage, role: str, change: Change, asks: Sequence[Ask]) -> list[Observed]:
    """Everything that this role gets in a world of its own, with other dice than the stage has: its keys are taken."""
    cache.clear()
    Limit.objects.all().delete()
    with savepoint(), same_dice(8), by_meaning():
        change(stage)
        worlds.settle()
        with same_dice(9):
            client = stage.client(role)
            return [look(client, ask) for ask in asks]


def look(client, ask: Ask) -> Observed:
    mail.outbox.clear()
    if ask.language:
        client.cookies["django_language"] = ask.language
    with Lines() as log:
        response = client.generic(
            ask.method, ask.path, ask.body, content_type=ask.content_type, headers=dict(ask.headers)
        )
    client.cookies.pop("django_language", None)
    assert response.status_code < 500, ask
    mails = tuple(all_of(sent) for sent in mail.outbox)
    return Observed(seen(response), mails, tuple(log.lines))


def all_of(sent) -> tuple[str, ...]:
    """Address, subject, words, HTML and headers of one mail."""
    return (*sent.to, sent.subject, sent.body, *map(str, sent.alternatives), str(sent.extra_headers))


def differences(asks: Sequence[Ask], one: Sequence[Observed], other: Sequence[Observed]) -> list[str]:
    """The requests that tell the two worlds apart, and by what."""
    return [
        f"{ask}: {what_differs(this, that)}" for ask, this, that in zip(asks, one, other, strict=True) if this != that
    ]


def what_differs(one: Observed, other: Observed) -> str:
    parts = {**dataclasses.asdict(one.seen), "mails": one.mails, "logs": one.logs}
    others = {**dataclasses.asdict(other.seen), "mails": other.mails, "logs": other.logs}
    return ", ".join(name for name in parts if parts[name] != others[name])


# --- Stories that are there, or not ---------------------------------------------------------------------------------


def nothing(stage: Stage) -> None:
    """The bare world."""


def with_hidden(sorts: Sequence[Sort], copies: int = 1) -> Change:
    return functools.partial(worlds.hide, sorts=sorts, copies=copies)


def without_them_again(sorts: Sequence[Sort]) -> Change:
    """They were public, and were withdrawn: nothing of them is left."""

    def change(stage: Stage) -> None:
        stories = worlds.hide(stage, sorts)
        worlds.settle()
        Story.objects.filter(pk__in=[story.pk for story in stories]).update(status=Status.WITHDRAWN)
        index.reindex_many(stories)

    return change


def keys_of(sorts: Sequence[Sort]) -> list[int]:
    return [worlds.key_of(f"{sort.name} 0") for sort in sorts]


@pytest.fixture(scope="module")
def bare() -> dict[tuple[str, int, int], tuple[list[Ask], list[Observed]]]:
    """What each role gets in the bare world: looked at once."""
    return {}


def asks_for(stage: Stage, role: str, keys: Sequence[int]) -> list[Ask]:
    """Every page, and a visitor every hidden story, the others every fourth, each another (`tests/test_access.py` asks
    for all). All roles but the visitor ask for a third of the pages, and in `make test` for a twelfth."""
    number = ROLES.index(role)
    found = pages(stage, (keys[number % 4 :: 4] if number else keys) if FULL else keys[::12])
    if number or not FULL:
        found = some_of(found, (3 if FULL else 12) if number else 2, number)
    return found + part(own_pages(role), 3, number) + (in_admin(stage, keys[::12]) if role == "staff" else [])


def some_of(asks: list[Ask], step: int, start: int = 0) -> list[Ask]:
    """One in so many, and what later requests need."""
    return [ask for place, ask in enumerate(asks) if place % step == start % step or ask.deals_key]


def told_apart(
    stage: Stage, role: str, change: Change, bare: dict, step: int = 1, start: int = 0
) -> tuple[list[str], int]:
    """By which of every so many pages this role can tell the changed world from the bare one, and how many were
    compared."""
    if (role, step, start) not in bare:
        asks = some_of(asks_for(stage, role, keys_of(hidden_from(role))), step, start)
        bare[role, step, start] = asks, observe(stage, role, nothing, asks)
    asks, before = bare[role, step, start]
    return differences(asks, before, observe(stage, role, change, asks)), len(asks)


OF_NO_STORY = ("account/second-factor/", "account/where-you-work/left/", "sign-in/", "admin/")
"""Where pages begin that are not compared: of one's own account, and the admin's forms for rows that are no stories."""


def test_every_page_that_somebody_opens_is_compared(stage):
    """A page that is in none of the lists is a page that nobody looked at in two worlds."""
    asks = [*pages(stage, [1]), *in_admin(stage, [1]), *(ask for role in ROLES for ask in own_pages(role))]
    compared = {pattern_of(ask) for ask in asks}
    opened = {row.pattern for row in ROWS if not row.developer and any(map(row.is_opened_by, ROLES))}
    assert [found for found in sorted(opened - compared) if not found.startswith(OF_NO_STORY)] == []


def pattern_of(ask: Ask) -> str | None:
    try:
        return resolve(ask.path.partition("?")[0]).route
    except Resolver404:
        return None


@some("role", ROLES, enough=["visitor", "author", "staff"])
def test_many_hidden_stories_change_nothing(stage, bare, role, request):
    found, number = told_apart(stage, role, with_hidden(hidden_from(role), 3 if FULL else 1), bare)
    assert found == []
    worlds.count(request, "pages compared in two worlds", number)


@pytest.mark.parametrize("role", ["visitor", "member", "author", "moderator", "staff"] if FULL else ["visitor"])
def test_withdrawn_stories_leave_nothing_behind(stage, bare, role, request):
    sorts = [Sort(Audience.PUBLIC, Status.PUBLISHED, voice) for voice in Voice.values]
    found, number = told_apart(stage, role, without_them_again(sorts), bare, step=3 if FULL else 4)
    assert found == []
    worlds.count(request, "pages compared in two worlds", number)


WORLDS, LOOKS = (300, 8) if FULL else (6, 6)
"""How many worlds are drawn, and how many pages are looked at in each."""


@pytest.mark.parametrize("chunk", range(6))
def test_worlds_drawn_by_chance_look_alike(stage, chunk, request):
    """Somebody, a few stories that they may not read, there or withdrawn, once or twice; and a few pages."""
    seed = secrets.randbits(32) if FULL else chunk
    random = Random(seed)
    for number in range(WORLDS // 6):
        role = random.choice(ROLES)
        sorts = random.sample(hidden_from(role), random.choice([1, 1, 2, 5]))
        change = with_hidden(sorts, random.choice([1, 2])) if random.random() < 0.8 else told_then_withdrawn(random)
        keys = keys_of([*sorts, *hidden_from(role)[:2]])
        asks = [*pages(stage, keys), *own_pages(role), *(in_admin(stage, keys) if role == "staff" else [])]
        chosen = random.sample([ask for ask in asks if not ask.deals_key], LOOKS)
        one, other = (observe(stage, role, world, chosen) for world in (nothing, change))
        assert differences(chosen, one, other) == [], f"seed {seed}, world {number}: {role}, {sorts}"
    worlds.count(request, "pages compared in two worlds", WORLDS // 6 * LOOKS)
    worlds.count(request, "worlds drawn", WORLDS // 6)


def told_then_withdrawn(random: Random) -> Change:
    return without_them_again([Sort(Audience.PUBLIC, Status.PUBLISHED, random.choice(Voice.values))])


# --- Who told it, here or there -------------------------------------------------------------------------------------

TOLD = [(voice, audience) for voice in (Voice.CONFIDENTIAL, Voice.ANONYMOUS) for audience in Audience.values]


def told_at(place: str, voices: Sequence[tuple[str, str]] = TOLD) -> Change:
    """Two stories of each voice and audience by somebody who works here, or there."""

    def change(stage: Stage) -> None:
        employer = getattr(stage, place)
        author = stage.tellers[place]
        for voice, audience in voices:
            for copy in range(2):
                name = f"{voice} {audience} {copy}"
                worlds.tell(stage, name, voice=voice, author=author, employer=employer, audience=audience)

    return change


def told_keys() -> list[int]:
    return [worlds.key_of(f"{voice} {audience} 0") for voice, audience in TOLD]


@some("role", ROLES, enough=["visitor", "network", "staff"])
def test_nothing_says_which_body_of_its_band_an_unnamed_story_comes_from(stage, role, request):
    asks = some_of(asks_for(stage, role, told_keys()), 1 if role == "staff" else 3, ROLES.index(role))
    one, other = (observe(stage, role, told_at(place), asks) for place in ("here", "there"))
    assert differences(asks, one, other) == []
    worlds.count(request, "pages compared in two worlds", len(asks))


def test_both_are_of_one_band(stage):
    bands = worlds.bands_of(worlds.Organisation.objects.current())
    assert bands[stage.here.code] == bands[stage.there.code]
    assert list(bands.values()).count(bands[stage.here.code]) >= 5


def test_what_is_hidden_would_show(stage):
    """The comparison has eyes: a reader who may see the stories does tell the two worlds apart, on most pages."""
    asks = [search("tablets"), Ask("/"), Ask("/topics/"), Ask("/stories/"), *planning()[:5]]
    sorts = [Sort(Audience.NETWORK, Status.PUBLISHED, voice) for voice in Voice.values]
    assert Audience.NETWORK in READS["network"]
    one, other = (observe(stage, "network", change, asks) for change in (nothing, with_hidden(sorts, 3)))
    assert len(differences(asks, one, other)) > len(asks) / 2
