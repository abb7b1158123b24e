"""A meeting that is agreed is moved or called off, by whoever asked or by the host, who may have come by a link."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from networks import introductions
from networks.meeting_forms import MoveForm
from networks.models import Introduction
from networks.views.meeting_links import meeting_link_over

from .meet import OFF, SETTLED, by_link, theirs


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, key: int) -> HttpResponse:
    """For whoever asked and whoever is asked; a 404 for anybody else."""
    introduction = theirs(request, key, SETTLED)
    by_host = introduction.asker_id != request.user.pk
    return _changed(request, introduction, by_host, reverse("stories:meeting", args=[introduction.pk]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same for a host without an account. To look at it changes nothing."""
    introduction = by_link(token, SETTLED)
    if introduction is None:
        return meeting_link_over(request)
    return _changed(request, introduction, True, reverse("stories:meeting-link", args=[token]))


def _changed(request: HttpRequest, introduction: Introduction, by_host: bool, page: str) -> HttpResponse:
    wanted = request.POST.get("do", "") if request.method == "POST" else ""
    form = MoveForm(request.POST if wanted == "move" else None, introduction=introduction, today=timezone.localdate())
    if wanted == "off" and _is_called_off(introduction, by_host):
        messages.success(request, _("It is called off. The other person is told."))
        return redirect(request.path)
    if form.is_valid() and _is_moved(introduction, form, request.POST.get("seen", ""), by_host):
        messages.success(request, _("It is moved. The other person is told."))
        return redirect(page)
    return _page(request, introduction, form, by_host, page)


def _is_called_off(introduction: Introduction, by_host: bool) -> bool:
    coming = introductions.is_coming(introduction, timezone.now())
    return coming and introductions.call_off(introduction=introduction, by_host=by_host)


def _is_moved(introduction: Introduction, form: MoveForm, seen: str, by_host: bool) -> bool:
    """Move it; or say in the form that somebody was quicker, and show what is agreed now."""
    to = {"meets_at": form.meets_at, "place": form.cleaned_data["place"], "seen": _moment(seen)}
    coming = introductions.is_coming(introduction, timezone.now())
    if coming and introductions.move_meeting(introduction=introduction, by_host=by_host, **to):
        return True
    introduction.refresh_from_db()
    form.add_error(None, _("It was changed meanwhile: look at what stands above. Nothing you typed is lost"))
    return False


def _moment(typed: str) -> datetime.datetime | None:
    """The day that the page showed; None for what no page of ours sent."""
    try:
        found = datetime.datetime.fromisoformat(typed)
    except ValueError:
        return None
    return found if timezone.is_aware(found) else None


def _page(request: HttpRequest, introduction: Introduction, form: MoveForm, by_host: bool, page: str) -> HttpResponse:
    context = {
        "introduction": introduction,
        "form": form,
        "page": page,
        "by_host": by_host,
        "is_coming": introductions.is_coming(introduction, timezone.now()),
        "is_off": introduction.state in OFF,
        "may_move": introductions.may_move(introduction, by_host=by_host),
        "together": introduction.together,
    }
    status = 422 if request.method == "POST" else 200
    response = render(request, "stories/meeting_change.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
