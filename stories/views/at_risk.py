"""Knowledge at risk, for the programme team: stories that nobody can be asked about, and people who may have left."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.counts import rounded
from learning_portal.common.models import User
from learning_portal.common.paging import page_of
from learning_portal.common.public_ids import decode
from networks.left_actions import answer_left
from networks.models import Contact, LeftReport

from .. import at_risk
from ..models import Story
from .curate import check_team

PAGE_SIZE = 20
MOST_REPORTS = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def at_risk_list(request: HttpRequest) -> HttpResponse:
    """Titles only of what this member of the team may open. The rest is counted, in steps of five."""
    check_team(request)
    assert isinstance(request.user, User)
    reports = _reports(request.user)
    if request.method == "POST" and (answer := _answered(request, reports)) is not None:
        return answer
    today = timezone.localdate()
    visible = at_risk.at_risk(Story.objects.visible_to(request.user).published(), today)
    keys = visible.order_by("-published_on", "pk").values_list("pk", flat=True)
    page = page_of(keys, request.GET.get("page"), PAGE_SIZE)
    in_all = at_risk.at_risk(Story.objects.published(), today).count()
    context = {
        "page": page,
        "risks": at_risk.risks_of(list(page.object_list), request.user, today),
        "others": rounded(in_all - page.paginator.count),
        "reports": reports,
    }
    return render(request, "stories/at_risk.html", context, status=422 if request.method == "POST" else 200)


def _reports(user: User) -> list[LeftReport]:
    """Of people whose cards this reader may see; nobody decides about what they said themselves."""
    cards = Contact.objects.visible_to(user)
    waiting = LeftReport.objects.for_team(timezone.localdate()).filter(contact__in=cards).exclude(by=user)
    return list(
        waiting.exclude(contact__user=user).select_related("contact__organisation", "contact__user")[:MOST_REPORTS]
    )


def _answered(request: HttpRequest, reports: list[LeftReport]) -> HttpResponse | None:
    """What a button did; None for what is no button of this page."""
    try:
        key = decode(request.POST.get("report", ""))
    except ValueError:
        return None
    report, said = next((one for one in reports if one.pk == key), None), request.POST.get("answer")
    if report is None or said not in ("left", "here"):
        return None
    done = answer_left(report=report, left=said == "left", by=request.user.email)
    messages.success(request, _("Thank you.") if done else _("Somebody has answered already."))
    return redirect("stories:at-risk")
