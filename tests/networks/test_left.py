"""Somebody says that a person has left: checked with their team, and not applied before."""

import datetime
from unittest import mock

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from learning_portal.common.actions import deliver_mail
from learning_portal.common.models import Message, Role
from networks import left_actions
from networks.left_actions import LINK, erase_old_left_reports, report_left
from networks.models import Contact, LeftReport
from networks.work_actions import NotTheirs
from stories.views import persons
from tests.cast import give_role
from tests.factories import TODAY, AffiliationFactory, ContactFactory, OrganisationFactory, UserFactory
from tests.networks.test_still_you import noon

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with mock.patch.object(timezone, "now", return_value=noon(TODAY)) as patched:
        yield patched


@pytest.fixture
def member():
    return AffiliationFactory().user


def contact(**fields) -> Contact:
    fields.setdefault("organisation", OrganisationFactory(name_en="Upland Council"))
    return ContactFactory(**{"name": "Ann Example", "verified_on": TODAY, "user": UserFactory(), **fields})


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(card: Contact) -> str:
    return f"/people/{card.public_id}/left/"


# --- To say it ------------------------------------------------------------------------------------------------------


def test_the_team_is_asked_and_nothing_changes(member):
    card = contact(team_mailbox="team@upland.example")
    client = signed_in(member)
    assert page_of(card) in client.get(f"/people/{card.public_id}/").content.decode()
    assert client.get(page_of(card)).status_code == 200
    assert client.post(page_of(card), {"words": "Her post went."})["Location"] == f"/people/{card.public_id}/"
    report = LeftReport.objects.get()
    assert (report.by, report.words, report.on, report.state, report.is_mailed) == (
        member,
        "Her post went.",
        TODAY,
        "asked",
        True,
    )
    message = Message.objects.get()
    assert (message.kind, message.address) == ("left_asked", "team@upland.example")
    assert "Her post" not in str(message.context)
    card.refresh_from_db()
    assert card.archived_on is None


@pytest.mark.parametrize(
    ("mailbox", "deputy", "whom"),
    [
        ("team@upland.example", True, "team@upland.example"),
        ("", True, "deputy@upland.example"),
        ("", False, None),
    ],
)
def test_whom_we_ask(member, mailbox, deputy, whom):
    second = contact(user=UserFactory(email="deputy@upland.example"), name="Deputy") if deputy else None
    report_left(by=member, contact=contact(team_mailbox=mailbox, deputy=second), words="")
    asked = [message.mailbox for message in Message.objects.all()]
    assert asked == ([whom] if whom else [])
    assert LeftReport.objects.get().is_mailed is bool(whom)


def test_whoever_says_it_is_not_asked_whether_it_is_so(member):
    card = contact(team_mailbox=member.email, deputy=contact(user=member, name="Deputy"))
    report_left(by=member, contact=card, words="")
    assert not Message.objects.exists()


def test_said_twice_is_asked_once(member):
    card = contact(team_mailbox="team@upland.example")
    for user in (member, AffiliationFactory().user):
        assert signed_in(user).post(page_of(card), {"words": ""}).status_code == 302
    assert (LeftReport.objects.count(), Message.objects.count()) == (1, 1)


def test_who_may_not(member):
    card, own = contact(), contact(user=member)
    hidden = contact(audience="networks")
    stranger = UserFactory()
    absent = signed_in(member).get(f"/people/{'0' * 13}/left/")
    for client, about in ((signed_in(stranger), card), (signed_in(member), own), (signed_in(member), hidden)):
        for response in (client.get(page_of(about)), client.post(page_of(about), {"words": ""})):
            assert (response.status_code, response.content) == (404, absent.content)
    assert Client().get(page_of(card))["Location"].startswith("/sign-in/")
    with pytest.raises(NotTheirs):
        report_left(by=stranger, contact=card, words="")
    assert not LeftReport.objects.exists()


@pytest.mark.parametrize("words", ["x" * 201, "x" * 100_000, "a\x00b"])
def test_what_cannot_be_taken(member, words):
    response = signed_in(member).post(page_of(contact()), {"words": words})
    assert response.status_code == 422
    assert not LeftReport.objects.exists()


def test_so_many_a_day(member, monkeypatch):
    monkeypatch.setattr(persons, "LEFT_A_DAY", persons.Rate("left reports", 1, 3600))
    client = signed_in(member)
    assert client.post(page_of(contact()), {"words": ""}).status_code == 302
    assert client.post(page_of(contact()), {"words": ""}).status_code == 429
    assert LeftReport.objects.count() == 1


# --- To answer it ---------------------------------------------------------------------------------------------------


def asked(member, **fields) -> tuple[Contact, str]:
    card = contact(**{"team_mailbox": "team@upland.example", **fields})
    report = report_left(by=member, contact=card, words="Her post <went>.")
    return card, f"/people/left/{LINK.token_for(report.pk)}/"


