"""Page 2: what happened. Saved by script while one writes, by a button without, and never written over."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ...actions import Refused, Stale, links, tell
from ...content import HUMAN_QUESTIONS, KINDS
from ...models import Draft, Story
from ...receipt_rights import OPEN, Deed
from ...telling import words
from ...telling.forms import WordsForm
from ...telling.kinds import MORE, Telling, telling_of
from ...telling.more import LINKS_LABEL
from .begin import READ_OR_SEND
from .receipt import COOKIE, by_receipt, holds, where_it_stands


def draft_of(story: Story) -> Draft | None:
    """None once it is published, and nothing is written here any more."""
    return Draft.objects.filter(story=story, story__status__in=OPEN).first()


def telling_for(story: Story, typed: words.Words) -> Telling:
    return telling_of(story.kind, story.in_person, words.text_of(typed, "telling"))


@require_safe
@by_receipt(Deed.LOOK)
def overview(request: HttpRequest, story: Story) -> HttpResponse:
    """Where a story's own pages begin: on with it, or how it stands."""
    if holds(request, Deed.WRITE) and draft_of(story) and not story.submitted_on:
        return redirect("stories:tell-words", story.pk)
    return redirect("stories:tell-status" if holds(request, Deed.DECIDE) else "stories:tell-look", story.pk)


@require_safe
@by_receipt(Deed.DECIDE)
def keep(request: HttpRequest, story: Story) -> HttpResponse:
    """The receipt in words, as the browser holds it: to be written down by whoever has no other way back."""
    context = {"story": story, "receipt": request.COOKIES[COOKIE]}
    return render(request, "stories/telling/tell_keep.html", context)


def _sent_meanwhile(request: HttpRequest, story: Story) -> HttpResponse:
    """The author sent it in while somebody else wrote: what they typed stands in the page, and is kept nowhere."""
    draft = draft_of(story)
    if request.method != "POST" or draft is None:
        return where_it_stands(request, story)
    telling = telling_for(story, words.read(draft.words))
    form = WordsForm(request.POST, telling=telling)
    form.add_error(None, _("This story has been sent in, and your link no longer changes it. Copy what you need."))
    return _page(request, story, telling, form, draft.number, status=422)


@READ_OR_SEND
@by_receipt(Deed.WRITE, otherwise=_sent_meanwhile)
def write(request: HttpRequest, story: Story) -> HttpResponse:
    draft = draft_of(story)
    if draft is None:
        return redirect("stories:tell-overview", story.pk)
    typed = words.read(draft.words)
    telling = telling_for(story, typed)
    if request.method != "POST":
        if draft.other_words:
            return redirect("stories:tell-versions", story.pk)
        bound = "missing" in request.GET
        form = WordsForm(typed, telling=telling) if bound else WordsForm(initial=typed, telling=telling)
        return _page(request, story, telling, form, draft.number)
    form = WordsForm(request.POST, telling=telling)
    try:
        saved = keep_words(request, story, {**typed, **form.typed()})
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, story, telling, form, draft.number, status=422)
    if saved.stale:
        return redirect("stories:tell-versions", story.pk)
    if request.POST.get("then") == "save":
        return redirect(f"{reverse('stories:tell-words', args=[story.pk])}?saved=1")
    if form.is_valid():
        return _go_on(request, story)
    return _page(request, story, telling, form, saved.number, status=422)


def _go_on(request: HttpRequest, story: Story) -> HttpResponse:
    """The author goes on to check it; for whoever wrote for them it is done, and the author hears of it."""
    if holds(request, Deed.SEND):
        return redirect("stories:tell-check", story.pk)
    links.say_written(receipt=request.receipt)  # type: ignore[attr-defined]
    return redirect("stories:tell-look", story.pk)


