"""Who holds a role and goes through what that asks of them."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from learning_portal.common.models import Role, User
from tests.cast import give_role
from tests.signing_in import sign_in_without_second_factor

IDLE = ("idle", "awake")
"""Two sessions that nobody else uses: they end, or nearly."""
NEWCOMER = "newcomer@portal.example"


def newcomer() -> str:
    """The session of a custodian who has no second factor yet."""
    user = User.objects.create_user(email=NEWCOMER, name="Nia Newydd")
    EmailAddress.objects.filter(user=user).update(verified=True)
    give_role(user, Role.CUSTODIAN)
    client = Client()
    sign_in_without_second_factor(client, user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
