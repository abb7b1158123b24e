"""The ways back to one's story: a receipt typed in, or, for those whom the service knows as authors, a list."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.limits import Rate
from learning_portal.common.public_ids import decode

from ...access import authored_by
from ...actions import tell
from ...models import Draft, Receipt, Story
from ...receipts import read, write
from ...telling import words
from ...telling.small_forms import ReceiptForm
from .begin import READ_OR_SEND
from .receipt import give, without_reader

RECEIPTS_TYPED = Rate("receipts typed", 10, 10 * 60)
"""Receipts that one network address may try. With 128 bits nobody guesses one; this keeps them from trying."""


@READ_OR_SEND
@without_reader
def receipt(request: HttpRequest) -> HttpResponse:
    """Type a receipt to open its story. What opens nothing answers the same, whatever it was."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _typed(request, form)
    if wait := RECEIPTS_TYPED.take(request.META.get("REMOTE_ADDR", "")):
        form.add_error("receipt", _("Too many receipts were tried from here. Wait ten minutes and try again."))
        response = _typed(request, form, status=429)
        response["Retry-After"] = str(wait)
        return response
    text = form.cleaned_data["receipt"]
    found = Receipt.objects.holding(None, text, timezone.localdate())
    if found is None:
        form.add_error("receipt", _mistake(text))
        return _typed(request, form)
    return give(redirect("stories:tell-overview", found.story_id), found.story, write(read(text)))


def _mistake(text: str) -> str:
    """A slip of the pen is told from a receipt that opens nothing: its own letters show it, no row is asked."""
    try:
        read(text)
    except ValueError:
        return _("Check what you typed: a letter or figure is missing or wrong")
    return _("This receipt opens nothing: its story is gone, or it has run out")


def _typed(request: HttpRequest, form: ReceiptForm, status: int = 0) -> HttpResponse:
    status = status or (422 if form.is_bound else 200)
    return render(request, "stories/telling/tell_receipt.html", {"form": form}, status=status)


@READ_OR_SEND
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The stories that the service knows as one's own. Opening one hands the browser a fresh receipt."""
    own = Story.objects.filter(authored_by(request.user))
    if request.method == "POST":
        story = own.filter(pk=key_of(request.POST.get("story", ""))).first()
        if story is None:
            raise Http404("No story of theirs.")
        return give(redirect("stories:tell-overview", story.pk), story, tell.open_mine(by=request.user, story=story))
    stories = list(
        own.order_by("-submitted_on", "pk").select_related("published_version", "revises__published_version")
    )
    drafts = {draft.pk: draft for draft in Draft.objects.filter(story__in=[story.pk for story in stories])}
    rows = [(story, _title(story, drafts.get(story.pk))) for story in stories]
    return render(request, "stories/telling/tell_mine.html", {"rows": rows})


def key_of(text: str) -> int:
    try:
        return decode(text)
    except ValueError:
        return -1


def _title(story: Story, draft: Draft | None) -> str:
    """As it is written now: in the draft, until it is published."""
    return words.text_of(words.read(draft.words), "title") if draft else story.content.title
