"""Colleagues, and the programme team, confirm where somebody works."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.team import check_team, is_team

from ..models import Sponsorship
from ..work_actions import decide, may_decide

TO_SHOW = ("user", "organisation", "sponsor")


@never_cache
@require_safe
@login_required
def sponsorship_list(request: HttpRequest) -> HttpResponse:
    """For the programme team: who waits, the longest first."""
    check_team(request)
    waiting = Sponsorship.objects.waiting().exclude(user=request.user).select_related(*TO_SHOW)
    return render(request, "networks/sponsorship_list.html", {"waiting": waiting})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sponsorship_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Who asks, and two buttons. For anybody else than whom it asks there is no such page."""
    asked = get_object_or_404(Sponsorship.objects.waiting().select_related(*TO_SHOW), pk=pk)
    if not may_decide(request.user, asked):
        raise Http404("Not for this reader.")
    if request.method != "POST":
        return render(request, "networks/sponsorship_detail.html", {"asked": asked})
    answer = request.POST.get("answer")
    if answer not in {"confirm", "refuse"}:
        return render(request, "networks/sponsorship_detail.html", {"asked": asked}, status=422)
    done = decide(by=request.user, asked=asked, confirm=answer == "confirm")
    messages.success(request, _("Thank you. They will hear from us.") if done else _("Somebody has answered already."))
    return redirect("networks:sponsorship-list" if is_team(request.user) else "common:account")
