"""What readers get while the database does not answer, and for a method that a page does not take."""

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse

from stories.access import StoryQuerySet
from tests.factories import UserFactory, make_story


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [OperationalError("no connection"), InterfaceError("connection already closed")])
def test_503_while_the_database_does_not_answer(monkeypatch, fault):
    def down(*args):
        raise fault

    monkeypatch.setattr(StoryQuerySet, "visible_to", down)
    response = Client(raise_request_exception=False).get(reverse("stories:story-list"))
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Closed for a short while" in response.content.decode()


@pytest.mark.django_db
def test_another_fault_is_a_500(monkeypatch):
    monkeypatch.setattr(StoryQuerySet, "visible_to", lambda *args: 1 / 0)
    response = Client(raise_request_exception=False).get(reverse("stories:story-list"))
    assert response.status_code == 500


@pytest.mark.parametrize("method", ["get", "put", "delete", "options"])
def test_a_method_that_a_page_does_not_take_is_told_in_words(client, method):
    response = getattr(client, method)(reverse("stories:plan-create"))
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "This page cannot be opened that way" in response.content.decode()


def test_a_head_request_has_no_words(client):
    assert client.head(reverse("stories:plan-create")).content == b""


@pytest.mark.django_db
class TestWhoMayKeepAPage:
    @pytest.mark.parametrize("name", ["site:home", "stories:story-list", "stories:topic-list", "common:account"])
    def test_nobody_keeps_a_page_of_somebody_who_is_signed_in(self, client, name):
        client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(reverse(name))["Cache-Control"] == "private, no-store"

    def test_a_story_as_well(self, client):
        story = make_story()
        client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(story.get_absolute_url())["Cache-Control"] == "private, no-store"

    def test_a_visitors_page_says_nothing_of_it(self, client):
        assert "Cache-Control" not in client.get(reverse("stories:story-list"))
