"""After sending: the reference, how it stands, the moderators' questions, the final text, and second thoughts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning_portal.common.public_ids import encode

from ...actions import Refused, change, keep, meet, respond, tell
from ...choices import IN_MODERATION, Audience, Origin, Status, Verb, Voice
from ...models import AuthorLink, Draft, LeavingRequest, RelayMessage, Story, StoryNetwork, StoryQuestion, Version
from ...receipt_rights import OPEN, Deed
from ...telling import outlook, words
from ...telling.small_forms import AnswerForm, ReplyToReaderForm
from .adding import tasks_of
from .begin import READ_OR_SEND
from .receipt import COOKIE, by_receipt, folder, give, holds

CLOSED = (Status.WITHDRAWN, Status.RETIRED)
NARROWER = {
    Voice.NAMED: (Voice.CONFIDENTIAL, Voice.ANONYMOUS),
    Voice.CONFIDENTIAL: (Voice.NAMED, Voice.ANONYMOUS),
    Voice.ANONYMOUS: (),
}
"""The voices that one may change to behind the receipt, where nobody knows who asks."""


@require_safe
@by_receipt(Deed.DECIDE)
def sent(request: HttpRequest, story: Story) -> HttpResponse:
    if not story.submitted_on:
        return redirect("stories:tell-words", story.pk)
    before, tasks = outlook.waiting_before(story), tasks_of(story)
    context = {"story": story, "reference": encode(story.pk), "before": before, "tasks": tasks}
    return render(request, "stories/telling/tell_sent.html", context)


@READ_OR_SEND
@by_receipt(Deed.DECIDE)
def status(request: HttpRequest, story: Story) -> HttpResponse:
    """How it stands; its POST does one of `DEEDS`."""
    if request.method != "POST":
        return _page(request, story, AnswerForm())
    deed = DEEDS.get(request.POST.get("do", ""))
    form = AnswerForm(request.POST) if deed is _answer else AnswerForm()
    if deed is None:
        return _page(request, story, form, status=422)
    try:
        return deed(request, story, form)
    except Refused as refused:
        return _page(request, story, form, status=422, refused=str(refused))


def _answer(request: HttpRequest, story: Story, form: AnswerForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, story, form, status=422)
    respond.answer(story=story, text=form.cleaned_data["text"])
    return _here(story, "answered")


def _approve(request: HttpRequest, story: Story, form: AnswerForm) -> HttpResponse:
    respond.approve(story=story, sha256=request.POST.get("sha256", "")[:64])
    return _here(story, "approved")


def _rewrite(request: HttpRequest, story: Story, form: AnswerForm) -> HttpResponse:
    """Go on from the newest words, which may be a moderator's."""
    draft, version = Draft.objects.filter(story=story).first(), story.versions().first()
    if draft is not None and version is not None and version.written_by == Version.Writer.MODERATOR:
        typed = {**words.read(draft.words), **words.words_of(version.content)}
        tell.choose_draft(story=story, number=draft.number, words=typed)
    return redirect("stories:tell-words", story.pk)


def _withdraw(request: HttpRequest, story: Story, form: AnswerForm) -> HttpResponse:
    was_draft = story.status == Status.DRAFT
    tell.withdraw(story=story)
    if story.revises:
        response = _here(story.revises, "given_up")
        return give(response, story.revises, request.COOKIES[COOKIE])
    if not was_draft:
        return _here(story, "withdrawn")
    response = redirect("stories:tell-start")
    response.delete_cookie(COOKIE, path=folder(story))
    return response


def _erase_link(request: HttpRequest, story: Story, form: AnswerForm) -> HttpResponse:
    tell.erase_link(story=story)
    return redirect("stories:tell-keep", story.pk)


def _renew(request: HttpRequest, story: Story, form: AnswerForm) -> HttpResponse:
    receipt = respond.renew_receipt(story=story, receipt=request.COOKIES.get(COOKIE, ""))
    return give(redirect("stories:tell-keep", story.pk), story, receipt)


def _change_voice(request: HttpRequest, story: Story, form: AnswerForm) -> HttpResponse:
    voice = request.POST.get("voice", "")
    if voice not in NARROWER[Voice(story.voice)]:
        raise Refused(_("Sign in to change this."))
    new, receipt = tell.change_voice(story=story, voice=voice)
    page = "stories:tell-keep" if voice == Voice.ANONYMOUS else "stories:tell-words"
    return give(redirect(page, new.pk), new, receipt)  # the old one's cookie opens nothing any more


def _change(request: HttpRequest, story: Story, form: AnswerForm) -> HttpResponse:
    """Begin to change what is published, or go on with it: the same receipt opens the change."""
    begun = change.begin(story=story)
    return give(redirect("stories:tell-overview", begun.pk), begun, request.COOKIES[COOKIE])


