"""Verbs of coffee rounds: keyword-only, in a transaction. `coffee_pairing` makes the pairs."""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from learning_portal.common.actions import answered, post
from learning_portal.common.mail.compose import Scalar
from learning_portal.common.models import User
from learning_portal.common.public_ids import ALPHABET
from learning_portal.common.refused import Refused

from . import coffee_dates
from .coffee_people import basis_of, called, rounds_before, takers
from .mail_kinds import COFFEE_ANSWERED, COFFEE_CHANGED, COFFEE_INVITED, COFFEE_PAIR, COFFEE_PREVIEW, COFFEE_WORDS
from .models import CoffeeChoice, CoffeeRound, CoffeeSeat, CoffeeSeries, Membership, Network
from .models.coffee import NOBODY, Met, Part, Rhythm, RoundState

SEED = 6
LONGEST_IN_MAIL = 600
"""Of the outbox's JSON, for what somebody wrote."""


class Outdated(Refused):
    """The pairs are not those that were seen, or members came or went since they were made."""


def new_seed() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(SEED))


# --- Members ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def choose(*, by: User, network: Network, part: str, reach: str = "", name: str = "") -> CoffeeChoice:
    """Take part, sit one out, or not any more. A name is kept where there was none: those they meet see it."""
    if name:
        User.objects.filter(pk=by.pk, name="").update(name=name)
    values = {"part": part, "reach": "" if part == Part.NO else reach}
    return CoffeeChoice.objects.update_or_create(network=network, user=by, defaults=values)[0]


@transaction.atomic
def say(*, by: User, seat: CoffeeSeat, words: str) -> None:
    """Write to the others of one's group, once. Raises Refused if one has, or the round is over."""
    untold = CoffeeSeat.objects.filter(pk=seat.pk, user=by, said_on=None, round__state=RoundState.SENT)
    if not untold.update(words=words, said_on=timezone.localdate()):
        raise Refused(_("You have written to them already."))
    for other in CoffeeSeat.objects.beside(seat):
        # It answers whoever wrote first; to anybody else it comes unasked.
        kind = COFFEE_ANSWERED if other.said_on else COFFEE_WORDS
        context: dict[str, Scalar] = {"name": called(by), "words": _short(words), "key": other.pk}
        post(to=other.user, kind=kind.name, context=context)


