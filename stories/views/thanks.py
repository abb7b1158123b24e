"""Recognition is being told that it helped."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..access import authored_by
from ..actions import Refused, recognise
from ..choices import HelpedKind, Voice
from ..models import Story


@never_cache
@require_POST
@login_required
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the two buttons on a story. Pressed again, it changes nothing."""
    story = get_object_or_404(Story.objects.visible_to(request.user).published(), pk=pk)
    kind = request.POST.get("kind", "")
    if kind not in HelpedKind.values:
        raise Http404("No such button.")
    try:
        recognise.say_helped(by=request.user, story=story, kind=kind)
        messages.success(request, _("Thank you for saying so. The author hears how many people did, never who."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(story)


@never_cache
@require_safe
@login_required
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A dated note for the author of a named story: for an appraisal, or for a funder, who is told that a story was
    published and not what it says. A 404 for everybody else."""
    own = Story.objects.visible_to(request.user).published().filter(authored_by(request.user), voice=Voice.NAMED)
    story = get_object_or_404(own.select_related("organisation", "published_version", "programme"), pk=pk)
    funder = request.GET.get("for") == "funder"
    context = {"story": story, "funder": funder, "today": timezone.localdate(), "author": request.user.name}
    return render(request, "stories/story_note.html", context)
