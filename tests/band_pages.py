"""What pages tell of unnamed stories: for the test that no answers together leave fewer than five bodies.

At every body of a register somebody tells one story without a name, all in the same words. What a page shows of a
story is its answer. A reader may know the register and all of our rules, and so tell two bodies apart when their
stories get different answers; bodies whose stories get the same answers to everything are all that stay consistent.
"""

import collections
import dataclasses
import functools
import importlib
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from random import Random
from unittest import mock
from urllib.parse import urlencode

from django.test.client import ClientHandler
from django.utils.html import format_html
from django.utils.safestring import SafeString

from learning_portal.common.card_html import StoryCard
from learning_portal.common.models import User
from networks.choices import Kind, Nation, Region
from networks.models import Affiliation, Organisation
from networks.resolve import names_of
from stories import bands
from stories.actions import NewStory, shelve
from stories.choices import Origin, Outcome, StoryKind, Voice
from stories.models import Story
from stories.views import browse
from tests import worlds
from tests.cast import Browser
from tests.factories import TODAY, lessons

shelving = importlib.import_module("stories.actions.shelve")
"""The module, which its verb hides: faults are planted in it."""
FIVE = 5
"""What the design promises. Not the product's own number, or a lower one would pass."""
PLAN = "We want to give home carers tablets to record their visits on the spot."

Answers = dict[int, Hashable]
"""What one question answers about each story, by its key."""
Question = Callable[["Told"], Iterator[Answers]]


@dataclasses.dataclass
class Told:
    """A world in which somebody at every body told a story."""

    bodies: dict[int, Organisation]
    """Whose story it is, by the story's key: what nobody may find out."""
    bands: dict[int, str]
    random: Random
    """Draws what is asked, where not everything is."""
    share: float
    """How much of it."""
    asked: int = 0
    """How many answers about one story or another were compared."""
    browser: Browser = dataclasses.field(default_factory=lambda: Browser(ClientHandler(enforce_csrf_checks=False)))

    def get(self, path: str, **query: object) -> str:
        response = self.browser.get(f"{path}?{urlencode(query, doseq=True)}")
        assert response.status_code == 200, path
        return response.content.decode()

    def listed(self, **query: object) -> list[int]:
        """The stories that browse lists, in its order. Of a card its address is enough, in a third less time."""
        whole, link = mock.patch.object(browse, "PAGE_SIZE", 10_000), mock.patch.object(StoryCard, "html", link_of)
        with whole, link:
            page = self.get("/stories/", **query)
        return list(dict.fromkeys(self.keys[path] for path in re.findall(r'href="(/stories/\w{13}/)"', page)))

    @functools.cached_property
    def keys(self) -> dict[str, int]:
        """By address."""
        return {Story(pk=key).get_absolute_url(): key for key in self.bodies}

    def some(self, items: Iterable) -> list:
        """As many of these as this world asks about, one at least."""
        found = list(items)
        return self.random.sample(found, max(1, round(self.share * len(found)))) if found else []

    def works_at(self, body: Organisation) -> None:
        """Plan something as somebody from there: from then on every page compares with it."""
        self.browser.post("/plan/", {"text": PLAN, "organisation": body.code})


def link_of(card: StoryCard) -> SafeString:
    return format_html('<a href="{}"></a>', card.url)


# --- Registers ------------------------------------------------------------------------------------------------------


SMALL, MEDIUM, LARGE, HUGE = (20_000, 90_000), (110_000, 240_000), (300_000, 700_000), (800_000, 3_000_000)
Sort = tuple[int, int, tuple[int, int] | None, int | None]
"""Kind, nation, range of population, rurality: all that a band may say."""
LADDER: tuple[Sort, ...] = (
    *[(Kind.COUNCIL, Nation.WALES, MEDIUM, 3)] * 5,
    *((Kind.COUNCIL, Nation.WALES, SMALL, rurality) for rurality in (None, 0, 1, 2, 3)),
    *((Kind.POLICE_FORCE, nation, HUGE, 0) for nation in Nation.values),
    *((Kind.HEALTH_BOARD, nation, size, 2) for nation, size in zip(Nation.values, [LARGE, HUGE] * 3, strict=False)),
    *((kind, Nation.WALES, size, 0) for kind in (48, 49) for size in (SMALL, HUGE, None)),
    *((kind, Nation.WALES, SMALL, 1) for kind in (Kind.FIRE_SERVICE, Kind.DEPARTMENT, Kind.HOUSING, Kind.CARE_BOARD)),
)
"""Five bodies for each step of the ladder, and four that nothing finer than "a UK public body" fits."""


