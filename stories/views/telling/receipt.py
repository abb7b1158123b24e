"""The door of a story's own pages: the receipt. Behind it nobody knows who reads."""

import functools
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from ...models import Receipt, Story
from ...receipt_rights import Deed, is_for

COOKIE = "receipt"
View = Callable[..., HttpResponse]


def where_it_stands(request: HttpRequest, story: Story) -> HttpResponse:
    """What answers where a deed comes too late, or too soon."""
    return redirect("stories:tell-overview", story.pk)


def by_receipt(deed: Deed, otherwise: View = where_it_stands) -> Callable[[View], View]:
    """The page of one story for whoever shows a receipt that is for this deed: a 404 like any other for all others, and
    for everybody while it may not even look. `otherwise` answers while the story is in a state in which it looks only.

    The view gets the story, and a request that has neither user nor session any more: whoever asks it for them fails,
    so no line of code can tie the one to the other. `request.receipt` is the receipt.
    """

    def guard(view: View) -> View:
        @functools.wraps(view)
        def opened(request: HttpRequest, pk: int) -> HttpResponse:
            forget_reader(request)
            receipt = Receipt.objects.holding(pk, request.COOKIES.get(COOKIE, ""), timezone.localdate())
            if receipt is None or not is_for(receipt.kind, deed):
                raise Http404("No receipt for a story of this address.")
            receipt.story = opened_by(receipt, pk)
            if not receipt.may(Deed.LOOK):
                raise Http404("A receipt that opens the story no longer.")
            request.receipt = receipt  # type: ignore[attr-defined]
            answer = view if receipt.may(deed) else otherwise
            return kept_private(answer(request, receipt.story))

        opened.outside_sessions = True  # type: ignore[attr-defined]
        opened.deed = deed  # type: ignore[attr-defined]
        return opened

    return guard


def opened_by(receipt: Receipt, pk: int) -> Story:
    """The story of this key: the receipt's own, or the change to it, by whose state it is then judged what it may."""
    return receipt.story if receipt.story_id == pk else get_object_or_404(Story, pk=pk, revises=receipt.story_id)


def holds(request: HttpRequest, deed: Deed) -> bool:
    """Whether the receipt that is shown does this now."""
    return request.receipt.may(deed)  # type: ignore[attr-defined]


def without_reader(view: View) -> View:
    """A page that belongs to no story yet and must not know who asks either."""

    @functools.wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        forget_reader(request)
        return kept_private(view(request))

    opened.outside_sessions = True  # type: ignore[attr-defined]
    return opened


def forget_reader(request: HttpRequest) -> None:
    """Take away who asks. The middleware of sessions, users and messages leaves such a request alone."""
    for name in ("user", "auser", "session"):
        if hasattr(request, name):
            delattr(request, name)


def kept_private(response: HttpResponse) -> HttpResponse:
    """Neither caches nor search engines keep it, nor does the log: it would say when the author was here."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie"])
    return response


def folder(story: Story) -> str:
    """Below this address the receipt's cookie goes, and nowhere else."""
    return reverse("stories:tell-overview", args=[story.pk])


def give(response: HttpResponse, story: Story, receipt: str) -> HttpResponse:
    """Hand the receipt to the browser, until it is closed: script cannot read it, and other pages do not get it."""
    response.set_cookie(
        COOKIE, receipt, path=folder(story), httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response
