"""What was decided about a story, in words, for its author and whoever moderates it."""

import datetime

import pytest
from django.urls import reverse

from learning_portal.common.models import User
from stories import history
from stories.actions import moderate
from stories.choices import Verb, Voice
from stories.models import Decision, Story
from tests.factories import UserFactory, make_story
from tests.stories.telling import approved, fresh, moderators, sent, start, teller

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


def page_for(client, person: User, story: Story) -> str:
    client.force_login(person, backend=BACKEND)
    response = client.get(reverse("stories:story-history", args=[story.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_life_of_a_named_story(client):
    author, people = teller(), moderators(3)
    story = sent(author)
    moderate.send_back(by=people[0], story=story, reason="Please leave out the supplier.")
    moderator_sees, author_sees = (page_for(client, person, fresh(story)) for person in (people[1], author))
    for page in (moderator_sees, author_sees):
        assert "Sent in by its author" in page
        assert "Returned by a moderator: Please leave out the supplier." in page
    assert str(people[0]) in moderator_sees
    assert str(people[0]) not in author_sees
    assert "moderator 1" in author_sees


def test_of_a_story_without_a_name_only_weeks_are_told(client):
    author, people = teller(), moderators(4)
    story = sent(author, Voice.ANONYMOUS)
    approved(story, people)
    page = page_for(client, people[3], fresh(story))
    assert "week of" in page
    assert "moderator 1" in page
    assert "moderator 2" in page
    for person in (author, *people):
        assert str(person) not in page.split("<main")[1]


def decided(verb: str, seal: str = "", **fields) -> Decision:
    return Decision(verb=verb, seal=seal, on=datetime.date(2026, 11, 23), **fields)


def test_in_short():
    story = Story(voice=Voice.ANONYMOUS, published_on=datetime.date(2026, 11, 23))
    decisions = [decided(Verb.APPROVED, "a"), decided(Verb.APPROVED, "b"), decided(Verb.APPROVED, "a")]
    assert history.in_short(story, decisions) == "Published: week of 23 November 2026. Checked by 2 moderators."
    story.voice = Voice.NAMED
    assert history.in_short(story, decisions[:1]) == "Published: 23 November 2026. Checked by 1 moderator."
    assert history.in_short(story, []) == "Published: 23 November 2026."
    assert history.in_short(Story(voice=Voice.NAMED), decisions) == ""


def test_a_reason_that_names_another_story_or_is_the_custodians_is_kept_back():
    story = Story(voice=Voice.NAMED)
    told = history.lines(
        story, [decided(verb, "a", reason="Why") for verb in (Verb.MERGED, Verb.REVEALED, Verb.RETURNED)], names=True
    )
    assert [line.reason for line in told] == ["", "", "Why"]


def test_it_is_not_there_for_readers(client):
    story = make_story()
    for person in (None, UserFactory()):
        if person:
            client.force_login(person, backend=BACKEND)
        answers = [client.get(reverse("stories:story-history", args=[key])) for key in (story.pk, story.pk ^ 1)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
        assert "What was decided" not in client.get(story.get_absolute_url()).content.decode()


def test_nothing_may_have_been_decided(client):
    assert "Nothing was decided about it yet." in page_for(client, moderators(1)[0], make_story())


def test_a_story_without_a_word_has_a_history_and_no_page(client):
    author = teller()
    story = start(author)
    assert "Nothing was decided about it yet." in page_for(client, author, story)
    assert client.get(story.get_absolute_url()).status_code == 404
