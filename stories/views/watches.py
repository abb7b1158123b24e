"""Plans for which a reader waits for new stories."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import plans
from ..actions import Refused, watch
from ..cards import Card
from ..forms import PlanOptionsForm
from ..models import Follow, Story, Watch
from ..plans import Plan
from .plans import READ_OR_SEND, gone


@READ_OR_SEND
@login_required
def watch_plan(request: HttpRequest, key: str) -> HttpResponse:
    """What is kept, and for how long; one button."""
    plan = plans.find(request.session, key)
    if plan is None:
        return gone(request)
    query = request.GET.urlencode()
    context = {"plan": plan, "back": f"{reverse('stories:plan-detail', args=[key])}?{query}"}
    if request.method != "POST":
        return render(request, "stories/watch_new.html", context)
    topics = list(PlanOptionsForm(request.GET).options().topics)
    try:
        made = watch.watch_plan(by=request.user, plan=plan, topics=topics)
    except Refused as refusal:
        return render(request, "stories/watch_new.html", {**context, "refusal": str(refusal)}, status=422)
    messages.success(request, _("We mail you when a story about it comes out that you may read."))
    return redirect(made)


@never_cache
@require_safe
@login_required
def watch_list(request: HttpRequest) -> HttpResponse:
    """What somebody is told about: plans that they wait for, and projects that they follow."""
    waiting = Watch.objects.filter(user=request.user).live(timezone.localdate())
    follows = Follow.objects.filter(user=request.user).values("story")
    shown = Story.objects.visible_to(request.user).published().filter(pk__in=follows).order_by("-published_on", "pk")
    followed = Story.objects.cards_of(list(shown.values_list("pk", flat=True)))
    return render(request, "stories/watch_list.html", {"watches": waiting, "followed": followed})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def watch_detail(request: HttpRequest, key: int) -> HttpResponse:
    """What has come out for it; check it again, or stop. Nobody else's is there."""
    found = get_object_or_404(Watch.objects.filter(user=request.user).live(timezone.localdate()), pk=key)
    if request.method != "POST":
        stories = watch.look_at_found(by=request.user, watch=found)
        return render(
            request, "stories/watch_detail.html", {"watch": found, "cards": [Card(s, dated=True) for s in stories]}
        )
    if request.POST.get("do") == "stop":
        watch.stop_watching(by=request.user, watch=found)
        messages.success(request, _("We do not wait for it any more, and have forgotten your plan."))
        return redirect("stories:watch-list")
    kept = plans.keep(request.session, Plan(found.text, found.organisation.code if found.organisation else ""))
    query = urlencode([("topic", topic.slug) for topic in found.topics.all()])
    return redirect(f"{reverse('stories:plan-detail', args=[kept])}?{query}")
