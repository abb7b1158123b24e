"""For the convenors of a network: the actions of its meetings, and whether learning is happening."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.limits import Rate
from learning_portal.common.models import User
from networks.models import Action, Membership, Network
from networks.promises import NotTheirs, meetings_to_record, record_action

from .. import learning
from ..forms.meeting import RecordForm

RECORDED = Rate("actions recorded", 60, 24 * 60 * 60)
"""By one convenor: their owners are mailed."""
SHOWN = 100


def convened(request: HttpRequest, slug: str) -> Network:
    """A network that this person convenes; a 404 for everybody else."""
    network = get_object_or_404(Network, slug=slug)
    convenors = Membership.objects.current().filter(network=network, is_convenor=True)
    if not convenors.filter(user=request.user).exists():
        raise Http404("Not for this reader.")
    return network


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def network_actions(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down who took on what, and see how what was written down stands."""
    network = convened(request, slug)
    members = Membership.objects.current().filter(network=network)
    people = User.objects.filter(pk__in=members.values("user")).order_by("name", "pk")
    meetings = meetings_to_record(request.user, network)
    form = RecordForm(request.POST if request.method == "POST" else None, members=people, meetings=meetings)
    if form.is_valid() and RECORDED.take(str(request.user.pk)):
        form.add_error(None, _("You have written down many actions today. Go on tomorrow."))
    if form.is_valid():
        try:
            record_action(by=request.user, network=network, **form.cleaned_data)
        except NotTheirs as refusal:
            raise Http404("Not a convenor any more.") from refusal
        messages.success(request, _("It is written down. They are told in their next weekly mail."))
        return redirect("stories:network-actions", slug)
    recorded = Action.objects.recorded().filter(network=network, owner__in=people).select_related("owner", "event")
    today = timezone.localdate()
    context = {
        "network": network,
        "form": form,
        "actions": [(action, action.is_late(today)) for action in recorded.order_by("-due_on", "pk")[:SHOWN]],
    }
    return render(request, "stories/network_actions.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@login_required
def network_learning(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of the actions of its members."""
    network = convened(request, slug)
    months = learning.of_network(network)
    context = {
        "network": network,
        "months": months,
        "stages": [label for label, _number in months[0].stages],
        "most": max(number for month in months for _label, number in month.stages) or 1,
    }
    return render(request, "stories/network_learning.html", context)
