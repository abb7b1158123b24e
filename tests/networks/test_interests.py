"""The first visit: questions that may be left out, and the language."""

import pytest
from django.test import Client
from django.urls import reverse

from learning_portal.common.models import User
from networks.models import Preferences
from stories.models import StoryContact
from tests.factories import AffiliationFactory, ContactFactory, TopicFactory, UserFactory, make_story

pytestmark = pytest.mark.django_db

WELCOME, INTERESTS, WORK = map(reverse, ["networks:welcome", "networks:interests", "networks:work"])
HOME, ACCOUNT = reverse("site:home"), reverse("common:account")


@pytest.fixture
def user(client) -> User:
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def test_the_first_visit_asks_where_one_works_then_what_one_likes_then_nothing(client, user):
    assert client.get(WELCOME)["Location"] == WORK
    assert INTERESTS in client.get(WORK).content.decode()
    AffiliationFactory(user=user)
    assert client.get(WELCOME)["Location"] == INTERESTS
    assert client.post(INTERESTS, {"language": "en"})["Location"] == HOME
    assert client.get(WELCOME)["Location"] == HOME


def test_everything_may_be_left_out_and_one_is_not_asked_again(client, user):
    assert "Skip these questions" in client.get(INTERESTS).content.decode()
    client.post(INTERESTS, {"language": "en"})
    kept = Preferences.objects.get(user=user)
    assert (kept.formats, kept.knows.count(), kept.wants.count()) == ("", 0, 0)
    assert "Skip these questions" not in client.get(INTERESTS).content.decode()


def test_answers_are_kept_shown_and_changed(client, user):
    one, two = TopicFactory(name="Poor signal"), TopicFactory(name="Rotas")
    answers = {"knows": [one.slug], "wants": [two.slug, one.slug], "formats": ["visit", "call"], "language": "cy"}
    client.post(INTERESTS, answers)
    kept = Preferences.objects.get(user=user)
    assert (kept.formats, list(kept.knows.all())) == ("call|visit", [one])
    user.refresh_from_db()
    assert user.language == "cy"
    assert client.cookies["django_language"].value == "cy"
    page = client.get(INTERESTS).content.decode()
    assert page.count("checked") == 6
    assert client.post(INTERESTS, {"language": "en"})["Location"] == ACCOUNT
    assert not Preferences.objects.get(user=user).knows.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"knows": "nothing"}, {"wants": "\x00"}, {"formats": "fax"}, {"language": "fr"}, {"language": ""}],
)
def test_what_is_not_on_the_list(client, user, wrong):
    response = client.post(INTERESTS, {"language": "en", **wrong})
    assert response.status_code == 422
    assert not Preferences.objects.exists()


def test_twelve_topics_at_most(client, user):
    slugs = [TopicFactory(bit=number).slug for number in range(13)]
    assert client.post(INTERESTS, {"language": "en", "knows": slugs}).status_code == 422


def test_the_ways_to_meet_that_one_likes_come_first_on_a_story(client, user):
    contact = ContactFactory(formats="call|video|visit")
    story = make_story()
    StoryContact.objects.create(story=story, contact=contact)
    assert "Call, Video call, Visit" in client.get(story.get_absolute_url()).content.decode()
    client.post(INTERESTS, {"language": "en", "formats": ["visit"]})
    assert "Visit, Call, Video call" in client.get(story.get_absolute_url()).content.decode()


@pytest.mark.parametrize("page", [WELCOME, INTERESTS, WORK])
def test_a_visitor_signs_in_first(page):
    assert Client().get(page)["Location"].startswith("/sign-in/")
