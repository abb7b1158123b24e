"""A custodian learns who wrote a confidential story: once on the screen, with a reason, and the author is told."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.models import AuditEvent, Role
from networks.models import Affiliation

from ..actions import Refused
from ..actions.reveal import REVEALED, reveal_author
from ..forms import RevealForm

SHOWN = 20
"""How many of the latest reveals a custodian sees."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def custody(request: HttpRequest) -> HttpResponse:
    """Ask for a reference and a reason. The answer is no redirect, so that it is kept nowhere: neither in an address
    nor in a session."""
    if not request.user.has_role(Role.CUSTODIAN):
        raise Http404("Not for this reader.")
    form = RevealForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    try:
        author = reveal_author(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=422)
    works = Affiliation.objects.filter(user=author).select_related("organisation")
    context = {"author": author, "bodies": [work.organisation.name for work in works], **form.cleaned_data}
    return render(request, "stories/custody_revealed.html", context)


def _page(request: HttpRequest, form: RevealForm, status: int) -> HttpResponse:
    earlier = AuditEvent.objects.filter(verb=REVEALED)[:SHOWN]
    return render(request, "stories/custody.html", {"form": form, "earlier": earlier}, status=status)
