"""Signing in with a code that comes by e-mail: there are no passwords."""

import re
import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from learning_portal.common import limits
from learning_portal.common.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ASK, CODE = reverse("account_request_login_code"), reverse("account_confirm_login_code")
NEW, VERIFY = reverse("account_signup"), reverse("account_email_verification_sent")
ACCOUNT = reverse("common:account")
WRONG = "ZZZZZZ"


@pytest.fixture(autouse=True)
def forget_attempts():
    """The limits count in the cache, over all tests."""
    cache.clear()


@pytest.fixture
def user():
    return UserFactory(email="sian@council.example")


def code_of(message) -> str:
    [code] = re.findall(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", message.body, re.MULTILINE)
    return code


def ask(client, email: str, **data):
    return client.post(ASK, {"email": email, **data})


def is_signed_in(client) -> bool:
    return client.get(ACCOUNT).status_code == 200


# --- With an account ------------------------------------------------------------------------------------------------


def test_the_page_asks_for_an_address_and_no_password(client):
    page = client.get(ASK).content.decode()
    assert 'name="email"' in page
    assert 'type="password"' not in page
    assert "there is no password to remember" in page


def test_a_code_arrives_and_signs_in(client, user):
    assert ask(client, user.email)["Location"] == CODE
    [message] = mail.outbox
    assert message.to == [user.email]
    assert user.email in client.get(CODE).content.decode()
    response = client.post(CODE, {"code": code_of(message)})
    assert response["Location"] == reverse("networks:welcome")
    assert is_signed_in(client)


def test_letters_of_any_case_and_spaces_around_them(client, user):
    ask(client, f"  {user.email.upper()} ")
    assert client.post(CODE, {"code": f" {code_of(mail.outbox[0]).lower()} "}).status_code == 302
    assert is_signed_in(client)


def test_one_comes_back_to_where_one_was(client, user):
    ask(client, user.email, next=ACCOUNT)
    response = client.post(CODE, {"code": code_of(mail.outbox[0]), "next": ACCOUNT})
    assert response["Location"] == ACCOUNT


def test_who_has_no_account_yet_comes_back_too(client):
    """Between the two pages the way back is not lost, in either direction."""
    way_back = f"?next={ACCOUNT}".replace("/", "%2F")
    assert f'href="{NEW}{way_back}"' in client.get(f"{ASK}{way_back}").content.decode()
    assert f'href="{ASK}{way_back}"' in client.get(f"{NEW}{way_back}").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_one_is_never_sent_elsewhere(client, user, elsewhere):
    ask(client, user.email, next=elsewhere)
    response = client.post(CODE, {"code": code_of(mail.outbox[0]), "next": elsewhere})
    assert response["Location"] == reverse("networks:welcome")


def test_a_wrong_code_says_so_and_the_sixth_try_is_refused_before_it_is_looked_at(client, user):
    ask(client, user.email)
    for _ in range(5):
        response = client.post(CODE, {"code": WRONG})
        assert "There is a problem" in response.content.decode()
    response = client.post(CODE, {"code": code_of(mail.outbox[0])})
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 15 * 60
    assert not is_signed_in(client)


def test_the_count_is_what_refuses(client, user, monkeypatch):
    monkeypatch.setattr(limits.Rate, "take", lambda rate, key: 0)
    ask(client, user.email)
    for _ in range(5):
        client.post(CODE, {"code": WRONG})
    client.post(CODE, {"code": code_of(mail.outbox[0])})
    assert is_signed_in(client)


@pytest.mark.parametrize("action", ["resend", "change", "nonsense", "verify"])
def test_no_action_gets_round_the_tries(client, user, action):
    ask(client, user.email)
    page = [client.post(CODE, {"code": WRONG, "action": action}).status_code for _ in range(8)]
    assert page[5] == 429 or page.count(302) <= 3


def test_a_code_may_be_pasted_with_spaces(client, user):
    ask(client, user.email)
    code = " ".join(code_of(mail.outbox[0]).replace("-", ""))
    client.post(CODE, {"code": f"\u00a0{code}\u2009"})
    assert is_signed_in(client)


@pytest.mark.parametrize("again", [lambda client, user: ask(client, user.email), lambda client, user: resend(client)])
def test_an_earlier_code_still_in_time_stays_good(client, user, again):
    ask(client, user.email)
    again(client, user)
    first, second = map(code_of, mail.outbox)
    assert first != second
    client.post(CODE, {"code": first})
    assert is_signed_in(client)


def resend(client):
    return client.post(CODE, {"action": "resend"})


def test_a_code_is_good_for_a_quarter_of_an_hour_also_a_second_one(client, user, monkeypatch):
    now = time.time()
    ask(client, user.email)
    monkeypatch.setattr(time, "time", lambda: now + 14 * 60)
    resend(client)
    monkeypatch.setattr(time, "time", lambda: now + 16 * 60)
    first, second = map(code_of, mail.outbox)
    client.post(CODE, {"code": first})
    assert not is_signed_in(client)
    client.post(CODE, {"code": second})
    assert is_signed_in(client)


def test_after_a_quarter_of_an_hour_it_is_good_no_more(client, user, monkeypatch):
    ask(client, user.email)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 15 * 60 + 1)
    client.post(CODE, {"code": code_of(mail.outbox[0])})
    assert not is_signed_in(client)


def test_the_code_of_another_address_is_none_of_this_sign_in(client, user):
    UserFactory(email="other@council.example")
    ask(client, "other@council.example")
    ask(client, user.email)
    client.post(CODE, {"code": code_of(mail.outbox[0])})
    assert not is_signed_in(client)


