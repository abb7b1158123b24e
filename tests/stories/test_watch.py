"""Tell me when someone has: a plan is kept, and its reader hears of stories that come out and are about it."""

import datetime
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from learning_portal.common.models import Message
from stories.actions import Refused, watch
from stories.choices import Audience, Status, Voice
from stories.models import Story, Watch, WatchFound
from stories.plans import Plan
from tests.factories import AffiliationFactory, OrganisationFactory, TopicFactory, UserFactory, lessons, make_story

pytestmark = pytest.mark.django_db
PLAN = "We want home carers to record visits on tablets where the signal is poor."
TODAY = datetime.date(2026, 11, 26)


@pytest.fixture
def topic():
    return TopicFactory(slug="poor-signal")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def reader():
    return AffiliationFactory().user


def days(number: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=number)


def waits(reader, topic) -> Watch:
    return watch.watch_plan(by=reader, plan=Plan(PLAN), topics=[topic])


def comes_out(topic, on=TODAY, **fields) -> Story:
    story = make_story(topics=[topic] if topic else [], **fields)
    Story.objects.filter(pk=story.pk).update(published_on=on)
    return story


def mails_to(user) -> list[dict]:
    return list(Message.objects.filter(user=user, kind="watch_found").values_list("context", flat=True))


def test_one_mail_for_what_came_out(reader, topic):
    comes_out(topic, days(-30))
    one = waits(reader, topic)
    assert watch.tell_watchers(today=TODAY) == 0
    comes_out(topic)
    assert watch.tell_watchers(today=days(1)) == 1
    assert mails_to(reader) == [{"key": one.pk, "number": 1}]
    assert watch.tell_watchers(today=days(1)) == watch.tell_watchers(today=days(2)) == 0
    assert len(mails_to(reader)) == 1


@pytest.mark.parametrize("before", [0, 3, 7, 8])
def test_what_came_out_before_they_asked_is_not_new(reader, topic, before):
    comes_out(topic, days(-before))
    waits(reader, topic)
    assert watch.tell_watchers(today=days(1)) == watch.tell_watchers(today=days(2)) == 0


def test_an_unnamed_one_bears_the_monday_of_its_week(reader, topic):
    waits(reader, topic)
    assert watch.tell_watchers(today=days(6)) == 0
    comes_out(topic, days(2), voice=Voice.CONFIDENTIAL)
    assert watch.tell_watchers(today=days(7)) == 1


@pytest.mark.parametrize(
    "hidden",
    [
        {"audience": Audience.FRONT_LINE},
        {"audience": Audience.NETWORK},
        {"status": Status.SUBMITTED},
        {"status": Status.HIDDEN},
    ],
)
def test_nothing_of_what_they_may_not_read(topic, hidden):
    reader = UserFactory()
    waits(reader, topic)
    comes_out(topic, **hidden)
    assert watch.tell_watchers(today=days(1)) == 0
    assert mails_to(reader) == []
    assert WatchFound.objects.count() == 0


def test_nothing_that_is_about_something_else(reader, topic):
    waits(reader, topic)
    words = dict.fromkeys(
        ("title", "summary", "expected", "happened", "wrong", "differently"), "Swimming pools closed."
    )
    comes_out(TopicFactory(), content=lessons(**words))
    assert watch.tell_watchers(today=days(1)) == 0


def test_not_their_own(reader, topic):
    waits(reader, topic)
    comes_out(topic, author=reader)
    assert watch.tell_watchers(today=days(1)) == 0


@pytest.mark.parametrize("voice", Voice.values)
def test_of_every_voice_and_without_a_word_of_it(reader, topic, voice):
    waits(reader, topic)
    comes_out(topic, voice=voice)
    assert watch.tell_watchers(today=days(1)) == 1
    assert set(mails_to(reader)[0]) == {"key", "number"}


def test_after_a_year_it_is_forgotten(reader, topic):
    one = waits(reader, topic)
    comes_out(topic, days(366))
    assert watch.tell_watchers(today=days(366)) == 0
    assert watch.erase_old_watches(today=one.expires_on) == 0
    assert watch.erase_old_watches(today=one.expires_on + datetime.timedelta(days=1)) == 1
    assert not Watch.objects.exists()


def test_a_closed_account_waits_no_more(reader, topic):
    waits(reader, topic)
    reader.is_active = False
    reader.save()
    comes_out(topic)
    assert watch.tell_watchers(today=days(1)) == 0


def test_of_two_ticks_at_once_one_tells(reader, topic, monkeypatch):
    """Both have read that it is due; the second finds that the first has looked."""
    one = waits(reader, topic)
    comes_out(topic)
    original = Watch.objects.select_related("user").get(pk=one.pk)
    assert watch._look(one.pk, days(1))
    monkeypatch.setattr(type(Watch.objects.all()), "get", lambda self, **key: original)
    assert not watch._look(one.pk, days(1))
    assert len(mails_to(reader)) == 1


