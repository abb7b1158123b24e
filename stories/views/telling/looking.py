"""The story as it now stands, for whom its author showed it to, and what they say of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ...actions import Refused, looking
from ...content import HUMAN_QUESTIONS
from ...models import Story
from ...receipt_rights import Deed
from ...telling import words
from ...telling.hand_forms import CommentForm
from ...text import paragraphs
from .begin import READ_OR_SEND
from .receipt import by_receipt, holds
from .write import draft_of


@READ_OR_SEND
@by_receipt(Deed.LOOK)
def look(request: HttpRequest, story: Story) -> HttpResponse:
    """Look at the story, and comment on it."""
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _comment(request, story, form)
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
        "may_comment": holds(request, Deed.COMMENT),
        "may_write": holds(request, Deed.WRITE) and draft is not None,
        "said": "said" in request.GET,
    }
    return render(request, "stories/telling/tell_look.html", context, status=422 if form.errors else 200)


def _comment(request: HttpRequest, story: Story, form: CommentForm) -> None:
    """Raises Refused for the author, who would be writing to themselves."""
    if not holds(request, Deed.COMMENT):
        raise Refused(_("Comments are for those to whom you show the story."))
    looking.comment(story=story, text=form.cleaned_data["text"])