def _page(request, story: Story, telling: Telling, form: WordsForm, number: int, status: int = 200) -> HttpResponse:
    context = {
        "story": story,
        "telling": telling,
        "form": form,
        "number": number,
        "is_author": holds(request, Deed.SEND),
        "comments": story.comments() if holds(request, Deed.DECIDE) else [],
        "saved": "saved" in request.GET,
        "save_url": reverse("stories:tell-save", args=[story.pk]),
        "versions_url": reverse("stories:tell-versions", args=[story.pk]),
    }
    return render(request, "stories/telling/tell_words.html", context, status=status)


def keep_words(request: HttpRequest, story: Story, typed: words.Words) -> tell.Saved:
    """Save a draft. Raises Refused for what is longer than a draft can be, too: nothing is cut off unsaid."""
    if not words.fits(typed):
        raise Refused(_("This is too long to keep. Shorten it, and save again."))
    return tell.save_draft(story=story, words=typed, read=number_in(request), kind=kind_of(request))


def kind_of(request: HttpRequest) -> str:
    """Of the receipt that is shown."""
    return request.receipt.kind  # type: ignore[attr-defined]


def number_in(request: HttpRequest) -> int:
    """The number of the draft that the form was made from; -1, which is nobody's, for what is no number."""
    typed = request.POST.get("read", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1


def _not_saved(request: HttpRequest, story: Story) -> HttpResponse:
    return JsonResponse({"message": _("This story can no longer be changed here.")}, status=409)


@require_POST
@by_receipt(Deed.WRITE, otherwise=_not_saved)
def save(request: HttpRequest, story: Story) -> HttpResponse:
    """What the script sends while one writes. Answers {"number": n}, or {"stale": true} with 409: kept beside."""
    draft = draft_of(story)
    if draft is None:
        return _not_saved(request, story)
    typed = words.read(draft.words)
    form = WordsForm(request.POST, telling=telling_for(story, typed))
    try:
        saved = keep_words(request, story, {**typed, **form.typed()})
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    return JsonResponse({"number": saved.number, "stale": saved.stale}, status=409 if saved.stale else 200)


def _differing(telling: Telling, first: words.Words, second: words.Words) -> list[tuple[object, str, str]]:
    """What was asked and what either version answers, where they differ: of every page on which one writes."""
    form = WordsForm(telling=telling)
    asked = [(form[key].label, form.fields[key], key) for key in telling.asked]
    sections = {section.key: section.label for section in KINDS[telling.kind].sections}
    added = [(sections[key], None, key) for key in MORE[telling.kind]]
    human = [(question.label, None, f"answer_{question.key}") for question in HUMAN_QUESTIONS]
    rows = [
        (label, *(_said(field, words.text_of(version, key)) for version in (first, second)))
        for label, field, key in [*asked, *added, *human]
    ]
    links = [(LINKS_LABEL, *("\n".join(words.list_of(version, words.LINES)) for version in (first, second)))]
    return [row for row in [*rows, *links] if row[1] != row[2]]


def _said(field, answer: str) -> str:
    """An answer in words: a choice is kept by its code."""
    return str(dict(getattr(field, "choices", ())).get(answer, answer))


@READ_OR_SEND
@by_receipt(Deed.WRITE)
def versions(request: HttpRequest, story: Story) -> HttpResponse:
    """Two windows wrote at once: both versions side by side, and the choice."""
    draft = draft_of(story)
    if draft is None or not draft.other_words:
        return redirect("stories:tell-overview", story.pk)
    first, second = words.read(draft.words), words.read(draft.other_words)
    chosen = {"first": first, "second": second}.get(request.POST.get("version", ""))
    if request.method == "POST" and chosen is not None:
        try:
            tell.choose_draft(story=story, number=number_in(request), words=chosen, kind=kind_of(request))
        except Stale:
            return redirect("stories:tell-versions", story.pk)
        except Refused:
            return where_it_stands(request, story)
        return redirect("stories:tell-words", story.pk)
    rows = _differing(telling_for(story, first), first, second)
    context = {"story": story, "number": draft.number, "rows": rows}
    return render(
        request, "stories/telling/tell_versions.html", context, status=422 if request.method == "POST" else 200
    )
