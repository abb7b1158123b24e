"""Error pages in the service's own words. A 404 has the same bytes for everybody: refusal is absence."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.views.decorators.csrf import requires_csrf_token


def _page(status: int) -> HttpResponse:
    """Rendered without a request: no user, no token, no nonce, no address."""
    language = get_language() or "en"
    with override(language):
        return HttpResponse(render_to_string(f"{status}.html", {"LANGUAGE_CODE": language}), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(403)
