"""English and Welsh: the switch, and which pages speak Welsh."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import TopicFactory, UserFactory, lessons, make_story

pytestmark = pytest.mark.django_db

SWITCH = reverse("common:language")
TEXT = "We want to give home carers tablets to record visits on the road."


def switch(client, language: str, back: str = "/stories/"):
    return client.post(SWITCH, {"language": language, "next": back})


def test_the_same_page_in_the_other_language(client):
    response = switch(client, "cy", "/stories/?outcome=failed&page=2")
    assert (response.status_code, response["Location"]) == (302, "/stories/?outcome=failed&page=2")
    assert client.cookies["django_language"].value == "cy"
    assert '<html lang="cy"' in client.get("/stories/").content.decode()
    switch(client, "en")
    assert '<html lang="en"' in client.get("/stories/").content.decode()


def test_the_plan_is_kept(client):
    TopicFactory(name="Tablets", slug="tablets")
    plan = client.post(reverse("stories:plan-create"), {"text": TEXT})["Location"]
    assert "?topic=tablets" in plan
    assert switch(client, "cy", plan)["Location"] == plan
    page = client.get(plan).content.decode()
    assert TEXT in page
    assert '<html lang="cy"' in page


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"])
def test_one_is_never_sent_elsewhere(client, back):
    assert "evil" not in switch(client, "cy", back)["Location"]
    assert "alert" not in switch(client, "cy", back)["Location"]


@pytest.mark.parametrize("language", ["", "fr", "xx", "cy\x00", "../en", "c" * 5_000])
def test_a_language_that_we_do_not_speak(client, language):
    assert switch(client, language).status_code == 302
    assert '<html lang="en"' in client.get("/stories/").content.decode()


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_wrong_method(client, method):
    assert getattr(client, method)(SWITCH).status_code == 405


def test_a_form_from_elsewhere_is_refused():
    assert switch(Client(enforce_csrf_checks=True), "cy").status_code == 403


def test_the_choice_of_who_is_signed_in_is_kept_for_their_mail(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for language in ("cy", "fr", "en"):
        switch(client, language)
        user.refresh_from_db()
        assert user.language == {"cy": "cy", "fr": "cy", "en": "en"}[language]


def test_the_browser_s_language_is_asked_first(client):
    assert '<html lang="cy"' in client.get("/", headers={"Accept-Language": "cy, en;q=0.5"}).content.decode()
    assert '<html lang="en"' in client.get("/", headers={"Accept-Language": "fr"}).content.decode()


WELSH = {
    "/": "Beth ydych chi'n ei gynllunio?",
    "/stories/": "Straeon",
    "/topics/": "Pynciau",
    "/organisations/": "Sefydliadau",
}


@pytest.mark.parametrize("path", WELSH)
def test_the_main_pages_are_in_welsh(client, path):
    client.cookies["django_language"] = "cy"
    page = client.get(path).content.decode().replace("&#x27;", "'").replace("’", "'")
    assert WELSH[path] in page
    assert "chyfieithu eto" not in page
    assert "<main>" in page


def test_a_story_in_english_keeps_its_language_on_a_welsh_page(client):
    story = make_story(content=lessons(title="Tablets"))
    client.cookies["django_language"] = "cy"
    assert 'lang="en">Tablets</h1>' in client.get(story.get_absolute_url()).content.decode()


def test_welsh_waits_for_a_translator_and_says_so(client):
    client.cookies["django_language"] = "cy"
    assert "adolygu gan gyfieithydd" in client.get("/").content.decode()
