"""What the demo promises: enough stories, of every sort, candid, told once, and tied to no real body."""

import collections
import datetime
import itertools
import re
import unicodedata

import pytest

from learning_portal.site.demo.load import PEOPLE, PROGRAMMES
from learning_portal.site.demo.reader import NETWORKS, ORGANISATIONS, DemoStory, read_rows, read_stories
from networks.choices import Kind, Sector, TopicGroup
from networks.management.commands.load_register import REGISTER
from networks.management.commands.load_topics import TOPICS
from stories.choices import Audience, Outcome, Progress, Voice
from stories.content import ANSWER_LIMIT, HUMAN_QUESTIONS, SECTION_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT, words_in
from stories.search import meaning, welsh

STORIES = read_stories()
BODIES = {row["code"]: row for row in read_rows(ORGANISATIONS)}
VOCABULARY = {row["slug"]: row for row in read_rows(TOPICS)}
SERVICES = {slug: int(row["code"]) for slug, row in VOCABULARY.items() if row["group"] == TopicGroup.SERVICE}
MOST_ALIKE = 0.75
SEQUENCE = 7
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)


def texts(story: DemoStory) -> list[str]:
    """The body and the answers."""
    return [text for _part, text in (*story.content.filled(), *story.content.answered())]


def everything(story: DemoStory) -> str:
    lines = [line for _on, _status, line in story.updates]
    return "\n".join([story.content.title, story.content.summary, *texts(story), *lines])


