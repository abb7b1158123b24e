"""One item: what is shown of it, and what a moderator can do with it."""

import pytest
from django.core import mail

from learning_portal.common.models import Role, User
from learning_portal.common.public_ids import encode
from stories import item as item_page
from stories.actions import moderate, respond
from stories.choices import Status, Verb, Voice
from stories.deeds import Seen
from stories.models import Decision, Story
from stories.views import moderation
from tests.cast import give_role
from tests.factories import AffiliationFactory, UserFactory, lessons, make_story
from tests.stories.telling import approved, fresh, moderators, send, sent, start, teller

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
NAMING = "Mrs Rhiannon Prydderch lost the only map of the upper valley."
SAFER = "A manager lost the only map of the upper valley."


def address(story: Story) -> str:
    return f"/moderation/{story.public_id}/"


def page(client, person: User, story: Story) -> str:
    client.force_login(person, backend=BACKEND)
    response = client.get(address(story))
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def do(client, person: User, story: Story, deed: str, **typed):
    """Press a button of the page as it is now, unless `seen` and `read` say otherwise."""
    client.force_login(person, backend=BACKEND)
    newest = story.versions().first()
    form = {"do": deed, "seen": fresh(story).status, "read": newest.sha256 if newest else "", **typed}
    return client.post(address(story), form)


def words_of(response) -> str:
    return response.content.decode()


def safer(by: User, story: Story) -> None:
    moderate.edit(by=by, story=story, content=lessons(wrong=SAFER), read=story.versions()[0].sha256)


# --- What is shown --------------------------------------------------------------------------------------------------


def test_the_words_with_their_marks_and_advice(client):
    people = moderators(2)
    story = send(start(teller()), lessons(wrong=NAMING))
    text = page(client, people[0], story)
    assert '<mark class="lp-identity">' in text
    assert "Say what they do instead" in text
    assert "1 place in the text as it stands now may give somebody away" in text
    assert "<del>" not in text
    assert story.organisation.name in text


def test_both_versions_side_by_side_with_what_changed(client):
    people = moderators(2)
    story = send(start(teller()), lessons(wrong=NAMING))
    safer(people[0], story)
    text = page(client, people[1], story)
    assert "The author's words and the safe ones" in text
    assert "<ins>A manager</ins>" in text
    assert "<del>" in text
    assert "Nothing in the text as it stands now is marked" in text


def test_no_markup_of_an_author_comes_back(client):
    people = moderators(2)
    story = send(start(teller()), lessons(wrong="<script>alert(1)</script> & Mrs Rhiannon Prydderch <b>"))
    text = page(client, people[0], story)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_nothing_says_who_wrote_a_story_without_a_name(client):
    author, people = teller(), moderators(4)
    organisation = author_place(author)
    for voice in (Voice.CONFIDENTIAL, Voice.ANONYMOUS):
        story = sent(author, voice)
        moderate.ask(by=people[0], story=story, text="Which spring?")
        respond.answer(story=story, text="The first.")
        text = page(client, people[1], story)
        assert "Which spring?" in text
        assert "The first." in text
        for told in (str(author), author.email, organisation, str(people[0])):
            assert told not in text.replace(handed_to(story), "")


def author_place(author: User) -> str:
    from networks.models import Affiliation

    return Affiliation.objects.get(user=author).organisation.name


def handed_to(story: Story) -> str:
    return next(value for label, value in item_page.facts(story) if label == "Handed to")


def test_the_history_in_words(client):
    people = moderators(2)
    story = sent(teller())
    moderate.ask(by=people[0], story=story, text="Which spring?")
    text = page(client, people[1], story)
    assert "Sent in by its author" in text
    assert f"Question asked by a moderator ({people[0]})" in text


# --- Approve --------------------------------------------------------------------------------------------------------


def test_two_clicks_from_the_list(client):
    people = moderators(2)
    story = sent(teller(), publish_unchanged=True)
    client.force_login(people[0], backend=BACKEND)
    assert f'href="{address(story)}"' in client.get("/moderation/").content.decode()
    assert 'name="do" value="approve"' in client.get(address(story)).content.decode()
    response = do(client, people[0], story, "approve")
    assert (response.status_code, response.url) == (302, "/moderation/")
    assert fresh(story).status == Status.APPROVED
    assert "Approved. Thank you." in client.get("/moderation/").content.decode()


