"""What happens next with a request to meet; and what the programme team is told of requests that are out of place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.team import check_team

from ..models import Introduction, Report


@never_cache
@require_safe
@login_required
def introduction_sent(request: HttpRequest, key: int) -> HttpResponse:
    """What happens next with a request of one's own."""
    mine = Introduction.objects.filter(asker=request.user).select_related("host")
    introduction = get_object_or_404(mine, pk=key)
    return render(request, "networks/introduction_sent.html", {"introduction": introduction})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def meeting_reports(request: HttpRequest) -> HttpResponse:
    """For the programme team: requests that whoever was asked found out of place, and a button when one is seen to."""
    check_team(request)
    waiting = Report.objects.open().select_related("contact", "introduction__asker")
    if request.method != "POST":
        return render(request, "networks/meeting_reports.html", {"reports": waiting})
    key = request.POST.get("report", "")
    found = next((one for one in waiting if one.public_id == key), None)
    if found is None:
        return render(request, "networks/meeting_reports.html", {"reports": waiting}, status=422)
    Report.objects.filter(pk=found.pk, closed_on=None).update(closed_on=timezone.localdate())
    messages.success(request, _("It is off the list."))
    return redirect("networks:meeting-reports")
