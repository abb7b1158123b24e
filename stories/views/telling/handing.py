"""Links that an author hands to somebody else: to write, or to look and comment. No account is needed."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ...actions import Refused, looking, tell
from ...choices import IN_POOL, Status
from ...content import HUMAN_QUESTIONS
from ...models import Story
from ...receipt_rights import Deed
from ...telling import words
from ...telling.small_forms import CommentForm, HandForm
from ...text import paragraphs
from .begin import READ_OR_SEND
from .receipt import by_receipt, holds
from .write import draft_of

DAYS = 28
"""How long such a link opens anything."""


@READ_OR_SEND
@by_receipt(Deed.HAND)
def hand(request: HttpRequest, story: Story) -> HttpResponse:
    """Make a link. What opens the story stands behind the "#", which browsers send to nobody: no log keeps it."""
    form = HandForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"story": story, "form": form}
    if form.is_bound and form.is_valid():
        until = timezone.localdate() + datetime.timedelta(days=DAYS)
        receipt = tell.hand(story=story, kind=form.cleaned_data["kind"], expires_on=until)
        address = request.build_absolute_uri(reverse("stories:tell-receipt"))
        context |= {"receipt": receipt, "address": f"{address}#{receipt}", "until": until}
    status = 422 if form.errors else 200
    return render(request, "stories/telling/tell_hand.html", context, status=status)


@READ_OR_SEND
@by_receipt(Deed.LOOK)
def look(request: HttpRequest, story: Story) -> HttpResponse:
    """The story as it now stands, and a comment on it."""
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            looking.comment(story=story, text=form.cleaned_data["text"])
            return redirect(f"{reverse('stories:tell-look', args=[story.pk])}?said=1")
        except Refused as refused:
            form.add_error(None, str(refused))
    draft = draft_of(story)
    kept = words.read(draft.words) if draft else {}
    content = words.content_of(story.kind, kept, in_person=story.in_person) if draft else story.content
    labels = {question.key: question.label for question in HUMAN_QUESTIONS}
    context = {
        "story": story,
        "form": form,
        "content": content,
        "sections": [(section.label, paragraphs(text)) for section, text in content.filled()],
        "answers": [(labels[key], text) for key, text in content.answers.items()],
        "may_comment": story.status in (Status.DRAFT, *IN_POOL),
        "may_write": holds(request, Deed.WRITE) and draft is not None,
        "said": "said" in request.GET,
    }
    return render(request, "stories/telling/tell_look.html", context, status=422 if form.errors else 200)