def test_an_author_who_did_not_approve_in_advance_is_asked(client):
    people = moderators(2)
    story = sent(teller())
    assert "Then its author is asked to approve this text." in page(client, people[0], story)
    do(client, people[0], story, "approve")
    assert fresh(story).status == Status.AWAITING
    assert "You have approved this text." in page(client, people[0], story)
    assert "It waits for its author." in page(client, people[1], story)
    assert 'value="approve"' not in page(client, people[1], story)


def test_an_anonymous_story_needs_two_different_moderators(client):
    people = moderators(3)
    story = sent(teller(), Voice.ANONYMOUS, publish_unchanged=True)
    assert "After you one more has to approve this text." in page(client, people[0], story)
    do(client, people[0], story, "approve")
    text = page(client, people[0], story)
    assert "An anonymous story needs two different moderators." in text
    assert 'value="approve"' not in text
    again = do(client, people[0], story, "approve")
    assert again.status_code == 422
    assert "You have approved this text already." in words_of(again)
    assert fresh(story).status == Status.SUBMITTED
    assert "published with the next weekly batch after you approve it" in page(client, people[1], story)
    do(client, people[1], story, "approve")
    assert fresh(story).status == Status.APPROVED


# --- The other buttons ----------------------------------------------------------------------------------------------


def test_ask_the_author(client):
    people = moderators(2)
    story = sent(teller(), Voice.CONFIDENTIAL)
    empty = do(client, people[0], story, "ask", text=" ")
    assert empty.status_code == 422
    assert "Write your question" in words_of(empty)
    assert '<details class="govuk-details" open>' in words_of(empty)
    response = do(client, people[0], story, "ask", text="Was it in spring?")
    assert response.url == address(story)
    assert story.messages().get().text == "Was it in spring?"
    assert not any("spring" in sent_mail.body for sent_mail in mail.outbox)


def test_return_it_with_a_reason(client):
    people = moderators(2)
    story = sent(teller())
    refused = do(client, people[0], story, "send_back", reason="x" * 1001)
    assert refused.status_code == 422
    assert "x" * 1001 in words_of(refused)
    assert fresh(story).status == Status.SUBMITTED
    assert do(client, people[0], story, "send_back", reason="Please leave out the supplier.").status_code == 302
    assert fresh(story).status == Status.RETURNED
    assert "Please leave out the supplier." in page(client, people[1], story)


def test_merge_it_with_another(client):
    people, author = moderators(2), teller()
    story, other = sent(author), make_story()
    hidden = make_story(audience="network")
    for typed in ("", "nonsense", encode(story.pk ^ 1), hidden.public_id, "\x00", "z" * 400):
        answer = do(client, people[0], story, "merge", into=typed)
        assert answer.status_code == 422
    assert do(client, people[0], story, "merge", into=story.public_id).status_code == 422
    typed = f"https://portal.example/stories/{other.public_id.upper()}/?plan=x"
    assert do(client, people[0], story, "merge", into=typed).status_code == 302
    assert fresh(story).status == Status.RETIRED
    assert Decision.objects.get(story=story, verb=Verb.MERGED).reason == other.public_id


def test_hide_restore_retire_and_withdraw_what_is_published(client):
    people = moderators(2)
    story = make_story()
    text = page(client, people[0], story)
    assert 'value="hide"' in text
    assert 'value="approve"' not in text
    assert "Make the words safer" not in text
    assert do(client, people[0], story, "hide", reason="A name.").url == address(story)
    assert fresh(story).status == Status.HIDDEN
    assert "Make the words safer" in page(client, people[1], story)
    assert do(client, people[1], story, "restore").status_code == 302
    assert fresh(story).status == Status.PUBLISHED
    assert do(client, people[0], story, "retire", reason="").status_code == 302
    assert fresh(story).status == Status.RETIRED
    assert client.get(address(story)).status_code == 404
    other = make_story()
    assert do(client, people[0], other, "withdraw", reason="").status_code == 422
    assert do(client, people[0], other, "withdraw", reason="A court case.").status_code == 302
    assert fresh(other).status == Status.WITHDRAWN


def test_what_its_author_did_not_approve_is_not_shown_again(client):
    people = moderators(2)
    story = approved(sent(teller()), people)
    story = hidden_with_other_words(story)
    answer = do(client, people[0], story, "restore")
    assert answer.status_code == 422
    assert "Its author has not approved this text." in words_of(answer)


