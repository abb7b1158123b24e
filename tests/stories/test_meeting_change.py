"""A meeting that is agreed is moved or called off, by either of the two, and both calendars follow."""

import datetime

import icalendar
import pytest
from django.core import mail
from django.test import Client

from learning_portal.common.mail.compose import mail_of
from learning_portal.common.models import Message, User
from networks import introductions as verbs
from networks.introductions import Proposal
from networks.introductions.links import ANSWER, TOGETHER
from networks.models import Introduction
from tests.factories import UserFactory
from tests.networks.introducing import MONDAY, asked, days, make_asker, make_host, moment, on, verbs_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
NOON = moment(days(10), 12)
NEW = {"do": "move", "day": "20/11/2026", "time": "9:30", "place": "Tŷ Gŵyr", "seen": NOON.isoformat()}
NEW_DAY = moment(datetime.date(2026, 11, 20), 9) + datetime.timedelta(minutes=30)


@pytest.fixture(autouse=True)
def monday():
    with on(MONDAY):
        yield


def agreed(host=None, by: User | None = None) -> Introduction:
    made = asked(host or make_host(name="Bob Example"), by or make_asker(user=UserFactory(name="Ann Example")))
    assert verbs.accept(introduction=made, host=made.host, proposal=Proposal(NOON, "Here"), today=MONDAY)
    mail.outbox.clear()
    return fresh(made)


def fresh(made: Introduction) -> Introduction:
    return Introduction.objects.select_related("asker", "host__user").get(pk=made.pk)


def page(made: Introduction) -> str:
    return f"/meet/{made.public_id}/change/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def either(made: Introduction) -> dict[str, User]:
    return {"asker": made.asker, "host": made.host.user}


def files() -> list[icalendar.Calendar]:
    found = [part for sent in mail.outbox for part in sent.attachments]
    return [icalendar.Calendar.from_ical(part.get_payload(decode=True)) for part in found]


