"""What is forgotten, and when; who learns of an author."""

import datetime

import pytest

from learning_portal.common.models import AuditEvent, Message, Role
from stories.actions import Refused, Stale, keep, moderate, publish, respond, reveal, tell
from stories.choices import Audience, ReceiptKind, Status, Verb, Voice
from stories.models import AuthorLink, Draft, Receipt, RelayMessage, Story
from tests.cast import give_role
from tests.factories import TODAY, UserFactory, lessons
from tests.stories.telling import approved, fresh, moderators, on, send, sent, start, teller

pytestmark = pytest.mark.django_db

WEEK = datetime.timedelta(weeks=1)


@pytest.fixture
def people():
    return moderators()


def test_who_wrote_a_confidential_story_is_forgotten_after_90_days(people):
    with on(TODAY):
        stories = [approved(sent(teller(), Voice.CONFIDENTIAL), people) for _number in range(3)]
        named = approved(sent(teller()), people)
    publish.publish_due(today=TODAY + WEEK)
    assert keep.erase_links(today=TODAY + WEEK + datetime.timedelta(days=89)) == 0
    assert keep.erase_links(today=TODAY + WEEK + datetime.timedelta(days=90)) == 3
    assert AuthorLink.objects.get().story == named
    assert all(Receipt.objects.filter(story=story, kind=ReceiptKind.AUTHOR).exists() for story in stories)
    assert stories[0].decisions().last().verb == Verb.KEPT


def test_an_author_is_told_once_before_they_are_forgotten(people):
    with on(TODAY):
        stories = [approved(sent(teller(), Voice.CONFIDENTIAL), people) for _number in range(3)]
        approved(sent(teller()), people)
    publish.publish_due(today=TODAY + WEEK)
    Message.objects.all().delete()
    near = TODAY + WEEK + datetime.timedelta(days=76)
    assert keep.warn_of_forgetting(today=near - datetime.timedelta(days=1)) == 0
    assert keep.forgotten_on(fresh(stories[0])) is None
    assert keep.warn_of_forgetting(today=near) == 3
    assert keep.warn_of_forgetting(today=near + WEEK) == 0
    assert keep.forgotten_on(fresh(stories[0])) == TODAY + WEEK + datetime.timedelta(days=90)
    mails = Message.objects.all()
    assert {mail.user for mail in mails} == {link.user for link in AuthorLink.objects.filter(story__in=stories)}
    assert {(mail.kind, str(mail.context)) for mail in mails} == {("message_waiting", "{}")}
    keep.erase_links(today=near + 2 * WEEK)
    assert keep.forgotten_on(fresh(stories[0])) is None


@pytest.mark.usefixtures("people")
def test_two_ticks_at_once_tell_an_author_once():
    """Both have seen the link before either wrote."""
    story = sent(teller(), Voice.CONFIDENTIAL)
    Message.objects.all().delete()
    assert [keep._warn(story.pk), keep._warn(story.pk)] == [True, False]
    assert Message.objects.count() == 1


@pytest.mark.usefixtures("people")
def test_only_the_receipt_of_the_author_gives_another():
    story = sent(teller(), Voice.CONFIDENTIAL)
    own = tell.hand(story=story, kind=ReceiptKind.AUTHOR)
    new = respond.renew_receipt(story=story, receipt=own)
    assert new != own
    for receipt in (own, new):
        assert Receipt.objects.holding(story.pk, receipt, TODAY).kind == ReceiptKind.AUTHOR
    handed = [tell.hand(story=story, kind=kind) for kind in ReceiptKind if kind != ReceiptKind.AUTHOR]
    other = tell.hand(story=sent(teller()), kind=ReceiptKind.AUTHOR)
    for receipt in (*handed, other, "", "nothing"):
        with pytest.raises(Refused):
            respond.renew_receipt(story=story, receipt=receipt)


@pytest.mark.parametrize("how", ["withdraw", "erase_link"])
def test_who_wrote_it_is_forgotten_when_the_author_says_so(people, how):
    story, named = sent(teller(), Voice.CONFIDENTIAL), sent(teller())
    getattr(tell, how)(story=story)
    getattr(tell, how)(story=named)
    assert AuthorLink.objects.get().story == named
    assert Receipt.objects.filter(story=story).exists()


def test_a_draft_that_is_taken_back_is_gone():
    story = start(teller(), Voice.ANONYMOUS)
    tell.withdraw(story=story)
    assert not Story.objects.exists()
    assert not Receipt.objects.exists()


