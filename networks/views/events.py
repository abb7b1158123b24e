"""Organisers announce, change and cancel events and say who came; everybody else comes and goes. The pages that show
an event with its stories are in stories."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learning_portal.common.limits import Rate
from learning_portal.common.public_ids import decode
from learning_portal.common.team import is_team

from .. import event_actions as verbs
from ..event_forms import CameForm, EventForm
from ..models import Attendance, Event, Membership, Network

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
ANNOUNCED = Rate("events announced", 20, 24 * 60 * 60)
"""By one person."""
MOVED = Rate("event moved", 5, 24 * 60 * 60)
"""One event: each time a mail goes to all who come."""
COMINGS = Rate("comings and goings", 60, 60 * 60)


def networks_to_announce_for(request: HttpRequest) -> list[Network | None]:
    """The networks that this person convenes, and None for everybody, if they are of the programme team."""
    convened = Membership.objects.current().filter(user=request.user, is_convenor=True).select_related("network")
    found: list[Network | None] = [one.network for one in convened.order_by("network__name_en", "network")]
    return [*found, None] if is_team(request.user) else found


def run_by_reader(request: HttpRequest, key: int) -> Event:
    """An event that this person organises; a 404 for everybody else."""
    return get_object_or_404(Event.objects.run_by(request.user).for_cards(), pk=key)


@never_cache
@READ_OR_SEND
@login_required
def create(request: HttpRequest) -> HttpResponse:
    networks = networks_to_announce_for(request)
    if not networks:
        raise Http404("Not for this reader.")
    if request.method != "POST":
        wanted = {"network": request.GET.get("network", "")}
        return render(request, "networks/event_edit.html", {"form": EventForm(networks=networks, initial=wanted)})
    form = EventForm(request.POST, networks=networks)
    if form.is_valid() and ANNOUNCED.take(str(request.user.pk)):
        form.add_error(None, _("You have announced many events today. Try again tomorrow."))
    if not form.is_valid():
        return render(request, "networks/event_edit.html", {"form": form}, status=422)
    event = verbs.create_event(by=request.user, network=form.network_chosen, **form.facts)
    messages.success(request, _("The event is announced. You can put stories on its agenda now."))
    return redirect(event)


@never_cache
@READ_OR_SEND
@login_required
def edit(request: HttpRequest, key: int) -> HttpResponse:
    """Change what it says, until it starts."""
    event = run_by_reader(request, key)
    if not event.may_be_joined(timezone.now()):
        raise Http404("What has begun is not changed any more.")
    form = EventForm(
        request.POST if request.method == "POST" else None,
        networks=[event.network],
        initial=EventForm.initial_of(event),
    )
    if form.is_valid() and event.moved_by(form.facts) and MOVED.take(str(event.pk)):
        form.add_error(None, _("This event was moved five times today, and each time all were told. Wait a day."))
    if form.is_valid() and (answer := _changed(request, event, form)):
        return answer
    return render(
        request, "networks/event_edit.html", {"form": form, "event": event}, status=422 if form.errors else 200
    )


def _changed(request: HttpRequest, event: Event, form: EventForm) -> HttpResponse | None:
    """Lead on; None if the form has to be put right."""
    try:
        verbs.edit_event(by=request.user, event=event, **form.facts)
    except verbs.TooFew as refusal:
        form.add_error("places", _("%(going)d people are going. Nobody loses a place") % {"going": refusal.going})
        return None
    except verbs.TooLate:
        messages.error(request, _("It has begun, or was cancelled: nothing is changed any more."))
        return redirect(event)
    messages.success(request, _("The event is changed. Whoever has joined hears of it if it moves."))
    return redirect(event)


@never_cache
@READ_OR_SEND
@login_required
def cancel(request: HttpRequest, key: int) -> HttpResponse:
    """Ask once; then tell all."""
    event = run_by_reader(request, key)
    if not event.may_be_joined(timezone.now()):
        raise Http404("What has begun is not cancelled any more.")
    if request.method != "POST":
        return render(request, "networks/event_cancel.html", {"event": event})
    try:
        verbs.cancel_event(by=request.user, event=event)
        messages.success(request, _("The event is cancelled. Those who had joined are told by mail."))
    except verbs.TooLate:
        messages.error(request, _("It has begun, or was cancelled already."))
    return redirect(event)


@never_cache
@READ_OR_SEND
@login_required
def attendance(request: HttpRequest, key: int) -> HttpResponse:
    """Who was there, once it has begun."""
    event = run_by_reader(request, key)
    if event.is_cancelled or not event.has_started(timezone.now()):
        raise Http404("Nobody was there yet.")
    going = list(Attendance.objects.filter(event=event).going().select_related("user").order_by("user__name", "pk"))
    form = CameForm(request.POST if request.method == "POST" else None, going=going)
    if form.is_valid():
        came = [decode(key) for key in form.cleaned_data["came"]]
        verbs.note_who_came(by=request.user, event=event, came=came)
        messages.success(request, _("It is noted who was there."))
        return redirect(event)
    context = {"form": form, "event": event, "going": going}
    return render(request, "networks/event_attendance.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@login_required
def come(request: HttpRequest, key: int) -> HttpResponse:
    """The buttons of an event: join it, or go back. Pressed again, they change nothing."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=key)
    wanted = request.POST.get("do", "")
    if wanted not in {"join", "back"}:
        raise Http404("No such button.")
    if COMINGS.take(str(request.user.pk)):
        messages.error(request, _("You have come and gone many times. Try again in an hour."))
        return redirect(event)
    try:
        if wanted == "join":
            _say(request, verbs.join(by=request.user, event=event))
        elif verbs.go_back(by=request.user, event=event):
            words = _("You are not coming. A place that falls free goes to whoever has waited longest.")
            messages.success(request, words)
    except verbs.NotTheirs:
        messages.error(request, _("Only people whose place of work is confirmed can join."))
    except verbs.TooLate:
        messages.error(request, _("It has begun, or was cancelled."))
    return redirect(event)


def _say(request: HttpRequest, state: str) -> None:
    if state == Attendance.State.GOING:
        messages.success(request, _("You are going. Put it in your calendar."))
    else:
        messages.success(request, _("You are on the waiting list. We write to you as soon as a place is yours."))