def test_an_earlier_code_of_a_closed_account_opens_nothing(client, user):
    ask(client, user.email)
    User.objects.filter(pk=user.pk).update(is_active=False)
    ask(client, user.email)
    client.post(CODE, {"code": code_of(mail.outbox[0])})
    assert not is_signed_in(client)


def test_the_plan_is_there_afterwards(client, user):
    plan = client.post(reverse("stories:plan-create"), {"text": "Tablets for home carers"})["Location"]
    ask(client, user.email, next=plan)
    response = client.post(CODE, {"code": code_of(mail.outbox[0]), "next": plan})
    assert response["Location"] == plan
    assert client.get(plan).status_code == 200


def test_a_code_works_once(client, user):
    ask(client, user.email)
    code = code_of(mail.outbox[0])
    client.post(CODE, {"code": code})
    client.post(reverse("account_logout"))
    ask(client, user.email)
    client.post(CODE, {"code": code})
    assert not is_signed_in(client)


def test_a_code_works_in_the_browser_that_asked(client, user):
    ask(client, user.email)
    other = Client()
    other.post(CODE, {"code": code_of(mail.outbox[0])})
    assert not is_signed_in(other)


def test_a_slip_in_the_address_can_be_mended(client, user):
    ask(client, "siam@council.example")
    link = re.search(r'<a[^>]*href="([^"]+)"[^>]*>Use another address', client.get(CODE).content.decode())
    assert 'name="email"' in client.get(link[1], follow=True).content.decode()
    ask(client, user.email)
    client.post(CODE, {"code": code_of(mail.outbox[-1])})
    assert is_signed_in(client)


def test_without_asking_there_is_nothing_to_confirm(client):
    assert client.get(CODE)["Location"] == ASK


@pytest.mark.parametrize("page", [ASK, NEW])
@pytest.mark.parametrize("email", ["sian@council.example", "nobody@council.example"])
def test_asking_again_and_again_is_refused_before_anything_is_looked_up(client, user, email, page):
    answers = [Client().post(page, {"email": email}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert len(mail.outbox) == 3


def test_from_one_place_one_asks_for_so_many_codes(client, user):
    for _number in range(60):
        limits.CODES_FROM.take("127.0.0.1")
    assert ask(client, user.email).status_code == 429


def test_known_or_not_takes_the_same_steps(client, user):
    """The same answer, as many questions to the database, one mail each."""
    ask(Client(), "warm.up@council.example")
    mail.outbox.clear()
    counts, answers = [], []
    for email in (user.email, "nobody@council.example"):
        with CaptureQueriesContext(connection) as queries:
            answers.append(ask(Client(), email))
        counts.append([re.sub(r"'[^']*'|\d+", "?", query["sql"])[:40] for query in queries])
    assert counts[0] == counts[1]
    assert answers[0].content == answers[1].content
    known, unknown = (dict(answer.headers) for answer in answers)
    assert known.pop("Expires") <= unknown.pop("Expires")  # the second in which it was asked
    assert known == unknown
    assert len(mail.outbox) == 2


def test_an_address_without_an_account_looks_the_same(client, user):
    known, unknown = ask(client, user.email), ask(Client(), "nobody@council.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[user.email], ["nobody@council.example"]]
    assert not re.findall(r"^\s*[A-Z0-9]{6,}\s*$", mail.outbox[1].body, re.MULTILINE)


def test_a_closed_account_is_not_opened_by_a_code(client, user):
    User.objects.filter(pk=user.pk).update(is_active=False)
    ask(client, user.email)
    for message in mail.outbox:
        for code in re.findall(r"^\s*([A-Z0-9-]{6,})\s*$", message.body, re.MULTILINE):
            client.post(CODE, {"code": code})
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "email", ["", "x", "a@", "a@b", "\x00", "a\x00@b.example", "x" * 5_000 + "@b.example", "\U0001f600"]
)
def test_an_address_that_is_none(client, email):
    response = ask(client, email)
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize("code", ["", "\x00", "x" * 5_000, "\U0001f600", "' OR 1=1"])
def test_a_code_that_is_none(client, user, code):
    ask(client, user.email)
    assert client.post(CODE, {"code": code}).status_code == 200
    assert not is_signed_in(client)


def test_a_form_from_elsewhere_is_refused(user):
    careful = Client(enforce_csrf_checks=True)
    assert ask(careful, user.email).status_code == 403
    assert mail.outbox == []


def test_when_one_signed_in_is_not_kept(client, user):
    ask(client, user.email)
    client.post(CODE, {"code": code_of(mail.outbox[0])})
    assert "last_login" not in {field.name for field in User._meta.get_fields()}


# --- A new account --------------------------------------------------------------------------------------------------


def test_an_account_is_made_and_its_address_proved(client):
    assert client.post(NEW, {"email": "new@council.example"})["Location"] == VERIFY
    assert not is_signed_in(client)
    client.post(VERIFY, {"code": code_of(mail.outbox[0])})
    assert is_signed_in(client)
    user = User.objects.get(email="new@council.example")
    assert not user.has_usable_password()
    assert not user.is_staff
    assert not user.groups.exists()


def test_an_address_that_has_an_account_is_told_to_nobody_but_its_owner(client, user):
    response = client.post(NEW, {"email": user.email})
    assert (response.status_code, response["Location"]) == (302, VERIFY)
    assert [message.to for message in mail.outbox] == [[user.email]]
    assert User.objects.count() == 1


# --- What there is not ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["password/reset/", "password/change/", "login/", "email/"])
def test_there_is_nothing_about_passwords(client, path):
    assert client.get(f"/sign-in/{path}").status_code == 404


def test_the_usual_names_lead_here(client):
    assert client.get(reverse("account_login"))["Location"] == ASK
    with pytest.raises(NoReverseMatch):
        reverse("account_set_password")
