"""Somebody senior puts their name to candour at their organisation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.team import is_team
from networks.models import Organisation, Pledge
from networks.pledges import NotTheirs, may_pledge, take_back
from networks.pledges import pledge as give

from ..forms import PledgeForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pledge(request: HttpRequest, code: str) -> HttpResponse:
    """Give it, renew it, take it back: for verified employees. The programme team takes back what is abused."""
    organisation = get_object_or_404(Organisation, code=code)
    works_here = may_pledge(request.user, organisation)
    if not works_here and not is_team(request.user):
        raise Http404("Not for this reader.")
    if request.method == "POST" and "remove" in request.POST:
        return _taken_back(request, organisation)
    if not works_here:
        raise Http404("Whoever does not work here gives no pledge for it.")
    given = Pledge.objects.filter(user=request.user, organisation=organisation).first()
    initial = {"name": given.name if given else request.user.name, "role": given.role if given else ""}
    form = PledgeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        give(by=request.user, organisation=organisation, **form.cleaned_data)
        messages.success(request, _("Your name stands on the page of your organisation for a year."))
        return redirect("stories:organisation-detail", code)
    context = {"organisation": organisation, "form": form, "given": given}
    return render(request, "stories/pledge_edit.html", context, status=422 if form.errors else 200)


def _taken_back(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    typed = request.POST["remove"]
    key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    found = get_object_or_404(Pledge, pk=key, organisation=organisation)
    try:
        take_back(by=request.user, pledge=found)
        messages.success(request, _("The name is taken off."))
    except NotTheirs as refusal:
        messages.error(request, str(refusal))
    return redirect("stories:organisation-detail", organisation.code)
