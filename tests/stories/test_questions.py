"""Writing to an author who has no name, and what comes back."""

import datetime
import re

import pytest
from django.core import mail

from learning_portal.common.models import Message
from learning_portal.common.public_ids import encode
from networks.models import Introduction
from stories.actions import Refused, meet, tell
from stories.choices import ReceiptKind, Status, Voice
from stories.models import StoryIntroduction, StoryQuestion
from stories.views.telling.receipt import COOKIE
from tests.factories import UserFactory, draft_author, make_story
from tests.networks.introducing import MONDAY, days, make_asker, on

pytestmark = pytest.mark.django_db
TEXT = {"text": "How did you tell the board?"}
VOICES = [Voice.CONFIDENTIAL, Voice.ANONYMOUS]


@pytest.fixture(autouse=True)
def today():
    with on(MONDAY):
        yield


@pytest.fixture
def asker(client):
    user = make_asker(user=UserFactory(name="Ann Example"))
    client.force_login(user)
    return user


def url(story) -> str:
    return f"{story.get_absolute_url()}ask/"


def asked(story, by=None, day=MONDAY) -> StoryQuestion:
    return meet.put_question(by=by or make_asker(), story=story, text=TEXT["text"], today=day)


@pytest.mark.parametrize("voice", VOICES)
def test_the_words_are_kept_and_the_answer_is_one_sentence(client, asker, voice):
    story = make_story(voice=voice)
    assert "Write to the author" in client.get(story.get_absolute_url()).content.decode()
    page = client.post(url(story), TEXT, follow=True)
    assert "Your words are passed on" in page.content.decode()
    assert StoryQuestion.objects.get().text == TEXT["text"]
    assert mail.outbox == []
    assert Message.objects.count() == 0


def test_whatever_is_behind_a_story_the_asker_reads_the_same(client, asker):
    linked, forgotten, anonymous = (make_story(voice=voice) for voice in (*VOICES[:1], *VOICES))
    draft_author(linked, UserFactory())
    pages = []
    for story in (linked, forgotten, anonymous):
        found = [client.get(url(story)), client.post(url(story), TEXT), client.get(f"{url(story)}sent/")]
        pages.append([(page.status_code, without(page.content.decode(), story)) for page in found])
    assert pages[0] == pages[1] == pages[2]


def without(page: str, story) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page).replace(encode(story.pk), "")


def test_who_works_at_no_public_body_reaches_the_desk_with_the_same_sentence(client):
    client.force_login(UserFactory(name="Ann", email="ann@supplier.example"))
    pages = []
    for voice in VOICES:
        story = make_story(voice=voice)
        assert "goes to our matching desk" in client.get(url(story)).content.decode()
        page = client.post(url(story), TEXT, follow=True)
        pages.append(without(page.content.decode(), story))
    assert pages[0] == pages[1]
    assert "Your request is with our matching desk" in pages[0]
    assert StoryQuestion.objects.count() == 0
    assert set(Introduction.objects.values_list("state", "questions")) == {("at_desk", TEXT["text"])}
    assert not StoryIntroduction.objects.exists()


@pytest.mark.parametrize(("audience", "shown"), [("public", True), ("members", False)])
def test_the_desk_reads_the_title_only_where_everybody_may(audience, shown):
    story = make_story(voice=Voice.CONFIDENTIAL, audience=audience)
    asker = UserFactory(name="Ann", email="ann@supplier.example")
    made = meet.ask_desk_about(by=asker, story=story, text="How?\n" + "x" * 900)
    assert (story.content.title in made.plan) is shown
    assert "x" * 900 in made.plan
    assert len(made.questions) <= 250
    with pytest.raises(Refused):
        meet.ask_desk_about(by=asker, story=make_story(), text="How?")


@pytest.mark.parametrize("text", ["", "\x00", "x" * 1001, "x" * 100_000])
def test_bad_words_are_refused(client, asker, text):
    assert client.post(url(make_story(voice=Voice.CONFIDENTIAL)), {"text": text}).status_code == 422
    assert StoryQuestion.objects.count() == 0


def test_once_in_four_weeks(client, asker):
    story = make_story(voice=Voice.ANONYMOUS)
    client.post(url(story), TEXT)
    assert client.post(url(story), TEXT).status_code == 422
    with pytest.raises(Refused):
        asked(story, asker, days(27))
    assert asked(story, asker, days(28))


def test_five_a_day(client, asker):
    stories = [make_story(voice=Voice.ANONYMOUS) for _ in range(6)]
    statuses = [client.post(url(story), TEXT).status_code for story in stories]
    assert statuses == [302] * 5 + [422]


