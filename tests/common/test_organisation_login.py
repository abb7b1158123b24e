"""Signing in with one's organisation's own login: an OpenID Connect server, played by the test."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from learning_portal.common.models import Role, User
from learning_portal.common.organisation_login import _address
from learning_portal.organisation_logins import OrganisationLogin, apps_of, organisation_logins
from tests.factories import UserFactory
from tests.signing_in import set_up_app

pytestmark = pytest.mark.django_db

ACCOUNT, ASK = reverse("common:account"), reverse("account_request_login_code")
START, BACK = "/sign-in/with/powys/", "/sign-in/with/powys/back/"
LOGIN = OrganisationLogin("powys", "Powys login", "https://login.example", "portal", "secret", ("powys.example",))
CONFIG = {
    "authorization_endpoint": "https://login.example/authorize",
    "token_endpoint": "https://login.example/token",
    "userinfo_endpoint": "https://login.example/me",
    "issuer": "https://login.example",
    "jwks_uri": "https://login.example/keys",
}


@pytest.fixture
def server(settings, monkeypatch) -> dict:
    """What the server tells of whoever signs in."""
    settings.ORGANISATION_LOGINS = [LOGIN]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps_of([LOGIN])}}
    told = {"sub": "1", "email": "sian@powys.example", "email_verified": True, "name": "Siân Morgan", "picture": "x"}
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", CONFIG)
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_fetch_user_info", lambda self, token: dict(told))
    monkeypatch.setattr(OAuth2Client, "get_access_token", lambda self, code, **more: {"access_token": "token"})
    return told


def come_back(client: Client, **query):
    """Go to the server, and come back with what it gives."""
    away = client.get(START, query)
    state = parse_qs(urlsplit(away["Location"]).query)["state"][0]
    return client.get(BACK, {"code": "code", "state": state})


def is_signed_in(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


def test_the_page_offers_it(client, server):
    page = client.get(f"{ASK}?next=/account/").content.decode()
    assert "Powys login" in page
    assert f'href="{START}?next=%2Faccount%2F"' in page


def test_without_one_the_page_says_nothing_of_it(client):
    assert "own login" not in client.get(ASK).content.decode()


def test_it_leads_to_the_server_with_a_proof_of_its_own(client, server):
    away = urlsplit(client.get(START)["Location"])
    query = parse_qs(away.query)
    assert away.netloc == "login.example"
    assert query["redirect_uri"] == [f"http://testserver{BACK}"]
    assert query["code_challenge_method"] == ["S256"]


def test_a_new_person_gets_an_account_with_a_proved_address(client, server):
    assert come_back(client, next=ACCOUNT)["Location"] == ACCOUNT
    assert is_signed_in(client)
    user = User.objects.get(email="sian@powys.example")
    assert (user.name, user.has_usable_password()) == ("Siân Morgan", False)
    assert EmailAddress.objects.get(user=user).verified


def test_somebody_who_has_an_account_gets_into_it(client, server):
    user = UserFactory(email="sian@powys.example")
    EmailAddress.objects.filter(user=user).update(verified=True)
    come_back(client)
    assert is_signed_in(client)
    assert User.objects.count() == 1


def test_what_the_server_tells_besides_and_when_is_not_kept(client, server):
    come_back(client)
    come_back(Client())
    account = SocialAccount.objects.get()
    assert account.extra_data == {}
    assert account.last_login == account.date_joined


@pytest.mark.parametrize(
    "told",
    [
        {"email": "sian@elsewhere.example"},
        {"email": "sian@notpowys.example"},
        {"email": "sian@sub.powys.example"},
        {"email": "sian@elsewhere.example@powys.example"},
        {"email": "sian@powys.exampIe".replace("I", "\u0131")},
        {"email": ""},
        {"email": None},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": "true"},
        {"email_verified": None},
    ],
)
def test_an_address_for_which_it_does_not_speak_is_refused(client, server, told):
    server.update(told)
    assert come_back(client)["Location"] == ASK
    assert "Ask for a code instead" in client.get(ASK).content.decode()
    assert not is_signed_in(client)
    assert not User.objects.exists()


def test_it_does_not_open_the_account_of_another_body(client, server):
    victim = UserFactory(email="chief@cardiff.example")
    EmailAddress.objects.filter(user=victim).update(verified=True)
    server["email"] = "chief@cardiff.example"
    come_back(client)
    assert not is_signed_in(client)


def test_a_number_that_was_given_to_somebody_else_opens_nothing(server):
    come_back(Client())
    later = Client()
    server["email"] = "new@powys.example"
    come_back(later)
    assert not is_signed_in(later)


def test_a_closed_account_stays_closed(client, server):
    come_back(Client())
    User.objects.update(is_active=False)
    come_back(client)
    assert not is_signed_in(client)


def test_a_role_needs_the_second_factor_here_too(client, server, django_user_model):
    from django.contrib.auth.models import Group

    come_back(Client())
    user = User.objects.get()
    user.groups.add(Group.objects.create(name=Role.MODERATOR))
    set_up_app(user)
    assert come_back(client)["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_coming_back_without_having_left_is_refused(client, server):
    assert client.get(BACK, {"code": "code", "state": "guess"})["Location"] == ASK
    assert not is_signed_in(client)


def test_saying_no_there_leads_back(client, server):
    client.get(START)
    assert client.get(BACK, {"error": "access_denied"}).status_code == 302


def test_a_login_that_is_not_configured_is_not_there(client, server):
    assert client.get("/sign-in/with/nobody/").status_code == 404


# --- The setting ----------------------------------------------------------------------------------------------------

ENTRY = {
    "id": "powys",
    "name": "Powys login",
    "server_url": "https://login.example",
    "client_id": "portal",
    "secret": "secret",
    "domains": ["Powys.example"],
}


def read(monkeypatch, text: str):
    monkeypatch.setenv("ORGANISATION_LOGINS", text)
    return organisation_logins("ORGANISATION_LOGINS")


def test_any_number_of_them(monkeypatch):
    assert read(monkeypatch, "") == []
    assert read(monkeypatch, json.dumps([ENTRY])) == [LOGIN]
    assert len(read(monkeypatch, json.dumps([ENTRY, {**ENTRY, "id": "nhs", "verified": True}]))) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "New one"},
        {"id": "new"},
        {"server_url": "http://login.example"},
        {"domains": []},
        {"domains": ["*"]},
        {"domains": ["example"]},
        {"secret": ""},
        {"verified": "yes"},
        {"colour": "blue"},
        {"domains": 5},
    ],
)
def test_one_that_cannot_be_is_refused(monkeypatch, wrong):
    with pytest.raises(ImproperlyConfigured, match="ORGANISATION_LOGINS"):
        read(monkeypatch, json.dumps([{**ENTRY, **wrong}]))


@pytest.mark.parametrize("text", ["{", "{}5", "5", '["a"]', json.dumps([ENTRY, ENTRY])])
def test_what_is_no_list_is_refused(monkeypatch, text):
    with pytest.raises(ImproperlyConfigured, match="ORGANISATION_LOGINS"):
        read(monkeypatch, text)


def test_the_guard_is_what_refuses(client, server, monkeypatch):
    """Without it the server could open anybody's account."""
    victim = UserFactory(email="chief@cardiff.example")
    EmailAddress.objects.filter(user=victim).update(verified=True)
    server["email"] = "chief@cardiff.example"
    monkeypatch.setattr(f"{_address.__module__}._address", lambda login, setting: login.email_addresses[0])
    come_back(client)
    assert is_signed_in(client)