# --- Moving ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["asker", "host"])
def test_either_moves_it_and_both_are_told(who, django_capture_on_commit_callbacks):
    made = agreed()
    client = as_(either(made)[who])
    assert page(made) in client.get(f"/meet/{made.public_id}/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page(made), NEW)
    assert (answer.status_code, answer["Location"]) == (302, f"/meet/{made.public_id}/")
    made = fresh(made)
    assert (made.state, made.meets_at, made.place) == ("accepted", NEW_DAY, "Tŷ Gŵyr")
    assert verbs_of(made)[-1] == "moved"
    assert sorted(sent.to for sent in mail.outbox) == sorted([[made.asker.email], [made.host.user.email]])
    own = [sent.to[0] for sent in mail.outbox if "You have changed" in sent.body]
    assert own == [either(made)[who].email]


def test_the_file_is_of_the_same_meeting_and_newer(django_capture_on_commit_callbacks):
    made = agreed()
    client = as_(made.asker)
    first = icalendar.Calendar.from_ical(client.get(f"/meet/{made.public_id}/calendar/").content)
    numbers = [first.walk("VEVENT")[0].get("SEQUENCE", 0)]
    for hour in ("9:30", "10:30"):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            client.post(page(made), {**NEW, "time": hour, "seen": fresh(made).meets_at.isoformat()})
        for file in files():
            event = file.walk("VEVENT")[0]
            assert file["METHOD"] == "PUBLISH"
            assert event["UID"] == first.walk("VEVENT")[0]["UID"]
            assert event.decoded("DTSTART") == fresh(made).meets_at
            assert event["LOCATION"] == "Tŷ Gŵyr"
        assert len(files()) == 2
        numbers.append(files()[0].walk("VEVENT")[0]["SEQUENCE"])
    assert numbers == [0, 1, 2]
    again = icalendar.Calendar.from_ical(client.get(f"/meet/{made.public_id}/calendar/").content)
    assert again.walk("VEVENT")[0]["SEQUENCE"] == 2


def test_the_part_of_the_mail_says_what_it_is(django_capture_on_commit_callbacks):
    made = agreed()
    with django_capture_on_commit_callbacks(execute=True):
        as_(made.asker).post(page(made), NEW)
    part = next(part for part in mail.outbox[0].message().walk() if part.get_content_type() == "text/calendar")
    assert (part.get_param("method"), part.get_param("name")) == ("PUBLISH", "meeting.ics")


def test_no_mail_names_a_person_or_says_a_question(django_capture_on_commit_callbacks):
    made = agreed()
    with django_capture_on_commit_callbacks(execute=True):
        as_(made.asker).post(page(made), NEW)
    text = "".join(sent.body for sent in mail.outbox) + "".join(file.to_ical().decode() for file in files())
    for word in ("Example", "How did you get staff", "@council"):
        assert word not in text


def test_the_nudge_follows_the_new_day():
    made = agreed()
    as_(made.host.user).post(page(made), NEW)
    assert verbs.follow_up(now=NOON + datetime.timedelta(days=14)) == 0
    assert verbs.follow_up(now=NEW_DAY + datetime.timedelta(days=14)) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"day": ""}, "Propose a day"),
        ({"day": "soon"}, "Write the date"),
        ({"day": "2/11/2026"}, "within the next 60 days"),
        ({"day": "20/11/2027"}, "within the next 60 days"),
        ({"time": ""}, "Write the time"),
        ({"time": "\x00"}, "Write the time"),
        ({"place": ""}, "Say where you meet"),
        ({"place": "x" * 201}, "Shorten this"),
        ({"seen": ""}, "It was changed meanwhile"),
        ({"seen": "2026-11-12"}, "It was changed meanwhile"),
        ({"seen": "\x00"}, "It was changed meanwhile"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(change, said):
    made = agreed()
    answer = as_(made.asker).post(page(made), {**NEW, "place": "Hall 7", **change})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert "place" in change or 'value="Hall 7"' in text
    assert fresh(made).meets_at == NOON
    assert not Message.objects.filter(kind="meeting_moved").exists()


def test_of_two_who_move_it_at_once_one_is_told():
    made = agreed()
    as_(made.host.user).post(page(made), NEW)
    answer = as_(made.asker).post(page(made), {**NEW, "day": "25/11/2026"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "It was changed meanwhile" in text
    assert "20 November 2026, 09:30" in text
    assert 'value="25/11/2026"' in text
    assert fresh(made).meets_at == NEW_DAY


def test_not_more_than_five_times():
    made = agreed()
    client = as_(made.asker)
    for hour in range(9, 16):
        client.post(page(made), {**NEW, "time": f"{hour}:00", "seen": fresh(made).meets_at.isoformat()})
    assert verbs_of(made).count("moved") == 5
    assert "It was moved five times" in client.get(page(made)).content.decode()


def test_a_visit_together_is_its_hosts_to_move():
    host = make_host()
    rows = [asked(host) for _ in range(3)]
    proposal = Proposal(NOON, "Here", is_for_all=True)
    assert verbs.accept(introduction=rows[0], host=host, proposal=proposal, today=MONDAY)
    guests = as_(rows[1].asker).get(page(rows[1])).content.decode()
    assert "Only its host moves a visit together" in guests
    assert "theirs stays as it is" in guests
    hosts = as_(host.user).get(page(rows[0])).content.decode()
    assert "All of them are told at once" in hosts
    assert "The other person is told at once" not in hosts
    assert as_(rows[1].asker).post(page(rows[1]), NEW).status_code == 422
    assert as_(host.user).post(page(rows[0]), NEW).status_code == 302
    assert {fresh(row).meets_at for row in rows} == {NEW_DAY}
    as_(rows[1].asker).post(page(rows[1]), {"do": "off"})
    assert [fresh(row).state for row in rows] == ["accepted", "withdrawn", "accepted"]
    as_(host.user).post(page(rows[0]), {"do": "off"})
    assert [fresh(row).state for row in rows] == ["off", "withdrawn", "off"]


# --- Calling off ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "state"), [("asker", "withdrawn"), ("host", "off")])
def test_either_calls_it_off_and_both_calendars_lose_it(who, state, django_capture_on_commit_callbacks):
    made = agreed()
    client = as_(either(made)[who])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page(made), {"do": "off"}, follow=True)
    assert "This meeting is off" in answer.content.decode()
    assert "It is called off. The other person is told." in answer.content.decode()
    made = fresh(made)
    assert (made.state, made.ended_on) == (state, MONDAY)
    assert sorted(sent.to for sent in mail.outbox) == sorted([[made.asker.email], [made.host.user.email]])
    for file in files():
        event = file.walk("VEVENT")[0]
        assert (file["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert len(files()) == 2
    assert client.post(page(made), {"do": "off"}).status_code == 422
    assert client.get(f"/meet/{made.public_id}/")["Location"] == page(made)
    assert f'href="/meet/{made.public_id}/"' not in client.get("/meet/").content.decode()


def test_what_is_off_is_not_asked_about_and_frees_the_host():
    made = agreed()
    host = made.host
    verbs.call_off(introduction=made, by_host=True)
    assert verbs.follow_up(now=NOON + datetime.timedelta(days=20)) == 0
    assert Introduction.objects.loads(MONDAY) == {}
    assert verbs.why_not(asker=made.asker, host=host, today=MONDAY) is None


def test_once_its_day_is_over_it_is_not_changed():
    made = agreed()
    with on(days(11)):
        client = as_(made.asker)
        assert "This meeting is over" in client.get(page(made)).content.decode()
        for sent in (NEW, {"do": "off"}):
            assert client.post(page(made), sent).status_code == 422
        assert page(made) not in client.get(f"/meet/{made.public_id}/").content.decode()
    assert (fresh(made).state, fresh(made).meets_at) == ("accepted", NOON)


# --- Whose it is ----------------------------------------------------------------------------------------------------


def test_it_is_there_for_the_two_alone():
    made = agreed()
    for sent in (NEW, {"do": "off"}):
        assert as_(UserFactory()).post(page(made), sent).status_code == 404
        assert Client().post(page(made), sent)["Location"].startswith("/sign-in/")
    assert as_(made.asker).post(page(asked()), {"do": "off"}).status_code == 404
    assert as_(made.asker).put(page(made)).status_code == 405
    assert as_(made.asker).post(page(made), {"do": "else"}).status_code == 422
    assert (fresh(made).state, fresh(made).meets_at) == ("accepted", NOON)


def test_a_host_without_an_account_comes_by_link(django_capture_on_commit_callbacks):
    made = agreed(make_host(user=None, team_mailbox="team@council.example"))
    address = f"/meet/with/{TOGETHER.token_for(made.pk, made.host_id)}/"
    client = Client()
    assert f"{address}change/" in client.get(address).content.decode()
    for _ in range(2):
        assert client.get(f"{address}change/").status_code == 200
    assert fresh(made).meets_at == NOON
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{address}change/", NEW)["Location"] == address
    assert fresh(made).meets_at == NEW_DAY
    [theirs] = [sent for sent in mail.outbox if sent.to == ["team@council.example"]]
    assert "/meet/with/" in theirs.body
    assert "This meeting is off" in client.post(f"{address}change/", {"do": "off"}, follow=True).content.decode()
    assert fresh(made).state == "off"
    for forged in (TOGETHER.token_for(made.pk, made.host_id + 1), ANSWER.token_for(made.pk, made.host_id), "x"):
        assert client.post(f"/meet/with/{forged}/change/", {"do": "off"}).status_code == 404
    with on(days(200)):
        assert client.get(f"{address}change/").status_code == 410


def test_a_mail_whose_request_is_erased_goes_without_a_file():
    row = Message(kind="meeting_off", context={"key": 7, "token": "", "own": 0}, language="cy", address="a@b.example")
    assert mail_of(row).attachments == []