@pytest.mark.parametrize("voice", VOICES)
def test_a_visitor_writes_signs_in_by_code_and_sends_it_with_one_button(client, voice):
    story, person = make_story(voice=voice), make_asker(user=UserFactory(name=""))
    assert "mail you a code" in client.get(url(story)).content.decode()
    sent = client.post(url(story), {**TEXT, "name": "Ann Example"})
    assert sent.headers["Location"] == f"/sign-in/?next={url(story)}"
    assert StoryQuestion.objects.count() == 0
    client.post(sent.headers["Location"], {"email": person.email})
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.MULTILINE)[0]
    client.post("/sign-in/code/", {"code": code})
    page = client.get(url(story)).content.decode()
    assert "Send your question" in page
    assert "It is not sent yet." in page
    assert TEXT["text"] in page
    assert TEXT["text"] in client.get(f"{url(story)}?change=1").content.decode()
    assert "Your words are passed on" in client.post(url(story), {"kept": "1"}, follow=True).content.decode()
    person.refresh_from_db()
    assert (StoryQuestion.objects.get().asker, person.name) == (person, "Ann Example")
    assert client.post(url(story), {"kept": "1"}).status_code == 302
    assert StoryQuestion.objects.count() == 1


@pytest.mark.parametrize("typed", [{"text": "How?"}, {"name": "Ann"}, {"name": "Ann", "text": "x" * 1001}])
def test_what_a_visitor_leaves_out_is_said(client, typed):
    answer = client.post(url(make_story(voice=Voice.ANONYMOUS)), typed)
    assert answer.status_code == 422
    assert typed.get("name", "How?") in answer.content.decode()


def test_what_is_hidden_from_a_visitor_is_not_there(client):
    story = make_story(voice=Voice.CONFIDENTIAL)
    assert client.get(f"{url(story)}sent/").headers["Location"] == f"/sign-in/?next={url(story)}sent/"
    hidden = make_story(voice=Voice.CONFIDENTIAL, audience="members")
    assert client.get(url(hidden)).status_code == 404
    assert client.get(f"{url(make_story())}sent/").status_code in {302, 404}


# --- The author -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("linked", [True, False])
def test_the_tick_tells_an_author_whom_the_service_knows(linked, django_capture_on_commit_callbacks):
    story, author = make_story(voice=Voice.CONFIDENTIAL), UserFactory()
    if linked:
        draft_author(story, author)
    asked(story)
    with django_capture_on_commit_callbacks(execute=True):
        assert meet.pass_questions_on() == 1
        assert meet.pass_questions_on() == 0
    assert [sent.to for sent in mail.outbox] == ([[author.email]] if linked else [])
    if linked:
        assert mail.outbox[0].subject == "You have a message"
        assert TEXT["text"] not in mail.outbox[0].body


def behind_receipt(client, story) -> str:
    client.cookies[COOKIE] = tell.hand(story=story, kind=ReceiptKind.AUTHOR)
    return f"/tell/{encode(story.pk)}/status/"


@pytest.mark.parametrize("voice", VOICES)
def test_the_author_answers_once_and_it_is_read_on_a_monday(client, asker, voice):
    story = make_story(voice=voice)
    question = asked(story, asker)
    page = behind_receipt(client, story)
    words = client.get(page).content.decode()
    assert TEXT["text"] in words
    assert "Ann Example" in words
    reply = {"do": "reply", "question": question.public_id, "reply": "On one page, before lunch."}
    assert client.post(page, {**reply, "reply": ""}).status_code == 422
    assert client.post(page, {**reply, "reply": "x" * 1001}).status_code == 422
    assert client.post(page, {**reply, "question": "\x00"}).status_code == 422
    assert client.post(page, {**reply, "question": "9" * 30}).status_code == 422
    assert client.post(page, reply).status_code == 302
    client.post(page, {**reply, "reply": "Another."})
    question.refresh_from_db()
    assert (question.answer, question.answered_week) == ("On one page, before lunch.", MONDAY)
    for day, there in ((0, False), (6, False), (7, True)):
        with on(days(day)):
            client.force_login(asker)
            assert (question.answer in client.get("/meet/").content.decode()) == there


def test_the_asker_is_mailed_on_that_monday_once(django_capture_on_commit_callbacks):
    question = asked(make_story(voice=Voice.ANONYMOUS))
    meet.answer_question(story=question.story, key=question.pk, text="On one page.", today=days(3))
    with django_capture_on_commit_callbacks(execute=True):
        assert [meet.release_answers(today=days(day)) for day in (3, 6, 7, 7, 8)] == [0, 0, 1, 0, 0]
    assert [sent.to for sent in mail.outbox] == [[question.asker.email]]
    assert "page" not in mail.outbox[0].body.replace("on a page", "")


def test_of_a_story_one_may_not_read_any_more_there_is_no_title(client, asker):
    story = make_story(voice=Voice.CONFIDENTIAL)
    asked(story, asker)
    type(story).objects.filter(pk=story.pk).update(status=Status.WITHDRAWN)
    words = client.get("/meet/").content.decode()
    assert story.content.title not in words
    assert TEXT["text"] in words


def test_questions_are_erased_ninety_days_after_the_last_word():
    question = asked(make_story(voice=Voice.ANONYMOUS))
    assert meet.erase_old_questions(today=days(90)) == 0
    meet.answer_question(story=question.story, key=question.pk, text="Yes.", today=days(90))
    assert meet.erase_old_questions(today=days(91)) == 0
    monday = days(84)
    assert meet.erase_old_questions(today=monday + datetime.timedelta(days=91)) == 1


def test_a_named_story_has_no_such_page():
    with pytest.raises(Refused):
        asked(make_story())
