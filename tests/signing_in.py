"""Sessions for tests: as after signing in, with the second factor or without."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.signals import user_logged_in
from django.test import Client

from learning_portal.common.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def set_up_app(user: User) -> Authenticator:
    """An app whose secret is SECRET, and recovery codes."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if found is None:
        RecoveryCodes.activate(user)
        found = TOTP.activate(user, SECRET).instance
    return found


def prove_factor(sender, request, user, **more) -> None:
    """On `user_logged_in`: `force_login` gives a session that proved the second factor, also to whoever is given a
    role only afterwards."""
    if request.method is None:  # made by the test client
        app = set_up_app(user)
        record_authentication(request, user, "mfa", id=app.pk, type=app.type)


def always_prove() -> None:
    user_logged_in.connect(prove_factor, dispatch_uid="tests.signing_in")


def sign_in_without_second_factor(client: Client, user: User) -> None:
    user_logged_in.disconnect(dispatch_uid="tests.signing_in")
    try:
        client.force_login(user, backend=BACKEND)
    finally:
        always_prove()
