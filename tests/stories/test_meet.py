"""From a story to a meeting: asking its contact, the page that prepares the conversation, and what came of it."""

import datetime

import icalendar
import pytest
from django.core import mail
from django.utils import timezone

from learning_portal.common.models import Message
from networks import introductions
from networks.introductions import Outcome, Proposal
from networks.introductions.links import AFTERWARDS, ANSWER, TOGETHER
from networks.models import Introduction
from stories.actions import keep, meet
from stories.models import Reuse, StoryIntroduction
from stories.views.plans import contacts_of
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    IntroductionFactory,
    OrganisationFactory,
    UserFactory,
    make_story,
)
from tests.networks.introducing import MONDAY, days, make_asker, make_host, moment, on

pytestmark = pytest.mark.django_db
FORM = {"question_1": "How did you get staff to use it?", "format": "call"}
NOON = moment(days(10), 12)


@pytest.fixture(autouse=True)
def today():
    with on(MONDAY):
        yield


@pytest.fixture
def asker(client):
    user = make_asker(user=UserFactory(name="Ann Example"))
    client.force_login(user)
    return user


@pytest.fixture
def host():
    return make_host(name="Bob Example")


@pytest.fixture
def story(host):
    return make_story(contacts=[host], organisation=host.organisation)


def agreed(story, asker, **fields) -> Introduction:
    request = introductions.Request(questions=("How?", "Why?"), format=fields.pop("format", "video"))
    host = meet_host(story)
    made = meet.ask_about(by=asker, story=story, host=host, request=request)
    proposal = Proposal(NOON, fields.get("place", "Canolfan Tŷ Gŵyr"), "Dewch!")
    assert introductions.accept(introduction=made, host=host, proposal=proposal)
    made.refresh_from_db()
    return made


def meet_host(story):
    return contacts_of([story])[story.pk].contact


# --- From the story -------------------------------------------------------------------------------------------------


def test_two_clicks_from_a_story_it_is_sent(client, asker, story, host):
    page = client.get(story.get_absolute_url()).content.decode()
    assert f'href="{story.get_absolute_url()}ask/"' in page
    assert "Ask to meet" in page
    client.post(f"{story.get_absolute_url()}ask/", FORM)
    made = Introduction.objects.get()
    assert (made.host, made.asker) == (host, asker)
    assert StoryIntroduction.objects.get(introduction=made).story == story


def test_the_plan_goes_along_if_the_reader_ticks_it(client, asker, story):
    client.post("/plan/", {"text": "Tablets for <b>home</b> carers.", "organisation": ""})
    key = next(iter(client.session["plans"]))
    page = client.get(f"{story.get_absolute_url()}ask/?plan={key}").content.decode()
    assert "Tablets for &lt;b&gt;home&lt;/b&gt; carers." in page
    client.post(f"{story.get_absolute_url()}ask/", FORM)
    assert Introduction.objects.get().plan == ""
    Introduction.objects.all().delete()
    client.post(f"{story.get_absolute_url()}ask/", {**FORM, "with_plan": "on"})
    assert Introduction.objects.get().plan == "Tablets for <b>home</b> carers."


def test_a_link_in_the_answer_keeps_the_plan(client, asker, story):
    client.post("/plan/", {"text": "Tablets for home carers.", "organisation": ""})
    key = next(iter(client.session["plans"]))
    page = client.get(f"{story.get_absolute_url()}?plan={key}").content.decode()
    assert f'href="{story.get_absolute_url()}ask/?plan={key}"' in page


def test_where_there_is_nobody_to_ask_there_is_no_button(client, asker):
    for contact in (ContactFactory(verified_on=MONDAY), make_host(verified_on=None), make_host(audience="networks")):
        story = make_story(contacts=[contact])
        assert "Ask to meet" not in client.get(story.get_absolute_url()).content.decode()
        assert client.get(f"{story.get_absolute_url()}ask/").status_code == 404
    assert client.get(f"{make_story().get_absolute_url()}ask/").status_code == 404


def test_a_story_one_may_not_read_is_not_asked_about(client, asker, host):
    story = make_story(contacts=[host], audience="network")
    assert client.get(f"{story.get_absolute_url()}ask/").status_code == 404
    assert client.post(f"{story.get_absolute_url()}ask/", FORM).status_code == 404
    assert Introduction.objects.count() == 0


def test_a_visitor_comes_back_to_one_button(client, story):
    address = f"{story.get_absolute_url()}ask/"
    page = client.post(address, {**FORM, "name": "Ann Example"})
    assert page.headers["Location"] == f"/sign-in/?next={address}"
    client.force_login(make_asker(user=UserFactory(name="")))
    assert "Send it" in client.get(address).content.decode()
    client.post(address, {"kept": "1"})
    assert StoryIntroduction.objects.get().story == story


