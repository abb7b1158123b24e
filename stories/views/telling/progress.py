"""A progress update: a status and a line, on one's own published project summary. It bears a name, so no receipt."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ...actions import Refused, update
from ...telling.small_forms import ProgressForm
from .begin import READ_OR_SEND


@READ_OR_SEND
@login_required
def progress(request: HttpRequest) -> HttpResponse:
    own = update.updatable_by(request.user).select_related("published_version").order_by("-published_on", "pk")
    projects = {story.public_id: story for story in own}
    choices = [(key, story.content.title) for key, story in projects.items()]
    form = ProgressForm(request.POST if request.method == "POST" else None, projects=choices)
    if form.is_bound and form.is_valid():
        story = projects[form.cleaned_data["story"]]
        try:
            update.add_progress(
                by=request.user, story=story, status=form.cleaned_data["status"], line=form.cleaned_data["line"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your update stands on the story."))
            return redirect(story)
    status = 422 if form.is_bound else 200
    return render(request, "stories/telling/tell_progress.html", {"form": form, "projects": choices}, status=status)
