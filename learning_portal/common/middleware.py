"""Answers calmly what no page could use, and says who may keep an answer."""

import re

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

from .views import errors

NUL = re.compile(r"\x00|%00")
LONGEST_QUERY = 8_000
"""Characters of a query string. The longest honest one, every filter chosen, stays under 4,000."""


def guarded_answers(get_response):
    """The headers of safety also on what is answered outside the middleware that sets them: where a method is not
    taken, and where that middleware itself refuses a host."""
    guards = [SecurityMiddleware(get_response), XFrameOptionsMiddleware(get_response), CSPMiddleware(get_response)]

    def middleware(request: HttpRequest):
        response = get_response(request)
        for guard in guards:  # what is there already stays
            response = guard.process_response(request, response)
        return response

    return middleware


def calm_input(get_response):
    """Refuse an over-long query string and a NUL in a path, and drop NULs from queries: no column of ours takes one."""

    def middleware(request: HttpRequest):
        query = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = NUL.sub("", query)
        # A quoted cookie may hold one as well: "\\000" is unquoted to it.
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\x00" not in value}
        if len(query) > LONGEST_QUERY:
            request.META["QUERY_STRING"] = ""
            request.over_long = True
        return get_response(request)

    def process_view(request: HttpRequest, view, args, kwargs):
        if getattr(request, "over_long", False):
            raise BadRequest("The address is too long.")
        if "\x00" in request.path_info:
            raise Http404("Nothing of ours has a NUL in its address.")

    middleware.process_view = process_view
    return middleware


OUR_OWN = {400: errors.bad_request, 404: errors.not_found}
FOR_DEVELOPERS = b"<code>DEBUG = True</code>"
"""On a developer's machine Django answers these with a page of its own, which says so: whoever tries the demo is to
meet the service's. What broke keeps its traceback."""


def calm_answers(get_response):
    """A page in our own words where a method is not taken, and where the demo would show a developer's page."""

    def middleware(request: HttpRequest):
        response = get_response(request)
        if response.status_code == 405 and not response.content and request.method != "HEAD":
            return errors.not_allowed(response)
        if settings.DEBUG and response.status_code in OUR_OWN and FOR_DEVELOPERS in response.content:
            return OUR_OWN[response.status_code](request)
        return response

    return middleware


def private_pages(get_response):
    """Pages for a reader who is signed in are theirs alone: nothing on the way may keep them."""

    def middleware(request: HttpRequest):
        response = get_response(request)
        user = getattr(request, "_cached_user", None)  # set once a page has asked who reads: then only is it theirs
        if user is not None and user.is_authenticated and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware
