"""After sending: where it stands, what moderators ask, the final text to approve, and second thoughts."""

import datetime

import pytest

from stories.actions import moderate, publish, tell
from stories.choices import ReceiptKind, Status, Voice
from stories.content import parse
from stories.models import AuthorLink, Draft, Receipt, RelayMessage, Story
from stories.telling import outlook
from stories.views.telling import after
from tests.nasty import NASTY
from tests.stories.holding import page, send, typed, with_receipt, written
from tests.stories.telling import fresh, moderators, sent, teller
from tests.strength import each

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return moderators()


@pytest.fixture
def told(people):
    """A story that was sent in, and the browser of its author."""
    story, holder = written()
    send(story, holder)
    return fresh(story), holder


def do(story, holder, deed: str, **form):
    return holder.post(page(story, "status"), {"do": deed, **form})


def changed(story, by, **words):
    content = parse(story.versions().first().words)
    new = type(content)(**{**vars(content), **words})
    return moderate.edit(by=by, story=story, content=new, read=story.versions().first().sha256)


def test_the_confirmation_has_a_reference_and_the_next_steps(told):
    story, holder = told
    text = holder.get(page(story, "sent")).content.decode()
    assert "govuk-panel--confirmation" in text
    assert story.public_id in text
    assert "Fewer than five stories are before yours." in text
    assert "even if nothing was changed" in text


def test_there_is_no_confirmation_before_it_is_sent():
    story, holder = written()
    assert holder.get(page(story, "sent"))["Location"] == page(story, "words")
    assert "You are still writing it." in holder.get(page(story, "status")).content.decode()


def test_the_place_in_the_queue_is_told_from_five_on(people, told):
    story, holder = told
    for _number in range(4):
        Story.objects.filter(pk=sent(teller()).pk).update(submitted_on="2020-01-06")
    assert outlook.waiting_before(story) is None
    Story.objects.filter(pk=sent(teller()).pk).update(submitted_on="2020-01-06")
    assert outlook.waiting_before(story) == 5
    assert "5 stories are before yours." in holder.get(page(story, "sent")).content.decode()


def test_the_beginning_leads_to_where_it_stands(told):
    story, holder = told
    assert holder.get(page(story))["Location"] == page(story, "status")


def test_moderators_ask_and_the_author_answers(people, told):
    story, holder = told
    moderate.ask(by=people[0], story=story, text="Who <b>asked</b> for it?")
    text = holder.get(page(story, "status")).content.decode()
    assert "Who &lt;b&gt;asked&lt;/b&gt; for it?" in text
    assert RelayMessage.objects.get().read
    answer = do(story, holder, "answer", text="The board did.")
    assert answer["Location"] == f"{page(story, 'status')}?done=answered"
    assert "The board did." in holder.get(answer["Location"]).content.decode()
    assert RelayMessage.objects.last().from_author


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "\x00"])
def test_no_answer_that_is_none(told, text):
    story, holder = told
    assert do(story, holder, "answer", text=text).status_code == 422
    assert not RelayMessage.objects.exists()


def test_an_answer_that_nobody_looks_at_any_more_is_not_lost(told):
    """It was withdrawn in another window meanwhile."""
    story, holder = told
    do(story, holder, "withdraw")
    answer = do(story, holder, "answer", text="The board did.")
    assert answer.status_code == 422
    assert "Nobody looks at this story at present." in answer.content.decode()
    assert "The board did.</textarea>" in answer.content.decode()


def test_the_final_text_is_shown_with_its_differences_and_approved(people, told):
    story, holder = told
    version = changed(story, people[0], wrong="Half of the valleys have no signal, and nobody had tried it there.")
    text = holder.get(page(story, "status")).content.decode()
    assert "<del>villages</del>" in text
    assert "<ins>valleys</ins>" in text
    assert "I approve this text" in text
    answer = do(story, holder, "approve", sha256=version.sha256)
    assert answer["Location"].endswith("?done=approved")
    assert fresh(story).approved_sha256 == version.sha256


@pytest.mark.parametrize("sha256", ["", "0" * 64, "x" * 5000])
def test_another_text_is_not_approved(people, told, sha256):
    story, holder = told
    changed(story, people[0], wrong="No signal.")
    answer = do(story, holder, "approve", sha256=sha256)
    assert answer.status_code == 422
    assert "The text has been changed meanwhile." in answer.content.decode()
    assert fresh(story).approved_sha256 == ""


def test_the_author_goes_on_from_the_newest_words(people, told):
    story, holder = told
    changed(story, people[0], wrong="No signal.")
    assert do(story, holder, "rewrite")["Location"] == page(story, "words")
    assert typed(story)["wrong"] == "No signal."
    assert typed(story)["topic"]


def test_withdrawn_is_withdrawn(told):
    story, holder = told
    assert do(story, holder, "withdraw")["Location"].endswith("?done=withdrawn")
    assert fresh(story).status == Status.WITHDRAWN
    text = holder.get(page(story, "status")).content.decode()
    assert "Nobody can read it." in text
    assert "Withdraw the story" not in text
    assert do(story, holder, "withdraw").status_code == 422