def test_messages_are_erased_90_days_after_the_last_of_their_story(people):
    with on(TODAY):
        story = sent(teller(), Voice.ANONYMOUS)
        moderate.ask(by=people[0], story=story, text="Where was it?")
    with on(TODAY + 8 * WEEK):
        respond.answer(story=story, text="In the north.")
    assert keep.erase_messages(today=TODAY + 8 * WEEK + datetime.timedelta(days=90)) == 0
    assert keep.erase_messages(today=TODAY + 8 * WEEK + datetime.timedelta(days=91)) == 2
    assert not RelayMessage.objects.exists()


@pytest.mark.parametrize("voice", Voice.values)
def test_an_anonymous_story_left_unanswered_is_erased_and_not_published(people, voice):
    with on(TODAY):
        story = sent(teller(), voice)
        moderate.send_back(by=people[0], story=story, reason="It names a person.")
    assert keep.erase_unanswered(today=TODAY + 8 * WEEK - datetime.timedelta(days=1)) == 0
    assert keep.erase_unanswered(today=TODAY + 8 * WEEK) == (voice == Voice.ANONYMOUS)
    assert Story.objects.filter(pk=story.pk).exists() == (voice != Voice.ANONYMOUS)


def test_an_answer_starts_the_eight_weeks_anew(people):
    with on(TODAY):
        story = sent(teller(), Voice.ANONYMOUS)
        moderate.send_back(by=people[0], story=story, reason="It names a person.")
    with on(TODAY + 6 * WEEK):
        send(story, lessons(wrong="Nobody is named."))
    assert keep.erase_unanswered(today=TODAY + 9 * WEEK) == 0


def test_drafts_that_nobody_goes_on_with_are_erased(people):
    with on(TODAY):
        forgotten, saved, waiting = start(teller()), start(teller(), Voice.ANONYMOUS), sent(teller())
    with on(TODAY + 20 * WEEK):
        tell.save_draft(story=saved, words={"title": "On"}, read=0)
    assert keep.erase_drafts(today=TODAY + 26 * WEEK) == 0
    assert keep.erase_drafts(today=TODAY + 27 * WEEK) == 1
    assert set(Story.objects.all()) == {saved, waiting}
    assert not Story.objects.filter(pk=forgotten.pk).exists()


def test_receipts_that_ran_out_are_erased():
    story = start(teller())
    tell.hand(story=story, kind=ReceiptKind.COLLEAGUE, expires_on=TODAY)
    assert keep.erase_receipts(today=TODAY) == 0
    assert keep.erase_receipts(today=TODAY + WEEK) == 1
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("before", Voice.values)
def test_becoming_anonymous_makes_a_new_row_and_erases_the_old(people, before):
    by = teller()
    story = start(by, before)
    tell.save_draft(story=story, words={"title": "Tablets"}, read=0)
    send(story)
    new, receipt = tell.change_voice(story=story, voice=Voice.ANONYMOUS)
    assert list(Story.objects.all()) == [new]
    assert (new.voice, new.status, new.organisation) == (Voice.ANONYMOUS, Status.DRAFT, None)
    assert new.band
    assert new.pk != story.pk
    assert not AuthorLink.objects.exists()
    assert Draft.objects.get().words == '{"title":"Tablets"}'
    assert Receipt.objects.get() == Receipt.objects.holding(new.pk, receipt, TODAY)


def test_from_anonymous_to_named_only_with_a_name():
    by = teller()
    story = start(by, Voice.ANONYMOUS)
    with pytest.raises(Refused):
        tell.change_voice(story=story, voice=Voice.NAMED)
    new, _receipt = tell.change_voice(story=story, voice=Voice.NAMED, by=by)
    assert new.organisation is not None
    assert AuthorLink.objects.get().user == by


