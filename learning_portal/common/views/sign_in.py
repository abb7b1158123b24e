"""Signing in with a code: allauth's own views, which count no tries and forget an earlier code. These do neither."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from allauth.account import forms, views
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.core.internal.cryptokit import compare_user_code
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .. import limits
from ..codes import Sent, still_good, with_code
from . import errors

SENT_KEY = "codes_sent"
LOGIN_STAGE = "login_by_code"


def wait_for_code(request: HttpRequest, address: str) -> int:
    """Seconds before another code may be asked for. Counted before anything is looked up, so that it says nothing of
    who has an account."""
    address = address.strip().lower()[:254]
    return (
        limits.CODES_FROM.take(get_ip(request))
        or (address and limits.CODES_AT_ONCE.take(address))
        or (address and limits.CODES_AN_HOUR.take(address))
        or 0
    )


def sent_codes(request: HttpRequest) -> list[Sent]:
    return [(address, code, at) for address, code, at in request.session.get(SENT_KEY, [])]


def keep_code(request: HttpRequest, state: Mapping[str, Any]) -> None:
    """Keep the code that this state of allauth's holds; that of an address without an account holds none."""
    request.session[SENT_KEY] = with_code(
        sent_codes(request), state.get("email", ""), state.get("code", ""), time.time()
    )


class Asked:
    """Asks for a code: too often is answered before the form is looked at."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wait = wait_for_code(request, request.POST.get("email", ""))
        return errors.too_many(wait) if wait else super().post(request, *args, **kwargs)  # type: ignore[misc]


class RequestCode(Asked, views.RequestLoginCodeView):
    def get_context_data(self, **kwargs) -> dict:
        return {**super().get_context_data(**kwargs), "organisation_logins": settings.ORGANISATION_LOGINS}

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        # As it stands in the session: to ask allauth for it would look the account up once more, if there is one.
        login = self.request.session[LOGIN_SESSION_KEY]
        keep_code(self.request, login["state"]["stages"][LOGIN_STAGE]["data"])
        return response


class Signup(Asked, views.SignupView):
    """Makes an account; the code shows that the address is theirs."""


class AnyCode:
    """Takes any code that is still good."""

    def __init__(self, *args, codes: Sequence[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = codes

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]  # type: ignore[attr-defined]
        found = next((code for code in self.codes if compare_user_code(actual=typed, expected=code)), None)
        self.expected_code = found or self.expected_code
        return super().clean_code()  # type: ignore[misc]


class LoginCodeForm(AnyCode, forms.ConfirmLoginCodeForm):
    """The code of a sign-in."""


class AddressCodeForm(AnyCode, forms.ConfirmEmailVerificationCodeForm):
    """The code that shows that an address is theirs."""


class FiveTries:
    """Confirms a code: the sixth try is refused before it is looked at, whichever worker it comes to."""

    request: HttpRequest
    any_code_form: type
    _process: Any
    _action: str

    @property
    def _tries_key(self) -> str:
        return f"{self.request.session.session_key}:{self._process.state.get('email', '')}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # What allauth takes it for, not what was posted: an action that is not offered counts as a try.
        if self._action != "verify":
            wait = wait_for_code(request, request.POST.get("email") or self._process.state.get("email", ""))
        else:
            wait = limits.CODE_TRIES.take(self._tries_key) if request.POST.get("code", "").strip() else 0
        return errors.too_many(wait) if wait else super().post(request, *args, **kwargs)  # type: ignore[misc]

    def get_form_class(self):
        return self.any_code_form if self._action == "verify" else super().get_form_class()  # type: ignore[misc]

    def get_form_kwargs(self) -> dict:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]
        if self._action == "verify":
            good = still_good(sent_codes(self.request), self._process.state.get("email", ""), time.time())
            # An address without an account has no code that is good.
            kwargs["codes"] = [code for _address, code, _at in good] if self._process.user else []
        return kwargs

    def _resend_form_valid(self, form) -> HttpResponse:
        keep_code(self.request, self._process.state)
        self._process.state["at"] = time.time()  # the new code has its quarter of an hour too
        response = super()._resend_form_valid(form)  # type: ignore[misc]
        keep_code(self.request, self._process.state)
        return response

    def _verify_form_valid(self, form) -> HttpResponse:
        limits.CODE_TRIES.forget(self._tries_key)
        self.request.session.pop(SENT_KEY, None)
        return super()._verify_form_valid(form)  # type: ignore[misc]


class ConfirmCode(FiveTries, views.ConfirmLoginCodeView):
    any_code_form = LoginCodeForm


class ConfirmAddress(FiveTries, views.ConfirmEmailVerificationCodeView):
    """The same for the address of a new account."""

    any_code_form = AddressCodeForm

    def _get_verify_form_class(self):
        return forms.ConfirmEmailVerificationCodeForm  # shown beside another form, it takes nothing