def test_a_withdrawn_draft_is_gone():
    story, holder = written()
    answer = do(story, holder, "withdraw")
    assert answer["Location"] == "/tell/"
    assert not Story.objects.exists()
    assert holder.get(page(story, "status")).status_code == 404


def test_a_draft_that_another_window_erased_meanwhile_is_not_there(monkeypatch):
    story, holder = written()
    erase = after.tell.withdraw

    def twice(*, story):
        erase(story=story)
        erase(story=story)

    monkeypatch.setattr(after.tell, "withdraw", twice)
    assert do(story, holder, "withdraw").status_code == 404


def test_the_link_is_forgotten_and_the_receipt_stays(people):
    story, holder = written(Voice.CONFIDENTIAL)
    assert "Forget that I wrote it" in holder.get(page(story, "status")).content.decode()
    assert do(story, holder, "forget")["Location"] == page(story, "keep")
    assert not AuthorLink.objects.exists()
    assert "Forget that I wrote it" not in holder.get(page(story, "status")).content.decode()


def test_a_named_story_becomes_anonymous_and_the_old_one_is_gone(told):
    story, holder = told
    answer = do(story, holder, "voice", voice="anonymous")
    new = Story.objects.get()
    assert (new.voice, new.pk == story.pk) == ("anonymous", False)
    assert answer["Location"] == page(new, "keep")
    assert not AuthorLink.objects.exists()
    assert answer.cookies["receipt"]["path"] == page(new)
    assert typed(new)["title"] == "The tablets had no signal"


@pytest.mark.parametrize("voice", ["named", "confidential", "anonymous", "nobody", ""])
def test_an_anonymous_story_stays_so(people, voice):
    story, holder = written(Voice.ANONYMOUS)
    assert do(story, holder, "voice", voice=voice).status_code == 422
    assert Story.objects.get().pk == story.pk


@each("value", NASTY, 4)
def test_what_is_no_deed_is_refused_calmly(told, value):
    story, holder = told
    assert do(story, holder, value).status_code == 422
    assert do(story, holder, "voice", voice=value).status_code == 422
    assert holder.get(page(story, "status"), {"done": value}).status_code == 200


def test_what_became_of_it_is_said_in_every_state(people, told):
    story, holder = told
    said = {
        Status.SUBMITTED: "A moderator is to read it.",
        Status.RETURNED: "sent it back to you",
        Status.AWAITING: "It waits for you",
        Status.APPROVED: "It is published next.",
        Status.WITHDRAWN: "It is withdrawn.",
        Status.RETIRED: "It is retired",
    }
    for status, words in said.items():
        Story.objects.filter(pk=story.pk).update(status=status)
        shown = holder.get(page(story, "status")).content.decode()
        assert words in shown
        assert ("Change something" in shown) is (status not in (Status.WITHDRAWN, Status.RETIRED))


def test_when_it_is_published_its_pages_still_open(people, told):
    story, holder = told
    version = story.versions().first()
    moderate.approve(by=people[0], story=story, sha256=version.sha256)
    do(story, holder, "approve", sha256=version.sha256)
    assert publish.publish_due() == 1
    assert not Draft.objects.exists()
    for name in ("", "sent", "status", "words", "check", "keep"):
        assert holder.get(page(story, name)).status_code in {200, 302}
    assert "It is published." in holder.get(page(story, "status")).content.decode()
    assert do(story, holder, "rewrite").status_code == 302
    assert do(story, holder, "withdraw").status_code == 302


def test_differences_say_both_texts():
    pieces = outlook.differences("One two three four", "One five three four six")
    assert [(piece.text, piece.change) for piece in pieces] == [
        ("One", ""),
        ("two", "out"),
        ("five", "in"),
        ("three four", ""),
        ("six", "in"),
    ]


def test_whoever_is_soon_forgotten_is_told_and_given_a_new_receipt():
    story, holder = written(Voice.CONFIDENTIAL)
    send(story, holder)
    Story.objects.filter(pk=story.pk).update(published_on=datetime.date(2026, 11, 2))
    assert "Give me a new receipt" not in holder.get(page(story, "status")).content.decode()
    AuthorLink.objects.filter(story=story).update(is_warned=True)
    text = holder.get(page(story, "status")).content.decode()
    assert "On 31 January 2027 the service forgets that you wrote this." in text
    old = holder.cookies["receipt"].value
    answer = do(story, holder, "receipt")
    assert answer["Location"] == page(story, "keep")
    new = holder.cookies["receipt"].value
    assert new != old
    assert new in holder.get(page(story, "keep")).content.decode()


def test_a_receipt_that_was_handed_on_gives_none():
    story, _holder = written(Voice.CONFIDENTIAL)
    interviewer = with_receipt(story, tell.hand(story=story, kind=ReceiptKind.INTERVIEW))
    assert do(story, interviewer, "receipt").status_code == 404
    assert Receipt.objects.filter(story=story, kind=ReceiptKind.AUTHOR).count() == 2  # as it was begun, and `written`


def test_a_returned_story_says_why(people, told):
    story, holder = told
    moderate.send_back(by=people[0], story=story, reason="Please say <less> of the nurse.")
    text = holder.get(page(story, "status")).content.decode()
    assert "Please say &lt;less&gt; of the nurse." in text
