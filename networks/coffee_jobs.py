"""Jobs of the tick for coffee rounds. Each works a row at a time, in a transaction that begins with a compare-and-set:
killed at any moment and run again, or two at once, they send nothing twice and drop nothing."""

from __future__ import annotations

import datetime
from collections import Counter

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from learning_portal.common.actions import answered, post

from . import coffee_dates
from .coffee_actions import (
    Outdated,
    Refused,
    fingerprint,
    forget_preview,
    go_on,
    locked,
    send,
    tell_convenors,
)
from .coffee_links import MET
from .coffee_pairing import is_current, prepare
from .mail_kinds import COFFEE_MET
from .models import CoffeeChoice, CoffeeRound, CoffeeSeat, CoffeeSeries, Membership, Network
from .models.coffee import NOBODY, RoundState


def prepare_coffee(*, today: datetime.date | None = None) -> int:
    """Make the previews of rounds that are due in two weeks, tell the convenors, and make those anew whose members
    changed since; how many."""
    today = today or timezone.localdate()
    due = CoffeeSeries.objects.running().filter(next_on__lte=today + coffee_dates.TELL_BEFORE)
    return sum(_prepare(series, today) for series in due.select_related("network").order_by("next_on", "pk"))


def _prepare(series: CoffeeSeries, today: datetime.date) -> bool:
    preview = CoffeeRound.objects.previews().filter(series=series).first()
    try:
        if preview is None or not is_current(preview, series):
            preview = prepare(series=series, today=today, unseen=True)
            return _tell(series, preview, today) or preview.is_changed
        return _tell(series, preview, today)
    except Refused:  # stopped, or changing all the while: the next tick looks again
        return False


@transaction.atomic
def _tell(series: CoffeeSeries, preview: CoffeeRound, today: datetime.date) -> bool:
    if not CoffeeRound.objects.previews().filter(pk=preview.pk, told_on=None).update(told_on=today):
        return False
    tell_convenors(preview, series)
    return True


def send_coffee(*, today: datetime.date | None = None) -> int:
    """Send the rounds whose day has come, unless a convenor holds them or had no time to; how many."""
    today = today or timezone.localdate()
    due = CoffeeSeries.objects.running().filter(next_on__lte=today, is_held=False)
    return sum(_send(series, today) for series in due.select_related("network").order_by("next_on", "pk"))


@transaction.atomic
def _send(series: CoffeeSeries, today: datetime.date) -> bool:
    """Of two ticks at once the second finds another day in the series, or none."""
    try:
        series = locked(series)
    except Refused:
        return False
    preview = CoffeeRound.objects.previews().filter(series=series).exclude(told_on=None).first()
    if preview is None or series.is_held or (series.next_on or today) > today:
        return False
    if coffee_dates.goes_from(preview.told_on or today) > today:
        return False
    seats = list(CoffeeSeat.objects.filter(round=preview))
    if not any(seat.group != NOBODY for seat in seats) and is_current(preview, series):
        forget_preview(series)
        go_on(series, today)
        return False
    try:
        send(coffee=preview, shown=fingerprint(preview, seats), today=today)
    except Outdated:  # made anew by the next `prepare_coffee`, which stands before this job
        return False
    if preview.is_changed:
        tell_convenors(preview, series, changed=True)
    return True


def ask_whether_met(*, today: datetime.date | None = None) -> int:
    """Two weeks after a round everybody is asked, once, whether they met; how many rounds."""
    today = today or timezone.localdate()
    due = CoffeeRound.objects.filter(
        state=RoundState.SENT, asked_on=None, sent_on__lte=today - coffee_dates.ASK_AFTER
    ).select_related("series__network")
    return sum(_ask(coffee, today) for coffee in due.order_by("pk"))


@transaction.atomic
def _ask(coffee: CoffeeRound, today: datetime.date) -> bool:
    if not CoffeeRound.objects.filter(pk=coffee.pk, asked_on=None).update(asked_on=today):
        return False
    seats = list(CoffeeSeat.objects.filter(round=coffee, group__gt=NOBODY).select_related("user"))
    together = Counter(seat.group for seat in seats)
    for seat in seats:
        if seat.met or together[seat.group] < 2:  # the others have closed their accounts
            continue
        context: dict[str, str | int] = {"token": MET.token_for(seat.pk)}
        post(to=seat.user, kind=COFFEE_MET.name, context=context, thread=seat.pk)
    return True


def close_coffee(*, today: datetime.date | None = None) -> int:
    """Eight weeks after a round it is over: what its people wrote to each other is erased; how many rounds."""
    last = (today or timezone.localdate()) - coffee_dates.OVER_AFTER
    return sum(_close(coffee) for coffee in CoffeeRound.objects.filter(state=RoundState.SENT, sent_on__lte=last))


@transaction.atomic
def _close(coffee: CoffeeRound) -> bool:
    if not CoffeeRound.objects.filter(pk=coffee.pk, state=RoundState.SENT).update(state=RoundState.OVER):
        return False
    seats = CoffeeSeat.objects.filter(round=coffee)
    for key in seats.values_list("pk", flat=True):
        answered(thread=key)
    seats.update(words="")
    return True


def erase_coffee(*, today: datetime.date | None = None) -> int:
    """Erase what those who left a network chose there, and the rounds of networks that have had none for two years;
    how many rows."""
    current = Membership.objects.current().filter(network=OuterRef("network"), user=OuterRef("user"))
    gone = CoffeeChoice.objects.exclude(Exists(current)).delete()[0]
    last = (today or timezone.localdate()) - coffee_dates.KEPT
    stopped = CoffeeSeries.objects.exclude(network__in=CoffeeSeries.objects.running().values("network"))
    newest = stopped.values("network").annotate(newest=Max("stopped_on")).filter(newest__lt=last)
    networks = Network.objects.filter(pk__in=newest.values("network"))
    return gone + CoffeeSeries.objects.filter(network__in=networks).delete()[0]
