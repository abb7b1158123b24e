"""Answers calmly what no page could use."""

import re

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest

NUL = re.compile(r"\x00|%00")
LONGEST_QUERY = 8_000
"""Characters of a query string. The longest honest one, every filter chosen, stays under 4,000."""


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
