"""A moderator makes the words of a story safer."""

import pytest

from learning_portal.common.models import User
from stories.actions import moderate
from stories.choices import Status, Verb
from stories.models import Story, Version
from stories.views import moderation_edit
from stories.worklist import parts_of
from tests.factories import AffiliationFactory, lessons, make_story, summary
from tests.stories.telling import fresh, moderators, send, sent, start, teller

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
NAMING = "Mrs Rhiannon Prydderch lost the only map of the upper valley."
SAFER = "A manager lost the only map of the upper valley."


def address(story: Story) -> str:
    return f"/moderation/{story.public_id}/edit/"


def form_of(story: Story, **typed) -> dict[str, str]:
    """What the page's form sends when only this is changed."""
    newest = story.versions()[0]
    words = {key: text for key, (_label, text) in parts_of(newest.content).items()}
    return {"read": newest.sha256, **words, **typed}


def edit(client, person: User, story: Story, **typed):
    client.force_login(person, backend=BACKEND)
    return client.post(address(story), form_of(story, **typed))


def test_every_part_that_has_words_can_be_made_safer(client):
    people = moderators(2)
    content = lessons(wrong=NAMING, past="", answers={"going": "Cake."}, links=["https://example.org/report"])
    story = send(start(teller()), content)
    client.force_login(people[0], backend=BACKEND)
    text = client.get(address(story)).content.decode()
    assert NAMING in text
    assert "Say what they do instead" in text
    assert 'name="past"' not in text
    assert "(optional)" not in text
    answer = edit(client, people[0], story, wrong=SAFER, answer_going="", links="https://example.org/other\r\n\r\n")
    assert (answer.status_code, answer.url) == (302, f"/moderation/{story.public_id}/")
    newest = story.versions()[0]
    assert newest.written_by == Version.Writer.MODERATOR
    assert newest.content == lessons(wrong=SAFER, past="", links=["https://example.org/other"])
    assert fresh(story).status == Status.AWAITING
    assert "Your words are kept." in client.get(answer.url).content.decode()


def test_a_project_summary_too(client):
    people = moderators(2)
    story = send(start(teller(), kind="summary"), summary())
    assert edit(client, people[0], story, aim="One team\r\nfor all.").status_code == 302
    assert story.versions()[0].content.aim == "One team\nfor all."


def test_what_cannot_stand_is_said_and_nothing_typed_is_lost(client):
    people = moderators(2)
    story = send(start(teller()), lessons(links=["https://example.org/report"]))
    long = "word " * 121
    for typed, said in (
        ({"title": ""}, "Give the story a title"),
        ({"wrong": long}, "Shorten this to 120 words: it has 121 now"),
        ({"wrong": "x" * 6_001}, "Shorten this to 120 words"),
        ({"summary": "word " * 41}, "Shorten this to 40 words: it has 41 now"),
        ({"links": "javascript:alert(1)"}, "Write each link on a line of its own."),
        ({"links": "\n".join(f"https://example.org/{number}" for number in range(21))}, "Keep at most 20 links"),
        ({"wrong": "\x00"}, "Null characters are not allowed."),
        ({}, "Nothing was changed."),
    ):
        answer = edit(client, people[0], story, **typed)
        assert answer.status_code == 422
        text = answer.content.decode()
        assert said in text
        assert all(words.strip("\x00 ") in text for words in typed.values())
    assert story.versions().count() == 1


def test_an_import_may_stay_as_long_as_it_was(client):
    people = moderators(2)
    long = "word " * 200
    story = make_story(content=lessons(wrong=f"{long}here"))
    moderate.hide(by=people[0], story=story)
    assert edit(client, people[0], story, wrong=f"{long}there").status_code == 302
    assert edit(client, people[1], story, wrong=f"{long}there again").status_code == 422


def test_somebody_changed_the_text_meanwhile(client):
    people = moderators(2)
    story = send(start(teller()), lessons(wrong=NAMING))
    form = form_of(story, wrong="My own words.", past="My past.")
    moderate.edit(by=people[0], story=story, content=lessons(wrong=SAFER, past=""), read=form["read"])
    client.force_login(people[1], backend=BACKEND)
    answer = client.post(address(story), form)
    assert answer.status_code == 409
    text = answer.content.decode()
    for words in ("Somebody has changed the text meanwhile.", "My own words.", "My past.", SAFER):
        assert words in text
    newest = story.versions()[0]
    assert (newest.number, newest.content.wrong) == (2, SAFER)
    assert f'name="read" value="{newest.sha256}"' in text
    assert client.post(address(story), {**form, "read": newest.sha256}).status_code == 302
    assert story.versions()[0].content == lessons(wrong="My own words.", past="My past.")


def test_the_guard_is_needed(client, monkeypatch):
    people = moderators(2)
    story = sent(teller())
    real = moderate.edit

    def unguarded(*, by, story, content, read):
        return real(by=by, story=story, content=content, read=story.versions()[0].sha256)

    monkeypatch.setattr(moderation_edit.moderate, "edit", unguarded)
    assert edit(client, people[0], story, wrong="Mine.", read="0" * 64).status_code == 302


def test_a_story_that_was_closed_meanwhile(client):
    people = moderators(2)
    story = sent(teller())
    form = form_of(story, wrong="My own words.")
    moderate.withdraw(by=people[0], story=story, reason="A court case.")
    client.force_login(people[1], backend=BACKEND)
    answer = client.post(address(story), form)
    assert answer.status_code == 409
    assert "My own words." in answer.content.decode()
    assert not story.decisions().filter(verb=Verb.EDITED).exists()


def test_what_is_published_is_first_hidden(client):
    people = moderators(2)
    story = make_story()
    client.force_login(people[0], backend=BACKEND)
    assert client.get(address(story)).status_code == 404
    assert edit(client, people[0], story, wrong=SAFER).status_code == 409


def test_it_is_not_there_for_anybody_else(client):
    people = moderators(3)
    story = sent(people[0])
    for person in (AffiliationFactory().user, people[0]):
        client.force_login(person, backend=BACKEND)
        assert client.get(address(story)).status_code == 404
    assert client.delete(address(story)).status_code == 405
