"""Whoever moderates says until when they are away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.models import Away

from ..actions import Refused
from ..actions.leave_dates import be_away, be_back
from ..forms import AwayForm
from .moderation import check_moderates


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def away(request: HttpRequest) -> HttpResponse:
    """Set the day, change it, or be back."""
    check_moderates(request)
    if request.method != "POST":
        return _page(request, AwayForm())
    if request.POST.get("do") == "back":
        be_back(by=request.user)
        messages.success(request, _("Welcome back. Stories are handed to you again."))
        return redirect("stories:away")
    form = AwayForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        be_away(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("until", str(refusal))
        return _page(request, form, status=422)
    messages.success(request, _("Thank you. What is handed to you goes to others until then."))
    return redirect("stories:away")


def _page(request: HttpRequest, form: AwayForm, status: int = 200) -> HttpResponse:
    now = Away.objects.on(timezone.localdate()).filter(user=request.user).first()
    return render(request, "stories/away_edit.html", {"form": form, "now": now}, status=status)
