"""The second factor: allauth's own views, with tries that are counted exactly and codes that work once."""

import struct
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms, views
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .. import limits
from . import errors

STUMBLES = (ValueError, KeyError, AttributeError, TypeError, IndexError, struct.error)


class WorksOnce:
    """A code of an app is taken once, by whichever worker it comes to first."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code = super().clean_code()  # type: ignore[misc]
        is_app = self.authenticator.type == Authenticator.Type.TOTP  # type: ignore[attr-defined]
        used = f"{self.user.pk}:{normalize_user_code(code)}"  # type: ignore[attr-defined]
        if is_app and limits.SECOND_FACTOR_USED.take(used):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(WorksOnce, forms.AuthenticateForm):
    """Set as MFA_FORMS."""


class CodeAgainForm(WorksOnce, forms.ReauthenticateForm):
    """Set as MFA_FORMS."""


class NewAppForm(ActivateTOTPForm):
    """Set as MFA_FORMS."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code that the app shows")


class CalmCredential:
    """What no browser would send is no passkey; the library that reads it stumbles in many ways."""

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()  # type: ignore[misc]
        except STUMBLES:
            raise get_adapter().validation_error("incorrect_code") from None


class NewPasskeyForm(CalmCredential, AddWebAuthnForm):
    """Set as MFA_FORMS."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].max_length = 100


class PasskeyForm(AuthenticateWebAuthnForm):
    """Set as MFA_FORMS."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except STUMBLES:
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeyAgainForm(PasskeyForm):
    """Set as MFA_FORMS."""

    reauthenticated = True


class FiveTries:
    """Refuses a person's sixth try before it is looked at."""

    def tries_key(self) -> str:
        return str(self.request.user.pk)  # type: ignore[attr-defined]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wait = limits.SECOND_FACTOR_TRIES.take(self.tries_key())
        return errors.too_many(wait) if wait else super().post(request, *args, **kwargs)  # type: ignore[misc]

    def form_valid(self, form) -> HttpResponse:
        limits.SECOND_FACTOR_TRIES.forget(self.tries_key())
        return super().form_valid(form)  # type: ignore[misc]


class Authenticate(FiveTries, views.AuthenticateView):
    """After the code that came by mail, before the person is signed in."""

    def tries_key(self) -> str:
        return str(self.stage.login.user.pk)


class Reauthenticate(FiveTries, views.ReauthenticateView):
    """In a session that has not proved it, and before a second factor is changed."""


class ReauthenticatePasskey(FiveTries, ReauthenticateWebAuthnView):
    pass


class ActivateApp(FiveTries, ActivateTOTPView):
    """Shows a new secret, which the first code of the app proves."""
