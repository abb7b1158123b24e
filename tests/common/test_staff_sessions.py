"""Sessions: 12 hours for everybody, 30 minutes without a request for whoever holds a role."""

import time

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from learning_portal.common import staff_sessions
from learning_portal.common.models import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ACCOUNT, HERE = reverse("common:account"), reverse("common:still-here")
MINUTE = 60


@pytest.fixture
def clock(monkeypatch):
    """Minutes that have passed."""
    start, passed = time.time(), [0]
    monkeypatch.setattr(staff_sessions.time, "time", lambda: start + passed[0] * MINUTE)
    return lambda minutes: passed.__setitem__(0, passed[0] + minutes)


def signed_in(role: str = "") -> Client:
    user, client = UserFactory(), Client()
    if role:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_whoever_holds_a_role_is_signed_out_after_half_an_hour(clock):
    client = signed_in(Role.MODERATOR)
    assert client.get(ACCOUNT).status_code == 200
    clock(30)
    assert client.get(ACCOUNT)["Location"] == f"{reverse('account_request_login_code')}?next={ACCOUNT}"
    page = client.get(reverse("account_request_login_code")).content.decode()
    assert "You were signed out because nothing happened for 30 minutes." in page
    assert client.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize("page", [ACCOUNT, HERE])
def test_each_request_begins_the_half_hour_anew(clock, page):
    client = signed_in(Role.CUSTODIAN)
    client.get(ACCOUNT)
    for _ in range(4):
        clock(29)
        assert client.get(page).status_code == 200


def test_without_a_role_half_an_hour_is_nothing(clock):
    client = signed_in()
    client.get(ACCOUNT)
    clock(300)
    assert client.get(ACCOUNT).status_code == 200


def test_a_session_ends_twelve_hours_after_it_began_whatever_is_done():
    client = signed_in()
    began = client.session.get_expiry_date()
    client.post(reverse("stories:plan-create"), {"text": "Tablets for home carers"})
    assert client.session.get_expiry_date() == began
    assert 12 * 3600 - 60 < (client.session.get_expiry_age()) <= 12 * 3600


def test_the_page_says_when_for_the_script_that_announces_it():
    client = signed_in(Role.MODERATOR)
    page = client.get(ACCOUNT).content.decode()
    assert 'data-module="lp-time-out"' in page
    assert 'data-idle="1800"' in page
    assert f'data-ends="{int(client.session.get_expiry_date().timestamp())}"' in page
    assert 'role="status" aria-live="polite"' in page
    assert 'data-idle=""' in signed_in().get(ACCOUNT).content.decode()


def test_views_outside_sessions_are_left_alone(rf):
    def view(request):
        raise AssertionError

    view.outside_sessions = True
    request = rf.get("/", HTTP_COOKIE="sessionid=abc")  # it has no user: to read one would be an error
    assert staff_sessions.guard_roles(view).process_view(request, view, (), {}) is None
