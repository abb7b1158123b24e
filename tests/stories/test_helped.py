"""Being told that it helped: two buttons, monthly news in steps of five, and a note for the author."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse

from learning_portal.common.actions import stop_kinds
from learning_portal.common.mail.stopping import Subscriber
from learning_portal.common.models import Message
from stories.actions import Refused, recognise
from stories.choices import Audience, HelpedKind, Status, Voice
from stories.models import Helped, Story
from tests.factories import UserFactory, make_story

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
FIRST, MIDDLE, WEEKEND = datetime.date(2026, 12, 1), datetime.date(2026, 12, 15), datetime.date(2026, 12, 5)
NEXT = datetime.date(2027, 1, 4)


def thanked(story: Story, times: int, kind: str = HelpedKind.THANKS) -> None:
    for reader in UserFactory.create_batch(times):
        recognise.say_helped(by=reader, story=story, kind=kind)


@pytest.fixture
def author():
    return UserFactory()


# --- Two buttons ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("voice", Voice.values)
def test_a_reader_says_so_once(client, voice):
    """The buttons stand below every story: what a page offers must not tell confidential from anonymous."""
    story = make_story(voice=voice)
    client.force_login(UserFactory(), backend=BACKEND)
    assert "This changes what I&#x27;ll do" in client.get(story.get_absolute_url()).content.decode()
    for _time in range(2):
        assert client.post(reverse("stories:helped", args=[story.pk]), {"kind": "change"}).status_code == 302
    assert Helped.objects.count() == 1
    page = client.get(story.get_absolute_url()).content.decode()
    assert "You said: This changes what I&#x27;ll do." in page
    assert 'value="thanks"' in page


def test_visitors_have_no_buttons(client):
    story = make_story()
    assert 'name="kind"' not in client.get(story.get_absolute_url()).content.decode()
    assert "/sign-in/" in client.post(reverse("stories:helped", args=[story.pk]), {"kind": "thanks"})["Location"]


def test_behind_an_import_is_nobody_to_thank(client):
    source = {"source_name": "Lessons", "source_id": "L-1", "source_licence": "OGL"}
    client.force_login(UserFactory(), backend=BACKEND)
    page = client.get(make_story(origin="imported", **source).get_absolute_url()).content.decode()
    assert 'name="kind"' not in page


def test_nothing_kept_names_a_reader(author):
    """No key of a person, no time, and another seal for another story."""
    first, second = make_story(), make_story()
    for story in (first, second):
        recognise.say_helped(by=author, story=story, kind="thanks")
    assert {field.name for field in Helped._meta.get_fields()} == {"id", "story", "kind", "seal", "told_in"}
    assert Helped.objects.values("seal").distinct().count() == 2


def test_nobody_counts_how_often_in_public(client, author):
    story = make_story(author=author)
    thanked(story, 7)
    recognise.tell_helped(today=FIRST)
    client.force_login(UserFactory(), backend=BACKEND)
    assert "at least" not in client.get(story.get_absolute_url()).content.decode()


def test_nobody_thanks_themselves(client, author):
    story = make_story(author=author)
    with pytest.raises(Refused):
        recognise.say_helped(by=author, story=story, kind="thanks")
    client.force_login(author, backend=BACKEND)
    assert 'name="kind"' not in client.get(story.get_absolute_url()).content.decode()


def test_a_story_that_one_may_not_read_is_absent(client, author):
    story = make_story(audience=Audience.FRONT_LINE)
    client.force_login(author, backend=BACKEND)
    answers = [
        client.post(reverse("stories:helped", args=[key]), {"kind": "thanks"}) for key in (story.pk, story.pk ^ 1)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    with pytest.raises(Refused):
        recognise.say_helped(by=author, story=story, kind="thanks")


def test_there_are_two_buttons_and_no_other(client, author):
    client.force_login(author, backend=BACKEND)
    assert client.post(reverse("stories:helped", args=[make_story().pk]), {"kind": "hate"}).status_code == 404


# --- What authors hear ----------------------------------------------------------------------------------------------


def messages() -> list[tuple]:
    return list(Message.objects.values_list("user", "kind", "context"))


@pytest.mark.parametrize(("number", "told"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (23, 20)])
def test_steps_of_five(number, told):
    assert recognise.rounded(number) == told


def test_a_named_author_hears_in_the_first_days_of_a_month(author):
    story = make_story(author=author)
    thanked(story, 7)
    thanked(story, 4, HelpedKind.CHANGE)
    for day in (MIDDLE, WEEKEND):
        assert recognise.tell_helped(today=day) == 0
    assert recognise.tell_helped(today=FIRST) == 1
    title = story.content.title
    assert messages() == [(author.pk, "story_helped", {"title": title, "change": 0, "thanks": 5})]


def test_once_a_month_and_only_with_something_to_say(author):
    story = make_story(author=author)
    thanked(story, 5)
    assert recognise.tell_helped(today=FIRST) == 1
    thanked(story, 5)
    assert recognise.tell_helped(today=FIRST) == 0
    assert recognise.tell_helped(today=NEXT) == 1
    thanked(story, 4)
    assert recognise.tell_helped(today=datetime.date(2027, 2, 1)) == 0


def test_a_story_that_is_not_for_everybody_is_not_named(author):
    thanked_story = make_story(author=author)
    thanked(thanked_story, 5)
    Story.objects.update(audience=Audience.MEMBERS)
    recognise.tell_helped(today=FIRST)
    assert messages()[0][2]["title"] == ""


def test_a_confidential_author_gets_what_any_member_gets(author, django_capture_on_commit_callbacks):
    for _story in range(2):
        thanked(make_story(author=author, voice=Voice.CONFIDENTIAL), 5)
    with django_capture_on_commit_callbacks(execute=True):
        assert recognise.tell_helped(today=FIRST) == 2
    assert [sent.subject for sent in mail.outbox] == ["You have a message"]
    assert "Tablets" not in mail.outbox[0].body
    assert "helped" not in mail.outbox[0].body


def test_who_stopped_such_news_gets_none(author):
    thanked(make_story(author=author, voice=Voice.CONFIDENTIAL), 5)
    thanked(make_story(author=author), 5)
    stop_kinds(subscriber=Subscriber(author.pk), names=["story_helped"])
    recognise.tell_helped(today=FIRST)
    assert messages() == []


def test_an_anonymous_author_is_never_mailed_and_finds_the_count(author):
    story = make_story(author=author, voice=Voice.ANONYMOUS)
    thanked(story, 12)
    recognise.tell_helped(today=FIRST)
    assert messages() == []
    assert recognise.told_of(story) == {"thanks": 10}


def test_nothing_is_told_of_what_is_off_the_shelf(author):
    story = make_story(author=author)
    thanked(story, 5)
    Story.objects.update(status=Status.WITHDRAWN)
    assert recognise.tell_helped(today=FIRST) == 0


@pytest.mark.parametrize("voice", [Voice.NAMED, Voice.CONFIDENTIAL])
def test_authors_see_it_on_their_page_once_they_were_told(client, author, voice):
    story = make_story(author=author, voice=voice)
    thanked(story, 8)
    client.force_login(author, backend=BACKEND)
    assert "at least" not in client.get(story.get_absolute_url()).content.decode()
    recognise.tell_helped(today=FIRST)
    assert "Thank you: at least 5 people" in client.get(story.get_absolute_url()).content.decode()


# --- A note ---------------------------------------------------------------------------------------------------------


def test_a_named_author_takes_a_note_away(client):
    author = UserFactory(name="Bethan Example")
    story = make_story(author=author)
    client.force_login(author, backend=BACKEND)
    page = client.get(reverse("stories:story-note", args=[story.pk])).content.decode()
    for words in ("Bethan Example", "Tablets that stayed in the van", story.place, "2 November 2026", story.public_id):
        assert words in page


def test_a_funder_learns_that_it_was_published_and_not_what_it_says(client, author):
    story = make_story(author=author)
    client.force_login(author, backend=BACKEND)
    page = client.get(reverse("stories:story-note", args=[story.pk]), {"for": "funder"}).content.decode()
    assert "Lessons record" in page
    assert "2 November 2026" in page
    assert "Tablets" not in page
    assert author.name not in page.split("<main")[1]


def test_there_is_no_note_for_anybody_else(client, author):
    for fields in ({}, {"author": author, "voice": Voice.CONFIDENTIAL}, {"author": author, "status": Status.DRAFT}):
        client.force_login(author, backend=BACKEND)
        assert client.get(reverse("stories:story-note", args=[make_story(**fields).pk])).status_code == 404
