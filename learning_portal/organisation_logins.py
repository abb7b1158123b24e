"""Reads the organisation logins from the environment: any number of OpenID Connect servers."""

import dataclasses
import json
import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from learning_portal.environment import env

SLUG = re.compile(r"(?!(?:refused|failed|new|all)\Z)[a-z0-9][a-z0-9-]{0,39}")
DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


@dataclasses.dataclass(frozen=True)
class OrganisationLogin:
    """One OpenID Connect server, and the addresses for which its word is taken."""

    id: str
    """Stands in the address to which the server sends people back."""
    name: str
    server_url: str
    client_id: str
    secret: str
    domains: tuple[str, ...]
    """The parts after the @ for which it speaks. An address of any other is refused, whatever the server says."""
    verified: bool = False
    """Its addresses are proved although it does not say so (`email_verified`), as with some servers of one body."""


def organisation_logins(variable: str) -> list[OrganisationLogin]:
    """What the variable holds: a JSON list of objects. Raises ImproperlyConfigured for what cannot be."""
    text = env.str(variable, default="").strip()
    try:
        found = [_login(entry) for entry in json.loads(text or "[]")]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ImproperlyConfigured(f"{variable} cannot be read ({error}). See docs/operations.md.") from None
    if len({login.id for login in found}) < len(found):
        raise ImproperlyConfigured(f"{variable} has two logins of one id.")
    return found


def _login(entry: dict[str, Any]) -> OrganisationLogin:
    login = OrganisationLogin(**{**entry, "domains": tuple(domain.lower() for domain in entry["domains"])})
    if not SLUG.fullmatch(login.id):
        raise ValueError("an id holds small letters, figures and hyphens")
    if not login.server_url.startswith("https://"):
        raise ValueError("a server_url begins with https://")
    if not login.domains or not all(DOMAIN.fullmatch(domain) for domain in login.domains):
        raise ValueError('domains is a list like ["council.gov.uk"]')
    if not (login.name and login.client_id and login.secret and isinstance(login.verified, bool)):
        raise ValueError("name, client_id and secret are texts, verified is true or false")
    return login


def apps_of(logins: Sequence[OrganisationLogin]) -> list[dict[str, Any]]:
    """As allauth wants to be told."""
    return [
        {
            "provider_id": login.id,
            "name": login.name,
            "client_id": login.client_id,
            "secret": login.secret,
            "settings": {"server_url": login.server_url},
        }
        for login in logins
    ]
