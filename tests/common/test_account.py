"""The page of one's own account."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from learning_portal.common.models import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ACCOUNT = reverse("common:account")


def signed_in(client, **fields):
    user = UserFactory(**fields)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def test_who_one_is_signed_in_as(client):
    signed_in(client, name="Siân Morgan", email="sian@council.example")
    page = client.get(ACCOUNT).content.decode()
    for words in ("Siân Morgan", "sian@council.example", "Reader", "Sign out"):
        assert words in page
    assert f'action="{reverse("account_logout")}"' in page


def test_roles_in_words(client):
    user = signed_in(client)
    for role in (Role.MODERATOR, Role.CUSTODIAN):
        user.groups.add(Group.objects.create(name=role))
    user.groups.add(Group.objects.create(name="something else"))
    page = client.get(ACCOUNT).content.decode()
    assert "Moderator" in page
    assert "Custodian" in page
    assert "something else" not in page


@pytest.mark.parametrize("is_staff", [True, False])
def test_reference_data_are_for_staff(client, is_staff):
    signed_in(client, is_staff=is_staff)
    assert (reverse("admin:index") in client.get(ACCOUNT).content.decode()) is is_staff


def test_without_a_name_nothing_is_made_up(client):
    signed_in(client, name="")
    assert "None" not in client.get(ACCOUNT).content.decode()


def test_a_visitor_signs_in_first_and_comes_back(client):
    response = client.get(ACCOUNT)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_request_login_code')}?next={ACCOUNT}"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(client, method):
    signed_in(client)
    assert getattr(client, method)(ACCOUNT).status_code == 405


def test_signing_out_forgets_the_plans(client):
    signed_in(client)
    plan = client.post(reverse("stories:plan-create"), {"text": "Tablets for home carers"})["Location"]
    assert client.get(plan).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(plan).status_code == 404
    assert client.get(ACCOUNT).status_code == 302


def test_to_look_at_signing_out_is_not_to_sign_out(client):
    signed_in(client)
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(ACCOUNT).status_code == 200


def test_a_closed_account_is_signed_out_at_the_next_request(client):
    user = signed_in(client)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(ACCOUNT).status_code == 302
