"""The second factor: whoever holds a role proves it before any page. allauth's record in the session says who did."""

import base64
import hashlib
import secrets

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .models import User

METHOD = "mfa"


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Whether they hold a role or are staff. A new or lost role holds at the next request."""
    return user.is_authenticated and (user.is_staff or bool(user.roles))


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session proved one that its person still has: one that was taken away proves nothing."""
    proved = {record.get("id") for record in get_authentication_records(request, request.user) if _is_proof(record)}
    return bool(proved) and Authenticator.objects.filter(user=request.user, pk__in=proved).exists()


def _is_proof(record: dict) -> bool:
    return record.get("method") == METHOD and record.get("id") is not None


def is_set_up(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def prove(request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    """Whoever has just set one up has it at hand: they need not show it again at once."""
    record_authentication(request, user, METHOD, id=authenticator.pk, type=authenticator.type, reauthenticated=True)


def added(request: HttpRequest, user: User, authenticator: Authenticator, **more) -> None:
    """On allauth's `authenticator_added`."""
    if request.user == user and authenticator.type != Authenticator.Type.RECOVERY_CODES:
        prove(request, user, authenticator)


def used(authenticator: Authenticator, **more) -> None:
    """On allauth's `authenticator_used`: when somebody signed in is kept nowhere."""
    Authenticator.objects.filter(pk=authenticator.pk).update(last_used_at=None)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are kept encrypted, under a key made from SECRET_KEY: a copy of the database alone opens nothing."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Where SECRET_KEY has changed, a secret that nobody knows: no code fits, and they are given a new start."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        return _("Learning Portal")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": _("Learning Portal")}

    def generate_authenticator_name(self, user, type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}


def _box() -> MultiFernet:
    secrets_of_the_portal = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(str(secret))) for secret in secrets_of_the_portal])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"learning_portal.second_factor" + secret.encode()).digest())
