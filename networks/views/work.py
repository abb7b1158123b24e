"""Where somebody works: what their address shows, and whom to ask where it shows nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learning_portal.common.limits import Rate

from ..domains import bodies_of, proved_domain
from ..models import Affiliation, Preferences, Sponsorship
from ..work_actions import ask_sponsor, leave_work, work_by_domain
from ..work_forms import AskForm, WorkForm

QUESTIONS = Rate("sponsors asked", 5, 24 * 60 * 60)
"""A day: so that nobody mails a whole organisation, or learns from many questions who has an account."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def work(request: HttpRequest) -> HttpResponse:
    """The bodies that have the domain of one's proved address, to choose one of; else the way to ask."""
    bodies = bodies_of(proved_domain(request.user))
    if request.method != "POST":
        return _page(request, WorkForm(bodies=bodies) if bodies else None)
    form = WorkForm(request.POST, bodies=bodies)
    if not form.is_valid():
        return _page(request, form, status=422)
    work_by_domain(by=request.user, **form.cleaned_data)
    messages.success(request, _("Thank you. We know now where you work."))
    return redirect(_next(request))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """A colleague, or the programme team, confirms it. The answer is the same whoever was named."""
    if request.method != "POST":
        return render(request, "networks/work_ask.html", {"form": AskForm(initial={"name": request.user.name})})
    form = AskForm(request.POST)
    if form.is_valid() and QUESTIONS.take(str(request.user.pk)):
        form.add_error(None, _("You have asked often today. Try again tomorrow."))
    if not form.is_valid():
        return render(request, "networks/work_ask.html", {"form": form}, status=422)
    ask_sponsor(by=request.user, **form.cleaned_data)
    messages.success(request, _("We have asked. We write to you as soon as there is an answer."))
    return redirect(_next(request))


@require_POST
@login_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """One works there no more: what only its people read is closed at the next request."""
    if not leave_work(by=request.user, key=pk):
        raise Http404("None of theirs.")
    messages.success(request, _("Thank you. We know now that you have left."))
    return redirect("networks:work")


def _next(request: HttpRequest) -> str:
    """On the first visit, the next question."""
    return "common:account" if Preferences.objects.filter(user=request.user).exists() else "networks:interests"


def _page(request: HttpRequest, form: WorkForm | None, status: int = 200) -> HttpResponse:
    theirs = Affiliation.objects.filter(user=request.user, ended_on=None).exclude(verified_on=None)
    context = {
        "form": form,
        "affiliations": theirs.select_related("organisation").order_by("pk"),
        "asked": Sponsorship.objects.waiting().filter(user=request.user).select_related("organisation").first(),
        "first": not Preferences.objects.filter(user=request.user).exists(),
    }
    return render(request, "networks/work_edit.html", context, status=status)
