""" "Ask us to find someone": a plan in its owner's words, shown and confirmed before it goes to the matching desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from networks.choices import MeetingFormat
from networks.introductions import NotAsked, desk
from networks.models import Topic

from .. import plans
from ..forms import PlanOptionsForm
from ..forms.find import FindForm
from ..suggest import suggest
from ..waits import median

MOST_TOPICS = 12


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def find(request: HttpRequest) -> HttpResponse:
    """Write it, look at it, send it. Nothing that was typed is lost on the way."""
    if request.method != "POST":
        plan = plans.find(request.session, request.GET.get("plan", ""))
        return _page(request, FindForm(initial={"plan": plan.text if plan else ""}, name=request.user.name))
    form = FindForm(request.POST, name=request.user.name)
    if not form.is_valid():
        return _page(request, form, status=422)
    if request.POST.get("do") == "change":
        return _page(request, form)
    topics = _topics(request, form.cleaned_data["plan"])
    if request.POST.get("do") != "send":
        context = {"form": form, "topics": topics, "wait": honest_wait(), "asked": form.request(topics)}
        context["format"] = MeetingFormat(form.cleaned_data["format"]).label
        return render(request, "stories/find_check.html", context)
    try:
        desk.ask_desk(by=request.user, request=form.request(topics))
    except NotAsked as refused:
        form.add_error(None, refused.why.label)
        return _page(request, form, status=422)
    messages.success(request, _("We have your request.") + " " + honest_wait())
    return redirect("stories:meet-list")


def _page(request: HttpRequest, form: FindForm, status: int = 200) -> HttpResponse:
    back = plans.way_back(request.session, request.GET.get("plan", ""))
    return render(request, "stories/find_new.html", {"form": form, "back": back}, status=status)


def _topics(request: HttpRequest, plan: str) -> list[Topic]:
    """Those of the answer that led here, else what the words suggest."""
    chosen = list(PlanOptionsForm(request.GET).options().topics)
    return (chosen or suggest(plan, Topic.objects.all()))[:MOST_TOPICS]


def honest_wait() -> str:
    """How long requests have waited for the desk, in words."""
    found = median(*desk.waits(timezone.localdate()))
    if found is None:
        return _("We cannot say yet how long it takes: too few have asked.")
    if found.more:
        return ngettext(
            "Half of those who asked waited longer than %(number)d working day.",
            "Half of those who asked waited longer than %(number)d working days.",
            found.days,
        ) % {"number": found.days}
    return ngettext(
        "Half of those who asked heard from us within %(number)d working day.",
        "Half of those who asked heard from us within %(number)d working days.",
        found.days,
    ) % {"number": found.days}
