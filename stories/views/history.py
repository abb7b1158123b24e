from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import history
from ..doing import may_read_history
from ..models import Decision, Story
from ..worklist import OPEN


@never_cache
@require_safe
def story_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided about a story: for its author and whoever moderates it, a 404 for everybody else."""
    if not request.user.is_authenticated:
        raise Http404("Not for this reader.")
    story = get_object_or_404(Story.objects.visible_to(request.user).for_cards(), pk=pk)
    if not may_read_history(request.user, story):
        raise Http404("Not for this reader.")
    moderates = Story.objects.looked_after_by(request.user).filter(pk=pk).exists()
    decisions = list(Decision.objects.filter(story=story))
    context = {
        "story": story,
        "moderates": moderates and story.status in OPEN,
        "title": story.content.title if story.published_version or story.versions().exists() else "",
        "lines": history.lines(story, decisions, names=moderates),
        "in_short": history.in_short(story, decisions),
    }
    return render(request, "stories/story_history.html", context)