class TestReveal:
    @pytest.fixture
    def custodian(self):
        user = UserFactory()
        give_role(user, Role.CUSTODIAN)
        return user

    def test_a_custodian_with_a_reason_learns_it_and_the_author_is_told(self, people, custodian):
        by = teller()
        story = sent(by, Voice.CONFIDENTIAL)
        assert reveal.reveal_author(by=custodian, key=story.pk, reason="A child is at risk.") == by
        assert story.decisions().last().verb == Verb.REVEALED
        assert "A child is at risk." in story.messages().get().text
        assert Message.objects.get(user=by).kind == "message_waiting"
        event = AuditEvent.objects.get(verb="revealed an author")
        assert (event.by, event.detail) == (custodian.email, "A child is at risk.")
        assert str(story.pk) not in event.subject + event.detail
        assert story.public_id not in event.subject + event.detail

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
    def test_not_without_a_reason(self, people, custodian, reason):
        story = sent(teller(), Voice.CONFIDENTIAL)
        with pytest.raises(Refused):
            reveal.reveal_author(by=custodian, key=story.pk, reason=reason)

    @pytest.mark.parametrize("role", [Role.MODERATOR, Role.PROGRAMME_TEAM, None])
    def test_nobody_else_does(self, people, role):
        user = UserFactory(is_staff=True, is_superuser=True)
        if role:
            give_role(user, role)
        story = sent(teller(), Voice.CONFIDENTIAL)
        with pytest.raises(Refused):
            reveal.reveal_author(by=user, key=story.pk, reason="I am curious.")

    def test_what_cannot_be_learnt_is_refused_in_the_same_words(self, people, custodian):
        """Anonymous, named, a draft, and no story at all."""
        keys = [sent(teller(), voice).pk for voice in (Voice.ANONYMOUS, Voice.NAMED)]
        said = set()
        for key in (*keys, start(teller(), Voice.CONFIDENTIAL).pk, 4711):
            with pytest.raises(Refused) as refused:
                reveal.reveal_author(by=custodian, key=key, reason="A child is at risk.")
            said.add(str(refused.value))
        assert len(said) == 1
        assert not AuditEvent.objects.filter(verb=reveal.REVEALED).exists()


class TestDrafts:
    def test_a_stale_save_is_kept_beside(self):
        story = start(teller())
        assert tell.save_draft(story=story, words={"title": "One"}, read=0) == tell.Saved(1, stale=False)
        assert tell.save_draft(story=story, words={"title": "Two"}, read=0) == tell.Saved(1, stale=True)
        draft = Draft.objects.get(story=story)
        assert (draft.words, draft.other_words) == ('{"title":"One"}', '{"title":"Two"}')
        tell.choose_draft(story=story, number=1, words={"title": "Two"})
        draft.refresh_from_db()
        assert (draft.words, draft.other_words, draft.number) == ('{"title":"Two"}', "", 2)

    def test_the_same_save_twice_is_one(self):
        story = start(teller())
        for _number in range(2):
            assert tell.save_draft(story=story, words={"title": "One"}, read=0) == tell.Saved(1, stale=False)

    def test_the_same_form_twice_is_one_story(self, people):
        story = start(teller())
        send(story, token=0)
        again = send(story, token=0)
        assert again == story
        assert story.versions().count() == 1
        assert story.decisions().filter(verb=Verb.SUBMITTED).count() == 1

    def test_an_old_form_for_other_readers_is_stale(self, people):
        story = start(teller())
        send(story, token=0)
        with pytest.raises(Stale):
            send(story, token=0, audience=Audience.MEMBERS)
        assert fresh(story).audience == Audience.PUBLIC

    def test_an_old_form_with_other_words_is_stale(self, people):
        story = start(teller())
        send(story, token=0)
        with pytest.raises(Stale):
            send(story, lessons(wrong="Other words."), token=0)
        assert fresh(story).status == Status.SUBMITTED

    def test_what_was_published_cannot_be_changed_here(self, people):
        story = approved(sent(teller()), people)
        publish.publish_due(today=TODAY)
        with pytest.raises(Refused):
            tell.save_draft(story=story, words={}, read=0)


class TestHidden:
    def test_hidden_at_once_and_shown_again(self, people):
        story = approved(sent(teller()), people)
        publish.publish_due(today=TODAY)
        moderate.hide(by=people[0], story=story, reason="Names a person.")
        assert fresh(story).status == Status.HIDDEN
        moderate.restore(by=people[1], story=story)
        assert fresh(story).status == Status.PUBLISHED

    def test_changed_words_are_published_only_when_their_author_approves(self, people):
        story = approved(sent(teller()), people)
        publish.publish_due(today=TODAY)
        read = story.versions().first().sha256
        moderate.hide(by=people[0], story=story)
        version = moderate.edit(by=people[0], story=story, content=lessons(wrong="It rained."), read=read)
        assert fresh(story).status == Status.AWAITING
        assert publish.publish_due(today=TODAY) == 0
        respond.approve(story=story, sha256=version.sha256)
        assert publish.publish_due(today=TODAY) == 1
        assert fresh(story).published_version == version