def sector(story: DemoStory) -> Sector:
    return Sector(Kind[BODIES[story.organisation]["kind"].upper()] // 8)


def count(**fields) -> int:
    return sum(all(story.fields[name] == value for name, value in fields.items()) for story in STORIES)


# --- Enough of every sort -------------------------------------------------------------------------------------------


def test_at_least_sixty_stories():
    assert len(STORIES) >= 60


def test_every_sector():
    assert {sector(story) for story in STORIES} == set(Sector)


def test_every_service_area():
    used = {SERVICES[story.topics[0]] for story in STORIES}
    assert {code // 8 for code in used} == {code // 8 for code in SERVICES.values()}
    assert used == set(SERVICES.values())


def test_half_did_not_simply_work():
    outcomes = collections.Counter(story.fields["outcome"] for story in STORIES)
    assert 2 * sum(outcomes[name] for name in (Outcome.FAILED, Outcome.MIXED, Outcome.STOPPED)) >= len(STORIES)
    assert set(outcomes) == set(Outcome.values)


def test_six_in_welsh():
    assert count(language="cy") >= 6


def test_enough_without_a_name_and_enough_restricted():
    assert len(STORIES) - count(voice=Voice.NAMED) >= 8
    assert len(STORIES) - count(audience=Audience.PUBLIC) >= 8
    assert {story.fields["voice"] for story in STORIES} == set(Voice.values)
    assert {story.fields["audience"] for story in STORIES} == set(Audience.values)


def test_every_human_question_is_answered_somewhere():
    answered = {key for story in STORIES for key in story.content.answers}
    assert answered == {question.key for question in HUMAN_QUESTIONS}


# --- Each story -----------------------------------------------------------------------------------------------------


@each_story
def test_it_keeps_to_the_limits(story):
    content = story.content
    assert 0 < len(content.title) <= TITLE_LIMIT
    assert 0 < words_in(content.summary) <= SUMMARY_LIMIT
    assert max(words_in(text) for _section, text in content.filled()) <= SECTION_LIMIT
    assert max((words_in(text) for _question, text in content.answered()), default=0) <= ANSWER_LIMIT
    assert content.went_wrong


@each_story
def test_it_names_what_the_portal_has(story):
    assert story.organisation in BODIES
    assert set(story.topics) <= set(VOCABULARY)
    assert story.topics[0] in SERVICES
    groups = collections.Counter(VOCABULARY[slug]["group"] for slug in story.topics)
    assert max(groups[group] for group in (TopicGroup.PROBLEM, TopicGroup.USERS, TopicGroup.CONSTRAINT)) <= 4
    assert groups[TopicGroup.PROBLEM] >= 1
    assert set(story.networks) <= {row["slug"] for row in read_rows(NETWORKS)}
    assert bool(story.networks) == (story.fields["audience"] == Audience.NETWORK)
    assert story.programme in {"", *PROGRAMMES}
    assert set(story.content.answers) <= {question.key for question in HUMAN_QUESTIONS}
    assert all(status in Progress.values for _on, status, _line in story.updates)


@each_story
def test_nothing_of_it_lies_in_the_future(story):
    days = [on for on, _status, _line in story.updates]
    assert days == sorted(days)
    assert max([*days, datetime.date(story.fields.get("year", 2000), 1, 1)]) <= datetime.date(2026, 11, 16)


@pytest.mark.parametrize(
    "story", [story for story in STORIES if story.content.kind == "lessons"], ids=lambda story: story.slug
)
def test_a_lessons_record_is_told_at_length_and_with_figures(story):
    body = " ".join(texts(story))
    assert words_in(body) >= 300
    assert len(re.findall(r"\d[\d,.]*", body)) >= 3
    assert story.content.question.rstrip(" \"'’”").endswith("?")


# --- Nothing real, nobody named -------------------------------------------------------------------------------------


def names_of(row: dict[str, str]) -> set[str]:
    """Its names in both languages and its aliases; not the initials and plain words that mean many other things."""
    names = [row["name_en"], row["name_cy"], *row["aliases"].split("|")]
    return {name for name in names if len(name) > 5}


def named_in(text: str, names: set[str]) -> set[str]:
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return set(re.findall(rf"\b(?:{'|'.join(longest_first)})\b", text))


@pytest.mark.parametrize(
    "story", [story for story in STORIES if story.fields["voice"] != Voice.NAMED], ids=lambda story: story.slug
)
def test_an_unnamed_story_gives_no_organisation_away(story):
    initials = {name for row in BODIES.values() for name in row["aliases"].split("|") if name}
    names = {name for row in BODIES.values() for name in names_of(row)} | initials
    assert named_in(everything(story), names) == set()
    assert not story.contact
    assert not story.updates
    assert not story.programme
    assert not story.project
    assert not {"cost", "months", "year"} & set(story.fields)


def test_no_invented_event_is_tied_to_a_real_body():
    real = {name for row in read_rows(REGISTER) for name in (row["name_en"], row["name_cy"]) if name}
    assert {story.slug: found for story in STORIES if (found := named_in(everything(story), real))} == {}


def test_no_invented_body_has_a_real_name():
    real = {name.casefold() for row in read_rows(REGISTER) for name in names_of(row)}
    assert [row["code"] for row in BODIES.values() for name in names_of(row) if name.casefold() in real] == []


def test_thirty_invented_bodies_of_every_kind():
    assert len(BODIES) >= 30
    assert {Kind[row["kind"].upper()] for row in BODIES.values()} == set(Kind) - {Kind.UNKNOWN}


def test_a_demo_person_for_each_role():
    assert {role for _email, _name, role, _kind, _network in PEOPLE} >= {
        "moderator",
        "programme team",
        "custodian",
        None,
    }
    assert all(email.endswith(".example") for email, *_rest in PEOPLE)


# --- Told once ------------------------------------------------------------------------------------------------------


def sequences(story: DemoStory) -> set[tuple[str, ...]]:
    words = [word.casefold() for word in WORD.findall(unicodedata.normalize("NFC", everything(story)))]
    return set(zip(*(words[start:] for start in range(SEQUENCE)), strict=False))


def test_no_seven_words_stand_in_two_stories():
    seen: dict[tuple[str, ...], str] = {}
    shared = []
    for story in STORIES:
        for sequence in sequences(story):
            if seen.setdefault(sequence, story.slug) != story.slug:
                shared.append((seen[sequence], story.slug, " ".join(sequence)))
    assert shared == []


def test_titles_differ():
    assert len({story.content.title.casefold() for story in STORIES}) == len(STORIES)


BY_SLUG = {story.slug: story for story in STORIES}
PAIRED = [story for story in STORIES if story.pair]


def test_at_least_fifteen_lessons_serve_another_sector():
    assert len(PAIRED) >= 15


@pytest.mark.parametrize("story", PAIRED, ids=lambda story: story.slug)
def test_a_pair_is_mutual_and_crosses_sectors(story):
    other = BY_SLUG[story.pair]
    assert other.pair == story.slug
    assert sector(other) != sector(story)
    assert set(other.topics) & set(story.topics), "nothing on the shelf would lead from one to the other"


def test_a_project_has_its_summary():
    for story in STORIES:
        if story.project:
            assert BY_SLUG[story.project].content.kind == "summary"
            assert BY_SLUG[story.project].organisation == story.organisation


def embedded(story: DemoStory) -> str:
    """What is embedded, in English: to a model that reads English only, all Welsh is alike. Welsh by every meaning of
    its words, for which the limit was set: a gloss by the first alone is nearer to any other gloss."""
    text = meaning.words_of(story.content)
    if story.fields["language"] != "cy":
        return text
    return " ".join(word for senses in welsh.glossed(text) for word in senses)


@pytest.mark.prove
def test_no_two_stories_are_nearly_the_same():
    if meaning.model() is None:
        pytest.skip("No sentence model is installed.")
    vectors = meaning.embed([embedded(story) for story in STORIES])
    cosines = vectors @ vectors.T
    near = [
        (one.slug, other.slug, round(float(cosines[i, j]), 3))
        for (i, one), (j, other) in itertools.combinations(enumerate(STORIES), 2)
        if cosines[i, j] >= MOST_ALIKE and one.pair != other.slug
    ]
    assert near == []
