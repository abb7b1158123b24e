"""Where people work: what their address shows, whom they name, and who confirms it."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from learning_portal.common.mail.compose import mail_of
from learning_portal.common.models import AuditEvent, Message, Role, User
from learning_portal.common.public_ids import encode
from networks import domains
from networks.choices import Kind
from networks.domains import bodies_of, declares, domain_of
from networks.models import Affiliation, Sponsorship
from networks.work_actions import NotTheirs, ask_sponsor, decide, erase_old_sponsorships, follow_domains, work_by_domain
from tests.factories import AffiliationFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

WORK, ASK = reverse("networks:work"), reverse("networks:work-ask")
LIST, ACCOUNT = reverse("networks:sponsorship-list"), reverse("common:account")


def person(email: str, *, proved: bool = True, **fields) -> User:
    user = UserFactory(email=email, **fields)
    EmailAddress.objects.filter(user=user).update(verified=proved)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def is_front_line(user: User) -> bool:
    return Affiliation.objects.filter(user=user).front_line().exists()


@pytest.fixture
def council():
    return OrganisationFactory(name_en="Powys", email_domains="powys.example|powys.cymru.example")


# --- Domains --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "domain", "expected"),
    [
        ("powys.gov.uk", "powys.gov.uk", True),
        ("a.example| Powys.gov.uk ", "powys.gov.uk", True),
        ("powys.gov.uk", "schools.powys.gov.uk", False),
        (".powys.gov.uk", "schools.powys.gov.uk", True),
        (".powys.gov.uk", "powys.gov.uk", False),
        (".powys.gov.uk", "notpowys.gov.uk", False),
        ("powys.gov.uk", "x-powys.gov.uk", False),
        ("powys.gov.uk", "powys.gov.uk.evil.example", False),
        ("gov.uk", "powys.gov.uk", False),
        ("", "powys.gov.uk", False),
        ("|", "", False),
    ],
)
def test_what_is_declared(entries, domain, expected):
    assert declares(entries, domain) is expected


@pytest.mark.parametrize(
    "email",
    [
        "",
        "a",
        "a@",
        "@",
        "a@b",
        "a@powуs.gov.uk",
        "a@POWYS.gov.uk\n",
        "a@powys..uk",
        "a@[1.2.3.4]",
        "a@.gov.uk",
        "a@%.uk",
    ],
)
def test_what_is_no_domain(email):
    assert domain_of(email) == ""


@given(st.text(), st.text(alphabet="abc.-|", max_size=30))
def test_only_a_plain_domain_comes_out_and_it_matches_only_itself(text, entries):
    domain = domain_of(f"a@{text}")
    assert domain == "" or domain == text.rpartition("@")[2].lower()
    if domain and declares(entries, domain):
        assert domain in entries.split("|") or any(
            entry[:1] == "." and domain.endswith(entry) for entry in entries.split("|")
        )


def test_the_last_at_sign_counts():
    assert domain_of("a@powys.example@evil.example") == "evil.example"


def test_merged_bodies_lead_to_what_they_became(council):
    OrganisationFactory(email_domains="old.example", replaced_by=council)
    assert bodies_of("old.example") == [council]
    assert bodies_of("powys.example") == [council]
    assert bodies_of("wys.example") == []


# --- By the address -------------------------------------------------------------------------------------------------


def test_one_body_is_found_and_confirmed(council):
    user = person("sian@powys.example")
    client = signed_in(user)
    page = client.get(WORK).content.decode()
    assert "Powys" in page
    response = client.post(WORK, {"organisation": council.pk, "capacity": "employee"})
    assert response["Location"] == reverse("networks:interests")
    affiliation = Affiliation.objects.get(user=user)
    assert (affiliation.organisation, affiliation.verified_by, affiliation.domain) == (
        council,
        "e-mail domain",
        "powys.example",
    )
    assert is_front_line(user)


@pytest.mark.parametrize("capacity", ["elected", "contractor"])
def test_elected_members_and_contractors_are_not_front_line(council, capacity):
    user = person("sian@powys.example")
    signed_in(user).post(WORK, {"organisation": council.pk, "capacity": capacity})
    assert Affiliation.objects.filter(user=user).verified().exists()
    assert not is_front_line(user)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"capacity": "employee"},
        {"organisation": "other", "capacity": "employee"},
        {"organisation": "own", "capacity": "chief"},
        {"organisation": "own"},
        {"organisation": "\x00", "capacity": "employee"},
    ],
)
def test_nothing_that_a_browser_says_is_trusted(council, form):
    other = OrganisationFactory(email_domains="other.example")
    keys = {"own": council.pk, "other": other.pk}
    form = {name: keys.get(value, value) for name, value in form.items()}
    user = person("sian@powys.example")
    assert signed_in(user).post(WORK, form).status_code == 422
    assert not Affiliation.objects.exists()


def test_an_address_that_was_not_proved_shows_nothing(council):
    user = person("sian@powys.example", proved=False)
    assert "Powys" not in signed_in(user).get(WORK).content.decode()
    with pytest.raises(NotTheirs):
        work_by_domain(by=user, organisation=council, capacity="employee")


def test_that_guard_is_what_refuses(council, monkeypatch):
    monkeypatch.setattr("networks.work_actions.proved_domain", lambda user: domains.domain_of(user.email))
    work_by_domain(by=person("a@powys.example", proved=False), organisation=council, capacity="employee")
    assert Affiliation.objects.exists()


def test_of_several_that_share_a_domain_one_is_picked():
    boards = [OrganisationFactory(kind=Kind.HEALTH_BOARD, email_domains="wales.example") for _ in range(3)]
    user = person("sian@wales.example")
    page = signed_in(user).get(WORK).content.decode()
    assert all(board.name in page for board in boards)
    signed_in(user).post(WORK, {"organisation": boards[1].pk, "capacity": "employee"})
    assert is_front_line(user)


def test_a_shared_domain_is_front_line_only_where_all_its_bodies_are():
    board = OrganisationFactory(kind=Kind.HEALTH_BOARD, email_domains="wales.example")
    user = person("sian@wales.example")
    work_by_domain(by=user, organisation=board, capacity="employee")
    assert is_front_line(user)
    agency = OrganisationFactory(kind=Kind.AGENCY, email_domains="wales.example")
    assert follow_domains() == 1
    assert not is_front_line(user)
    assert Affiliation.objects.filter(user=user).verified().exists()
    agency.email_domains = ""
    agency.save()
    assert (follow_domains(), follow_domains()) == (1, 0)
    assert is_front_line(user)


def test_whoever_has_left_reads_no_more(council):
    user = person("sian@powys.example")
    client = signed_in(user)
    client.post(WORK, {"organisation": council.pk, "capacity": "employee"})
    key = Affiliation.objects.get(user=user).pk
    assert signed_in(person("b@powys.example")).post(reverse("networks:work-leave", args=[key])).status_code == 404
    assert client.post(reverse("networks:work-leave", args=[key])).status_code == 302
    assert not is_front_line(user)
    assert client.post(reverse("networks:work-leave", args=[key])).status_code == 404


# --- By a colleague -------------------------------------------------------------------------------------------------

FORM = {"name": "Siân", "organisation": "Powys", "capacity": "employee", "sponsor": "owain@powys.example"}


@pytest.fixture
def colleague(council) -> User:
    user = person("owain@powys.example")
    AffiliationFactory(user=user, organisation=council)
    return user


@pytest.fixture
def stranger() -> User:
    return person("sian@gmail.example")


@pytest.fixture
def team() -> User:
    user = person("tom@team.example")
    user.groups.add(Group.objects.create(name=Role.PROGRAMME_TEAM))
    return user


def page_of(asked: Sponsorship) -> str:
    return f"/colleagues/{encode(asked.pk)}/"


def test_a_colleague_confirms(colleague, stranger, council):
    assert signed_in(stranger).post(ASK, FORM).status_code == 302
    [mail] = Message.objects.all()
    asked = Sponsorship.objects.get()
    assert (mail.user, mail.kind, mail.context) == (
        colleague,
        "sponsor_asked",
        {"email": "sian@gmail.example", "key": asked.pk},
    )
    assert page_of(asked) in mail_of(mail).body
    assert not Affiliation.objects.filter(user=stranger).exists()
    client = signed_in(colleague)
    assert "sian@gmail.example" in client.get(page_of(asked)).content.decode()
    assert client.post(page_of(asked), {"answer": "confirm"})["Location"] == ACCOUNT
    assert is_front_line(stranger)
    assert Affiliation.objects.get(user=stranger).verified_by == colleague.email
    assert AuditEvent.objects.get().verb == "confirmed where somebody works"
    assert client.get(page_of(asked)).status_code == 404


def test_a_colleague_refuses(colleague, stranger):
    signed_in(stranger).post(ASK, FORM)
    signed_in(colleague).post(page_of(Sponsorship.objects.get()), {"answer": "refuse"})
    assert not Affiliation.objects.filter(user=stranger).exists()


@pytest.mark.parametrize("sponsor", ["", "nobody@powys.example", "sian@gmail.example", "elsewhere@other.example"])
def test_whoever_is_named_the_answer_is_the_same(colleague, stranger, sponsor):
    AffiliationFactory(user=person("elsewhere@other.example"))
    other = person("other@gmail.example")
    good, bad = signed_in(other).post(ASK, FORM), signed_in(stranger).post(ASK, {**FORM, "sponsor": sponsor})
    assert (good.status_code, good["Location"]) == (bad.status_code, bad["Location"])
    assert Sponsorship.objects.get(user=stranger).sponsor is None
    assert not Message.objects.exclude(user=colleague).exists()


@pytest.mark.parametrize("how", ["left", "contractor", "somebody else", "asker", "too late"])
def test_only_a_colleague_who_works_there_now_confirms(colleague, stranger, how):
    signed_in(stranger).post(ASK, FORM)
    asked = Sponsorship.objects.get()
    theirs = Affiliation.objects.filter(user=colleague)
    if how == "left":
        theirs.update(ended_on=datetime.date(2026, 11, 1))
    elif how == "contractor":
        theirs.update(capacity="contractor")
    elif how == "too late":
        Sponsorship.objects.update(expires_on=datetime.date(2026, 1, 1))
    by = {"somebody else": person("x@powys.example"), "asker": stranger}.get(how, colleague)
    assert signed_in(by).get(page_of(asked)).status_code == 404
    assert signed_in(by).post(page_of(asked), {"answer": "confirm"}).status_code == 404
    assert not Affiliation.objects.filter(user=stranger).exists()


def test_nobody_gives_more_than_they_have(colleague, stranger):
    Affiliation.objects.filter(user=colleague).update(is_mixed=True)
    signed_in(stranger).post(ASK, FORM)
    signed_in(colleague).post(page_of(Sponsorship.objects.get()), {"answer": "confirm"})
    assert Affiliation.objects.filter(user=stranger).verified().exists()
    assert not is_front_line(stranger)


def test_two_answers_at_once_are_one(colleague, stranger, team):
    signed_in(stranger).post(ASK, FORM)
    asked = Sponsorship.objects.get()
    assert decide(by=colleague, asked=asked, confirm=False)
    assert not decide(by=team, asked=asked, confirm=True)
    assert not Affiliation.objects.filter(user=stranger).exists()


def test_the_programme_team_sees_who_waits_and_confirms(council, stranger, team):
    signed_in(stranger).post(ASK, {**FORM, "sponsor": ""})
    client = signed_in(team)
    page = client.get(LIST).content.decode()
    assert "Siân" in page
    assert page_of(Sponsorship.objects.get()) in page
    assert client.post(page_of(Sponsorship.objects.get()), {"answer": "confirm"})["Location"] == LIST
    assert is_front_line(stranger)
    assert "Nobody waits" in client.get(LIST).content.decode()


def test_the_team_does_not_confirm_itself(council, team):
    asked = ask_sponsor(by=team, organisation=council, capacity="employee", name="Tom")
    with pytest.raises(NotTheirs):
        decide(by=team, asked=asked, confirm=True)
    assert signed_in(team).get(page_of(asked)).status_code == 404


def test_for_others_there_is_no_list(stranger):
    assert signed_in(stranger).get(LIST).status_code == 404


def test_one_question_at_a_time_and_a_few_a_day(colleague, stranger):
    client = signed_in(stranger)
    assert [client.post(ASK, FORM).status_code for _ in range(6)] == [302] * 5 + [422]
    assert Sponsorship.objects.filter(user=stranger).count() == 1


def test_old_questions_are_erased(council, stranger):
    ask_sponsor(by=stranger, organisation=council, capacity="employee", name="Siân")
    assert erase_old_sponsorships() == 0
    Sponsorship.objects.update(expires_on=datetime.date(2026, 1, 1))
    assert erase_old_sponsorships() == 1


@pytest.mark.parametrize("wrong", [{"name": ""}, {"organisation": "Nowhere"}, {"capacity": ""}, {"sponsor": "x"}])
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(council, stranger, wrong):
    response = signed_in(stranger).post(ASK, {**FORM, **wrong})
    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page
    assert 'value="owain@powys.example"' in page or "sponsor" in wrong


def test_the_page_says_where_others_see_it(stranger):
    page = signed_in(stranger).get(reverse("networks:work")).content.decode()
    assert "shown to nobody" not in page
    assert "Others see it only where you step forward yourself" in page
