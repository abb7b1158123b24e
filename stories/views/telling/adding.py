"""Add to it while you wait: everything that the three pages did not ask."""

import dataclasses

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ...actions import Refused, tell
from ...content import Content
from ...models import Draft, Story, StoryNetwork
from ...receipt_rights import Deed
from ...telling import words
from ...telling.kinds import ANSWERS, MORE
from ...telling.more import MoreForm, facts_in, initial_of
from .begin import READ_OR_SEND
from .receipt import by_receipt
from .write import draft_of, keep_words


@dataclasses.dataclass(frozen=True)
class Task:
    """A row of the task list: what is asked, where, and whether it is answered."""

    label: Promise | str
    anchor: str
    is_done: bool


@READ_OR_SEND
@by_receipt(Deed.SEND)
def more(request: HttpRequest, story: Story) -> HttpResponse:
    draft = draft_of(story)
    if draft is None or story.in_person:
        return redirect("stories:tell-status", story.pk)
    if draft.other_words:
        return redirect("stories:tell-versions", story.pk)
    kept = words.read(draft.words)
    if request.method != "POST":
        form = MoreForm(initial=initial_of(kept), kind=story.kind, named=story.is_named)
        return _page(request, story, form, draft)
    form = MoreForm(request.POST, kind=story.kind, named=story.is_named)
    if not form.is_valid():
        return _page(request, story, form, draft, status=422)
    try:
        saved = keep_words(request, story, {**kept, **form.as_words()})
        if saved.stale:
            return redirect("stories:tell-versions", story.pk)
        if story.submitted_on:
            _send_again(story, {**kept, **form.as_words()}, saved.number)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, story, form, draft_of(story) or draft, status=422)
    return redirect(f"{reverse('stories:tell-status', args=[story.pk])}?done=added")


def _send_again(story: Story, kept: words.Words, number: int) -> None:
    """The newest words, which may be a moderator's, with what was added: to the same readers."""
    tell.submit(
        story=story,
        content=_with_more(story.versions()[0].content, kept),
        audience=story.audience,
        networks=StoryNetwork.objects.named_by(story),
        topics=list(story.topics.all()),
        facts=facts_in(kept),
        publish_unchanged=story.publish_unchanged,
        not_before=story.not_before,
        token=number,
    )


def _with_more(content: Content, kept: words.Words) -> Content:
    sections = {key: words.text_of(kept, key) for key in MORE[content.kind]}
    answers = {key: text for key in ANSWERS if (text := words.text_of(kept, f"answer_{key}"))}
    links = words.list_of(kept, words.LINES)
    return dataclasses.replace(content, answers=answers, links=links, **sections)


def _page(request: HttpRequest, story: Story, form: MoreForm, draft: Draft, status: int = 200) -> HttpResponse:
    context = {"story": story, "form": form, "number": draft.number, "tasks": tasks_of(story)}
    return render(request, "stories/telling/tell_more.html", context, status=status)


def tasks_of(story: Story) -> list[Task]:
    """What may still be added, for the list under the confirmation: nothing to a story that is told in person."""
    draft = draft_of(story)
    if draft is None or story.in_person:
        return []
    kept = words.read(draft.words)
    form = MoreForm(kind=story.kind, named=story.is_named)
    sections = [Task(form.fields[key].label, f"id_{key}", bool(words.text_of(kept, key))) for key in MORE[story.kind]]
    replied = any(words.text_of(kept, f"answer_{key}") for key in ANSWERS)
    return [
        *sections,
        Task(_("Three questions about people"), "id_human_1", replied),
        Task(form.fields["links"].label, "id_links", bool(words.list_of(kept, words.LINES))),
        Task(_("The facts of the project"), "id_delivery", bool(facts_in(kept))),
    ]
