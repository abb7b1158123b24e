"""Whether a network goes on, goes into another, or rests: for its convenors, signed in or by a link of a mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from learning_portal.common.models import User
from learning_portal.common.refused import Refused

from .. import network_life as life
from ..models import Network
from ..network_access import convenors_of
from ..network_forms import MergeForm
from .convening import convenor_or_404
from .networks import READ_OR_SEND, refuse


@never_cache
@READ_OR_SEND
@login_required
def rest(request: HttpRequest, slug: str) -> HttpResponse:
    """For a convenor who is signed in. For anybody else there is no such page."""
    network = convenor_or_404(request, slug)
    if network.is_merged:
        raise Http404("It has gone into another.")
    form = _form(request, request.user, network)
    if request.method == "POST" and (done := _decided(request, request.user, network, form)):
        messages.success(request, done)
        return redirect("stories:network-detail", slug)
    context = {"network": network, "form": form, "is_signed_in": True}
    return render(request, "networks/network_rest.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@READ_OR_SEND
def still(request: HttpRequest, token: str) -> HttpResponse:
    """The same by a link that needs no sign-in. To look changes nothing; pressed again it says that it is answered."""
    opened = life.STILL_WANTED.read(token)
    if opened is None:
        raise Http404("No link of ours.")
    network = None if opened.is_over else Network.objects.active().filter(rest_thread=opened.key).first()
    convenor = convenors_of(network).filter(pk=opened.who).first() if network else None
    if network is None or convenor is None:
        return _unindexed(render(request, "networks/still_closed.html"))
    form = _form(request, convenor, network)
    if request.method == "POST" and (done := _decided(request, convenor, network, form)):
        return _unindexed(render(request, "networks/still_answered.html", {"network": network, "done": done}))
    context = {"network": network, "form": form}
    status = 422 if request.method == "POST" else 200
    return _unindexed(render(request, "networks/network_rest.html", context, status=status))


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


def _form(request: HttpRequest, convenor: User, network: Network) -> MergeForm:
    data = request.POST if request.POST.get("do") == "merge" else None
    return MergeForm(data, networks=life.may_take(convenor, network))


def _decided(request: HttpRequest, convenor: User, network: Network, form: MergeForm) -> str:
    """Do what the convenor chose, and say so; nothing if they chose nothing."""
    wanted = request.POST.get("do")
    try:
        if wanted == "keep":
            life.keep(by=convenor, network=network)
            return _("Thank you. The network goes on.")
        if wanted == "rest":
            life.rest(by=convenor, network=network)
            return _("The network is resting. A convenor can wake it at any time.")
        if wanted == "merge" and form.is_valid():
            life.merge(by=convenor, network=network, into=form.cleaned_data["into"])
            return _("The network points to the other one now. Its members are asked whether they move.")
    except Refused as refusal:
        refuse(request, form, refusal)
    return ""