def hidden_with_other_words(story: Story) -> Story:
    Story.objects.filter(pk=story.pk).update(
        status=Status.HIDDEN,
        published_version=story.versions()[0],
        published_on="2026-11-02",
        approved_sha256="0" * 64,
    )
    return fresh(story)


# --- Two at once ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["approve", "send_back", "ask", "merge", "withdraw"])
def test_somebody_decided_meanwhile(client, deed):
    people = moderators(2)
    story, other = sent(teller()), make_story()
    seen = {"seen": story.status, "reason": "My reason", "text": "My question", "into": other.public_id}
    moderate.send_back(by=people[0], story=story, reason="Please shorten it.")
    answer = do(client, people[1], story, deed, **seen)
    assert answer.status_code == 409
    text = words_of(answer)
    assert "Somebody has decided about this story meanwhile." in text
    typed = {"send_back": "My reason", "withdraw": "My reason", "ask": "My question", "merge": other.public_id}
    assert typed.get(deed, "") in text
    assert fresh(story).status == Status.RETURNED
    assert story.decisions().filter(verb=Verb.RETURNED).count() == 1


def test_somebody_changed_the_text_meanwhile(client):
    people = moderators(2)
    story = sent(teller())
    read = story.versions()[0].sha256
    safer(people[0], story)
    answer = do(client, people[1], story, "approve", read=read)
    assert answer.status_code == 409
    assert "Somebody has changed the text meanwhile." in words_of(answer)
    assert not story.decisions().filter(verb=Verb.APPROVED, version=1).exists()


def test_what_was_closed_meanwhile_answers_as_what_never_was(client):
    people = moderators(2)
    story, absent = sent(teller()), Story(pk=sent(teller()).pk ^ 1)
    moderate.withdraw(by=people[0], story=story, reason="A court case.")
    client.force_login(people[1], backend=BACKEND)
    form = {"do": "ask", "seen": "submitted", "read": "", "text": "My long question"}
    answers = [client.post(address(one), form) for one in (story, absent)]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0].content.count(b"My long question") == 1
    bodies = [answer.content.split(b"<main")[1] for answer in answers]
    assert bodies[0] == bodies[1]


def test_the_guard_is_needed(client, monkeypatch):
    """Without it a story that somebody returned meanwhile is merged away all the same."""
    people = moderators(2)
    story, other = sent(teller()), make_story()
    moderate.send_back(by=people[0], story=story, reason="Please shorten it.")
    monkeypatch.setattr(moderation, "Seen", lambda status, sha256: Seen(fresh(story).status, sha256))
    answer = do(client, people[1], story, "merge", seen="submitted", into=other.public_id)
    assert answer.status_code == 302
    assert fresh(story).status == Status.RETIRED


# --- Not for others -------------------------------------------------------------------------------------------------


def test_ones_own_and_other_pools_are_absent(client):
    people = moderators(3)
    own = sent(people[0])
    client.force_login(people[0], backend=BACKEND)
    absent = client.get(f"/moderation/{encode(own.pk ^ 1)}/")
    assert absent.status_code == 404
    for path in (address(own), f"{address(own)}edit/"):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (404, absent.content)
    assert do(client, people[0], own, "approve").status_code == 409
    elsewhere = UserFactory()
    give_role(elsewhere, Role.MODERATOR)
    front_line = make_story(audience="front_line", status=Status.SUBMITTED)
    client.force_login(elsewhere, backend=BACKEND)
    assert client.get(address(front_line)).status_code == 404
    assert client.get(address(make_story(status=Status.DRAFT))).status_code == 404
    assert fresh(own).status == Status.SUBMITTED


def test_it_is_not_there_for_anybody_else(client):
    story = sent(teller()) if moderators(2) else None
    client.force_login(AffiliationFactory().user, backend=BACKEND)
    assert client.get(address(story)).status_code == 404
    assert client.post(address(story), {"do": "approve"}).status_code == 404
    assert client.put(address(story)).status_code == 405


def test_nonsense_is_calm(client):
    people = moderators(2)
    story = sent(teller())
    for deed in ("", "publish", "\x00", "edit"):
        assert do(client, people[0], story, deed).status_code == 422
    for deed in ("approve", "hide", "restore", "retire"):
        assert do(client, people[0], story, deed, seen="draft").status_code == 409
    for deed in ("hide", "restore", "retire"):
        assert do(client, people[0], story, deed).status_code == 409
    assert fresh(story).status == Status.SUBMITTED
