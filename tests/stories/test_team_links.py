"""The links of mails to holders of a role: they lead whoever is not signed in to sign in, and back."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from learning_portal.common.mail.kinds import all_kinds
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MAILS = Path(settings.BASE_DIR) / "templates" / "mail"
OF_ROLES = [kind.name for kind in all_kinds() if kind.role]


def page_of(kind: str) -> str:
    return reverse(re.findall(r'{% url "([\w:-]+)" %}', (MAILS / f"{kind}.txt").read_text())[0])


def test_there_are_such_mails():
    assert {"desk_waiting", "mail_failing", "moderation_late", "moderation_waiting", "report_waiting"} <= set(OF_ROLES)


@pytest.mark.parametrize("kind", OF_ROLES)
def test_a_visitor_is_led_to_sign_in_and_back(client, kind):
    page = page_of(kind)
    led_to = client.get(page)
    assert (led_to.status_code, led_to["Location"]) == (302, f"{reverse(settings.LOGIN_URL)}?next={page}")


@pytest.mark.parametrize("kind", OF_ROLES)
def test_for_who_is_signed_in_without_the_role_nothing_is_there(client, kind):
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page_of(kind)).status_code == 404