def test_a_public_story_has_a_text_to_pass_on(client):
    public, restricted = make_story(), make_story(audience="members")
    page = client.get(public.get_absolute_url()).content.decode()
    assert "Pass it on to my team" in page
    assert f"Shall we talk about it at our next meeting? http://testserver{public.get_absolute_url()}" in page
    client.force_login(make_asker())
    assert "Pass it on" not in client.get(restricted.get_absolute_url()).content.decode()


# --- The meeting ----------------------------------------------------------------------------------------------------


def test_both_read_the_page_and_nobody_else(client, asker, story, host):
    made = agreed(story, asker)
    for user, name in ((asker, "Bob Example"), (host.user, "Ann Example")):
        client.force_login(user)
        page = client.get(f"/meet/{made.public_id}/").content.decode()
        assert name in page
        assert "How?" in page
        assert "12 November 2026, 12:00" in page
        assert story.content.title in page
        assert "Your two places" in page
        assert "@" not in page.split("<main")[1].split("</main")[0]
    client.force_login(UserFactory())
    for path in ("", "calendar/"):
        assert client.get(f"/meet/{made.public_id}/{path}").status_code == 404


def test_when_its_day_is_over_the_page_prepares_nothing_and_asks_what_came_of_it(client, asker, story, host):
    made = agreed(story, asker)
    address, before = f"/meet/{made.public_id}/", "Prepare the meeting"
    page = client.get(address).content.decode()
    assert before in page
    assert "Add it to your calendar" in page
    assert "What came of it?" not in client.get("/meet/").content.decode()
    with on(days(11)):
        client.force_login(asker)
        page = client.get(address).content.decode()
        assert '<h1 class="govuk-heading-xl">The meeting</h1>' in page
        assert "Say what came of it" in page
        for gone in (before, "Add it to your calendar", "Move it or call it off", "What to talk about"):
            assert gone not in page
        assert "It was agreed for 12 November 2026. What came of it?" in client.get("/meet/").content.decode()


@pytest.mark.parametrize("by_host", [True, False])
def test_the_links_of_all_its_mails_say_that_it_is_off(client, asker, story, host, by_host):
    made = agreed(story, asker)
    assert introductions.call_off(introduction=made, by_host=by_host)
    for address in (f"/meet/{made.public_id}/", f"/meet/with/{TOGETHER.token_for(made.pk, host.pk)}/"):
        assert "This meeting is off" in client.get(address, follow=True).content.decode()
    assert "Dewch!" not in client.get("/meet/").content.decode()


def test_what_was_withdrawn_before_it_was_agreed_was_no_meeting(client, asker):
    made = IntroductionFactory(asker=asker, state="withdrawn", ended_on=MONDAY)
    for page in ("", "change/"):
        assert client.get(f"/meet/{made.public_id}/{page}").status_code == 404


def test_both_get_a_file_for_their_calendars(asker, story, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = agreed(story, asker)
    assert len(mail.outbox) == 2
    for sent in mail.outbox:
        (part,) = sent.attachments
        event = icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]
        assert event.decoded("DTSTART") == made.meets_at
        assert event["LOCATION"] == "Canolfan Tŷ Gŵyr"
        assert "Example" not in event["SUMMARY"]
        assert "puts it into your calendar" in sent.body


def test_the_story_shows_only_to_whoever_may_read_it(client, asker, story, host):
    made = agreed(story, asker)
    type(story).objects.filter(pk=story.pk).update(audience="network")
    page = client.get(f"/meet/{made.public_id}/").content.decode()
    assert "It began with this story" not in page
    assert story.content.title not in page


@pytest.mark.parametrize(
    ("audience", "has_account", "says"),
    [
        ("public", True, "It began with this story"),
        ("public", False, "It began with this story"),
        ("members", True, "It began with a story that not everybody may read"),
        ("members", False, ""),
        ("network", True, ""),
    ],
)
def test_the_host_sees_before_they_answer_what_was_read(client, asker, audience, has_account, says):
    """By its title only what everybody may read: the page opens from a mail without signing in."""
    host = make_host() if has_account else make_host(user=None, team_mailbox="team@cardiff.gov.uk")
    if has_account:
        AffiliationFactory(user=host.user, organisation=host.organisation)
    story = make_story(contacts=[host], organisation=host.organisation)
    request = introductions.Request(questions=("How?",), format="video")
    made = meet.ask_about(by=asker, story=story, host=host, request=request)
    type(story).objects.filter(pk=story.pk).update(audience=audience)
    client.logout()
    page = client.get(f"/meet/answer/{ANSWER.token_for(made.pk, host.pk)}/").content.decode()
    assert says in page
    assert ("It began with" in page) is bool(says)
    assert (story.content.title in page) is (audience == "public")
    assert (story.public_id in page) is bool(says)


