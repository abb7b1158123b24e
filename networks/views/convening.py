"""What convenors do: let people in, invite, remove, hand over."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from learning_portal.common.limits import Rate
from learning_portal.common.paging import page_of
from learning_portal.common.refused import Refused

from .. import network_actions as verbs
from ..domains import domain_of
from ..faces import faces_of
from ..models import Admission, Affiliation, Membership, Network
from ..network_access import membership_of
from ..network_forms import AddressForm
from .networks import READ_OR_SEND, refuse, too_often

MEMBERS_A_PAGE = 50
INVITATIONS_SHOWN = 100
LONGEST_KEY = 19
"""Digits of 63 bits."""
INVITATIONS = Rate("network invitations", 20, 24 * 60 * 60)
"""A day, of one convenor: each writes to somebody."""


def member_or_404(request: HttpRequest, slug: str) -> Membership:
    """This reader's membership: for who has none there is no such page, and no such network."""
    network = get_object_or_404(Network.objects.shown().select_related("merged_into"), slug=slug)
    membership = membership_of(request.user, network)
    if membership is None or network.is_elsewhere:
        raise Http404("Not for this reader.")
    membership.network = network
    return membership


def convenor_or_404(request: HttpRequest, slug: str) -> Network:
    membership = member_or_404(request, slug)
    if not membership.is_convenor:
        raise Http404("Not for this reader.")
    return membership.network


@never_cache
@READ_OR_SEND
@login_required
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """For members: who they are. For convenors also: who asks, and what to do about each."""
    membership = member_or_404(request, slug)
    network = membership.network
    form = AddressForm(request.POST if request.POST.get("do") == "invite" else None)
    if request.method == "POST":
        if not membership.is_convenor:
            raise Http404("Not for this reader.")
        try:
            if done := _done(request, network, form):
                messages.success(request, done)
                return redirect("networks:network-members", slug)
        except Refused as refusal:
            refuse(request, form, refusal, "address")
    context = {"network": network, "membership": membership, "form": form, **_people(request, membership)}
    return render(request, "networks/network_members.html", context, status=422 if request.method == "POST" else 200)


def _people(request: HttpRequest, membership: Membership) -> dict:
    network = membership.network
    current = Membership.objects.current().filter(network=network).select_related("user")
    page = page_of(current.order_by("-is_convenor", "user__name", "pk"), request.GET.get("page"), MEMBERS_A_PAGE)
    faces = faces_of(page.object_list, request.user)
    found = {
        "page": page,
        "convenors": [face for face in faces if face.membership.is_convenor],
        "members": [face for face in faces if not face.membership.is_convenor],
    }
    if not membership.is_convenor:
        return found
    waiting = list(Admission.objects.waiting().filter(network=network).select_related("user", "by"))
    invited = [one for one in waiting if one.kind != Admission.Kind.ASKED]
    return found | {
        "asking": _asking([one for one in waiting if one.kind == Admission.Kind.ASKED]),
        "number_invited": len(invited),
        "invited": [(one, _whom(one)) for one in invited[-1 : -INVITATIONS_SHOWN - 1 : -1]],
        "to_convene": {one.user_id for one in invited if one.kind == Admission.Kind.CONVENE},
    }


def _asking(waiting: list[Admission]) -> list[tuple[Admission, str, str]]:
    """Who asks to be let in, and where they work: they were told that convenors see it."""
    work = Affiliation.objects.verified().filter(user__in=[one.user_id for one in waiting])
    bodies: dict[int, set[str]] = defaultdict(set)
    for affiliation in work.select_related("organisation"):
        bodies[affiliation.user_id].add(affiliation.organisation.name)
    return [
        (one, one.user.name or _("Name not given"), ", ".join(sorted(bodies[one.user_id])))
        for one in waiting
        if one.user is not None
    ]


def _whom(invitation: Admission) -> str:
    """Whom it asks: a member by name, anybody else by the domain alone, as no page shows an address."""
    if invitation.user is None:
        return domain_of(invitation.address)
    return invitation.user.name or _("Name not given")


def _done(request: HttpRequest, network: Network, form: AddressForm) -> str:
    """Do what a convenor asked for, and say so; nothing if there was nothing to do."""
    wanted = request.POST.get("do", "")
    if wanted == "invite" and form.is_valid():
        if INVITATIONS.take(str(request.user.pk)):
            raise Refused(too_often())
        verbs.invite(by=request.user, network=network, address=form.cleaned_data["address"])
        return _("They are invited, unless they are a member already. The mail goes on the next working morning.")
    if wanted in {"admit", "refuse"}:
        asked = get_object_or_404(Admission.objects.waiting(), pk=_key(request), network=network, kind="asked")
        done = verbs.decide_admission(by=request.user, admission=asked, admit_them=wanted == "admit")
        return _("Thank you. They will hear from us.") if done else _("Somebody has answered already.")
    if wanted == "take_back":
        return _taken_back(request, network)
    if wanted in {"remove", "convene"}:
        theirs = get_object_or_404(
            Membership.objects.current().select_related("network", "user"), pk=_key(request), network=network
        )
        if wanted == "convene":
            verbs.ask_to_convene(by=request.user, membership=theirs)
            return _("They are asked. They convene it when they say yes.")
        if not verbs.remove(by=request.user, membership=theirs):
            raise Refused(_("A convenor is not removed: they step down themselves."))
        return _("Their membership has ended. We write to them.")
    return ""


def _taken_back(request: HttpRequest, network: Network) -> str:
    invited = Admission.objects.waiting().exclude(kind=Admission.Kind.ASKED).select_related("network")
    invitation = get_object_or_404(invited, pk=_key(request), network=network)
    if not verbs.take_invitation_back(by=request.user, admission=invitation):
        raise Refused(_("They have answered already."))
    return _("The invitation is taken back. If they open the link of its mail, it says so.")


def _key(request: HttpRequest) -> int:
    """Of the row that a button is about; one that there never is, if it is nonsense."""
    typed = request.POST.get("key", "")
    if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_KEY and int(typed) < 2**63:
        return int(typed)
    return -1
