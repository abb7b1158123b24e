"""Follow a project, or stop."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..actions import Refused, following
from ..models import Story


@require_POST
@login_required
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """A button on the page of the story; a 404 for a story that one may not read."""
    story = get_object_or_404(Story.objects.visible_to(request.user).published(), pk=pk)
    if request.POST.get("do") == "stop":
        following.stop_following(by=request.user, story=story)
        messages.success(request, _("You do not follow it any more."))
        return redirect(story)
    try:
        following.follow(by=request.user, story=story)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("We mail you when it stands differently: once a week at most."))
    return redirect(story)
