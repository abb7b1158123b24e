"""Join a network, ask to, answer an invitation, leave, move on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learning_portal.common.limits import Rate
from learning_portal.common.refused import Refused

from .. import network_actions as verbs
from ..models import Admission, Network
from ..network_access import is_public_servant, is_to, membership_of
from ..network_forms import AskToJoinForm
from ..network_life import move
from ..network_start import found, may_found
from .networks import READ_OR_SEND, too_often

REQUESTS = Rate("networks joined", 20, 24 * 60 * 60)
"""Networks that one person joins or asks to join in a day."""


@never_cache
@READ_OR_SEND
@login_required
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Join an open network, or say a few words to the convenors of one that lets people in."""
    network = get_object_or_404(Network.objects.active().here(), slug=slug)
    if membership_of(request.user, network):
        return redirect("stories:network-detail", slug)
    if not (network.is_open or network.is_by_approval):
        raise Http404("By invitation.")
    if not is_public_servant(request.user):
        messages.info(request, _("Say first where you work: networks are for verified public servants."))
        return redirect("networks:work")
    form = AskToJoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _joined(request, network, form.cleaned_data["words"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"network": network, "form": form}
    return render(request, "networks/network_join.html", context, status=422 if form.errors else 200)


def _joined(request: HttpRequest, network: Network, words: str) -> HttpResponse:
    if REQUESTS.take(str(request.user.pk)):
        raise Refused(too_often())
    if network.is_open:
        verbs.join(by=request.user, network=network)
        messages.success(request, _("You are a member now."))
    else:
        verbs.ask_to_join(by=request.user, network=network, words=words)
        messages.success(request, _("The convenors are asked. We write to you when one of them has answered."))
    return redirect("stories:network-detail", network.slug)


@never_cache
@require_POST
@login_required
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Not ask to join after all."""
    asked = Admission.objects.filter(network__slug=slug, user=request.user, kind=Admission.Kind.ASKED).first()
    if asked is None or not verbs.forget(asked):
        raise Http404("Nothing waits.")
    messages.success(request, _("Your request is taken back and erased."))
    return redirect("stories:network-detail", slug)


@never_cache
@require_POST
@login_required
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Be a member, or a convenor, no more."""
    network = _own(request, slug)
    try:
        if request.POST.get("do") == "step_down":
            verbs.step_down(by=request.user, network=network)
            messages.success(request, _("You convene it no more. You are still a member."))
        else:
            verbs.leave(by=request.user, network=network)
            messages.success(request, _("You have left the network."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("stories:network-detail", slug)


@never_cache
@require_POST
@login_required
def go_along(request: HttpRequest, slug: str) -> HttpResponse:
    """A member of a network that was merged joins the other."""
    network = _own(request, slug)
    try:
        move(by=request.user, network=network)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("stories:network-detail", slug)
    messages.success(request, _("You are a member now."))
    return redirect("stories:network-detail", network.merged_into.slug)


def _own(request: HttpRequest, slug: str) -> Network:
    """A network of which they are a member: for anybody else there is nothing here."""
    network = get_object_or_404(Network.objects.shown().select_related("merged_into"), slug=slug)
    if not membership_of(request.user, network):
        raise Http404("Not for this reader.")
    return network


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invitation(request: HttpRequest, key: int) -> HttpResponse:
    """Join, convene, or start a network with somebody, or rather not. For anybody but whom it asks there is no such
    page."""
    asked = Admission.objects.in_time().select_related("network", "by")
    admission = get_object_or_404(asked, pk=key)
    if not is_to(request.user, admission) or admission.network.is_merged:
        raise Http404("Not for this reader.")
    if admission.taken_back_on:
        return render(request, "networks/invitation_over.html", {"admission": admission}, status=410)
    wanted = request.POST.get("answer", "") if request.method == "POST" else ""
    refusal = ""
    if wanted in {"accept", "decline"}:
        try:
            return _answered(request, admission, accept=wanted == "accept")
        except Refused as refused:
            refusal = str(refused)
    context = {
        "admission": admission,
        "network": admission.network,
        "refusal": refusal,
        **_hindrance(request, admission),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "networks/invitation.html", context, status=status)


def _hindrance(request: HttpRequest, admission: Admission) -> dict:
    """Why they cannot say yes, if they cannot."""
    is_new = admission.network.state == Network.State.PROPOSED
    verified = is_public_servant(request.user)
    same = is_new and verified and not may_found(request.user, admission.by)
    return {"is_new": is_new, "is_verified": verified, "is_same_body": same}


def _answered(request: HttpRequest, admission: Admission, *, accept: bool) -> HttpResponse:
    network = admission.network
    if network.state == Network.State.PROPOSED:
        started = found(by=request.user, admission=admission, accept=accept)
        network = started or network
    else:
        verbs.answer_invitation(by=request.user, admission=admission, accept=accept)
    if not accept:
        messages.success(request, _("Thank you. The invitation is erased."))
        return redirect("networks:network-list")
    is_convening = admission.kind == Admission.Kind.CONVENE
    messages.success(request, _("You convene it now.") if is_convening else _("You are a member now."))
    return redirect("stories:network-detail", network.slug)
