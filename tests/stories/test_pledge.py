"""A senior person puts their name to candour, on the page of their organisation, for a year."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from learning_portal.common.models import Role
from networks.models import Affiliation, Organisation, Pledge
from networks.pledges import NotTheirs, erase_old_pledges, pledge, take_back
from tests.cast import give_role
from tests.factories import AffiliationFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
SIGNED = {"name": "Ann Example", "role": "Chief Executive"}
TODAY = datetime.date(2026, 11, 25)


@pytest.fixture
def here() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def chief(client, here):
    person = AffiliationFactory(organisation=here).user
    client.force_login(person, backend=BACKEND)
    return person


def page_of(client, organisation: Organisation) -> str:
    return client.get(reverse("stories:organisation-detail", args=[organisation.code])).content.decode()


def test_it_is_given_renewed_and_taken_back(client, chief, here):
    address = reverse("stories:pledge", args=[here.code])
    assert address in page_of(client, here)
    assert client.post(address, SIGNED).status_code == 302
    assert client.post(address, {**SIGNED, "role": "Chair"}).status_code == 302
    assert Pledge.objects.get().role == "Chair"
    client.logout()
    assert "Ann Example, Chair" in page_of(client, here)
    client.force_login(chief, backend=BACKEND)
    client.post(address, {"remove": str(Pledge.objects.get().pk)})
    assert not Pledge.objects.exists()


def test_after_a_year_it_is_gone(chief, here):
    pledge(by=chief, organisation=here, today=TODAY, **SIGNED)
    day = datetime.timedelta(days=1)
    assert Pledge.objects.standing(TODAY + 364 * day).exists()
    assert not Pledge.objects.standing(TODAY + 365 * day).exists()
    assert erase_old_pledges(today=TODAY + 364 * day) == 0
    assert erase_old_pledges(today=TODAY + 365 * day) == 1


def test_it_goes_with_the_job(client, chief, here):
    pledge(by=chief, organisation=here, **SIGNED)
    Affiliation.objects.update(ended_on=timezone.localdate())
    assert "Ann Example" not in page_of(client, here)


@pytest.mark.parametrize("fields", [{"capacity": "elected"}, {"capacity": "contractor"}, {"ended_on": TODAY}])
def test_only_employees_give_one(client, here, fields):
    person = AffiliationFactory(organisation=here, **fields).user
    client.force_login(person, backend=BACKEND)
    assert client.post(reverse("stories:pledge", args=[here.code]), SIGNED).status_code == 404
    assert "Put your name to candour" not in page_of(client, here)
    with pytest.raises(NotTheirs):
        pledge(by=person, organisation=here, **SIGNED)


def test_a_body_that_does_not_exist_is_the_same_as_another(client, chief):
    elsewhere = client.get(reverse("stories:pledge", args=[OrganisationFactory().code]))
    nowhere = client.get(reverse("stories:pledge", args=["NOWHERE"]))
    assert elsewhere.status_code == nowhere.status_code == 404
    assert elsewhere.content == nowhere.content


@pytest.mark.parametrize("missing", SIGNED)
def test_name_and_role_are_asked_for(client, chief, here, missing):
    response = client.post(reverse("stories:pledge", args=[here.code]), {**SIGNED, missing: ""})
    assert response.status_code == 422
    assert not Pledge.objects.exists()


def test_the_programme_team_takes_off_what_is_abused(client, here):
    given = pledge(by=AffiliationFactory(organisation=here).user, organisation=here, **SIGNED)
    team = UserFactory()
    give_role(team, Role.PROGRAMME_TEAM)
    client.force_login(team, backend=BACKEND)
    assert "Take off the name of Ann Example" in page_of(client, here)
    client.post(reverse("stories:pledge", args=[here.code]), {"remove": str(given.pk)})
    assert not Pledge.objects.exists()


def test_nobody_takes_back_another_ones(client, chief, here):
    given = pledge(by=AffiliationFactory(organisation=here).user, organisation=here, **SIGNED)
    client.post(reverse("stories:pledge", args=[here.code]), {"remove": str(given.pk)})
    assert Pledge.objects.exists()
    with pytest.raises(NotTheirs):
        take_back(by=chief, pledge=given)
    for nonsense in ("", "x", "9" * 30, "-1"):
        answer = client.post(reverse("stories:pledge", args=[here.code]), {"remove": nonsense})
        assert answer.status_code == 404
