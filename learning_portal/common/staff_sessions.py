"""Sessions of people who hold a role: a second factor first, and 30 minutes without a request end them."""

import datetime
import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .second_factor import has_second_factor, is_set_up, needs_second_factor

SEEN_KEY = "seen"
NEXT_KEY = "after_second_factor"
"""Where to go on once the second factor is set up."""
OPEN_TO_ALL = frozenset(
    {
        "account_logout",
        "common:language",
        "site:about",
        "site:accessibility",
        "site:privacy",
        "site:cookies",
        "site:feedback",
        "site:health",
        "site:mail",
        "site:mail-html",
    }
)
"""Pages of which no role gives anything more, and the way out."""


def begin(request: HttpRequest, user, **more) -> None:
    """On Django's `user_logged_in`: a session ends 12 hours after it began, whatever is done in it."""
    request.session.set_expiry(timezone.now() + datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE))


def guard_roles(get_response):
    """Look at each page's request of somebody who holds a role. Views that say `outside_sessions` are left alone:
    nothing may read a session there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or getattr(view, "outside_sessions", False):
            return None
        request.holds_role = needs_second_factor(request.user)  # type: ignore[attr-defined]
        if not request.holds_role:  # type: ignore[attr-defined]
            return None
        return _end_if_idle(request) or _ask_for_second_factor(request)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _end_if_idle(request: HttpRequest) -> HttpResponse | None:
    now = int(time.time())
    seen = request.session.get(SEEN_KEY, now)
    if now - seen >= settings.STAFF_IDLE_SECONDS:
        logout(request)
        messages.info(request, _("You were signed out because nothing happened for 30 minutes."))
        return HttpResponseRedirect(_sign_in(request))
    if SEEN_KEY not in request.session or now > seen:
        _keep(request, now)
    return None


def _keep(request: HttpRequest, now: int) -> None:
    """Without a new cookie: the session ends when it ends."""
    was_modified = request.session.modified
    request.session[SEEN_KEY] = now
    request.session.save()
    request.session.modified = was_modified


def _ask_for_second_factor(request: HttpRequest) -> HttpResponse | None:
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in OPEN_TO_ALL or name.startswith("mfa_") or has_second_factor(request):
        return None
    if is_set_up(request.user):  # type: ignore[arg-type]
        return HttpResponseRedirect(_with_next(reverse("mfa_reauthenticate"), request))
    if request.method == "GET":
        request.session[NEXT_KEY] = request.get_full_path()
    return HttpResponseRedirect(reverse("mfa_index"))


def _sign_in(request: HttpRequest) -> str:
    return _with_next(reverse("account_request_login_code"), request)


def _with_next(address: str, request: HttpRequest) -> str:
    """Back to the page afterwards; where something was sent, to the start."""
    return (
        f"{address}?{urlencode({'next': request.get_full_path()}, safe='/')}"
        if request.method in {"GET", "HEAD"}
        else address
    )
