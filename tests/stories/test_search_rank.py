"""What search finds, for whom, and in what order."""

import collections
import itertools
import math

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stories.actions import NewStory, shelve
from stories.choices import Audience, Origin, Outcome, StoryKind, Voice
from stories.models import Story
from stories.search import bm25, rank
from stories.search.index import refresh_terms, weigh_story
from stories.search.vocabulary import Statistics
from stories.search.words import query_stems
from tests.factories import (
    TODAY,
    AffiliationFactory,
    OrganisationFactory,
    TopicFactory,
    UserFactory,
    lessons,
    make_story,
    unpublish,
)
from tests.stories.test_search_words import NASTY

pytestmark = pytest.mark.django_db

WORDS = ["rota", "ward", "tablet", "signal", "valley", "nurse", "shift", "agency"]
WORDS += ["budget", "van", "carer", "visit", "round", "winter", "snow", "depot"]


def visible(user=None):
    return Story.objects.visible_to(user or AnonymousUser()).published()


def by_words(text, user=None, **options):
    return rank.text_scores(text, visible(user), mix=1, **options)


def order(text, user=None):
    return rank.in_order(rank.text_scores(text, visible(user), mix=1))


def shelf(number: int, *, seed: int = 1, **fields) -> list[Story]:
    """Stories of different lengths out of a few words, written in one go."""
    organisation = OrganisationFactory()
    new = []
    for index in range(number):
        drawn = [WORDS[(index * seed * step + step**2) % len(WORDS)] for step in range(3, 9 + index % 7 * 4)]
        content = lessons(title=f"{drawn[0]} {drawn[-1]}", summary=" ".join(drawn[:4]), happened=" ".join(drawn))
        story = Story(
            kind=StoryKind.LESSONS,
            outcome=Outcome.FAILED,
            origin=Origin.EXAMPLE,
            organisation=organisation,
            **{"audience": Audience.PUBLIC, **fields},
        )
        new.append(NewStory(story, content))
    shelve(stories=new, published_on=TODAY, by="test")
    return [one.story for one in new]


@pytest.fixture
def member():
    return AffiliationFactory(user=UserFactory()).user


def expected(text: str, stories) -> dict[int, float]:
    """BM25 as the books have it, over the whole shelf in Python."""
    weighed = {story.pk: weigh_story(story) for story in stories}
    public = [one for one in weighed.values() if one.is_public]
    count, mean = len(public), sum(one.length for one in public) / len(public)
    frequency = collections.Counter(stem for one in public for stem in one.weights)
    idf = lambda stem: math.log(1 + (count - frequency[stem] + 0.5) / (frequency[stem] + 0.5))  # noqa: E731
    query = collections.Counter(query_stems(text))
    bound = sum(times * idf(stem) * 2.2 for stem, times in query.items())
    scores = {}
    for key, one in weighed.items():
        norm = 1.2 * (0.25 + 0.75 * one.length / mean)
        parts = [
            n * idf(s) * one.weights[s] * 2.2 / (one.weights[s] + norm) for s, n in query.items() if s in one.weights
        ]
        if parts:
            scores[key] = sum(parts) / bound
    return scores


@pytest.mark.parametrize("text", ["rota", "rota ward", "tablet signal tablet", "nurse shift agency unheard", "carer"])
def test_scores_are_those_of_the_books(text, member):
    shelf(40)
    shelf(10, seed=3, audience=Audience.MEMBERS)
    refresh_terms()
    scores = by_words(text, member)
    assert scores == pytest.approx(expected(text, visible(member)), abs=1e-8)
    assert 0 < min(scores.values()) <= max(scores.values()) <= 1


def test_a_word_in_the_title_outweighs_one_in_the_body():
    body = make_story(content=lessons(happened="A depot."))
    title = make_story(content=lessons(title="The depot"))
    assert order("depot") == [title.pk, body.pk]


def test_any_word_finds_and_more_words_find_first():
    one = make_story(content=lessons(happened="A snowed depot."))
    two = make_story(content=lessons(happened="The snowed rota."))
    both = make_story(content=lessons(happened="The rota at the depot."))
    refresh_terms()
    assert order("rota depot")[0] == both.pk
    assert set(order("rota depot")) == {one.pk, two.pk, both.pk}


def test_a_long_query_drops_words_that_most_stories_have():
    make_story(content=lessons(happened="Depot."))
    for _ in range(4):
        make_story()
    refresh_terms()
    counted = bm25.statistics(query_stems("carers tablets visits signal depot unheard"))
    assert bm25.telling(query_stems("carers tablets visits signal depot unheard"), counted)[-2:] == ["depot", "unheard"]
    assert len(order("tablets carers")) == 5, "a short query keeps its words"
    assert len(order("carers tablets visits signal spring")) == 5, "two words are kept, however common"


def test_a_long_query_reads_no_more_than_there_is_time_for(monkeypatch):
    stems = ["a", "b", "c", "d", "e"]
    counted = Statistics(1_000, 1.0, {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5})
    monkeypatch.setattr(bm25, "READ", 6)
    assert bm25.telling(stems, counted) == ["a", "b", "c"]
    monkeypatch.setattr(bm25, "READ", 0)
    assert bm25.telling([*stems, "unheard"], counted) == ["a", "b", "unheard"]
    assert bm25.telling(stems[:4], counted) == stems[:4]


