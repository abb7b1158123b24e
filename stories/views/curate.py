"""The programme team says what it knows of a story. Its role opens no story: only those of its own audience."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.team import check_team

from ..actions import Refused
from ..actions import curate as verbs
from ..forms import CurateForm
from ..models import Story


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def curate(request: HttpRequest, pk: int) -> HttpResponse:
    """Evaluation, use for others, champion and programme of a published story."""
    check_team(request)
    story = get_object_or_404(Story.objects.visible_to(request.user).published().for_cards(), pk=pk)
    form = CurateForm(request.POST if request.method == "POST" else None, story=story)
    if form.is_valid() and _saved(request, story, form):
        messages.success(request, _("What the service says of this story is kept."))
        return redirect(story)
    status = 422 if form.errors else 200
    return render(request, "stories/story_curate.html", {"story": story, "form": form}, status=status)


def _saved(request: HttpRequest, story: Story, form: CurateForm) -> bool:
    try:
        verbs.curate(by=request.user, story=story, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