def test_the_mail_leads_to_a_page_with_two_buttons(member, now):
    asked(member)
    now.return_value = noon(TODAY + datetime.timedelta(days=1))
    deliver_mail(now=now.return_value)
    (sent,) = mail.outbox
    assert "went" not in sent.body
    found = next(line for line in sent.body.splitlines() if "/people/left/" in line)
    page = Client().get(found[found.index("/people/left/") :]).content.decode()
    assert "Her post &lt;went&gt;." in page
    assert member.email not in page
    assert member.name not in page


def test_a_scanner_changes_nothing(member):
    card, path = asked(member)
    for method in ("get", "head"):
        response = getattr(Client(), method)(path)
        assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex")
    assert LeftReport.objects.get().state == "asked"
    assert Contact.objects.get(pk=card.pk).archived_on is None


def test_yes_takes_the_card_down_and_tells_its_person(member):
    card, path = asked(member)
    assert Client().post(path, {"answer": "left"}).status_code == 200
    card.refresh_from_db()
    assert card.archived_on == TODAY
    assert LeftReport.objects.get().state == "left"
    assert Message.objects.get(kind="card_down").user == card.user


def test_no_confirms_it(member):
    card, path = asked(member, verified_on=TODAY - datetime.timedelta(days=100))
    Client().post(path, {"answer": "here"})
    card.refresh_from_db()
    assert (card.verified_on, card.archived_on, LeftReport.objects.get().state) == (TODAY, None, "here")


def test_replay_is_harmless(member):
    card, path = asked(member)
    Client().post(path, {"answer": "here"})
    response = Client().post(path, {"answer": "left"})
    assert (response.status_code, "This was answered" in response.content.decode()) == (200, True)
    assert Contact.objects.get(pk=card.pk).archived_on is None


@pytest.mark.parametrize("said", ["", "perhaps", "\x00", "9" * 30])
def test_a_button_that_is_none(member, said):
    _card, path = asked(member)
    assert Client().post(path, {"answer": said}).status_code == 422
    assert LeftReport.objects.get().state == "asked"


def test_run_out(member, now):
    card, path = asked(member)
    now.return_value = noon(TODAY + datetime.timedelta(days=43))
    assert "has run out" in Client().post(path, {"answer": "left"}).content.decode()
    assert Contact.objects.get(pk=card.pk).archived_on is None


def test_forged(member):
    _card, path = asked(member)
    for address in (path[:-2] + ("A/" if path[-2] != "A" else "B/"), "/people/left/guess/"):
        assert Client().get(address).status_code == 404
        assert Client().post(address, {"answer": "left"}).status_code == 404


def test_the_person_said_so_first(member):
    """An answer of their own settles it."""
    card, path = asked(member)
    signed_in(card.user).post("/account/card/", {"do": "confirm"})
    assert LeftReport.objects.get().state == "here"
    assert "This was answered" in Client().get(path).content.decode()


# --- Where nobody could be asked ------------------------------------------------------------------------------------


@pytest.fixture
def team():
    user = AffiliationFactory().user
    give_role(user, Role.PROGRAMME_TEAM)
    return signed_in(user)


def test_the_programme_team_looks_into_it(member, team):
    card, nobody = contact(), contact(name="Without Reports")
    report = report_left(by=member, contact=card, words="Her post went.")
    page = team.get("/people/at-risk/").content.decode()
    assert "Ann Example" in page
    assert "Her post went." in page
    assert nobody.name not in page
    assert team.post("/people/at-risk/", {"report": report.public_id, "answer": "left"}).status_code == 302
    card.refresh_from_db()
    assert card.archived_on == TODAY
    assert "Ann Example" not in team.get("/people/at-risk/").content.decode()


def test_what_was_mailed_is_theirs_after_four_weeks(member, team, now):
    asked(member)
    assert "Ann Example" not in team.get("/people/at-risk/").content.decode()
    now.return_value = noon(TODAY + datetime.timedelta(days=28))
    team.get("/people/at-risk/")
    assert LeftReport.objects.for_team(timezone.localdate()).exists()


def test_nobody_of_the_team_decides_about_what_they_said_or_may_not_see(team, member):
    user = AffiliationFactory().user
    give_role(user, Role.PROGRAMME_TEAM)
    own = report_left(by=user, contact=contact(name="Own Report"), words="")
    hidden = report_left(by=member, contact=contact(name="Hidden Card", audience="networks"), words="")
    for client, report in ((signed_in(user), own), (team, hidden)):
        assert report.contact.name not in client.get("/people/at-risk/").content.decode()
        assert client.post("/people/at-risk/", {"report": report.public_id, "answer": "left"}).status_code == 422
    assert LeftReport.objects.waiting().count() == 2


def test_reports_are_erased_after_ninety_days(member):
    report_left(by=member, contact=contact(), words="")
    assert erase_old_left_reports(today=TODAY + datetime.timedelta(days=90)) == 0
    assert erase_old_left_reports(today=TODAY + datetime.timedelta(days=91)) == 1


def test_without_compare_and_set_the_second_answer_would_count(member, monkeypatch):
    card, _path = asked(member)
    one, other = (LeftReport.objects.get() for _number in range(2))
    assert left_actions.answer_left(report=one, left=False, by="test")
    assert not left_actions.answer_left(report=other, left=True, by="test")
    assert Contact.objects.get(pk=card.pk).archived_on is None