def test_a_team_that_answers_for_somebody_is_told_only_of_what_everybody_may_read(client, asker):
    host = make_host(team_mailbox="team@cardiff.gov.uk")
    AffiliationFactory(user=host.user, organisation=host.organisation)
    story = make_story(contacts=[host], organisation=host.organisation, audience="members")
    AffiliationFactory(user=asker)
    request = introductions.Request(questions=("How?",), format="video")
    made = meet.ask_about(by=asker, story=story, host=host, request=request)
    client.logout()
    address = f"/meet/answer/{ANSWER.token_for(made.pk, host.pk)}/"
    assert "It began with a story that not everybody may read" in client.get(address).content.decode()
    Introduction.objects.filter(pk=made.pk).update(holder=Introduction.Holder.TEAM)
    page = client.get(address).content.decode()
    assert "Anybody in the team may answer" in page
    assert "It began with" not in page
    assert story.public_id not in page


def test_a_host_is_told_of_no_story_that_was_taken_down(client, asker, story, host):
    made = meet.ask_about(
        by=asker, story=story, host=host, request=introductions.Request(questions=("How?",), format="video")
    )
    type(story).objects.filter(pk=story.pk).update(status="withdrawn")
    assert "It began with" not in client.get(f"/meet/answer/{ANSWER.token_for(made.pk, host.pk)}/").content.decode()


def test_a_host_without_an_account_comes_by_link(client, story, asker, host):
    made = agreed(story, asker)
    client.logout()
    address = f"/meet/with/{TOGETHER.token_for(made.pk, host.pk)}/"
    assert "Ann Example" in client.get(address).content.decode()
    assert client.get(f"{address}calendar/")["Content-Type"] == "text/calendar; charset=utf-8"
    for forged in (TOGETHER.token_for(made.pk, host.pk + 1), ANSWER.token_for(made.pk, host.pk), "x"):
        assert client.get(f"/meet/with/{forged}/").status_code == 404
        assert client.get(f"/meet/with/{forged}/calendar/").status_code == 404
    with on(days(200)):
        assert client.get(address).status_code == 410


def test_the_calendar_file_has_welsh_letters_and_londons_time(client, asker, story):
    made = agreed(story, asker)
    found = icalendar.Calendar.from_ical(client.get(f"/meet/{made.public_id}/calendar/").content)
    event = found.walk("VEVENT")[0]
    assert event["LOCATION"] == "Canolfan Tŷ Gŵyr"
    assert event.decoded("DTSTART").isoformat() == "2026-11-12T12:00:00+00:00"
    assert "Bob Example" in event["SUMMARY"]


def test_nothing_is_there_before_a_host_agrees(client, asker):
    made = IntroductionFactory(asker=asker)
    assert client.get(f"/meet/{made.public_id}/").status_code == 404


# --- What one asked and is asked ------------------------------------------------------------------------------------


def test_the_list_says_how_each_stands(client, asker, host):
    states = ("asked", "at_desk", "declined", "not_now", "withdrawn", "off", "nobody", "unheard", "met", "not_met")
    for state in states:
        ended = None if state in ("asked", "at_desk") else MONDAY
        there = {} if state != "at_desk" else {"host": None, "asked_on": None}
        IntroductionFactory(asker=asker, state=state, ended_on=ended, words="Ask Dan.", **there)
    IntroductionFactory(host=make_host(user=asker), asker=UserFactory(name="Cat Example"))
    words = client.get("/meet/").content.decode()
    for said in (
        "Our matching desk is looking",
        "They cannot help",
        "Withdrawn.",
        "They have called it off.",
        "You met.",
        "Cat Example",
        "Ask Dan.",
    ):
        assert said in words


def test_a_card_one_may_not_see_has_no_name_in_the_list(client, asker):
    hidden = make_host(name="Hidden Person", audience="networks")
    IntroductionFactory(asker=asker, host=hidden, holder="deputy")
    words = client.get("/meet/").content.decode()
    assert "Hidden Person" not in words
    assert "Their deputy" in words


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_as_many_queries_for_thirty(client, asker, number, django_assert_max_num_queries):
    card = make_host(user=asker)
    for _ in range(number):
        IntroductionFactory(asker=asker)
        IntroductionFactory(host=card)
    with django_assert_max_num_queries(12):
        client.get("/meet/")


def test_one_withdraws_ones_own(client, asker):
    mine, other = IntroductionFactory(asker=asker), IntroductionFactory()
    assert client.get(f"/meet/{mine.public_id}/withdraw/").status_code == 405
    assert client.post(f"/meet/{other.public_id}/withdraw/").status_code == 404
    for _ in range(2):
        assert client.post(f"/meet/{mine.public_id}/withdraw/").status_code == 302
    assert sorted(Introduction.objects.values_list("state", flat=True)) == ["asked", "withdrawn"]


