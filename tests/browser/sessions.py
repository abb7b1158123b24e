"""Who may be signed in, and who signs in with a code."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from learning_portal.common.models import User

READER = "network@portal.example"
"""A front-line member of a network, who may open restricted stories."""
CONVENOR = "convenor@portal.example"
"""Of the network that the reader is in."""
TEAM = "programme@portal.example"
AUTHOR, MODERATOR = "frontline@portal.example", "moderator@portal.example"
SIGNED_IN = {
    "reader": READER,
    "convenor": CONVENOR,
    "team": TEAM,
    "author": AUTHOR,
    "moderator": MODERATOR,
    "custodian": "custodian@portal.example",
}
BY_CODE = ("adaeze-whitlock@portal.example", "alasdair-kerr@portal.example")
"""They have an account and no session."""


def fill() -> dict[str, str]:
    """The session of each who is signed in, by what they are."""
    EmailAddress.objects.filter(email__in=BY_CODE).update(verified=True)
    return {name: session_of(email) for name, email in SIGNED_IN.items()}


def session_of(email: str) -> str:
    client = Client()
    client.force_login(User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
