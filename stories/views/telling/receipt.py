"""The door of a story's own pages: the receipt. Behind it nobody knows who reads."""

import functools
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from ...choices import IN_MODERATION, ReceiptKind, Status
from ...models import Receipt, Story

COOKIE = "receipt"
View = Callable[..., HttpResponse]


AUTHOR = frozenset({ReceiptKind.AUTHOR})
WRITERS = AUTHOR | {ReceiptKind.LEAVING, ReceiptKind.INTERVIEW}
ANYBODY = WRITERS | {ReceiptKind.COLLEAGUE}
OPEN_TO_OTHERS = (Status.DRAFT, *IN_MODERATION)
"""While it is in one of these states, a story is shown to whom its author handed a link: not once it is published for
its own readers, and not when it is withdrawn or hidden."""


def by_receipt(holders: frozenset[str] = AUTHOR) -> Callable[[View], View]:
    """The page of one story for whoever shows a receipt of one of these kinds: a 404 like any other for all others.

    The view gets the story, and a request that has neither user nor session any more: whoever asks it for them fails,
    so no line of code can tie the one to the other. `request.receipt` is the receipt.
    """

    def guard(view: View) -> View:
        @functools.wraps(view)
        def opened(request: HttpRequest, pk: int) -> HttpResponse:
            forget_reader(request)
            receipt = Receipt.objects.holding(pk, request.COOKIES.get(COOKIE, ""), timezone.localdate())
            if receipt is None or receipt.kind not in holders or not still_opens(receipt):
                raise Http404("No receipt for a story of this address.")
            request.receipt = receipt  # type: ignore[attr-defined]
            return kept_private(view(request, opened_by(receipt, pk)))

        opened.outside_sessions = True  # type: ignore[attr-defined]
        return opened

    return guard


def opened_by(receipt: Receipt, pk: int) -> Story:
    """The story of this key: the receipt's own, or the change to it."""
    return receipt.story if receipt.story_id == pk else get_object_or_404(Story, pk=pk, revises=receipt.story_id)


def still_opens(receipt: Receipt) -> bool:
    return receipt.kind in AUTHOR or receipt.story.status in OPEN_TO_OTHERS


def is_author(request: HttpRequest) -> bool:
    """Whether the receipt is the author's own: who was handed one writes, and the author checks and sends."""
    return request.receipt.kind in AUTHOR  # type: ignore[attr-defined]


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
