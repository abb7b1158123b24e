"""Nobody copies the directory: how many pages of people one reader may open in an hour."""

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest, HttpResponse

from learning_portal.common.limits import Rate
from learning_portal.common.views import errors

PEOPLE_PAGES = Rate("people pages", 120, 60 * 60)
"""Of one person, or of one network address from which nobody is signed in."""


def slowed(request: HttpRequest) -> HttpResponse | None:
    """What to answer to whoever opened too many pages of people; else None. Ask before anything is looked up."""
    who = f"person {request.user.pk}" if request.user.is_authenticated else f"address {get_ip(request)}"
    wait = PEOPLE_PAGES.take(who)
    return errors.too_many(wait) if wait else None