def test_ties_fall_by_key():
    same = [make_story() for _ in range(6)]
    keys = sorted(story.pk for story in same)
    assert order("tablets") == keys
    assert sorted(by_words("tablets", limit=3)) == keys[:3]


def test_limit_keeps_the_best():
    shelf(30)
    refresh_terms()
    every = by_words("rota ward snow")
    best = by_words("rota ward snow", limit=5)
    assert sorted(best.values()) == sorted(every.values())[-5:]


def test_a_story_out_of_the_best_is_scored_when_asked_for():
    shelf(30)
    refresh_terms()
    every = bm25.scores(query_stems("rota ward"), visible(), limit=100)
    worst = min(every, key=every.get)
    some = bm25.scores(query_stems("rota ward"), visible(), limit=2, also=[worst, 12345])
    assert some[worst] == pytest.approx(every[worst])
    assert len(some) == 3


def test_a_hidden_story_changes_nothing_that_a_visitor_sees(member):
    shelf(30)
    make_story(content=lessons(title="Depot", summary="Comissioning"))
    refresh_terms()
    queries = [" ".join(pair) for pair in itertools.combinations(WORDS[:8], 2)] + ["snow " + " ".join(WORDS[:7])]
    before = {text: by_words(text) for text in queries}
    spelt = rank.suggest_spelling("depott zygoat")

    shelf(30, seed=5, audience=Audience.MEMBERS)
    hidden = make_story(content=lessons(title="Zygote rota ward"), audience=Audience.NETWORK)
    make_story(content=lessons(title="Zygote rota"), audience=Audience.FRONT_LINE)
    assert refresh_terms() is False, "nothing public changed"

    assert {text: by_words(text) for text in queries} == before
    assert rank.suggest_spelling("depott zygoat") == spelt == "depot zygoat"
    assert hidden.pk not in by_words("zygote")
    assert len(by_words("rota", member)) > len(by_words("rota"))


def test_the_predicate_stands_before_the_limit(member):
    shelf(20, audience=Audience.MEMBERS)
    public = make_story(content=lessons(happened="One long text about many other things, and a rota."))
    refresh_terms()
    assert list(by_words("rota", limit=1)) == [public.pk]


def test_nothing_is_found_outside_of_the_queryset():
    stories = shelf(10)
    some = visible().filter(pk__in=[story.pk for story in stories[:3]])
    assert set(rank.text_scores(" ".join(WORDS[:4]), some, mix=1)) <= {story.pk for story in stories[:3]}
    assert rank.text_scores("rota", visible().none(), mix=1) == {}
    assert rank.text_scores("rota", visible().none(), mix=0.5) == {}


@pytest.mark.parametrize("status", ["withdrawn", "retired", "draft"])
def test_a_story_that_is_no_longer_published_is_not_found(status):
    story = make_story()
    assert order("tablets") == [story.pk]
    unpublish(story, status)
    assert order("tablets") == []


def test_status_alone_hides_a_story_before_the_index_knows():
    story = make_story()
    Story.objects.filter(pk=story.pk).update(audience=Audience.NETWORK)
    assert order("tablets") == []


def test_only_a_named_story_is_found_by_its_organisation():
    body = OrganisationFactory(name_en="Wibblesea Council", name_cy="Cyngor Gwibl", aliases="Wobblesea|WSC")
    named = make_story(organisation=body)
    make_story(voice=Voice.CONFIDENTIAL)
    make_story(voice=Voice.ANONYMOUS)
    for name in ("Wibblesea", "cyngor gwibl", "wobblesea"):
        assert order(name) == [named.pk]


def test_an_organisation_that_should_not_be_there_is_not_indexed():
    """A constraint keeps it out of the row; this keeps it out of the index even so."""
    story = make_story(voice=Voice.CONFIDENTIAL)
    story.organisation = OrganisationFactory(name_en="Wibblesea Council")
    story.source_organisation = "Wobblesea"
    assert not {"wibblesea", "wobblesea"} & weigh_story(story).weights.keys()


def test_topic_words_of_either_language_find_a_story():
    topic = TopicFactory(name="Home care", name_cy="Gofal cartref", words_en="domiciliary|visits", words_cy="cymorth")
    story = make_story(content=lessons(title="Untold"), topics=[topic])
    refresh_terms()
    for text in ("domiciliary", "gofal", "Cymorth"):
        assert order(text) == [story.pk]


def test_welsh_is_found_without_accents_and_after_mutation():
    story = make_story(content=lessons(title="Tŷ newydd", happened="Gofal yn y cartref a'r dŵr"), language="cy")
    refresh_terms()
    for text in ("ty", "TŶ", "dwr", "ofal", "nghartref"):
        assert order(text) == [story.pk], text


@pytest.mark.parametrize("text", NASTY)
def test_nasty_input_is_answered_calmly(text):
    make_story()
    refresh_terms()
    for mix in (0.5, 1):
        assert set(rank.text_scores(text, visible(), mix=mix)) <= set(visible().values_list("pk", flat=True))
    assert isinstance(rank.found(text, visible()), dict)
    rank.suggest_spelling(text)


def test_the_number_of_statements_does_not_grow(member):
    counts = []
    for number in (1, 29):
        shelf(number)
        refresh_terms()
        stories = visible(member)
        with CaptureQueriesContext(connection) as captured:
            rank.text_scores("rota ward unheard words beyond four", stories, mix=1)
        counts.append(len(captured))
    assert counts == [3, 3]