def _short(words: str) -> str:
    """As much of it as a mail holds: JSON writes some letters with twelve."""
    line = " ".join(words.split())
    while len(json.dumps(line)) > LONGEST_IN_MAIL:
        line = line[: len(line) * 3 // 4] + "…"
    return line


@transaction.atomic
def say_met(*, seat: CoffeeSeat, met: str) -> bool:
    """Whether they met; False if they said so already. "Not yet" may become anything later."""
    open_ = CoffeeSeat.objects.filter(pk=seat.pk, met__in=["", Met.NOT_YET])
    if not open_.update(met=met, answered_on=timezone.localdate()):
        return False
    answered(thread=seat.pk)
    return True


# --- Convenors --------------------------------------------------------------------------------------------------------


@transaction.atomic
def start(*, by: User, network: Network, rhythm: str, starts_on: datetime.date) -> CoffeeSeries:
    """Begin, and ask the members who never said whether they take part. Raises Refused if rounds run here already."""
    try:
        with transaction.atomic():
            series = CoffeeSeries.objects.create(
                network=network, rhythm=rhythm, seed=new_seed(), started_by=by, starts_on=starts_on, next_on=starts_on
            )
    except IntegrityError:
        raise Refused(_("Coffee rounds run in this network already.")) from None
    chosen = CoffeeChoice.objects.filter(network=network).values("user")
    members = Membership.objects.current().filter(network=network).exclude(user__in=chosen)
    _tell(COFFEE_INVITED.name, [one.user for one in members.select_related("user")], series)
    return series


@transaction.atomic
def stop(*, series: CoffeeSeries) -> None:
    """No more rounds; those that were sent stay. Raises Refused if they were stopped already."""
    today = timezone.localdate()
    if not _running(series).update(stopped_on=today, next_on=None, is_held=False):
        raise Refused(_("These rounds were stopped already."))
    forget_preview(series)


@transaction.atomic
def hold(*, series: CoffeeSeries, is_held: bool) -> None:
    """The next round waits until a convenor sends it, or lets it go on: then on its day, tomorrow at the earliest.
    Raises Refused if they were stopped."""
    soonest = coffee_dates.working_day_from(timezone.localdate() + coffee_dates.DAY)
    if not _running(series).update(is_held=is_held):
        raise Refused(_("These rounds were stopped already."))
    if not is_held:
        _running(series).filter(next_on__lt=soonest).update(next_on=soonest)


@transaction.atomic
def send(*, coffee: CoffeeRound, shown: str, today: datetime.date | None = None) -> None:
    """Introduce everybody to whom they meet. `shown`: the fingerprint of the pairs that were seen. Raises Outdated if
    these are others, or if members came or went meanwhile, and Refused if it was sent already."""
    today = today or timezone.localdate()
    series = locked(coffee.series)
    seats = list(CoffeeSeat.objects.filter(round=coffee).select_related("user"))
    coffee = CoffeeRound.objects.previews().filter(pk=coffee.pk).first() or _refuse(_("This round was sent already."))
    now = basis_of(takers(series.network), rounds_before(series.network))
    if fingerprint(coffee, seats) != shown or now != coffee.basis:
        raise Outdated(_("Members have come or gone, or another convenor has changed the pairs. Look at the new ones."))
    if not any(seat.group != NOBODY for seat in seats):
        raise Refused(_("Nobody would meet: two at least must take part."))
    if not _mark_sent(coffee, today):
        raise Refused(_("This round was sent already."))
    CoffeeChoice.objects.filter(network=series.network, part=Part.SKIP).update(part=Part.YES)
    answered(thread=coffee.pk)
    for seat in seats:
        if seat.group != NOBODY:
            _introduce(seat, series.network)
    go_on(series, today)


def _mark_sent(coffee: CoffeeRound, today: datetime.date) -> int:
    return CoffeeRound.objects.previews().filter(pk=coffee.pk).update(state=RoundState.SENT, sent_on=today)


def go_on(series: CoffeeSeries, today: datetime.date) -> None:
    """After a round, or a month in which there was none: to the next, if there is to be one."""
    if series.rhythm == Rhythm.ONCE:
        _running(series).update(stopped_on=today, next_on=None, is_held=False)
        return
    after = max(today, series.next_on or today)
    _running(series).update(next_on=coffee_dates.next_month(series.starts_on, after), is_held=False)


def locked(series: CoffeeSeries) -> CoffeeSeries:
    """The series, held for the rest of the transaction. Raises Refused if it was stopped."""
    found = CoffeeSeries.objects.select_for_update(of=("self",)).select_related("network").filter(pk=series.pk)
    return found.running().first() or _refuse(_("These rounds were stopped already."))


def fingerprint(coffee: CoffeeRound, seats: Iterable[CoffeeSeat]) -> str:
    """Of the very pairs: who stands in which group."""
    said = sorted((seat.group, seat.user_id, seat.is_guest) for seat in seats)
    return hashlib.sha256(f"{coffee.pk} {coffee.seed} {said}".encode()).hexdigest()


def forget_preview(series: CoffeeSeries) -> None:
    """With the mails that would lead to it."""
    for coffee in CoffeeRound.objects.previews().filter(series=series):
        answered(thread=coffee.pk)
        coffee.delete()


def tell_convenors(coffee: CoffeeRound, series: CoffeeSeries, *, changed: bool = False) -> None:
    """That a preview waits; or that what went out was not what they were told of."""
    convenors = Membership.objects.current().filter(network=series.network, is_convenor=True).select_related("user")
    kind = COFFEE_CHANGED if changed else COFFEE_PREVIEW
    _tell(kind.name, [one.user for one in convenors], series, thread=None if changed else coffee.pk)


def _introduce(seat: CoffeeSeat, network: Network) -> None:
    with override(seat.user.language):
        post(to=seat.user, kind=COFFEE_PAIR.name, context={"network": network.name, "key": seat.pk})


def _tell(kind: str, people: Iterable[User], series: CoffeeSeries, thread: int | None = None) -> None:
    for user in people:
        with override(user.language):
            context: dict[str, Scalar] = {"network": series.network.name, "slug": series.network.slug}
            if series.next_on:
                context["day"] = date_format(series.next_on)
            post(to=user, kind=kind, context=context, thread=thread)


def _running(series: CoffeeSeries):
    return CoffeeSeries.objects.running().filter(pk=series.pk)


def _refuse(words: str):
    raise Refused(words)
