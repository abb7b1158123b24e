"""Before there is a draft: what to tell, what to know first, and the one signed-in request that begins it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from networks.models import Affiliation, Organisation

from ...actions import Refused, tell
from ...choices import Voice
from ...models import Draft
from ...telling.kinds import TELLINGS, Telling
from ...telling.voices import VoiceForm
from .receipt import give, kept_private

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What would you like to tell?"""
    return render(request, "stories/telling/tell_start.html", {"tellings": TELLINGS.values()})


@require_safe
def before(request: HttpRequest) -> HttpResponse:
    """Before you start: one screen."""
    return render(request, "stories/telling/tell_before.html")


@READ_OR_SEND
def voice(request: HttpRequest, kind: str) -> HttpResponse:
    """Page 1: keep my name? Its POST is the one request that knows both a person and their draft."""
    if kind not in TELLINGS:
        raise Http404("Nothing of this kind is told.")
    return _voice(request, TELLINGS[kind])


@login_required
def _voice(request: HttpRequest, telling: Telling) -> HttpResponse:
    places = _places_of(request)
    if not places:
        return render(request, "stories/telling/tell_unverified.html", {"telling": telling}, status=_refused(request))
    form = VoiceForm(request.POST if request.method == "POST" else None, places=places)
    if request.method == "POST" and form.is_valid():
        return _begin(request, telling, form, places)
    context = {"form": form, "telling": telling}
    return render(request, "stories/telling/tell_voice.html", context, status=422 if form.is_bound else 200)


def _refused(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def _places_of(request: HttpRequest) -> list[Organisation]:
    found = Affiliation.objects.filter(user=request.user).verified().select_related("organisation")
    return sorted((job.organisation for job in found), key=lambda place: place.name.casefold())


def _begin(request: HttpRequest, telling: Telling, form: VoiceForm, places: list[Organisation]) -> HttpResponse:
    chosen = form.cleaned_data.get("place", places[0].code)
    try:
        story, receipt = tell.start_story(
            by=request.user,
            kind=telling.kind,
            voice=form.cleaned_data["voice"],
            language=get_language(),
            organisation=next(place for place in places if place.code == chosen),
            in_person=telling.in_person,
        )
    except Refused as refused:  # where they work was taken back in this very moment
        form.add_error(None, str(refused))
        return render(request, "stories/telling/tell_voice.html", {"form": form, "telling": telling}, status=422)
    number = Draft.objects.get(story=story).number
    tell.save_draft(story=story, words={"telling": telling.key}, read=number)
    page = "stories:tell-keep" if story.voice == Voice.ANONYMOUS else "stories:tell-words"
    return kept_private(give(redirect(page, story.pk), story, receipt))