def test_the_same_plan_is_waited_for_once_and_twenty_at_most(reader, topic):
    assert waits(reader, topic) == waits(reader, topic)
    for number in range(watch.MOST - 1):
        watch.watch_plan(by=reader, plan=Plan(f"Plan {number}"), topics=[])
    with pytest.raises(Refused):
        watch.watch_plan(by=reader, plan=Plan("One more"), topics=[])


# --- Pages -----------------------------------------------------------------------------------------------------------


def plan_of(client, text=PLAN, organisation="") -> str:
    answer = client.post("/plan/", {"text": text, "organisation": organisation})
    return answer["Location"].split("/")[2]


def test_from_the_answer_to_the_list_and_back(client, reader, topic):
    client.force_login(reader)
    body = OrganisationFactory()
    key = plan_of(client, organisation=body.name_en)
    answer = client.get(f"/plan/{key}/?topic=poor-signal").content.decode()
    assert f"/plan/{key}/watch/?topic=poor-signal" in answer
    asked = client.get(f"/plan/{key}/watch/?topic=poor-signal").content.decode()
    assert PLAN in asked
    assert not Watch.objects.exists()
    kept = client.post(f"/plan/{key}/watch/?topic=poor-signal", follow=True).content.decode()
    one = Watch.objects.get()
    assert (one.text, one.organisation, list(one.topics.all())) == (PLAN, body, [topic])
    assert "We mail you when a story about it comes out" in kept
    assert "Nothing yet." in kept
    assert PLAN[:60] in client.get("/watches/").content.decode()
    again = client.post(one.get_absolute_url(), {"do": "check"})
    assert re.fullmatch(r"/plan/[\w-]+/\?topic=poor-signal", again["Location"])
    assert PLAN in client.get(again["Location"]).content.decode()


def test_what_came_out_stands_on_its_page_and_ends_the_mails(client, reader, topic):
    one = waits(reader, topic)
    story = comes_out(topic)
    watch.tell_watchers(today=days(1))
    client.force_login(reader)
    page = client.get(one.get_absolute_url()).content.decode()
    assert story.content.title in page
    assert mails_to(reader) == []


def test_what_they_may_not_read_any_more_is_not_on_it(client, topic):
    job = AffiliationFactory()
    one = waits(job.user, topic)
    story = comes_out(topic, audience=Audience.MEMBERS)
    assert watch.tell_watchers(today=days(1)) == 1
    job.ended_on = TODAY
    job.save()
    client.force_login(job.user)
    assert story.content.title not in client.get(one.get_absolute_url()).content.decode()


def test_stop(client, reader, topic):
    one = waits(reader, topic)
    comes_out(topic)
    watch.tell_watchers(today=days(1))
    client.force_login(reader)
    page = client.post(one.get_absolute_url(), {"do": "stop"}, follow=True).content.decode()
    assert "forgotten your plan" in page
    assert not Watch.objects.exists()
    assert not Message.objects.filter(kind="watch_found").exists()


def test_a_visitor_signs_in_first_and_keeps_the_plan(client, topic):
    key = plan_of(client)
    response = client.get(f"/plan/{key}/watch/")
    assert response.status_code == 302
    assert reverse("account_request_login_code") in response["Location"]
    client.force_login(UserFactory())
    assert PLAN in client.get(f"/plan/{key}/watch/").content.decode()


def test_too_many(client, reader):
    for number in range(watch.MOST):
        watch.watch_plan(by=reader, plan=Plan(f"Plan {number}"), topics=[])
    client.force_login(reader)
    response = client.post(f"/plan/{plan_of(client)}/watch/")
    assert response.status_code == 422
    assert "Stop one of them first" in response.content.decode()
    assert PLAN in response.content.decode()


def test_nobody_elses(client, reader, topic):
    one = waits(reader, topic)
    client.force_login(UserFactory())
    for response in (client.get(one.get_absolute_url()), client.post(one.get_absolute_url(), {"do": "stop"})):
        assert response.status_code == 404
    assert Watch.objects.exists()
    assert client.get("/plan/nothing/watch/").status_code == 404


@pytest.mark.parametrize("address", ["/watches/", "/plan/x/watch/"])
def test_wrong_methods(client, reader, address):
    client.force_login(reader)
    assert client.put(address).status_code == client.delete(address).status_code == 405


def test_the_mail_says_where(reader, topic):
    one = waits(reader, topic)
    comes_out(topic)
    watch.tell_watchers(today=days(1))
    from learning_portal.common.mail.compose import mail_of

    message = mail_of(Message.objects.get(kind="watch_found"))
    assert "One story about a plan of yours has come out" in message.body
    assert one.get_absolute_url() in message.body
    assert mail.outbox == []
