"""Whoever said that their organisation uses a story says how it goes now, or takes it back when they have left."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.one_button import link_over

from ..actions import Refused
from ..actions.use import change_use, take_back_use
from ..choices import Uptake
from ..forms.use import UseForm
from ..models import Reuse, Story
from ..uptake import WE_STOPPED, own_use, stopped_by_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def story_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Using, adapting, stopped and why, and whether the organisation may be named. A 404 for who never said so."""
    story = get_object_or_404(Story.objects.visible_to(request.user).published().for_cards(), pk=pk)
    use, left = own_use(request.user, story)
    if use is None:
        return _left_behind(request, story, left)
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


def _left_behind(request: HttpRequest, story: Story, use: Reuse | None) -> HttpResponse:
    """What they said of a place where they work no more: one button."""
    if use is None:
        raise Http404("Not for this reader.")
    if request.method != "POST":
        return render(request, "stories/story_use_left.html", {"story": story, "use": use})
    take_back_use(by=request.user, story=story)
    messages.success(request, _("You have taken it back. Nothing here says any more that you said it."))
    return redirect(story)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use_stopped(request: HttpRequest, token: str) -> HttpResponse:
    """ "We stopped", from a page of a mail: one button, without signing in, and no word of the story."""
    opened = WE_STOPPED.read(token)
    use = stopped_by_link(opened.key, opened.who) if opened else None
    if opened is None or use is None:
        raise Http404("No link of ours, or another's to say now.")
    if opened.is_over:
        words = _("Nothing was changed. Sign in to say how it goes now, on the page of the story.")
        return link_over(request, words, "stories:meet-list", _("Your introductions"))
    if request.method == "POST" and use.user and use.is_in_use:
        use = change_use(by=use.user, story=use.story, how=Uptake.STOPPED)
    response = render(request, "stories/use_stopped.html", {"use": use})
    response["X-Robots-Tag"] = "noindex"
    return response
