"""Page 3: check and send. Marks are advice; what is sent is what stands in the draft."""

import dataclasses
import datetime
import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from networks.models import Topic

from ...actions import Refused, Stale, tell
from ...choices import Audience, Outcome
from ...identity import marking
from ...identity.kinds import Mark
from ...models import Story, StoryNetwork
from ...receipt_rights import Deed
from ...telling import outlook, words
from ...telling.forms import AudienceForm, WordsForm, topics_of
from ...telling.kinds import Telling
from ...telling.marks import marks_of
from ...telling.more import facts_in
from ...text import paragraphs
from ...weeks import monday_of
from .begin import READ_OR_SEND
from .receipt import by_receipt
from .write import draft_of, keep_words, number_in, telling_for

MOST_KEPT = 300
"""How many marks an author may wave through; there are never so many."""


@dataclasses.dataclass(frozen=True)
class Checked:
    """A mark that is still there: its advice, and the value of the button that keeps the words."""

    mark: Mark
    key: str
    section: object


@READ_OR_SEND
@by_receipt(Deed.SEND)
def check(request: HttpRequest, story: Story) -> HttpResponse:
    draft = draft_of(story)
    if draft is None:
        return redirect("stories:tell-status", story.pk)
    if draft.other_words:
        return redirect("stories:tell-versions", story.pk)
    typed = words.read(draft.words)
    telling = telling_for(story, typed)
    if not WordsForm(typed, telling=telling).is_valid():
        return redirect(f"{reverse('stories:tell-words', args=[story.pk])}?missing=1")
    networks = outlook.networks_for(story)
    audiences = outlook.audiences_for(story, networks)
    form = _form(request, story, typed, audiences, networks)
    if request.method == "POST":
        if answer := _kept_on_the_way(request, story, typed, form):
            return answer
        if form.is_valid() and (answer := _send(request, story, telling, typed, form)):
            return answer
    context = _shown(request, story, telling, typed, audiences, networks)
    context |= {"form": form, "number": number_in(request) if form.is_bound else draft.number}
    return render(request, "stories/telling/tell_check.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, story: Story, typed: words.Words, audiences, networks) -> AudienceForm:
    choices = {
        "audiences": [(offer.value, offer) for offer in audiences],
        "networks": [(offer.value, offer) for offer in networks],
    }
    if request.method == "POST":
        return AudienceForm(request.POST, **choices)
    initial = {
        "audience": words.text_of(typed, "audience") or (story.audience if story.submitted_on else ""),
        "networks": words.list_of(typed, "networks")
        or [network.slug for network in StoryNetwork.objects.named_by(story)],
        "publish_unchanged": story.publish_unchanged or words.text_of(typed, "publish_unchanged") == "on",
        "not_before": story.not_before or words.text_of(typed, "not_before"),
    }
    return AudienceForm(initial=initial, **choices)


def _kept_on_the_way(request: HttpRequest, story: Story, typed: words.Words, form: AudienceForm) -> HttpResponse | None:
    """What the buttons beside "send" do: wave a mark through, or look at it as another reader. What was chosen in the
    form meanwhile is kept."""
    mark, reader = request.POST.get("keep", ""), request.POST.get("as", "")
    if not mark and reader not in outlook.READERS:
        return None
    kept = [*words.list_of(typed, "kept"), mark[:64]] if mark else words.list_of(typed, "kept")
    chosen = {name: form.data.get(name, "") for name in ("audience", "publish_unchanged", "not_before")}
    networks = [slug[:60] for slug in form.data.getlist("networks")][:50]
    try:
        saved = keep_words(request, story, {**typed, **chosen, "networks": networks, "kept": kept[-MOST_KEPT:]})
    except Refused:
        return None
    if saved.stale:
        return redirect("stories:tell-versions", story.pk)
    here = reverse("stories:tell-check", args=[story.pk])
    return redirect(f"{here}#marks" if mark else f"{here}?as={reader}#preview")


def _send(request: HttpRequest, story: Story, telling: Telling, typed: words.Words, form: AudienceForm):
    """Send it in. None, with an error in the form, if it cannot be sent like this."""
    outcome = telling.outcome or words.text_of(typed, "outcome")
    try:
        tell.submit(
            story=story,
            content=words.content_of(story.kind, typed, in_person=story.in_person),
            audience=form.cleaned_data["audience"],
            networks=form.chosen_networks(),
            topics=topics_of([words.text_of(typed, "topic")]),
            facts={"outcome": Outcome(outcome), **facts_in(typed)},
            publish_unchanged=form.cleaned_data["publish_unchanged"],
            not_before=not_before(story, form.cleaned_data["not_before"]),
            token=number_in(request),
        )
    except Stale as stale:
        form.add_error(None, str(stale))
        return None
    except Refused as refused:
        form.add_error("audience", str(refused))
        return None
    return redirect("stories:tell-sent", story.pk)


def not_before(story: Story, day: datetime.date | None) -> datetime.date | None:
    """The date that is kept: for a story without a name the first Monday from then on, since it leaves on Mondays."""
    if day is None or story.is_named:
        return day
    return monday_of(day + datetime.timedelta(days=6))


def key_of(mark: Mark) -> str:
    """What stands for a mark in the draft: the same words of the same kind, wherever they stand."""
    return hashlib.sha256(f"{mark.kind}|{mark.text}".encode()).hexdigest()[:32]


def called(key: str, labels: WordsForm) -> object:
    """What a part of the text is called where it is read: page 2 asks, and this page does not."""
    return _("Title") if key == "title" else labels[key].label


def _shown(request: HttpRequest, story: Story, telling: Telling, typed: words.Words, audiences, networks) -> dict:
    """The text with its marks, and the story as the chosen kind of reader would see it."""
    labels = WordsForm(telling=telling)
    text = words.shown(typed, telling.asked)
    kept = set(words.list_of(typed, "kept"))
    marks = [mark for mark in marks_of(text, story.language) if key_of(mark) not in kept]
    reader = request.GET.get("as", "") if request.GET.get("as", "") in outlook.READERS else "member"
    audience = words.text_of(typed, "audience") or (story.audience if story.submitted_on else "")
    readings = outlook.readings(reader, audiences)
    return {
        "story": story,
        "telling": telling,
        "marked": [
            (called(key, labels), marking.segments(words_, [mark for mark in marks if mark.section == key]))
            for key, words_ in text.items()
        ],
        "marks": [Checked(mark, key_of(mark), called(mark.section, labels)) for mark in marks],
        "kept": len(kept),
        "audiences": audiences,
        "readers": [(key, label, key == reader) for key, (label, _audiences) in outlook.READERS.items()],
        "reader": outlook.READERS[reader][0],
        "readings": readings,
        "hidden": bool(audience) and audience not in outlook.READERS[reader][1],
        "audience": Audience(audience).label if audience in Audience.values else "",
        "sections": [
            (labels[key].label, paragraphs(words_)) for key, words_ in text.items() if key not in ("title", "summary")
        ],
        "title": text.get("title", ""),
        "outcome": telling.outcome or Outcome(words.text_of(typed, "outcome")),
        "topic": Topic.objects.filter(slug=words.text_of(typed, "topic")).first(),
    }
