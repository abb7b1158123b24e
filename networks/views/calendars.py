"""Events in people's own calendars: one as a file, and all that they go to as an address to subscribe to."""

import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.calendar_files import Entry, calendar_response
from learning_portal.common.models import User

from ..event_actions import make_feed, reader_of_feed, stop_feed
from ..models import Attendance, CalendarFeed, Event

KEEPS = datetime.timedelta(days=60)
"""Past events stay in a feed so long."""


def entry_of(event: Event, address: str, with_link: bool) -> Entry:
    """The event as a calendar shows it; where to take part online only for those who go."""
    link = event.link if with_link else ""
    return Entry(
        key=event.pk,
        starts=event.starts_at,
        ends=event.ends_at,
        title=event.title,
        words="\n\n".join(part for part in (event.description, link) if part),
        place=event.place or link,
        url=address,
        changed=event.changed_at,
        is_cancelled=event.is_cancelled,
    )


@never_cache
@require_safe
def event_file(request: HttpRequest, key: int) -> HttpResponse:
    """One event as a file, for whoever sees its page."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=key)
    address = request.build_absolute_uri(event.get_absolute_url())
    return calendar_response([entry_of(event, address, is_going(request, event))], f"event-{event.public_id}")


def is_going(request: HttpRequest, event: Event) -> bool:
    """Whether this reader goes, or runs it: those see the link."""
    user = request.user
    if not user.is_authenticated:
        return False
    goes = Attendance.objects.filter(event=event, user=user).going().entitled().exists()
    return goes or Event.objects.run_by(user).filter(pk=event.pk).exists()


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """All that somebody goes to and may see now. It is their calendar program that asks: the address is the key, and
    no session is looked at."""
    reader = reader_of_feed(token)
    if reader is None:
        raise Http404("No address of ours, or not any more.")
    with translation.override(reader.language):
        name = _("Learning Portal")
    entries = [
        entry_of(event, request.build_absolute_uri(event.get_absolute_url()), with_link=True)
        for event in events_of(reader)
    ]
    response = calendar_response(entries, "calendar", name)
    response["X-Robots-Tag"] = "noindex"
    return response


def events_of(reader: User):
    going = Attendance.objects.filter(user=reader).going().entitled()
    seen = Event.objects.visible_to(reader).filter(pk__in=going.values("event"))
    return seen.filter(ends_at__gt=timezone.now() - KEEPS).order_by("starts_at", "pk")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """Make the address of one's calendar, make another, or none. It is shown once: only its hash is kept."""
    has_one = CalendarFeed.objects.filter(user=request.user).exists()
    if request.method != "POST":
        return render(request, "networks/calendar_feed.html", {"has_one": has_one})
    wanted = request.POST.get("do")
    if wanted == "stop":
        stop_feed(by=request.user)
        return redirect("networks:calendar")
    if wanted != "make":
        return render(request, "networks/calendar_feed.html", {"has_one": has_one}, status=422)
    token = make_feed(by=request.user)
    address = request.build_absolute_uri(reverse("networks:calendar-feed", args=[token]))
    context = {"has_one": True, "address": address}
    return render(request, "networks/calendar_feed.html", context)
