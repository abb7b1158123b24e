"""An author changes what is published: the old words stay up until the new ones are approved, for no more readers."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from stories.actions import Refused, change, keep, moderate, publish, recognise, report, respond, reveal, tell
from stories.choices import NOT_WIDER, Audience, Origin, ReceiptKind, Status, Verb, Voice
from stories.models import (
    AuthorLink,
    Decision,
    Draft,
    Handling,
    Helped,
    Receipt,
    RelayMessage,
    Reply,
    SearchDocument,
    Story,
    StoryNetwork,
    Version,
)
from stories.telling import outlook, words
from tests.cast import give_role
from tests.factories import AffiliationFactory, NetworkFactory, TopicFactory, UserFactory, lessons
from tests.stories.holding import form_of, page, typed, with_receipt, write
from tests.stories.telling import approved, fresh, moderators, on, send, sent, teller

pytestmark = pytest.mark.django_db

MONDAY = datetime.date(2026, 11, 2)
WEEK = datetime.timedelta(weeks=1)
OLD, NEW = "It rained.", "It poured on the tablets."


@pytest.fixture
def people():
    return moderators()


def shelved(people, voice: str = Voice.NAMED, number: int = 3, **fields) -> list[Story]:
    """Published on the Monday after MONDAY."""
    fields = {"content": lessons(wrong=OLD), "topics": [TopicFactory(group="problem")], **fields}
    with on(MONDAY):
        told = [approved(sent(teller(), voice, **fields), people) for _number in range(number)]
    publish.publish_due(today=MONDAY + WEEK)
    return [fresh(story) for story in told]


def changed(story: Story, day: datetime.date = MONDAY + 2 * WEEK, **fields) -> Story:
    """Its change, sent in."""
    with on(day):
        return send(change.begin(story=story), lessons(wrong=NEW), **{"audience": story.audience, **fields})


def words_of(story: Story) -> str:
    return fresh(story).published_version.content.wrong


# --- What becomes of it ---------------------------------------------------------------------------------------------


def test_the_old_words_stay_until_both_sides_approved_the_new_ones(people):
    (story,) = shelved(people, number=1)
    new = changed(story)
    for step in (
        lambda: None,
        lambda: moderate.approve(by=people[0], story=new, sha256=new.versions().first().sha256),
    ):
        step()
        assert publish.publish_due(today=MONDAY + 2 * WEEK) == 0
        assert words_of(story) == OLD
    respond.approve(story=new, sha256=new.versions().first().sha256)
    assert publish.publish_due(today=MONDAY + 2 * WEEK) == 1
    assert words_of(story) == NEW
    assert not Story.objects.filter(pk=new.pk).exists()


@pytest.mark.parametrize("voice", Voice.values)
def test_published_is_approved_by_the_same_hash_and_found_by_its_words(people, voice):
    stories = shelved(people, voice)
    topic = TopicFactory()
    for story in stories:
        new = changed(story, topics=[topic], facts={"outcome": "failed", "stage": 2})
        with on(MONDAY + 2 * WEEK):
            approved(new, people)
    assert publish.publish_due(today=MONDAY + 3 * WEEK) == 3
    for story in map(fresh, stories):
        assert (story.status, story.outcome, story.stage) == (Status.PUBLISHED, "failed", 2)
        assert story.approved_sha256 == story.published_version.sha256
        assert story.published_version.story == story
        assert story.published_on == MONDAY + WEEK
        assert list(story.topics.all()) == [topic]
        assert "poured" in SearchDocument.objects.get(story=story).words
        assert story.versions().count() == (2 if story.is_named else 1)
    assert Story.objects.count() == 3
    for model in (Draft, Handling):
        assert not model.objects.exists()


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_without_a_name_nothing_else_is_left_and_every_date_is_a_batchs(people, voice):
    stories = shelved(people, voice)
    with on(MONDAY + 2 * WEEK + datetime.timedelta(days=3)):
        for story in stories:
            new = changed(story, MONDAY + 2 * WEEK + datetime.timedelta(days=3))
            moderate.ask(by=people[0], story=new, text="Where?")
            approved(new, people)
    assert publish.publish_due(today=MONDAY + 2 * WEEK) == 0, "not in the week in which they were approved"
    assert publish.publish_due(today=MONDAY + 3 * WEEK) == 3
    assert not Version.objects.filter(words__contains=OLD).exists()
    assert set(Decision.objects.values_list("on", flat=True)) == {MONDAY + WEEK, MONDAY + 3 * WEEK}
    assert set(RelayMessage.objects.values_list("week", flat=True)) == {MONDAY + 3 * WEEK}
    assert not Decision.objects.exclude(by_label="").exists()


def test_changes_count_in_a_batch_like_any_story_and_leave_once_a_week(people):
    first, second, third = shelved(people, Voice.ANONYMOUS)
    with on(MONDAY + 2 * WEEK):
        approved(changed(first), people)
        approved(changed(second), people)
    assert publish.publish_due(today=MONDAY + 3 * WEEK) == 0
    with on(MONDAY + 2 * WEEK):
        approved(changed(third), people)
        for _number in range(3):
            approved(sent(teller(), Voice.ANONYMOUS, not_before=MONDAY + 3 * WEEK + datetime.timedelta(days=1)), people)
    assert publish.publish_due(today=MONDAY + 3 * WEEK) == 3
    assert publish.publish_due(today=MONDAY + 3 * WEEK + datetime.timedelta(days=2)) == 0
    assert publish.publish_due(today=MONDAY + 4 * WEEK) == 3


def test_two_moderators_for_an_anonymous_one_and_their_seals_stay_theirs(people):
    stories = shelved(people, Voice.ANONYMOUS)
    for story in stories:
        new = changed(story)
        with on(MONDAY + 2 * WEEK):
            sha256 = new.versions().first().sha256
            respond.approve(story=new, sha256=sha256)
            moderate.approve(by=people[0], story=new, sha256=sha256)
            assert fresh(new).status == Status.SUBMITTED
            with pytest.raises(Refused):
                moderate.approve(by=people[0], story=new, sha256=sha256)
            moderate.approve(by=people[1], story=new, sha256=sha256)
    publish.publish_due(today=MONDAY + 3 * WEEK)
    decided = Decision.objects.filter(story=stories[0])
    assert [one.number for one in decided] == list(range(1, len(decided) + 1))
    assert len({one.seal for one in decided.filter(verb=Verb.APPROVED)}) == 2
    assert decided.filter(verb=Verb.APPROVED).count() == 4
    assert decided.last().verb == Verb.PUBLISHED
    assert decided.last().version == fresh(stories[0]).published_version.number


def test_history_and_versions_of_a_named_story_are_whole(people):
    (story,) = shelved(people, number=1)
    new = changed(story)
    last = new.versions().first()
    edited = moderate.edit(by=people[1], story=new, content=lessons(wrong="It poured."), read=last.sha256)
    respond.approve(story=new, sha256=edited.sha256)
    publish.publish_due(today=MONDAY + 2 * WEEK)
    assert [version.number for version in story.versions()] == [3, 2, 1]
    by_number = {version.number: version.sha256 for version in story.versions()}
    for decision in story.decisions().exclude(version=None):
        assert decision.sha256 == by_number[decision.version]


# --- Readers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [Audience.PUBLIC, Audience.MEMBERS, Audience.FRONT_LINE])
@pytest.mark.parametrize("after", [Audience.PUBLIC, Audience.MEMBERS, Audience.FRONT_LINE])
def test_for_fewer_readers_never_for_more(people, before, after):
    (story,) = shelved(people, number=1, audience=before)
    offered = {offer.value for offer in outlook.audiences_for(change.begin(story=story), [])}
    assert (after in offered) == (after in NOT_WIDER[before])
    if after not in offered:
        with pytest.raises(Refused):
            changed(story, audience=after)
        return
    approved(changed(story, audience=after), people)
    assert publish.publish_due(today=MONDAY + 2 * WEEK) == 1
    assert (fresh(story).audience, fresh(story).published_version.audience) == (after, after)


def test_in_no_other_network(people):
    own, other = NetworkFactory(), NetworkFactory()
    (story,) = shelved(people, number=1, audience=Audience.NETWORK, networks=[own])
    new = change.begin(story=story)
    assert [offer.value for offer in outlook.networks_for(new)] == [own.slug]
    for more in ({"networks": [own, other]}, {"audience": Audience.MEMBERS}):
        with pytest.raises(Refused):
            changed(story, **more)
    approved(changed(story, networks=[own]), people)
    assert publish.publish_due(today=MONDAY + 2 * WEEK) == 1
    assert StoryNetwork.objects.named_by(story) == [own]


def test_what_its_story_was_narrowed_to_meanwhile_is_not_widened_again(people):
    (story,) = shelved(people, number=1)
    new = approved(changed(story), people)
    Story.objects.filter(pk=story.pk).update(audience=Audience.MEMBERS)
    assert publish.publish_due(today=MONDAY + 2 * WEEK) == 0
    assert fresh(new).status == Status.APPROVED
    assert words_of(story) == OLD


# --- One at most, and what becomes of it with its story -------------------------------------------------------------


def test_one_change_at_a_time(people):
    (story,) = shelved(people, number=1)
    assert change.begin(story=story) == change.begin(story=story)
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.create(
            kind="lessons", outcome="early", organisation=story.organisation, revises=story, origin=Origin.TOLD
        )


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.HIDDEN])
def test_the_database_puts_no_change_on_the_shelf(people, status):
    (story,) = shelved(people, number=1)
    new = approved(changed(story), people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=new.pk).update(
            status=status, published_version=new.versions().first(), published_on=MONDAY
        )


def test_only_what_is_on_the_shelf_and_was_told_here(people):
    (story,) = shelved(people, number=1)
    moderate.hide(by=people[0], story=story)
    with pytest.raises(Refused):
        change.begin(story=story)
    with pytest.raises(Refused):
        change.begin(story=sent(teller()))


CLOSED = {
    "withdrawn by its author": lambda story, by: tell.withdraw(story=story),
    "withdrawn": lambda story, by: moderate.withdraw(by=by, story=story, reason="It names a person."),
    "retired": lambda story, by: moderate.retire(by=by, story=story),
    "erased": lambda story, by: keep.erase_story(story=story),
}


@pytest.mark.parametrize("how", CLOSED)
def test_with_its_story_the_change_is_gone(people, how):
    (story,) = shelved(people, number=1)
    new = approved(changed(story), people)
    CLOSED[how](story, people[0])
    assert not Story.objects.filter(pk=new.pk).exists()
    assert not Draft.objects.exists()
    assert publish.publish_due(today=MONDAY + 2 * WEEK) == 0


def test_while_its_story_is_hidden_it_waits(people):
    (story,) = shelved(people, number=1)
    approved(changed(story), people)
    moderate.hide(by=people[0], story=story)
    assert publish.publish_due(today=MONDAY + 2 * WEEK) == 0
    moderate.restore(by=people[0], story=story)
    assert publish.publish_due(today=MONDAY + 2 * WEEK) == 1
    assert words_of(story) == NEW


def test_when_its_story_gets_other_words_it_is_approved_anew(people):
    """A hidden story was made safer: what was approved beside the old words would undo it."""
    (story,) = shelved(people, number=1)
    new = approved(changed(story), people)
    moderate.hide(by=people[0], story=story)
    read = story.versions().first().sha256
    safer = moderate.edit(by=people[0], story=story, content=lessons(wrong="It was wet."), read=read)
    respond.approve(story=story, sha256=safer.sha256)
    assert publish.publish_due(today=MONDAY + 2 * WEEK) == 1
    new = fresh(new)
    assert (new.status, new.approved_sha256) == (Status.RETURNED, "")
    assert "changed meanwhile" in new.messages().last().text
    send(new, lessons(wrong=NEW), publish_unchanged=True)
    assert fresh(new).status == Status.SUBMITTED, "what a moderator approved before counts no more"
    assert publish.publish_due(today=MONDAY + 2 * WEEK) == 0
    assert words_of(story) == "It was wet."


def test_moderators_refuse_a_change_and_its_author_reads_why(people):
    (story,) = shelved(people, Voice.ANONYMOUS)[:1]
    new = changed(story)
    with pytest.raises(Refused):
        moderate.refuse_change(by=people[0], story=new, reason=" ")
    moderate.refuse_change(by=people[0], story=new, reason="It names a person.")
    assert not Story.objects.filter(pk=new.pk).exists()
    assert "It names a person." in story.messages().last().text
    assert (story.decisions().last().verb, words_of(story)) == (Verb.REFUSED, OLD)


@pytest.mark.parametrize("deed", ["withdraw", "merge"])
def test_what_closes_a_story_closes_no_change(people, deed):
    story, other = shelved(people, number=2)
    new = changed(story)
    more = {"into": other} if deed == "merge" else {"reason": "Had its day."}
    with pytest.raises(Refused):
        getattr(moderate, deed)(by=people[0], story=new, **more)
    with pytest.raises(Refused):
        moderate.merge(by=people[0], story=sent(teller()), into=new)
    with pytest.raises(Refused):
        moderate.refuse_change(by=people[0], story=sent(teller()), reason="It is none.")


def test_nobody_moderates_the_change_to_their_own(people):
    story = shelved(people, Voice.CONFIDENTIAL)[0]
    AuthorLink.objects.filter(story=story).update(user=people[0])
    new = changed(story)
    with pytest.raises(Refused):
        moderate.approve(by=people[0], story=new, sha256=new.versions().first().sha256)
    assert not Story.objects.looked_after_by(people[0]).filter(pk=new.pk).exists()


@pytest.mark.parametrize("voice", [Voice.NAMED, Voice.ANONYMOUS])
def test_it_has_no_other_voice(people, voice):
    new = change.begin(story=shelved(people, voice)[0])
    with pytest.raises(Refused):
        tell.change_voice(story=new, voice=Voice.CONFIDENTIAL, by=teller())


# --- What is kept ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", ["story", "change"])
def test_who_wrote_it_is_forgotten_for_both(people, of):
    story = shelved(people, Voice.CONFIDENTIAL)[0]
    new = changed(story)
    assert AuthorLink.objects.filter(story=new).exists()
    tell.erase_link(story=story if of == "story" else new)
    assert not AuthorLink.objects.filter(story__in=[story, new]).exists()
    assert story.decisions().last().verb == Verb.KEPT


def test_a_change_prolongs_no_link(people):
    story = shelved(people, Voice.CONFIDENTIAL)[0]
    changed(story, MONDAY + 12 * WEEK)
    day = MONDAY + WEEK + datetime.timedelta(days=90)
    assert keep.warn_of_forgetting(today=day) == 3
    keep.erase_links(today=day)
    assert not AuthorLink.objects.exists()


def test_who_is_revealed_by_a_change_is_told_where_it_stays(people):
    custodian = UserFactory()
    give_role(custodian, "custodian")
    story = shelved(people, Voice.CONFIDENTIAL)[0]
    new = changed(story)
    link = AuthorLink.objects.get(story=story)
    assert reveal.reveal_author(by=custodian, key=new.pk, reason="A child is at risk.") == link.user
    tell.withdraw(story=new)
    assert "A child is at risk." in story.messages().get().text
    assert story.decisions().last().verb == Verb.REVEALED


def test_a_change_left_unanswered_is_erased_and_its_story_stays(people):
    story = shelved(people, Voice.ANONYMOUS)[0]
    with on(MONDAY + 2 * WEEK):
        moderate.send_back(by=people[0], story=changed(story), reason="It names a person.")
    assert keep.erase_unanswered(today=MONDAY + 10 * WEEK) == 1
    assert fresh(story).status == Status.PUBLISHED
    with on(MONDAY + 10 * WEEK):
        change.begin(story=story)
    assert keep.erase_drafts(today=MONDAY + 40 * WEEK) == 1
    assert fresh(story).status == Status.PUBLISHED


# --- Its author's pages ---------------------------------------------------------------------------------------------


def begun(story: Story) -> tuple[Story, Client]:
    """The change, through the button; and the browser, which has each receipt for its own pages alone."""
    holder = with_receipt(story)
    answer = holder.post(page(story, "status"), {"do": "change"})
    new = Story.objects.get(revises=story)
    assert answer["Location"] == page(new)
    assert answer.cookies["receipt"]["path"] == page(new)
    return new, holder


@pytest.mark.parametrize("voice", Voice.values)
def test_a_button_begins_it_and_the_same_receipt_opens_it(people, voice):
    story = shelved(people, voice)[0]
    text = with_receipt(story).get(page(story, "status")).content.decode()
    assert "the old text stays up" in text
    assert "Change it" in text
    receipts = Receipt.objects.count()
    new, holder = begun(story)
    assert Receipt.objects.count() == receipts + 1, "that of the browser, and none for the change"
    assert typed(new)["wrong"] == OLD
    assert typed(new)["topic"] == story.topics.get().slug
    assert holder.get(page(new))["Location"] == page(new, "words")
    text = holder.get(page(story, "status")).content.decode()
    assert "Go on with the change" in text
    assert holder.post(page(story, "status"), {"do": "change"})["Location"] == page(new)


def test_from_the_button_to_the_shelf(people):
    story = shelved(people, number=1)[0]
    new, holder = begun(story)
    assert OLD in holder.get(page(new, "words")).content.decode()
    write(new, {"wrong": NEW, "differently": "Ride along."})
    text = holder.get(page(new, "check")).content.decode()
    assert "checked" in text
    assert holder.post(page(new, "check"), form_of(new, audience="public"))["Location"] == page(new, "sent")
    assert "Your change is with the moderators" in holder.get(page(new, "sent")).content.decode()
    text = holder.get(page(new, "status")).content.decode()
    assert "How your change stands" in text
    assert story.get_absolute_url() in text
    assert "Make it anonymous" not in text
    approved(new, people)
    publish.publish_due(today=MONDAY + 2 * WEEK)
    assert NEW in Client().get(story.get_absolute_url()).content.decode()
    assert holder.get(page(new, "status")).status_code == 404
    assert "Change it" in holder.get(page(story, "status")).content.decode()


def test_an_anonymous_author_is_told_that_only_the_change_would_go(people):
    new, holder = begun(shelved(people, Voice.ANONYMOUS)[0])
    write(new, {"differently": "Ride along."})
    holder.post(page(new, "check"), form_of(new, audience="public"))
    assert "the change is erased, and the story stays" in holder.get(page(new, "sent")).content.decode()


def test_a_wider_audience_is_an_error_and_loses_nothing(people):
    story = shelved(people, number=1, audience=Audience.MEMBERS)[0]
    new, holder = begun(story)
    write(new, {"differently": "Ride along."})
    answer = holder.post(page(new, "check"), form_of(new, audience="public"))
    assert answer.status_code == 422
    assert fresh(new).status == Status.DRAFT


def test_a_change_is_given_up(people):
    story = shelved(people, number=1)[0]
    new, holder = begun(story)
    answer = holder.post(page(new, "status"), {"do": "withdraw"})
    assert answer["Location"] == f"{page(story, 'status')}?done=given_up"
    assert not Story.objects.filter(pk=new.pk).exists()
    assert "The change is erased." in holder.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("kind", [kind for kind in ReceiptKind if kind != ReceiptKind.AUTHOR])
def test_no_receipt_but_its_authors_opens_a_change(people, kind):
    story, other = shelved(people, number=2)
    new = change.begin(story=story)
    for receipt in (tell.hand(story=story, kind=kind), tell.hand(story=other, kind=ReceiptKind.AUTHOR)):
        assert with_receipt(story, receipt).get(page(new, "status")).status_code == 404
        assert with_receipt(story, receipt).post(page(story, "status"), {"do": "change"}).status_code == 404
    handed = tell.hand(story=new, kind=kind)
    assert with_receipt(new, handed).get(page(story, "status")).status_code == 404


def test_a_new_receipt_is_that_of_the_story(people):
    story = shelved(people, number=1)[0]
    new, _holder = begun(story)
    receipt = tell.hand(story=new, kind=ReceiptKind.AUTHOR)
    again = respond.renew_receipt(story=new, receipt=receipt)
    assert with_receipt(story, again).get(page(story, "status")).status_code == 200
    assert not Receipt.objects.filter(story=new).exists()


def test_what_is_not_published_has_no_such_button(people):
    story = sent(teller())
    holder = with_receipt(story)
    assert "Change it" not in holder.get(page(story, "status")).content.decode()
    answer = holder.post(page(story, "status"), {"do": "change"})
    assert answer.status_code == 422
    assert "This story can no longer be changed here." in answer.content.decode()


def test_ones_own_stories_list_it(people):
    story = shelved(people, number=1)[0]
    by = AuthorLink.objects.get(story=story).user
    new = change.begin(story=story)
    client = Client()
    client.force_login(by)
    text = client.get("/tell/mine/").content.decode()
    assert "A change to:" in text
    answer = client.post("/tell/mine/", {"story": new.public_id})
    assert answer["Location"] == page(new)
    assert client.get(page(new, "words")).status_code == 200


# --- Nobody else sees it --------------------------------------------------------------------------------------------


def test_readers_see_nothing_of_it(people):
    (story,) = shelved(people, number=1)
    reader = teller(story.organisation)
    clients = [Client(), Client()]
    clients[1].force_login(reader)
    pages = (
        "/",
        "/stories/",
        "/stories/?q=poured",
        story.get_absolute_url(),
        f"/organisations/{story.organisation.code}/",
    )
    before = [client.get(address).content for client in clients for address in pages]
    new = changed(story)
    after = [client.get(address).content for client in clients for address in pages]
    assert [len(body) for body in before] == [len(body) for body in after]
    assert not [body for body in after if NEW.encode() in body]
    for client in clients:
        assert client.get(new.get_absolute_url()).status_code == 404


def test_moderators_see_what_it_changes(people):
    (story,) = shelved(people, number=1)
    new = changed(story)
    client = Client()
    client.force_login(people[0])
    assert "A change to a published story" in client.get("/moderation/").content.decode()
    text = client.get(f"/moderation/{new.public_id}/").content.decode()
    assert "The published words and the change" in text
    assert story.get_absolute_url() in text
    assert "Refuse the change" in text
    assert "Merge it with another story" not in text
    assert client.get(new.get_absolute_url()).status_code == 200
    assert client.get(f"/stories/{new.public_id}/history/").status_code == 200
    answer = client.post(
        f"/moderation/{new.public_id}/",
        {"do": "refuse_change", "seen": new.status, "read": new.versions().first().sha256, "reason": "Not now."},
    )
    assert answer.status_code == 302
    assert not Story.objects.filter(pk=new.pk).exists()
    assert "Refuse the change" not in client.get(f"/moderation/{story.public_id}/").content.decode()
    text = client.get(f"/stories/{story.public_id}/history/").content.decode()
    assert "A change refused by a moderator" in text


def test_what_was_short_is_changed_short(people):
    (story,) = shelved(people, number=1, content=lessons(wrong=OLD, differently=""), facts={"outcome": "stopped"})
    assert words.text_of(typed(change.begin(story=story)), "telling") == "stopped"


# --- What others said of the old words ------------------------------------------------------------------------------

NOTE = "This reply was written about the words before the change of November 2026."


def replied(story: Story, text: str) -> Reply:
    person = AffiliationFactory(organisation=story.organisation).user
    return report.propose_reply(by=person, story=fresh(story), role="", text=text, today=MONDAY + WEEK)


def change_published(story: Story, people) -> None:
    with on(MONDAY + 2 * WEEK):
        approved(changed(story), people)
    publish.publish_due(today=MONDAY + 2 * WEEK)
    assert words_of(story) == NEW


def shown(story: Story) -> str:
    return Client().get(story.get_absolute_url()).content.decode()


def test_a_reply_stays_and_says_that_it_is_about_the_old_words(people):
    (story,) = shelved(people, number=1)
    report.show_reply(by=people[0], reply=replied(story, "We had tried it."))
    assert NOTE not in shown(story)
    change_published(story, people)
    page_now = shown(story)
    assert "We had tried it." in page_now
    assert page_now.count(NOTE) == 1
    report.show_reply(by=people[0], reply=replied(story, "Now it is right."))
    assert shown(story).count(NOTE) == 1


def test_what_is_let_stand_after_the_change_was_still_written_before_it(people, client):
    (story,) = shelved(people, number=1)
    reply = replied(story, "We had tried it.")
    change_published(story, people)
    client.force_login(people[0], backend="django.contrib.auth.backends.ModelBackend")
    assert NOTE in client.get("/moderation/reports/").content.decode()
    report.show_reply(by=people[0], reply=reply, today=MONDAY + 3 * WEEK)
    assert NOTE in shown(story)


def test_that_it_helped_stays(people):
    (story,) = shelved(people, number=1)
    recognise.say_helped(by=UserFactory(), story=story, kind="thanks")
    change_published(story, people)
    assert Helped.objects.filter(story=story).count() == 1
