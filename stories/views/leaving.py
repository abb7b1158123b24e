from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..actions import Refused, leave


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_account(request: HttpRequest) -> HttpResponse:
    """Ask once, saying what goes and what stays; then do it."""
    if request.method == "POST":
        try:
            leave.delete_account(by=request.user)
        except Refused:
            return _page(request, status=422)
        logout(request)
        messages.success(request, _("Your account is deleted. Thank you for what you brought."))
        return redirect("site:home")
    return _page(request)


def _page(request: HttpRequest, status: int = 200) -> HttpResponse:
    context = {
        "reasons": leave.keeps_from_leaving(request.user),
        "unsent": leave.unsent(request.user),
        "unsettled": leave.unsettled(request.user),
    }
    return render(request, "stories/account_delete.html", context, status=status)