def _reply(request: HttpRequest, story: Story, form: AnswerForm) -> HttpResponse:
    """To a reader who asked; once."""
    reply = ReplyToReaderForm(request.POST)
    if not reply.is_valid():
        return _page(request, story, form, status=422, refused=str(next(iter(reply.errors.values()))[0]), reply=reply)
    meet.answer_question(story=story, key=reply.cleaned_data["question"], text=reply.cleaned_data["reply"])
    return _here(story, "replied")


DEEDS = {
    "answer": _answer,
    "reply": _reply,
    "approve": _approve,
    "rewrite": _rewrite,
    "withdraw": _withdraw,
    "forget": _erase_link,
    "receipt": _renew,
    "voice": _change_voice,
    "change": _change,
}


def _here(story: Story, done: str) -> HttpResponse:
    return redirect(f"{reverse('stories:tell-status', args=[story.pk])}?done={done}")


def _page(
    request: HttpRequest,
    story: Story,
    form: AnswerForm,
    status: int = 200,
    refused: str = "",
    reply: ReplyToReaderForm | None = None,
) -> HttpResponse:
    story = get_object_or_404(Story, pk=story.pk)  # another window may have moved or erased it meanwhile
    messages = list(story.messages())
    RelayMessage.objects.filter(story=story, from_author=False, read=False).update(read=True)
    is_linked = AuthorLink.objects.filter(story=story).exists()
    open_change = change.open_change_of(story)
    context = {
        "story": story,
        "reference": encode(story.pk),
        "form": form,
        "refused": refused,
        "done": done_words().get(request.GET.get("done", ""), ""),
        "before": outlook.waiting_before(story),
        "why": why_returned(story),
        "relay": messages,
        "comments": story.comments(),
        "questions": _questions(story, reply),
        "leaver": LeavingRequest.objects.filter(story=story).first(),
        "may_hand": holds(request, Deed.HAND),
        "may_answer": form.is_bound or story.status in (*IN_MODERATION, Status.HIDDEN, Status.PUBLISHED),
        "may_change": Draft.objects.filter(story=story).exists() and story.status in OPEN,
        "may_withdraw": story.status not in CLOSED,
        "may_forget": is_linked and story.voice == Voice.CONFIDENTIAL,
        "forgotten_on": keep.forgotten_on(story),
        "change": open_change,
        "may_change_published": open_change or (story.status, story.origin) == (Status.PUBLISHED, Origin.TOLD),
        "voices": _voices(story, is_linked),
        "audience": Audience(story.audience).label,
        "networks": StoryNetwork.objects.named_by(story),
        **_final(story),
    }
    return render(request, "stories/telling/tell_status.html", context, status=status)


def _questions(story: Story, reply: ReplyToReaderForm | None) -> list[tuple[StoryQuestion, str, str]]:
    """What readers ask, where they work, and what was typed in answer and could not be taken."""
    if story.is_named:
        return []
    found = StoryQuestion.objects.filter(story=story).select_related("asker")
    typed = {reply.data.get("question", ""): reply.data.get("reply", "")[:2000]} if reply else {}
    return [(one, meet.place_in_words(one.asker), typed.get(one.public_id, "")) for one in found]


def why_returned(story: Story) -> str:
    """What the moderators said when they sent it back, while it is with its author."""
    if story.status != Status.RETURNED:
        return ""
    returned = story.decisions().filter(verb=Verb.RETURNED).order_by("-number")
    return returned.values_list("reason", flat=True).first() or ""


def done_words() -> dict[str, str]:
    return {
        "added": _("What you added is kept."),
        "answered": _("Your message is with the moderators."),
        "replied": _("Your answer is kept. They can read it from next Monday."),
        "approved": _("You approved the final text."),
        "withdrawn": _("Your story is withdrawn."),
        "given_up": _("The change is erased. The published text stays as it is."),
    }


def _voices(story: Story, is_linked: bool) -> list[Voice]:
    """Back to one's name only while the service knows it."""
    if story.revises_id or story.status not in (Status.DRAFT, *IN_MODERATION):
        return []
    return [voice for voice in NARROWER[Voice(story.voice)] if voice == Voice.ANONYMOUS or is_linked]


def _final(story: Story) -> dict[str, object]:
    """The newest words beside the author's own last ones, and whether they wait for the author."""
    version = story.published_version or story.versions().first()
    if version is None:
        return {}
    own = story.versions().filter(written_by=Version.Writer.AUTHOR).first() or version
    old, new = words.words_of(own.content), words.words_of(version.content)
    labels = {section.key: section.label for section, _text in version.content.filled()}
    rows = [("", outlook.differences(old["title"], new["title"]))]
    rows += [(label, outlook.differences(old[key], new[key])) for key, label in labels.items()]
    return {
        "version": version,
        "changed": own.words != version.words,
        "rows": rows,
        "to_approve": story.status == Status.AWAITING and story.approved_sha256 != version.sha256,
    }
