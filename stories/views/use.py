"""Whoever said that their organisation uses a story says how it goes now."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..actions import Refused
from ..actions.use import change_use
from ..forms.use import UseForm
from ..models import Story
from ..uptake import use_by


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def story_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Using, adapting, stopped and why, and whether the organisation may be named. A 404 for who never said so."""
    story = get_object_or_404(Story.objects.visible_to(request.user).published().for_cards(), pk=pk)
    use = use_by(request.user, story)
    if use is None:
        raise Http404("Not for this reader.")
    form = UseForm(request.POST if request.method == "POST" else None, use=use)
    if form.is_valid():
        try:
            change_use(by=request.user, story=story, **form.cleaned_data)
            messages.success(request, _("Thank you. It is kept, and you can change it."))
            return redirect(story)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"story": story, "use": use, "form": form}
    return render(request, "stories/story_use.html", context, status=422 if form.errors else 200)
