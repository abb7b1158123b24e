"""Coffee rounds of a network: a member's part, and what a convenor looks after."""

import datetime
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.limits import Rate

from ..coffee_actions import Refused, choose, fingerprint, hold, new_seed, send, start, stop
from ..coffee_forms import PartForm, StartForm
from ..coffee_pages import groups_of, history, is_mostly_one_body, is_nearly_exhausted
from ..coffee_pairing import is_current, prepare
from ..coffee_people import takers, workplaces
from ..models import CoffeeChoice, CoffeeRound, CoffeeSeat, CoffeeSeries, Membership, Network
from ..models.coffee import NOBODY, Part
from ..rounds import FEWEST

STARTS = Rate("coffee rounds started", 3, 30 * 24 * 60 * 60)
"""In a network: each start mails those who never said whether they take part."""
OWN_ROUNDS = 12
"""So many of one's own rounds are listed."""


def membership_of(request: HttpRequest, slug: str, **which) -> Membership:
    """For anybody else there is no such page."""
    current = Membership.objects.current().filter(user=request.user, **which)
    return get_object_or_404(current.select_related("network"), network__slug=slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def coffee(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether one takes part, and whom one met."""
    membership = membership_of(request, slug)
    network = membership.network
    works = bool(workplaces([request.user.pk]))
    chosen = CoffeeChoice.objects.filter(network=network, user=request.user).first()
    if request.method != "POST":
        initial = {"part": chosen.part, "reach": chosen.reach} if chosen else {}
        return _own_page(request, membership, PartForm(initial=initial, user=request.user), works)
    form = PartForm(request.POST, user=request.user)
    if form.is_valid() and not works and form.cleaned_data["part"] != Part.NO:
        form.add_error("part", _("Say where you work first: nobody is put together with a colleague"))
    if not form.is_valid():
        return _own_page(request, membership, form, works, status=422)
    choose(by=request.user, network=network, **form.cleaned_data)
    messages.success(request, _("Thank you. You can change this at any time."))
    return redirect("networks:coffee", slug=slug)


def _own_page(request: HttpRequest, membership: Membership, form: PartForm, works: bool, status=200) -> HttpResponse:
    own = CoffeeSeat.objects.opened_by(request.user).filter(round__series__network=membership.network)
    context = {
        "network": membership.network,
        "is_convenor": membership.is_convenor,
        "form": form,
        "works": works,
        "series": _running(membership.network),
        "waits": CoffeeSeat.objects.waits_since_last(request.user, membership.network).exists(),
        "seats": own.select_related("round").order_by("-round__sent_on", "-round__number")[:OWN_ROUNDS],
    }
    return render(request, "networks/coffee_detail.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def coffee_series(request: HttpRequest, slug: str) -> HttpResponse:
    """For convenors: start and stop, hold, who takes part, and what came of it."""
    network = membership_of(request, slug, is_convenor=True).network
    today = timezone.localdate()
    if request.method != "POST":
        return _series_page(request, network, StartForm(today=today))
    series, deed = _running(network), DEEDS.get(request.POST.get("do", ""))
    form = _start_form(request, network, today) if request.POST.get("do") == "start" else None
    try:
        if form is not None and form.is_valid():
            start(by=request.user, network=network, **form.cleaned_data)
            messages.success(request, _("Coffee rounds have started. Members are asked whether they take part."))
        elif deed is not None and series is not None:
            messages.success(request, deed(series))
        else:
            return _series_page(request, network, form or StartForm(today=today), status=422)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("networks:coffee-series", slug=slug)


def _start_form(request: HttpRequest, network: Network, today: datetime.date) -> StartForm:
    form = StartForm(request.POST, today=today)
    if form.is_valid() and STARTS.take(str(network.pk)):
        form.add_error(
            None, _("Rounds were started often here, and each start mails the members. Try again next month.")
        )
    return form


def _stop(series: CoffeeSeries) -> str:
    stop(series=series)
    return _("The coffee rounds were stopped.")


def _hold(series: CoffeeSeries) -> str:
    hold(series=series, is_held=True)
    return _("The next round waits until you send it, or let it go on.")


def _let_go(series: CoffeeSeries) -> str:
    hold(series=series, is_held=False)
    return _("The next round goes out on its day again.")


DEEDS: dict[str, Callable[[CoffeeSeries], str]] = {"stop": _stop, "hold": _hold, "let_go": _let_go}


def _series_page(request: HttpRequest, network: Network, form: StartForm, status: int = 200) -> HttpResponse:
    series = _running(network)
    found, past = takers(network), history(network)
    preview = CoffeeRound.objects.previews().filter(series=series).first() if series else None
    latest = preview or (past[0][0] if past else None)
    context = {
        "network": network,
        "series": series,
        "form": form,
        "takers": sorted(found, key=lambda one: (one.user.name.casefold(), one.user.pk)),
        "sits_out": CoffeeChoice.objects.of_members(network).filter(part=Part.SKIP).count(),
        "members": Membership.objects.current().filter(network=network).count(),
        "fewest": FEWEST,
        "preview": preview,
        "history": past,
        "latest": latest,
        "is_nearly_exhausted": is_nearly_exhausted(latest),
    }
    return render(request, "networks/coffee_series.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def coffee_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """For convenors: the pairs before they go out. Nothing is made or sent but by a button."""
    network = membership_of(request, slug, is_convenor=True).network
    series = _running(network)
    if series is None:
        raise Http404("No rounds run.")
    preview = CoffeeRound.objects.previews().filter(series=series).first()
    if request.method != "POST":
        return _preview_page(request, series, preview)
    deed = request.POST.get("do")
    try:
        if deed in {"make", "shuffle"}:
            prepare(series=series, seed=new_seed() if deed == "shuffle" else "")
        elif deed == "send" and preview is not None:
            send(coffee=preview, shown=request.POST.get("shown", ""))
            messages.success(request, _("The round was sent. Everybody learns in their weekly mail whom they meet."))
            return redirect("networks:coffee-series", slug=slug)
        else:
            return _preview_page(request, series, preview, status=422)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("networks:coffee-preview", slug=slug)


def _preview_page(
    request: HttpRequest, series: CoffeeSeries, preview: CoffeeRound | None, status: int = 200
) -> HttpResponse:
    seats = list(CoffeeSeat.objects.filter(round=preview).select_related("user")) if preview else []
    groups = groups_of(seats)
    context = {
        "network": series.network,
        "series": series,
        "preview": preview,
        "groups": [people for group, people in groups if group != NOBODY],
        "waiting": next((people for group, people in groups if group == NOBODY), []),
        "is_one_body": is_mostly_one_body(groups),
        "number": len(seats),
        "fewest": FEWEST,
        "shown": fingerprint(preview, seats) if preview else "",
        "is_current": preview is not None and is_current(preview, series),
        "is_nearly_exhausted": is_nearly_exhausted(preview),
    }
    return render(request, "networks/coffee_preview.html", context, status=status)


def _running(network: Network) -> CoffeeSeries | None:
    return CoffeeSeries.objects.running().select_related("network").filter(network=network).first()