def draw_register(random: Random, sorts: int) -> list[Organisation]:
    """The bodies of the ladder and so many more sorts, one to six of each, alike in what a band may say."""
    drawn = list(LADDER)
    for _ in range(sorts):
        kind = random.choices(Kind.values[1:], weights=[9, 9, *[2] * (len(Kind.values) - 3)])[0]
        size, rurality = random.choice([SMALL, MEDIUM, LARGE, HUGE]), random.choice([None, 0, 2, 3])
        drawn += [(kind, random.choice(Nation.values), size, rurality)] * random.choice([1, 2, 3, 5, 6])
    return [
        Organisation(
            code=f"G{place}",
            name_en=f"{random.choice(['Upper', 'Lower', 'Great'])} Place{place}",
            name_cy=f"Lle{place}",
            aliases=f"Alias{place}|Body{place} authority",
            kind=kind,
            nation=nation,
            region=random.choice([None, *Region.values]),
            population=random.randrange(*size) if size else None,
            staff=random.randrange(500, 900),
            budget=random.randrange(10**7, 10**9),
            rurality=rurality,
            deprivation=random.choice([None, 1, 2, 3, 4, 5]),
        )
        for place, (kind, nation, size, rurality) in enumerate(drawn)
    ]


def tell_everywhere(bodies: Sequence[Organisation], random: Random, share: float) -> Told:
    """One person and one story at each of these bodies, shelved as the product does."""
    people = [User(email=f"person{place}@portal.example") for place in range(len(bodies))]
    User.objects.bulk_create(people)
    Affiliation.objects.bulk_create(
        Affiliation(user=person, organisation=body, verified_on=TODAY, verified_by="test")
        for person, body in zip(people, bodies, strict=True)
    )
    found = shelving.bands_of(bodies)
    stories = [
        Story(
            kind=StoryKind.LESSONS,
            outcome=Outcome.FAILED,
            origin=Origin.EXAMPLE,
            voice=Voice.CONFIDENTIAL,
            band=found[body.code],
        )
        for body in bodies
    ]
    told = [NewStory(story, lessons(), author=person) for story, person in zip(stories, people, strict=True)]
    shelve(stories=told, published_on=TODAY, by="test")
    worlds.settle()
    whose = {story.pk: body for story, body in zip(stories, bodies, strict=True)}
    return Told(whose, {story.pk: story.band for story in stories}, random, share)


# --- Questions ------------------------------------------------------------------------------------------------------

FACET = re.compile(r'name="(\w+)" type="checkbox" value="([^"]*)"')


def facets(told: Told) -> Iterator[Answers]:
    """Every choice that browse offers, and combinations of them: is the story among those shown?"""
    choices = FACET.findall(told.get("/stories/"))
    for name, value in choices:
        yield shown(told, told.listed(**{name: value}))
    several = [told.random.sample(choices, told.random.choice([2, 2, 3])) for _ in range(100)]
    for chosen in told.some(several):
        query = collections.defaultdict(list)
        for name, value in chosen:
            query[name].append(value)
        yield shown(told, told.listed(**query))


def searches(told: Told) -> Iterator[Answers]:
    """The names of bodies, and words of the stories with them: is the story found, and where in the order?"""
    for body in told.some(told.bodies.values()):
        for name in (*names_of(body), body.code):
            yield in_order(told.listed(q=name))
            yield in_order(told.listed(q=f"tablets {name}"))


def orders(told: Told) -> Iterator[Answers]:
    """The orders of browse, for readers who work at some of the bodies: with whom does the story tie?"""
    yield in_order(told.listed(order="newest"))
    for body in readers(told):
        told.works_at(body)
        yield in_order(told.listed(order="like-mine"))
        yield in_order(told.listed(order="like-mine", q="tablets"))


