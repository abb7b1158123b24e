"""Page 2: what happened. What was typed is kept, whatever is wrong with it, and never written over."""

import pytest
from django.test import Client

from stories.actions import tell
from stories.choices import Status, Voice
from stories.models import Draft, Story
from tests.factories import TopicFactory
from tests.nasty import NASTY
from tests.stories.holding import FULL, begun, form_of, number, page, typed, with_receipt, written
from tests.strength import each

pytestmark = pytest.mark.django_db


def test_the_page_asks_six_questions_with_an_example_and_a_count(client):
    story, holder = begun()
    answer = holder.get(page(story, "words"))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.count('class="govuk-details__summary-text">Example') == 4
    assert text.count('data-count-type="words"') == 3
    assert [name for name, field in answer.context["form"].fields.items() if field.required] == [
        "title",
        "wrong",
        "differently",
        "topic",
        "outcome",
    ]


def test_what_is_typed_leads_on_to_page_three():
    story, holder = begun()
    topic = TopicFactory(group="problem")
    answer = holder.post(page(story, "words"), form_of(story, **FULL, topic=topic.slug, then="check"))
    assert (answer.status_code, answer["Location"]) == (302, page(story, "check"))
    assert typed(story)["wrong"] == FULL["wrong"]


def test_what_is_missing_is_said_and_what_is_there_is_kept():
    story, holder = begun()
    answer = holder.post(page(story, "words"), form_of(story, title="Half a sto", then="check"))
    assert answer.status_code == 422
    assert "Say what went wrong, and why" in answer.content.decode()
    assert "Half a sto" in answer.content.decode()
    assert typed(story)["title"] == "Half a sto"
    assert f'name="read" value="{number(story)}"' in answer.content.decode()


def test_too_many_words_are_kept_and_said():
    story, holder = begun()
    long = "word " * 130
    answer = holder.post(page(story, "words"), form_of(story, **{**FULL, "wrong": long}, then="check"))
    assert "What went wrong, and why: shorten it to 120 words. It has 130 now" in answer.content.decode()
    assert typed(story)["wrong"].split() == long.split()


def test_save_and_come_back():
    story, holder = begun()
    answer = holder.post(page(story, "words"), form_of(story, title="Later", then="save"), follow=True)
    assert "Saved. You can close this page and come back." in answer.content.decode()
    assert "Later" in answer.content.decode()


def test_the_script_saves_and_learns_the_next_number():
    story, holder = begun()
    answer = holder.post(page(story, "save"), form_of(story, title="On the way"))
    assert (answer.status_code, answer.json()) == (200, {"number": number(story), "stale": False})
    assert typed(story)["title"] == "On the way"


def test_two_windows_lose_nothing():
    story, holder = begun()
    first = form_of(story, title="First window")
    second = form_of(story, title="Second window")
    assert holder.post(page(story, "save"), first).status_code == 200
    answer = holder.post(page(story, "save"), second)
    assert (answer.status_code, answer.json()["stale"]) == (409, True)
    assert holder.get(page(story, "words"))["Location"] == page(story, "versions")
    both = holder.get(page(story, "versions")).content.decode()
    assert "First window" in both
    assert "Second window" in both
    answer = holder.post(page(story, "versions"), form_of(story, version="second"))
    assert answer["Location"] == page(story, "words")
    assert typed(story)["title"] == "Second window"
    assert Draft.objects.get(story=story).other_words == ""


def test_a_choice_between_versions_that_moved_on_is_shown_anew():
    story, holder = begun()
    old = form_of(story, title="First")
    holder.post(page(story, "save"), old)
    holder.post(page(story, "save"), {**old, "title": "Second"})
    stale = {"read": 0, "version": "first"}
    assert holder.post(page(story, "versions"), stale)["Location"] == page(story, "versions")
    assert holder.post(page(story, "versions"), form_of(story, version="third")).status_code == 422
    assert Draft.objects.get(story=story).other_words


