"""A link that is mailed to whoever leaves: once, one reminder, then silence; the author confirms or does without."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from learning_portal.common.actions import deliver_mail
from learning_portal.common.actions.mail import stop_kinds
from learning_portal.common.mail.compose import mail_of, told
from learning_portal.common.mail.kinds import kind_of
from learning_portal.common.mail.stopping import Subscriber
from learning_portal.common.models import Limit, Message
from learning_portal.site.management.commands.tick import JOBS
from stories.actions import Refused, keep, leave, leavers, tell
from stories.choices import Status, Voice
from stories.models import LeavingRequest, Receipt, Story
from stories.views.telling import handing
from tests.factories import TODAY, UserFactory
from tests.nasty import NASTY
from tests.stories.holding import FULL, begun, form_of, page, send, typed, with_receipt, written
from tests.stories.telling import fresh, moderators, on, start, teller
from tests.strength import each

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
ADDRESS = "consultant@company.example"
IN_TEN_WEEKS = TODAY + 70 * DAY


def form(**other) -> dict:
    end = timezone.localdate() + 70 * DAY
    return {"do": "ask", "address": ADDRESS, "ends_on": end.isoformat(), "language": "en", **other}


def asked(story: Story | None = None, **other) -> LeavingRequest:
    given = {"address": ADDRESS, "ends_on": IN_TEN_WEEKS, "language": "en", "today": TODAY, **other}
    return leavers.ask(story=story or start(teller()), **given)


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="leaving_link", state="waiting"))


def delivered() -> None:
    """What a delivery leaves of mails that have a thread."""
    Message.objects.update(state="sent", context={})


def tick(day: datetime.date) -> list[int]:
    with on(day):
        return [leavers.erase_leavers(), leavers.mail_leavers(), leavers.remind_leavers()]


# --- When it is mailed ----------------------------------------------------------------------------------------------


def test_one_mail_one_reminder_then_silence():
    found = asked()
    assert not mails()
    assert not Receipt.objects.filter(kind="leaving").exists()  # no secret waits anywhere
    assert tick(IN_TEN_WEEKS - 29 * DAY) == [0, 0, 0]
    assert tick(IN_TEN_WEEKS - 28 * DAY) == [0, 1, 0]
    assert tick(IN_TEN_WEEKS - 28 * DAY) == tick(IN_TEN_WEEKS - 8 * DAY) == [0, 0, 0]
    assert [one.address for one in mails()] == [ADDRESS]
    delivered()
    assert tick(IN_TEN_WEEKS - 7 * DAY) == [0, 0, 1]
    assert [one.context["again"] for one in mails()] == [True]
    delivered()
    assert tick(IN_TEN_WEEKS - 7 * DAY) == tick(IN_TEN_WEEKS) == [0, 0, 0]
    links = Receipt.objects.filter(kind="leaving")
    assert {(link.expires_on, link.leaver_id) for link in links} == {(IN_TEN_WEEKS, found.pk)}
    assert tick(IN_TEN_WEEKS + DAY) == [1, 0, 0]
    assert not LeavingRequest.objects.exists()
    assert not Receipt.objects.filter(kind="leaving").exists()
    assert not Message.objects.exists()
    assert tick(IN_TEN_WEEKS + 30 * DAY) == [0, 0, 0]


@pytest.mark.parametrize(("days", "reminded"), [(28, 7), (10, 3), (7, 0), (5, None), (1, None)])
def test_at_once_if_the_contract_ends_sooner(days, reminded):
    end = TODAY + days * DAY
    assert asked(ends_on=end).sent_on is None  # the row as it was made
    assert LeavingRequest.objects.get().sent_on == TODAY
    assert len(mails()) == 1
    delivered()
    sent_again = [day for day in range(1, days + 1) if tick(TODAY + day * DAY)[2]]
    assert sent_again == ([] if reminded is None else [days - reminded])


def test_a_draft_waits_for_whom_it_is_mailed_to():
    """Half a year without a save erases a draft, and a contract may end later."""
    with on(TODAY):
        asked(ends_on=TODAY + 300 * DAY)
    assert keep.erase_drafts(today=TODAY + 250 * DAY) == 0
    assert tick(TODAY + 301 * DAY) == [1, 0, 0]
    assert keep.erase_drafts(today=TODAY + 301 * DAY) == 1


def test_a_tick_that_was_missed_is_made_up_for():
    asked()
    assert tick(IN_TEN_WEEKS - 3 * DAY) == [0, 1, 0]


def test_two_ticks_at_once_mail_once():
    found = asked()
    assert leavers._mail(found, TODAY, sent_on=None)
    assert not leavers._mail(found, TODAY, sent_on=None)
    assert len(mails()) == Receipt.objects.filter(kind="leaving").count() == 1


def test_the_tick_does_it():
    assert {leavers.erase_leavers, leavers.mail_leavers, leavers.remind_leavers} <= {*JOBS}


def test_who_wants_no_such_mail_gets_none():
    stop_kinds(subscriber=Subscriber.of(None, ADDRESS), names=["leaving_link"])
    asked(ends_on=TODAY + 10 * DAY)
    assert not mails()
    assert not kind_of("leaving_link").answers  # so that it can be stopped


# --- What it says, and what it opens --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "cy"])
def test_it_goes_in_the_language_that_was_chosen(language):
    asked(ends_on=TODAY + 10 * DAY, language=language)
    assert mails()[0].language == language
    assert mail_of(mails()[0]).subject


@pytest.mark.parametrize(("again", "says"), [(False, "no account"), (True, "the only reminder")])
def test_what_the_mail_says(again, says, settings):
    found = told("leaving_link", {"place": "Example & Council", "receipt": "8n3kc", "day": "1 May", "again": again})
    assert says in found.words
    assert "Example & Council" in found.words
    assert f"{settings.PORTAL_URL}/tell/receipt/#8n3kc" in found.words.split()
    assert "8n3kc" not in found.subject


def test_it_tells_nothing_of_the_draft():
    story, _author = written()
    asked(story, ends_on=TODAY + 10 * DAY)
    said = mail_of(mails()[0])
    for text in (said.body, said.subject, str(said.alternatives)):
        assert not [words for words in FULL.values() if words in text]
        assert story.public_id not in text


def test_its_link_opens_the_draft_to_write_and_its_secret_is_kept_nowhere():
    story, author = written()
    with on(TODAY):
        asked(story, ends_on=TODAY + 10 * DAY)
        receipt = mails()[0].context["receipt"]
    morning = datetime.datetime.combine(TODAY + DAY, datetime.time(9), datetime.UTC)
    while not mail.outbox:
        deliver_mail(now=morning)
        morning += datetime.timedelta(days=1)
    assert f"/tell/receipt/#{receipt}" in mail.outbox[0].body
    assert mail.outbox[0].to == [ADDRESS]
    assert not Message.objects.exclude(context={}).exists()
    assert receipt not in str(list(Receipt.objects.values()))
    with on(TODAY + 5 * DAY):
        other = Client()
        assert other.post("/tell/receipt/", {"receipt": receipt})["Location"] == page(story)
        answers = {**FULL, "topic": typed(story)["topic"], "wrong": "It rained."}
        assert other.post(page(story, "words"), form_of(story, **answers))["Location"] == page(story, "look")
        assert other.get(page(story, "check")).status_code == 404
    assert "It rained." in author.get(page(story, "words")).content.decode()


# --- The author asks, confirms or does without ----------------------------------------------------------------------


def test_the_author_asks_and_sees_what_happens():
    story, author = written()
    answer = author.post(page(story, "hand"), form(address=f" {ADDRESS.upper()} "))
    assert answer["Location"] == f"{page(story, 'hand')}?done=asked"
    found = LeavingRequest.objects.get()
    assert found.address == ADDRESS
    for name in ("hand", "status"):
        text = author.get(page(story, name)).content.decode()
        assert f"A link goes to {ADDRESS} on" in text
        assert "Do without" in text
    LeavingRequest.objects.update(sent_on="2026-12-01", reminded_on="2026-12-20")
    for name in ("hand", "status"):
        text = author.get(page(story, name)).content.decode()
        assert f"A link was sent to {ADDRESS} on 1 December 2026." in text
        assert "The reminder was sent on 20 December 2026." in text
        assert page(story, "check") in text


def test_the_link_is_not_listed_among_those_to_end():
    story, author = written()
    author.post(page(story, "hand"), form(ends_on=(timezone.localdate() + 10 * DAY).isoformat()))
    assert Receipt.objects.filter(kind="leaving").exists()
    assert "No link is open." in author.get(page(story, "hand")).content.decode()


def test_who_does_without_ends_link_mail_and_address():
    story, author = written()
    author.post(page(story, "hand"), form(ends_on=(timezone.localdate() + 10 * DAY).isoformat()))
    other = with_receipt(story, mails()[0].context["receipt"])
    assert other.get(page(story, "words")).status_code == 200
    assert author.post(page(story, "hand"), {"do": "waive"})["Location"] == f"{page(story, 'hand')}?done=waived"
    assert other.get(page(story, "words")).status_code == 404
    assert not LeavingRequest.objects.exists()
    assert not Message.objects.exists()
    assert tick(timezone.localdate() + 5 * DAY) == [0, 0, 0]
    assert author.post(page(story, "hand"), {"do": "waive"}).status_code == 422


@pytest.mark.parametrize("how", ["send", "withdraw", "voice"])
def test_it_ends_with_the_draft(how):
    moderators()
    story, author = written()
    author.post(page(story, "hand"), form(ends_on=(timezone.localdate() + 10 * DAY).isoformat()))
    other = with_receipt(story, mails()[0].context["receipt"])
    if how == "send":
        assert send(story, author).status_code == 302
    else:
        author.post(page(story, "status"), {"do": how, "voice": "anonymous"})
    assert other.get(page(story)).status_code == 404
    assert not LeavingRequest.objects.exists()
    assert not Message.objects.filter(kind="leaving_link").exists()
    assert not Receipt.objects.filter(kind="leaving").exists()


def test_who_deletes_their_account_is_not_asked_any_more():
    asked(address="me@council.example")
    leave.delete_account(by=UserFactory(email="me@council.example"))
    assert not LeavingRequest.objects.exists()


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_no_mail_about_a_story_without_a_name(voice):
    story, author = begun(voice)
    text = author.get(page(story, "hand")).content.decode()
    assert "hand it over in person" in text
    assert 'name="address"' not in text
    answer = author.post(page(story, "hand"), form())
    assert answer.status_code == 422
    assert "A mail would tell of this story." in answer.content.decode()
    assert not LeavingRequest.objects.exists()
    assert not Message.objects.exists()


def test_if_voices_were_not_asked_a_mail_would_be_noticed(monkeypatch):
    """Planted: every story counts as named."""
    story, author = begun(Voice.CONFIDENTIAL)
    monkeypatch.setattr(Story, "is_named", True)
    author.post(page(story, "hand"), form())
    assert LeavingRequest.objects.exists()


def test_nobody_is_asked_once_it_is_sent_in():
    moderators()
    story, author = written()
    send(story, author)
    assert fresh(story).status == Status.SUBMITTED
    assert 'name="address"' not in author.get(page(story, "hand")).content.decode()
    assert author.post(page(story, "hand"), form()).status_code == 422
    assert not LeavingRequest.objects.exists()


def test_one_at_a_time():
    story, author = written()
    author.post(page(story, "hand"), form())
    answer = author.post(page(story, "hand"), form(address="other@company.example"))
    assert answer.status_code == 422
    assert "A link goes to somebody already." in answer.content.decode()
    assert LeavingRequest.objects.get().address == ADDRESS


@each("day", ["", "2020-01-01", "today", "2999-01-01", "31 of March", *NASTY], 4)
def test_no_other_day_is_taken_and_nothing_typed_is_lost(day):
    story, author = written()
    if day == "today":
        day = timezone.localdate().isoformat()
    answer = author.post(page(story, "hand"), form(ends_on=day))
    assert answer.status_code == 422
    assert ADDRESS in answer.content.decode()
    assert "There is a problem" in answer.content.decode()
    assert not LeavingRequest.objects.exists()


@pytest.mark.parametrize("change", [{"address": "nobody"}, {"language": "fr"}, {"language": ""}, {"address": ""}])
def test_no_other_answer_is_taken(change):
    story, author = written()
    assert author.post(page(story, "hand"), form(**change)).status_code == 422
    assert not LeavingRequest.objects.exists()


@each("value", NASTY, 4)
def test_no_address_that_is_none(value):
    story, author = written()
    assert author.post(page(story, "hand"), form(address=value)).status_code == 422


def test_not_many_addresses_are_given_in_a_day(monkeypatch):
    story, author = written()
    limit = handing.LEAVERS_ASKED.most
    for _number in range(limit):
        assert handing.LEAVERS_ASKED.take("127.0.0.1") == 0
    answer = author.post(page(story, "hand"), form())
    assert answer.status_code == 422
    assert "Too many addresses were given from here today." in answer.content.decode()
    assert ADDRESS in answer.content.decode()
    assert Limit.objects.exists()
    assert not LeavingRequest.objects.exists()


def test_what_is_gone_meanwhile_is_mailed_to_nobody():
    """The tick has read the row, and the author takes the story back."""
    found = asked()
    tell.withdraw(story=found.story)
    assert not leavers._mail_locked(found, TODAY, sent_on=None)
    with pytest.raises(Refused):
        leavers.waive(story=found.story)
    assert not mails()