# --- Afterwards -----------------------------------------------------------------------------------------------------


def afterwards(made: Introduction, who: int = 0) -> str:
    return f"/meet/afterwards/{AFTERWARDS.token_for(made.pk, who)}/"


@pytest.mark.parametrize(
    ("answer", "state", "how"),
    [
        ("using", "met", "adopted"),
        ("adapting", "met", "adapting"),
        ("not_for_us", "met", "not_for_us"),
        ("helped", "met", None),
        ("not_met", "not_met", None),
    ],
)
def test_what_the_asker_says_starts_the_record_of_use(client, story, answer, state, how):
    asker = make_asker()
    made = agreed(story, asker)
    assert client.get(afterwards(made)).status_code == 200
    assert Reuse.objects.count() == 0
    for _ in range(2):
        page = client.post(afterwards(made), {"answer": answer}, follow=True)
        assert "Thank you. It is kept" in page.content.decode()
    made.refresh_from_db()
    assert made.state == state
    found = list(Reuse.objects.values_list("how", "story", "organisation"))
    assert found == ([(how, story.pk, made.organisation_id)] if how else [])


def test_the_host_says_whether_they_met(client, story, asker, host):
    made = agreed(story, asker)
    client.post(afterwards(made, host.pk), {"answer": "no"})
    made.refresh_from_db()
    assert made.state == "not_met"


def test_a_host_is_not_asked_what_is_known_and_what_they_say_is_not_lost(client, story, asker, host):
    made = agreed(story, asker)
    assert 'name="answer"' in client.get(afterwards(made, host.pk)).content.decode()
    page = client.post(afterwards(made, host.pk), {"answer": "yes"}, follow=True).content.decode()
    assert "Thank you. It is kept." in page
    assert "you can change it" not in page
    assert "There is nothing left for you to do" in page
    assert 'name="answer"' not in page
    assert "What came of it?" in client.get(afterwards(made)).content.decode()


def test_of_a_mentoring_only_the_asker_is_asked(client, host):
    made = agreed(make_story(contacts=[host]), make_asker(), format="mentoring")
    assert introductions.follow_up(now=NOON + datetime.timedelta(days=14)) == 1
    assert [one.user for one in Message.objects.filter(kind="meeting_afterwards")] == [made.asker]
    assert "whoever asked says what came of it" in client.get(afterwards(made, host.pk)).content.decode()


def test_afterwards_by_a_bad_link_or_answer(client, story, asker, host):
    made = agreed(story, asker)
    assert client.post(afterwards(made), {"answer": "\x00"}).status_code == 422
    assert client.post(afterwards(made), {}).status_code == 422
    assert client.post(afterwards(made, host.pk + 1), {"answer": "no"}).status_code == 404
    assert client.get("/meet/afterwards/x/").status_code == 404
    address = afterwards(made)
    with on(days(91)):
        assert client.post(address, {"answer": "using"}).status_code == 410
    made.refresh_from_db()
    assert made.state == "accepted"


def test_a_mentoring_goes_on_from_the_page(client, host):
    story = make_story(contacts=[host])
    made = agreed(story, make_asker(), format="mentoring")
    assert "When do you meet next?" in client.get(afterwards(made)).content.decode()
    assert client.post(afterwards(made), {"answer": "helped", "next_day": "1/1/2020"}).status_code == 422
    next_day = {"answer": "helped", "next_day": "12/12/2026"}
    assert client.post(afterwards(made), next_day).status_code == 422
    Message.objects.all().delete()
    assert client.post(afterwards(made), {**next_day, "next_time": "9.30"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.meetings) == ("accepted", 1)
    assert timezone.localtime(made.meets_at).isoformat() == "2026-12-12T09:30:00+00:00"
    told = Message.objects.filter(kind="meeting_agreed").values_list("user", flat=True)
    assert sorted(told) == sorted([made.asker_id, host.user_id])
    client.force_login(made.asker)
    assert "meeting 2 of three at most" in client.get(f"/meet/{made.public_id}/").content.decode()


def test_a_story_that_is_gone_takes_its_link_along(story, asker):
    made = agreed(story, asker)
    keep.erase_story(story=story)
    assert meet.say_what_came(introduction=made, outcome=Outcome(True, "using"))
    assert Reuse.objects.count() == 0


def test_no_mail_says_a_word_of_the_story(story, asker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        agreed(story, asker)
    assert len(mail.outbox) == 2
    assert story.content.title not in " ".join(sent.body + sent.subject for sent in mail.outbox)


def test_a_body_has_one_record_of_a_story():
    story, body = make_story(), OrganisationFactory()
    for how in ("adopted", "stopped"):
        Reuse.objects.update_or_create(story=story, organisation=body, defaults={"how": how, "since": MONDAY})
    assert Reuse.objects.get().how == "stopped"
