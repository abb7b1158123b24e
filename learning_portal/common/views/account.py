from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import Role


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who one is signed in as, in which roles, and the way out."""
    user = request.user
    roles = ", ".join(str(Role(group.name).label) for group in user.groups.all() if group.name in Role.values)
    rows = [(_("Name"), user.name), (_("Email address"), user.email), (_("Roles"), roles or _("Reader"))]
    return render(request, "common/account.html", {"rows": rows})
