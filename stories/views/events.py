"""Events with the stories on their agendas: here and not in networks, which knows no story."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.paging import page_of
from networks.models import Event
from networks.views.events import networks_to_announce_for

from ..actions import Refused
from ..actions.meeting import put_on_agenda, take_off_agenda
from ..events import EventCard, agendas, coming_for, page_of_event
from ..forms import CollectForm
from ..models import Story

PAST_A_PAGE = 10


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """What is to come, and below it what was, with its agenda."""
    now, kind = timezone.now(), request.GET.get("kind", "")
    kind = kind if kind in Event.Kind.values else ""
    past = Event.objects.visible_to(request.user).past(now).for_cards()
    page = page_of(past.filter(kind=kind) if kind else past, request.GET.get("page"), PAST_A_PAGE)
    stories = agendas(page.object_list, request.user)
    context = {
        "kind": kind,
        "kinds": Event.Kind.choices,
        "coming": coming_for(request.user, kind, now),
        "page": page,
        "past": [EventCard(event, stories=tuple(stories[event.pk])) for event in page.object_list],
        "announces": request.user.is_authenticated and bool(networks_to_announce_for(request)),
    }
    return render(request, "stories/event_list.html", context)


@require_safe
def event_detail(request: HttpRequest, key: int) -> HttpResponse:
    """One event, as far as this reader may see it."""
    event = get_object_or_404(Event.objects.visible_to(request.user).for_cards(), pk=key)
    response = render(request, "stories/event_detail.html", page_of_event(event, request.user))
    if event.network_id:
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agenda(request: HttpRequest, key: int) -> HttpResponse:
    """Organisers put stories on it that they may read, and take them off again."""
    event = get_object_or_404(Event.objects.run_by(request.user), pk=key)
    visible = Story.objects.visible_to(request.user).published()
    form = CollectForm(request.POST if request.method == "POST" else None, visible=visible)
    wanted = request.POST.get("do", "")
    if wanted in {"add", "remove"} and form.is_valid():
        verb = put_on_agenda if wanted == "add" else take_off_agenda
        try:
            verb(by=request.user, event=event, story=form.cleaned_data["story"])
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("stories:event-agenda", key)
    context = {"event": event, "form": form, "stories": agendas([event], request.user)[event.pk]}
    return render(request, "stories/event_agenda.html", context, status=422 if request.method == "POST" else 200)
