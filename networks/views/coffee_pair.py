"""Whom somebody meets in a coffee round, and whether they met."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..coffee_actions import Refused, say, say_met
from ..coffee_forms import MetForm, WordsForm
from ..coffee_links import MET
from ..coffee_pages import others_of, to_talk_about
from ..models import CoffeeSeat
from ..models.coffee import Met, RoundState

SHOWN = ("round__series__network", "user")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def coffee_pair(request: HttpRequest, key: int) -> HttpResponse:
    """For its own reader alone: who the others are, what to talk about, and a few words to them."""
    seat = get_object_or_404(CoffeeSeat.objects.opened_by(request.user).select_related(*SHOWN), pk=key)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, seat, form, status=422 if request.method == "POST" else 200)
    try:
        say(by=request.user, seat=seat, words=form.cleaned_data["words"])
        messages.success(request, _("We have passed it on."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("networks:coffee-pair", key=seat.pk)


def _page(request: HttpRequest, seat: CoffeeSeat, form: WordsForm, status: int) -> HttpResponse:
    context = {
        "seat": seat,
        "network": seat.round.series.network,
        "others": others_of(seat, request.user),
        "things": to_talk_about(seat),
        "form": form,
        "is_open": seat.round.state == RoundState.SENT,
    }
    return render(request, "networks/coffee_pair.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def coffee_met(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail, without signing in: three buttons. It shows no name: whoever has the link may look."""
    opened = MET.read(token)
    seat = CoffeeSeat.objects.filter(pk=opened.key).first() if opened else None
    if opened is None or (seat is None and not opened.is_over):
        raise Http404("No link of ours.")
    if seat is None or opened.is_over:
        return _met_page(request, {"is_over": True})
    if request.method != "POST":
        return _met_page(request, {"answer": seat.met, "choices": _open_choices(seat)})
    form = MetForm(request.POST)
    if not form.is_valid():
        return _met_page(request, {"answer": seat.met, "choices": _open_choices(seat)}, status=422)
    say_met(seat=seat, met=form.cleaned_data["met"])
    seat.refresh_from_db()
    return _met_page(request, {"answer": seat.met, "thanks": True})


def _open_choices(seat: CoffeeSeat) -> list[tuple[str, str]]:
    """The answers that may still be given."""
    return [] if seat.met in {Met.YES, Met.NO} else [choice for choice in Met.choices if choice[0] != seat.met]


def _met_page(request: HttpRequest, context: dict, status: int = 200) -> HttpResponse:
    response = render(request, "networks/coffee_met.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