def points(told: Told) -> Iterator[Answers]:
    """The stories' own pages for some of these readers, with the points of likeness: which words are there?"""
    stories = [key for band in asked_in_full(told) for key, own in told.bands.items() if own == band]
    for body in readers(told)[: max(1, round(4 * told.share))]:
        told.works_at(body)
        yield {key: anybodys(told.get(Story(pk=key).get_absolute_url()), key) for key in stories}


EVERYTHING: tuple[Question, ...] = (facets, searches, orders, points)


def shown(told: Told, keys: Sequence[int]) -> Answers:
    return dict.fromkeys(told.bodies, False) | dict.fromkeys(keys, True)


def in_order(keys: Sequence[int]) -> Answers:
    """The stretch of the list in which each story stands. What ties is ordered by key, so that keys rise within a tie:
    where one falls a new stretch begins."""
    stretch, answers = 0, {}
    for place, key in enumerate(keys):
        stretch += place > 0 and key < keys[place - 1]
        answers[key] = stretch
    return answers


def readers(told: Told) -> list[Organisation]:
    """Bodies as different as the register has them, by kind and nation, of which everything is known."""
    known = [
        body for body in told.bodies.values() if body.population and body.deprivation and body.rurality is not None
    ]
    different = {(body.kind, body.nation): body for body in known}
    return told.some(different.values())


def asked_in_full(told: Told) -> list[str]:
    """All bands; or where not everything is asked, the smallest of each step of the ladder."""
    sizes = collections.Counter(told.bands.values())
    if told.share == 1:
        return list(sizes)
    smallest: dict[str, str] = {}
    for band in sorted(sizes, key=lambda band: (sizes[band], band)):
        smallest.setdefault(step_of(band), band)
    return list(smallest.values())


def step_of(band: str) -> str:
    """The step of the ladder: what a band of it states."""
    return "/".join(part.split("=")[0] for part in band.split("/"))


def anybodys(page: str, key: int) -> str:
    """A page without what is each request's and each story's own: its token and its address."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return page.replace(Story(pk=key).public_id, "KEY")


# --- What is wrong --------------------------------------------------------------------------------------------------


def too_few(told: Told, questions: Iterable[Question] = EVERYTHING) -> list[str]:
    """The stories whose answers leave fewer than five bodies, or are not true of the body that told them."""
    answers: dict[int, list[Hashable]] = {key: [] for key in told.bodies}
    for question in questions:
        for one in question(told):
            told.asked += len(one)
            for key in told.bodies:
                answers[key].append(one.get(key))
    consistent = collections.Counter(map(tuple, answers.values()))
    wrong = [f"{told.bands[key]}: {consistent[tuple(found)]}" for key, found in answers.items()]
    return [words for words in wrong if int(words.rpartition(" ")[2]) < FIVE]


def untrue(told: Told) -> list[str]:
    """The stories of which a filter says what is not so of their body, or is so of fewer than five bodies."""
    said: dict[int, dict[str, set[str]]] = {key: collections.defaultdict(set) for key in told.bodies}
    for name, value in FACET.findall(told.get("/stories/")):
        for key in told.listed(**{name: value}) if name in FACTS else ():
            said[key][name].add(value)
    wrong = []
    for key, filters in said.items():
        fitting = [body for body in told.bodies.values() if fits(body, filters)]
        if told.bodies[key] not in fitting or len(fitting) < FIVE:
            wrong.append(f"{told.bands[key]}: {dict(filters)} is so of {len(fitting)}")
    return wrong


FACTS: Mapping[str, Callable[[Organisation], object]] = {
    "sector": lambda body: body.kind // 8,
    "nation": lambda body: body.nation,
    "region": lambda body: body.region,
    "size": lambda body: bands.size_of(body.population, body.staff),
    "rurality": lambda body: body.rurality,
}
"""What each filter over places asks, read off the register."""


def fits(body: Organisation, filters: Mapping[str, set[str]]) -> bool:
    return all(str(FACTS[name](body)) in values for name, values in filters.items())
