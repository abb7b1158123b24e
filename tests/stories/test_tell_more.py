"""Add to it while you wait: all optional, and what is added is sent to the same readers."""

import pytest

from learning_portal.common.models import User
from stories.actions import moderate
from stories.choices import Status, Voice
from stories.models import Story, Version
from tests.nasty import NASTY
from tests.stories.holding import begun, form_of, page, send, typed, written
from tests.stories.telling import fresh, moderators
from tests.strength import each

pytestmark = pytest.mark.django_db

ADDED = {
    "question": "Have you ridden along?",
    "adapt": "A town needs less of it.",
    "human_1": "going",
    "reply_1": "The carers did.",
    "links": "https://example.org/plan.pdf\nhttp://example.org/film",
    "delivery": "1",
}


@pytest.fixture
def told():
    moderators()
    story, holder = written()
    send(story, holder)
    return fresh(story), holder


def add(story, holder, **answers):
    return holder.post(page(story, "more"), form_of(story, **answers))


def test_the_confirmation_lists_what_may_be_added(told):
    story, holder = told
    text = holder.get(page(story, "sent")).content.decode()
    assert f'href="{page(story, "more")}#id_question"' in text
    assert "Answered" not in text
    add(story, holder, **ADDED)
    assert holder.get(page(story, "sent")).content.decode().count("Answered") == 5


def test_what_is_added_is_sent_to_the_same_readers(told):
    story, holder = told
    answer = add(story, holder, **ADDED, year="2024", cost="41000", months="6")
    assert answer["Location"] == f"{page(story, 'status')}?done=added"
    story = fresh(story)
    content = story.content
    assert (content.question, content.adapt) == (ADDED["question"], ADDED["adapt"])
    assert content.answers == {"going": "The carers did."}
    assert content.links == ADDED["links"].split()
    assert content.wrong
    assert (story.status, story.audience) == ("submitted", "public")
    assert (story.year, story.cost, story.delivery) == (2024, 41000, 1)
    assert Version.objects.count() == 2


def test_it_is_added_to_a_moderators_words(told):
    story, holder = told
    by = story.versions().first()
    new = type(by.content)(**{**vars(by.content), "wrong": "No signal."})
    moderate.edit(by=moderators(1)[0], story=story, content=new, read=by.sha256)
    add(story, holder, question="Why there?")
    assert (fresh(story).content.wrong, fresh(story).content.question) == ("No signal.", "Why there?")


def test_a_draft_keeps_it_until_it_is_sent():
    moderators()
    story, holder = written()
    add(story, holder, **ADDED)
    assert fresh(story).status == Status.DRAFT
    assert holder.get(page(story, "more")).context["form"]["reply_1"].value() == "The carers did."
    send(story, holder)
    assert fresh(story).content.question == ADDED["question"]
    assert fresh(story).delivery == 1


def test_an_answer_may_be_taken_back(told):
    story, holder = told
    add(story, holder, **ADDED)
    add(story, holder)
    assert (fresh(story).content.question, fresh(story).content.answers, fresh(story).content.links) == ("", {}, [])


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"question": "word " * 121}, "shorten it to 120 words. It has 121 now"),
        ({"human_1": "going", "reply_1": "word " * 61}, "shorten it to 60 words. It has 61 now"),
        ({"reply_1": "The carers."}, "Choose the question that you answer"),
        ({"human_1": "going", "human_2": "going"}, "Choose another question"),
        ({"human_1": "gone"}, "Choose a question from the list"),
        ({"links": "example.org"}, "Begin every link with https:// or http://"),
        ({"links": "javascript:alert(1)"}, "Begin every link with"),
        ({"links": "https://user:secret@example.org/"}, "Begin every link with"),
        ({"links": "https://[::1"}, "Begin every link with"),
        ({"links": "https://example.org/" + "a" * 500}, "Begin every link with"),
        ({"links": "https://example.org/\n" * 11}, "Give ten links at most"),
        ({"year": "1066"}, "Write a whole number, or leave it empty"),
        ({"cost": "-1"}, "Write a whole number, or leave it empty"),
        ({"cost": "9" * 30}, "Write a whole number, or leave it empty"),
        ({"delivery": "99"}, "Choose from the list"),
    ],
)
def test_what_does_not_fit_is_said_and_stays_in_the_page(told, answers, message):
    story, holder = told
    answer = add(story, holder, **answers)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert Version.objects.count() == 1


@each("value", NASTY, 4)
def test_nasty_additions_are_text_or_refused(told, value):
    story, holder = told
    fields = ("question", "reply_1", "links", "human_1", "year", "delivery")
    for name in fields:
        answer = add(story, holder, **{"human_2": "rules", name: value})
        assert answer.status_code in {302, 422}
        assert "<script>alert" not in answer.content.decode()


def test_without_a_name_no_exact_facts_are_asked():
    moderators()
    story, holder = written(Voice.ANONYMOUS)
    fields = holder.get(page(story, "more")).context["form"].fields
    assert not {"year", "months", "cost"} & {*fields}
    add(story, holder, year="2024", cost="5")
    send(story, holder)
    assert (fresh(story).year, fresh(story).cost) == (None, None)


def test_a_project_summary_is_asked_for_its_next_steps():
    story, holder = begun(kind="summary", telling="summary")
    assert "next_steps" in holder.get(page(story, "more")).context["form"].fields


def test_nothing_is_added_to_what_is_told_in_person():
    story, holder = begun(telling="in-person", in_person=True)
    assert holder.get(page(story, "more"))["Location"] == page(story, "status")


def test_a_stale_form_is_kept_beside(told):
    story, holder = told
    old = form_of(story, question="First?")
    holder.post(page(story, "more"), old)
    answer = holder.post(page(story, "more"), {**old, "question": "Second?"})
    assert answer["Location"] == page(story, "versions")
    both = holder.get(page(story, "versions")).content.decode()
    assert "First?" in both
    assert "Second?" in both
    assert typed(story)["question"] == "First?"


def test_when_nobody_can_moderate_it_any_more_it_is_said(told):
    story, holder = told
    User.objects.exclude(groups=None).update(is_active=False)
    answer = add(story, holder, question="Anybody there?")
    assert answer.status_code == 422
    assert "Too few people could look at a story for these readers" in answer.content.decode()
    assert Story.objects.get().status == Status.SUBMITTED