def test_with_the_guard_off_the_second_window_would_overwrite(monkeypatch):
    """The test above notices if a save no longer names what it read."""
    story, holder = begun()
    first, second = form_of(story, title="First window"), form_of(story, title="Second window")
    monkeypatch.setattr("stories.views.telling.write.number_in", lambda request: number(story))
    holder.post(page(story, "save"), first)
    assert holder.post(page(story, "save"), second).status_code == 200


@pytest.mark.parametrize("read", ["", "x", "-1", "9" * 30, "٣"])
def test_a_forged_number_overwrites_nothing(read):
    story, holder = begun()
    holder.post(page(story, "save"), form_of(story, title="Mine"))
    answer = holder.post(page(story, "save"), {"read": read, "title": "Forged"})
    assert answer.status_code == 409
    assert typed(story)["title"] == "Mine"


@each("value", NASTY, 4)
def test_nasty_answers_are_text(value):
    story, holder = begun()
    answer = holder.post(page(story, "words"), form_of(story, **dict.fromkeys(FULL, value), topic=value, then="check"))
    assert answer.status_code == 422
    text = holder.get(page(story, "words")).content.decode()
    assert "<script>alert" not in text
    assert "\x00" not in text


def test_what_no_draft_can_hold_stays_in_the_page():
    story, holder = begun()
    answer = holder.post(page(story, "words"), form_of(story, title="x" * 70_000, then="save"))
    assert answer.status_code == 422
    assert "This is too long to keep" in answer.content.decode()
    assert "x" * 70_000 in answer.content.decode()
    assert holder.post(page(story, "save"), form_of(story, title="x" * 70_000)).status_code == 422


def test_a_story_told_in_person_has_one_required_line():
    story, holder = begun(telling="in-person", in_person=True)
    answer = holder.get(page(story, "words"))
    assert [*answer.context["form"].fields] == ["title", "topic"]
    assert holder.post(page(story, "words"), form_of(story, title="How we lost the unions"))["Location"].endswith(
        "/check/"
    )


def test_a_story_that_stopped_early_has_five_fields():
    story, holder = begun(telling="stopped")
    assert [*holder.get(page(story, "words")).context["form"].fields] == [
        "title",
        "expected",
        "wrong",
        "differently",
        "topic",
    ]


def test_a_project_summary_has_its_own_questions():
    story, holder = begun(kind="summary", telling="summary")
    assert "lessons" in holder.get(page(story, "words")).context["form"].fields


def test_a_published_story_is_not_written_here():
    story, holder = written()
    Draft.objects.filter(story=story).delete()
    assert holder.get(page(story, "words"), follow=True).redirect_chain[-1][0] == page(story, "status")
    assert holder.post(page(story, "save"), {"read": 0}).status_code == 409
    assert holder.get(page(story, "versions")).status_code == 302


@pytest.mark.parametrize(
    "name", ["", "words", "save", "versions", "check", "sent", "status", "keep", "more", "hand", "look"]
)
def test_without_its_receipt_it_is_not_there(name):
    story, _holder = written()
    other, holder = written()
    absent = Client().post(page(Story(pk=5), name))
    for reader in (
        Client(),
        with_receipt(story, "8n3kc-0v9te"),
        holder,
        with_receipt(story, tell.hand(story=other, kind="author")),
    ):
        answer = reader.post(page(story, name), {"title": "Stolen"})
        if name not in ("", "sent", "keep"):
            assert answer.status_code == 404
        answer = reader.get(page(story, name))
        assert answer.status_code == (405 if name == "save" else 404)
        assert reader.post(page(story, name)).content == absent.content
        assert reader.post(page(story, name)).headers == absent.headers


def test_a_colleague_does_not_write():
    story, _holder = written()
    holder = with_receipt(story, tell.hand(story=story, kind="colleague"))
    assert holder.get(page(story, "words")).status_code == 404


def test_nobody_else_keeps_the_page():
    story, holder = begun(Voice.ANONYMOUS)
    answer = holder.get(page(story, "words"))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Cookie" in answer["Vary"]
    assert story.status == Status.DRAFT
