"""Counts beside the choices: each says how many stories it would show, with the choices of the other facets kept."""

import random
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from networks.choices import Kind, Nation, TopicGroup
from stories.choices import Audience, Evaluation, Outcome, Stage
from stories.facets import FACETS, Vocabulary, by_bit, count
from stories.models import Story
from tests.factories import OrganisationFactory, ProgrammeFactory, TopicFactory, make_story

STORIES = 40
GROUPS = (TopicGroup.PROBLEM, TopicGroup.USERS, TopicGroup.CONSTRAINT, TopicGroup.METHOD)


@pytest.fixture
def vocabulary(db) -> Vocabulary:
    for group in GROUPS:
        for bit in (0, 31, 62):
            TopicFactory(group=group, bit=bit, slug=f"{group}-{bit}")
    for code in (8, 9, 16):
        TopicFactory(group=TopicGroup.SERVICE, bit=code, code=code, slug=f"service-{code}")
    ProgrammeFactory(), ProgrammeFactory()
    return Vocabulary.load()


def draw(rng: random.Random, vocabulary: Vocabulary, bodies) -> Story:
    topics = [topic for group in GROUPS for topic in rng.sample(vocabulary.topics[group], rng.randint(0, 2))]
    topics += rng.sample(vocabulary.topics[TopicGroup.SERVICE], rng.randint(0, 1))
    return make_story(
        topics=topics,
        organisation=rng.choice(bodies),
        outcome=rng.choice(Outcome.values),
        stage=rng.choice([None, *Stage.values]),
        evaluation=rng.choice(Evaluation.values),
        programme=rng.choice([None, *vocabulary.programmes]),
        year=rng.choice([None, 2019, 2020]),
        language=rng.choice(["en", "cy"]),
    )


@pytest.fixture
def shelf(vocabulary) -> list[Story]:
    rng = random.Random(7)
    bodies = [
        OrganisationFactory(kind=kind, nation=nation, population=population, rurality=rurality)
        for kind, nation, population, rurality in (
            (Kind.COUNCIL, Nation.WALES, 60_000, 3),
            (Kind.POLICE_FORCE, Nation.ENGLAND, 900_000, 0),
            (Kind.HEALTH_BOARD, Nation.WALES, None, None),
        )
    ]
    return [draw(rng, vocabulary, bodies) for _ in range(STORIES)]


def facts(story: Story) -> dict[str, set[str]]:
    """What each facet finds in a story, read off its relations and not its comparison row."""
    body = story.organisation
    slugs: dict[str, set[str]] = {group: set() for group in TopicGroup}
    for topic in story.topics.all():
        slugs[topic.group].add(topic.slug)
    size = {60_000: 1, 900_000: 4, None: None}[body.population]
    plain = {
        "outcome": story.outcome,
        "kind": story.kind,
        "sector": body.kind // 8,
        "nation": body.nation,
        "region": body.region,
        "size": size,
        "rurality": body.rurality,
        "stage": story.stage,
        "evaluation": story.evaluation,
        "programme": story.programme_id,
        "year": story.year,
        "language": story.language,
    }
    return slugs | {name: set() if value is None else {str(value)} for name, value in plain.items()}


def expected(found: list[dict[str, set[str]]], chosen: dict[str, list[str]], facet: str, value: str) -> int:
    """How many stories have the value, and one of the chosen ones in every other facet."""
    others = [name for name in chosen if name != facet]
    return sum(value in row[facet] and all(row[name] & set(chosen[name]) for name in others) for row in found)


CHOSEN = [
    {},
    {"outcome": ["failed"]},
    {"outcome": ["failed", "mixed", "stopped"], "sector": ["1", "2"]},
    {"problem": ["problem-62"], "language": ["en"]},
    {"service": ["service-8", "service-16"], "users": ["users-0", "users-31"]},
    {"nation": ["1"], "rurality": ["3"], "size": ["1"], "stage": ["0", "1", "2", "3"]},
    {"outcome": ["worked"], "year": ["1999"]},
]


def test_counts_are_those_of_a_plain_reading(shelf, vocabulary):
    found = [facts(story) for story in shelf]
    for chosen in CHOSEN:
        counts = count(Story.objects.all(), chosen, vocabulary)
        for facet in FACETS:
            for value, _label in facet.choices(vocabulary):
                wanted = expected(found, chosen, facet.name, value)
                assert counts[facet.name].get(value, 0) == wanted, (chosen, facet.name, value)


def test_conditions_show_as_many_as_the_counts_say(shelf, vocabulary):
    counts = count(Story.objects.all(), {}, vocabulary)
    for facet in FACETS:
        for value, _label in facet.choices(vocabulary):
            shown = Story.objects.filter(facet.condition([value], vocabulary)).count()
            assert shown == counts[facet.name].get(value, 0), (facet.name, value)


@pytest.mark.parametrize("year", [1900, 1950, 1979, 2031, 2050, 2100])
def test_a_story_of_any_year_that_is_taken_is_found_by_it(client, vocabulary, year):
    story = make_story(year=year)
    counts = count(Story.objects.all(), {}, vocabulary)["year"]
    assert counts == {str(year): 1}
    page = client.get(reverse("stories:story-list"), {"year": str(year)}).content.decode()
    assert story.get_absolute_url() in page
    assert re.search(rf'name="year" type="checkbox" value="{year}" checked', page)


def test_one_reading_counts_everything(shelf, vocabulary, django_assert_num_queries):
    with django_assert_num_queries(1):
        count(Story.objects.all(), {"outcome": ["failed"], "problem": ["problem-0"]}, vocabulary)


def test_only_what_is_handed_in_is_counted(vocabulary):
    make_story()
    make_story(audience=Audience.MEMBERS)
    counts = count(Story.objects.visible_to(AnonymousUser()), {}, vocabulary)
    assert counts["outcome"] == {"failed": 1}


def test_nothing_is_counted_as_nothing(vocabulary):
    counts = count(Story.objects.none(), {"outcome": ["failed"]}, vocabulary)
    assert not any(number for facet in counts.values() for number in facet.values())


def test_topics_are_in_the_order_of_the_reader_s_language(db):
    TopicFactory(name="beta", name_cy="x"), TopicFactory(name="Alpha", name_cy="y")
    assert [topic.name for topic in Vocabulary.load().topics[TopicGroup.PROBLEM]] == ["Alpha", "beta"]


@pytest.mark.parametrize(("mask", "bits"), [(0, []), (1, [0]), (0b1010, [1, 3]), (1 << 62 | 1, [0, 62])])
def test_bits(mask, bits):
    assert by_bit({mask: 2, None: 1}) == {1 << bit: 2 for bit in bits}
