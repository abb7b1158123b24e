"""The directory of networks, a new one, and those that live elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.limits import Rate
from learning_portal.common.refused import Refused
from learning_portal.common.team import check_team, is_team

from .. import network_start as verbs
from ..faces import convenors_by_network
from ..models import Network
from ..network_access import convenes, invitations_of, is_public_servant, networks_of, proposals_of
from ..network_events import next_meetings
from ..network_forms import AboutForm, ChangeForm, ElsewhereForm, NarrowForm, NewNetworkForm, SecondForm

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
PROPOSALS = Rate("networks proposed", 5, 24 * 60 * 60)
"""A day: each writes to somebody."""


def refuse(request: HttpRequest, form: Form, refusal: Refused, field: str | None = None) -> None:
    """Say why it was not done: beside what was typed, or on top where nothing was."""
    if form.is_bound and form.is_valid():
        form.add_error(field, str(refusal))
    else:
        messages.error(request, str(refusal))


def too_often() -> str:
    return _("You have done this often today. Try again tomorrow.")


@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    """Those that live elsewhere first among equals; at the end those that are resting."""
    form = NarrowForm(request.GET)
    form.is_valid()
    found = Network.objects.listed().prefetch_related("topics")
    if topic := form.cleaned_data.get("topic"):
        found = found.filter(topics=topic)
    if sector := form.cleaned_data.get("sector"):
        found = found.filter(sectors__contains=sector)
    networks = sorted(found, key=lambda network: (not network.is_elsewhere, network.name.casefold(), network.pk))
    convenors = convenors_by_network(networks, request.user)
    meetings = next_meetings(networks, request.user, timezone.now())
    shown = [(network, convenors.get(network.pk, []), meetings.get(network.pk)) for network in networks]
    context = {
        "form": form,
        "is_narrowed": bool(topic or sector),
        "active": [row for row in shown if row[0].is_active],
        "resting": [row for row in shown if row[0].is_resting],
        "yours": networks_of(request.user),
        "invitations": invitations_of(request.user),
        "proposals": proposals_of(request.user) if request.user.is_authenticated else [],
        "team": is_team(request.user),
    }
    return render(request, "networks/network_list.html", context)


# --- Start a new one ------------------------------------------------------------------------------------------------


@never_cache
@READ_OR_SEND
@login_required
def create(request: HttpRequest) -> HttpResponse:
    """First what it would be about, in the address; then those that there are, why none fits, and its words."""
    if not is_public_servant(request.user):
        messages.info(request, _("Say first where you work: networks are for verified public servants."))
        return redirect("networks:work")
    sent = request.method == "POST"
    about = AboutForm(request.GET if request.GET or sent else None)
    if not about.is_valid() and not sent:
        return render(request, "networks/network_about.html", {"form": about})
    topics, sectors = about.cleaned_data.get("topics", ()), about.cleaned_data.get("sectors", ())
    others = list(verbs.like(topics, sectors))
    form = NewNetworkForm(request.POST if sent else None, has_others=bool(others or about.errors))
    for errors in about.errors.values():
        form.add_error(None, list(errors))  # the first page asks again, and has no place for the words of this one
    if form.is_valid() and (asked := _proposed(request, form, topics, sectors)):
        return redirect("networks:proposed", asked.pk)
    convenors = convenors_by_network(others, request.user)
    context = {
        "form": form,
        "others": [(network, convenors.get(network.pk, [])) for network in others],
        "topics": topics,
    }
    return render(request, "networks/network_new.html", context, status=422 if form.errors else 200)


def _proposed(request: HttpRequest, form: NewNetworkForm, topics: Sequence, sectors: Sequence[str]):
    """What was asked of a second convenor; None, and the form says why, if nothing was."""
    if PROPOSALS.take(str(request.user.pk)):
        form.add_error(None, too_often())
        return None
    try:
        return verbs.propose(
            by=request.user,
            words=form.words(),
            topics=topics,
            sectors=sectors,
            how_to_join=form.cleaned_data["how_to_join"],
            address=form.cleaned_data["address"],
            why_new=form.cleaned_data.get("why_new", ""),
        )
    except Refused as refusal:
        form.add_error("address", str(refusal))
        return None


@never_cache
@READ_OR_SEND
@login_required
def proposed(request: HttpRequest, key: int) -> HttpResponse:
    """What one has proposed, while its second convenor has not answered. For nobody else."""
    admission = get_object_or_404(proposals_of(request.user), pk=key)
    wanted = request.POST.get("do", "") if request.method == "POST" else ""
    form = SecondForm(request.POST if wanted == "ask" else None)
    try:
        if wanted == "take_back":
            verbs.take_back(by=request.user, admission=admission)
            messages.success(request, _("The proposal is taken back and erased."))
            return redirect("networks:network-list")
        if wanted == "ask" and form.is_valid():
            if PROPOSALS.take(str(request.user.pk)):
                raise Refused(too_often())
            asked = verbs.ask_another(by=request.user, admission=admission, address=form.cleaned_data["address"])
            messages.success(request, _("They are asked. The mail goes on the next working morning."))
            return redirect("networks:proposed", asked.pk)
    except Refused as refusal:
        refuse(request, form, refusal, "address")
    context = {"admission": admission, "network": admission.network, "form": form}
    return render(request, "networks/network_proposed.html", context, status=422 if request.method == "POST" else 200)


# --- Elsewhere, and change ------------------------------------------------------------------------------------------


@never_cache
@READ_OR_SEND
@login_required
def elsewhere(request: HttpRequest) -> HttpResponse:
    """The programme team lists a network that lives elsewhere."""
    check_team(request)
    form = ElsewhereForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        tags = {name: form.cleaned_data[name] for name in ("topics", "sectors")}
        network = verbs.list_elsewhere(by=request.user, words=form.words(), **tags)
        messages.success(request, _("The network is listed, checked today."))
        return redirect("stories:network-detail", network.slug)
    return render(request, "networks/network_edit.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@READ_OR_SEND
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Its words: by its convenors, and of one that lives elsewhere by the programme team. For nobody else."""
    network = get_object_or_404(Network.objects.listed().prefetch_related("topics"), slug=slug)
    may = is_team(request.user) if network.is_elsewhere else convenes(request.user, network)
    if not may:
        raise Http404("Not for this reader.")
    wanted = request.POST.get("do", "") if request.method == "POST" else ""
    if network.is_elsewhere and wanted in {"checked", "rest", "wake"}:
        return _checked(request, network, wanted)
    data = request.POST if request.method == "POST" else None
    form = (ElsewhereForm if network.is_elsewhere else ChangeForm)(data, network=network)
    if form.is_valid():
        tags = {name: form.cleaned_data[name] for name in ("topics", "sectors")}
        verbs.change_network(by=request.user, network=network, words=form.words(), **tags)
        messages.success(request, _("The words of the network are kept."))
        return redirect("stories:network-detail", network.slug)
    context = {"form": form, "network": network}
    return render(request, "networks/network_edit.html", context, status=422 if form.errors else 200)


def _checked(request: HttpRequest, network: Network, wanted: str) -> HttpResponse:
    if wanted == "checked":
        verbs.check_listing(by=request.user, network=network)
        messages.success(request, _("It is noted that you checked it today."))
    else:
        verbs.unlist(by=request.user, network=network, is_there=wanted == "wake")
        messages.success(request, _("The directory says so now."))
    return redirect("stories:network-detail", network.slug)
