"""Whoever holds a role shows a second factor before any page: an app, a passkey, or a recovery code."""

import json
import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from learning_portal.common import second_factor, staff_sessions
from learning_portal.common.models import AuditEvent, Role, User
from tests.access_table import ROWS
from tests.cast import build_stage
from tests.factories import UserFactory
from tests.passkeys import Passkey
from tests.signing_in import SECRET, set_up_app, sign_in_without_second_factor
from tests.strength import some
from tests.worlds import savepoint

pytestmark = pytest.mark.django_db

HOME, ACCOUNT = reverse("site:home"), reverse("common:account")
SET_UP, APP, SHOW, AGAIN = map(reverse, ["mfa_index", "mfa_activate_totp", "mfa_authenticate", "mfa_reauthenticate"])
PASSKEY, RECOVERY = reverse("mfa_add_webauthn"), reverse("mfa_view_recovery_codes")
ASK, CODE = reverse("account_request_login_code"), reverse("account_confirm_login_code")


@pytest.fixture(autouse=True)
def forget_used_codes():
    """allauth keeps in the cache which codes of apps were used, over all tests."""
    cache.clear()


@pytest.fixture
def moderator() -> User:
    return in_role(Role.MODERATOR, "gwenda@council.example")


def in_role(role: str, email: str) -> User:
    user = UserFactory(email=email, is_staff=role == "staff")
    EmailAddress.objects.filter(user=user).update(verified=True)
    if role != "staff":
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def app_code(secret: str = SECRET, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def type_mailed_code(client: Client, user: User, **more):
    client.post(ASK, {"email": user.email, **more})
    [code] = re.findall(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.outbox[-1].body, re.MULTILINE)
    return client.post(CODE, {"code": code, **more})


def opens(client: Client, page: str = ACCOUNT) -> bool:
    return client.get(page).status_code == 200


# --- Before any page ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [*Role.values, "staff"])
def test_without_it_every_role_is_led_to_set_it_up(client, role):
    sign_in_without_second_factor(client, in_role(role, "a@council.example"))
    for page in (ACCOUNT, HOME, reverse("admin:index"), reverse("stories:story-list")):
        assert client.get(page)["Location"] == SET_UP
    assert "Before you go on" in client.get(SET_UP).content.decode()


def test_without_a_role_nobody_needs_it(client):
    sign_in_without_second_factor(client, UserFactory())
    assert opens(client)


def test_a_role_that_is_given_asks_at_the_next_request_and_one_that_is_lost_asks_no_more(client):
    user = UserFactory()
    sign_in_without_second_factor(client, user)
    assert opens(client)
    user.groups.add(Group.objects.create(name=Role.CUSTODIAN))
    assert client.get(ACCOUNT)["Location"] == SET_UP
    user.groups.clear()
    assert opens(client)


@some("role", ["moderator", "programme_team", "staff"], enough=["programme_team"])
def test_no_page_of_the_table_opens_without_it(role, client):
    stage = build_stage()
    user = stage.users[role]
    Authenticator.objects.filter(user=user).delete()
    sign_in_without_second_factor(client, user)
    stage.cookies[role] = client.cookies["sessionid"].value
    asked = [row for row in ROWS if not row.developer and row.before is bool]
    opened = {row.pattern for row in asked if _opens(stage, role, row)}
    assert opened <= OPEN, opened - OPEN


def _opens(stage, role: str, row) -> bool:
    browser = stage.client(role)
    with savepoint():
        return row.answers(role).get("GET") == 200 and browser.get(row.address(stage)).status_code == 200


OPEN = {
    "about/",
    "accessibility/",
    "privacy/",
    "cookies/",
    "feedback/",
    "health/",
    "tell/receipt/",  # who has a receipt is not asked who they are
    "sign-in/out/",
    "account/second-factor/",
    "account/second-factor/app/",
    "account/second-factor/passkeys/add/",
    "account/second-factor/recovery/new/",  # makes none for whoever has set up nothing
}


def test_the_guard_is_what_keeps_them_out(client, moderator, monkeypatch):
    monkeypatch.setattr(staff_sessions, "_ask_for_second_factor", lambda request: None)
    sign_in_without_second_factor(client, moderator)
    assert opens(client)


def test_the_way_out_is_open(client, moderator):
    sign_in_without_second_factor(client, moderator)
    assert client.post(reverse("account_logout"))["Location"] == HOME
    assert client.get(HOME).status_code == 200


# --- An app ---------------------------------------------------------------------------------------------------------


def secret_on(page: str) -> str:
    return re.search(r'lp-key" translate="no">([A-Z2-7 ]+)<', page)[1].replace(" ", "")


@pytest.mark.django_db(transaction=True)  # what the app proves is noted once it is committed
def test_an_app_is_set_up_with_recovery_codes_and_one_goes_on_where_one_was(client, moderator):
    sign_in_without_second_factor(client, moderator)
    client.get(reverse("mfa_index"))
    client.get(f"{reverse('stories:story-list')}?q=tablets")
    page = client.get(APP).content.decode()
    assert "data:image/svg+xml;base64," in page
    assert client.post(APP, {"code": app_code(secret_on(page))})["Location"] == RECOVERY
    page = client.get(RECOVERY).content.decode()
    assert "/stories/?q=tablets" in page
    assert len(re.findall(r"<li>\d{8}</li>", page)) == 10
    assert opens(client)


def test_the_secret_is_not_in_the_database(client, moderator):
    sign_in_without_second_factor(client, moderator)
    secret = secret_on(client.get(APP).content.decode())
    client.post(APP, {"code": app_code(secret)})
    kept = Authenticator.objects.get(user=moderator, type="totp").data["secret"]
    assert secret not in kept
    assert second_factor.MFAAdapter().decrypt(kept) == secret


def test_with_another_key_of_the_portal_no_code_fits(moderator, settings):
    set_up_app(moderator)
    settings.SECRET_KEY = "another"
    assert not Authenticator.objects.get(user=moderator, type="totp").wrap().validate_code(app_code())


def test_a_wrong_code_sets_nothing_up(client, moderator):
    sign_in_without_second_factor(client, moderator)
    client.get(APP)
    response = client.post(APP, {"code": "000000"})
    assert "There is a problem" in response.content.decode()
    assert not Authenticator.objects.filter(user=moderator).exists()


def test_after_the_mailed_code_the_app_is_asked_for(client, moderator):
    set_up_app(moderator)
    assert type_mailed_code(client, moderator, next=ACCOUNT)["Location"] == SHOW
    assert not opens(client)
    assert client.post(SHOW, {"code": app_code()})["Location"] == ACCOUNT
    assert opens(client)
    assert Authenticator.objects.get(user=moderator, type="totp").last_used_at is None


def test_a_code_of_the_app_works_once(moderator):
    set_up_app(moderator)
    one, other = Client(), Client()
    for client in (one, other):
        type_mailed_code(client, moderator)
    code = app_code()
    one.post(SHOW, {"code": code})
    other.post(SHOW, {"code": f"{code[:3]} {code[3:]}"})
    assert (opens(one), opens(other)) == (True, False)


def test_the_sixth_wrong_one_is_refused_before_it_is_looked_at(client, moderator):
    set_up_app(moderator)
    type_mailed_code(client, moderator)
    assert [client.post(SHOW, {"code": "000000"}).status_code for _ in range(5)] == [200] * 5
    response = client.post(SHOW, {"code": app_code()})
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 300
    assert not opens(client)


def test_a_session_from_before_shows_it_again(client, moderator):
    sign_in_without_second_factor(client, moderator)
    set_up_app(moderator)
    assert client.get(ACCOUNT)["Location"].startswith(f"{AGAIN}?next=")
    assert client.post(f"{AGAIN}?next={ACCOUNT}", {"code": app_code(), "next": ACCOUNT})["Location"] == ACCOUNT
    assert opens(client)


def test_what_was_taken_away_proves_nothing(client, moderator):
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    assert opens(client)
    Authenticator.objects.filter(user=moderator).delete()
    assert client.get(ACCOUNT)["Location"] == SET_UP


def test_removing_it_needs_it(client, moderator):
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    remove = reverse("mfa_deactivate_totp")
    assert client.post(remove)["Location"].startswith(AGAIN)
    assert Authenticator.objects.filter(user=moderator, type="totp").exists()


# --- Recovery -------------------------------------------------------------------------------------------------------


def test_a_recovery_code_opens_once(moderator):
    set_up_app(moderator)
    codes = RecoveryCodes(Authenticator.objects.get(user=moderator, type="recovery_codes")).get_unused_codes()
    one, other = Client(), Client()
    for client in (one, other):
        type_mailed_code(client, moderator)
        client.post(SHOW, {"code": codes[0]})
    assert (opens(one), opens(other)) == (True, False)


# --- A passkey ------------------------------------------------------------------------------------------------------


def options_on(page: str) -> dict:
    return json.loads(re.search(r'<script id="passkey-options" type="application/json">(.+?)</script>', page)[1])


@pytest.fixture
def passkey(moderator, client, settings) -> Passkey:
    """A passkey that the moderator has added."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
    sign_in_without_second_factor(client, moderator)
    key = Passkey()
    options = options_on(client.get(PASSKEY, secure=True).content.decode())
    response = client.post(PASSKEY, {"name": "Blue key", "credential": key.create(options)}, secure=True)
    assert response["Location"] == RECOVERY
    return key


def test_a_passkey_is_added_and_opens(client, moderator, passkey):
    assert opens(client)
    assert "Blue key" in client.get(SET_UP).content.decode()
    later = Client()
    type_mailed_code(later, moderator)
    options = options_on(later.get(SHOW, secure=True).content.decode())
    later.post(SHOW, {"credential": passkey.get(options)}, secure=True)
    assert opens(later)


def test_another_passkey_opens_nothing(moderator, passkey):
    later, other = Client(), Passkey()
    other.id = passkey.id
    type_mailed_code(later, moderator)
    options = options_on(later.get(SHOW, secure=True).content.decode())
    later.post(SHOW, {"credential": other.get(options)}, secure=True)
    assert not opens(later)


def test_it_is_shown_again_in_a_session_from_before(moderator, passkey):
    later = Client()
    sign_in_without_second_factor(later, moderator)
    page = reverse("mfa_reauthenticate_webauthn")
    options = options_on(later.get(page, secure=True).content.decode())
    later.post(page, {"credential": passkey.get(options)}, secure=True)
    assert opens(later)


@pytest.mark.parametrize("credential", ["", "null", "[]", "{}", "1", '"a"', '{"id": "a", "response": {}}', "\x00"])
@pytest.mark.parametrize("page", [PASSKEY, SHOW])
def test_what_is_no_passkey(moderator, passkey, credential, page, client):
    if page == SHOW:
        client = Client()
        type_mailed_code(client, moderator)
    options_on(client.get(page, secure=True).content.decode())
    assert client.post(page, {"name": "", "credential": credential}, secure=True).status_code == 200


def test_recovery_codes_are_made_for_nobody_who_has_set_up_nothing(client, moderator):
    sign_in_without_second_factor(client, moderator)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert not Authenticator.objects.filter(user=moderator).exists()


def test_whoever_lost_everything_is_given_a_new_start(client, moderator):
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    call_command("forget_second_factor", " Gwenda@council.example ")
    assert client.get(ACCOUNT)["Location"] == SET_UP
    assert AuditEvent.objects.get().verb == "forgot second factor"
    with pytest.raises(CommandError):
        call_command("forget_second_factor", "nobody@council.example")


def test_on_a_developer_s_machine_a_command_stands_for_the_app(moderator, settings, capsys):
    set_up_app(moderator)
    with pytest.raises(CommandError):
        call_command("app_code", moderator.email)
    settings.DEBUG = True
    for given in ([moderator.email], [SECRET[:16], SECRET[16:]], [f"{SECRET[:16]} {SECRET[16:]}"]):
        call_command("app_code", *given)
        assert capsys.readouterr().out.strip() in {app_code(), app_code(step=-1)}
    for wrong in ("nobody@council.example", "1"):
        with pytest.raises(CommandError):
            call_command("app_code", wrong)


def test_on_a_developer_s_machine_the_pages_name_it(client, moderator, settings):
    settings.DEBUG = True
    sign_in_without_second_factor(client, moderator)
    assert "manage.py app_code with this key" in client.get(APP).content.decode()
    set_up_app(moderator)
    later = Client()
    type_mailed_code(later, moderator)
    assert "manage.py app_code with your address" in later.get(SHOW).content.decode()
