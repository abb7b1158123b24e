"""Error pages in the service's own words. A 404 has the same bytes for everybody: refusal is absence."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.views.decorators.csrf import requires_csrf_token


def _page(status: int) -> HttpResponse:
    """Rendered without a request: no user, no token, no nonce, no address."""
    language = get_language() or "en"
    with override(language):
        page = HttpResponse(render_to_string(f"{status}.html", {"LANGUAGE_CODE": language}), status=status)
    page.headers["Referrer-Policy"] = "no-referrer"  # they hold no form, which alone needs more: decision 4
    return page


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(404)


def not_allowed(response: HttpResponse) -> HttpResponse:
    """Words for a method that a page does not take; what the view said of the methods that it does stays."""
    page = _page(405)
    page.headers["Allow"] = response.headers["Allow"]
    return page


def too_many(wait: int) -> HttpResponse:
    """Somebody tried too often; `wait` seconds from now they may go on."""
    page = _page(429)
    page.headers["Retry-After"] = str(wait)
    return page


def unavailable() -> HttpResponse:
    """While the database does not answer."""
    response = _page(503)
    response.headers["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or the database does not answer, which is said otherwise."""
    return unavailable() if isinstance(sys.exception(), OperationalError | InterfaceError) else _page(500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(403)
