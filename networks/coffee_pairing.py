"""Makes the pairs of the next round of a series. The thinking is done outside of a transaction, which of many members
takes seconds; what was thought is kept if it still holds."""

from __future__ import annotations

import dataclasses
import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .coffee_actions import Outdated, locked
from .coffee_people import basis_of, context_of, members_of, past_of, rounds_before, takers
from .models import CoffeeRound, CoffeeSeat, CoffeeSeries
from .models.coffee import NOBODY
from .rounds import OneConversation, Round, next_round

TRIES = 3
"""Somebody may come or go while pairs are made; not for ever."""


@dataclasses.dataclass(frozen=True)
class Drawn:
    """Pairs that were thought out, and for whom."""

    basis: str
    seed: str
    number: int
    groups: tuple[tuple[int, ...], ...] = ()
    guests: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    repeats: int = 0
    rounds_left: int | None = None

    def seats(self, coffee: CoffeeRound) -> list[CoffeeSeat]:
        """The waiting stand in no group."""
        placed = [(number, user) for number, group in enumerate(self.groups, start=1) for user in group]
        waiting = [(NOBODY, user) for user in self.waiting]
        return [
            CoffeeSeat(round=coffee, group=group, user_id=user, is_guest=user in self.guests)
            for group, user in (*placed, *waiting)
        ]


def prepare(
    *, series: CoffeeSeries, seed: str = "", unseen: bool = False, today: datetime.date | None = None
) -> CoffeeRound:
    """Make the preview of the next round, or make it anew. Another seed gives other pairs; without one it is the
    preview's own, or that of the series. `unseen`: no convenor asked for it, so if they were told of other pairs it is
    kept that these changed. Raises Refused if the series was stopped, and Outdated if members came and went all the
    while."""
    for _try in range(TRIES):
        drawn = draw(series=series, seed=seed)
        kept = _keep(series, drawn, unseen, today or timezone.localdate())
        if kept is not None:
            return kept
    raise Outdated(_("Members came and went while the pairs were made. Try again."))


def draw(*, series: CoffeeSeries, seed: str = "") -> Drawn:
    """The next round as it would be now: the same for the same members, past and seed."""
    network, people = series.network, takers(series.network)
    number = CoffeeRound.objects.held().filter(series=series).count() + 1
    preview = CoffeeRound.objects.previews().filter(series=series).first()
    seed = seed or (preview.seed if preview else f"{series.seed}-{number}")
    drawn = Drawn(basis_of(people, rounds_before(network)), seed, number)
    past = past_of(network)
    found = next_round(
        members_of(people, past), met=past.met, context=context_of(one.organisation for one in people), seed=seed
    )
    if isinstance(found, OneConversation):
        groups = (found.members,) if len(found.members) > 1 else ()
        return dataclasses.replace(drawn, groups=groups, waiting=() if groups else found.members)
    return dataclasses.replace(drawn, **_of(found))


def _of(found: Round) -> dict:
    return {
        "groups": tuple(group.members for group in found.groups),
        "guests": found.guests,
        "waiting": found.waiting,
        "repeats": found.repeats,
        "rounds_left": found.rounds_left,
    }


@transaction.atomic
def _keep(series: CoffeeSeries, drawn: Drawn, unseen: bool, today: datetime.date) -> CoffeeRound | None:
    """None if somebody came or went meanwhile."""
    network = locked(series).network
    if basis_of(takers(network), rounds_before(network)) != drawn.basis:
        return None
    coffee, is_new = CoffeeRound.objects.previews().get_or_create(
        series=series, number=drawn.number, defaults={"made_on": today, "seed": drawn.seed}
    )
    coffee.basis, coffee.seed, coffee.made_on = drawn.basis, drawn.seed, today
    coffee.repeats, coffee.rounds_left = drawn.repeats, drawn.rounds_left
    coffee.is_changed = unseen and coffee.told_on is not None
    coffee.save()
    if not is_new:
        CoffeeSeat.objects.filter(round=coffee).delete()
    CoffeeSeat.objects.bulk_create(drawn.seats(coffee), batch_size=500)
    return coffee


def is_current(coffee: CoffeeRound, series: CoffeeSeries) -> bool:
    """Whether its pairs are of those who take part now."""
    return coffee.basis == basis_of(takers(series.network), rounds_before(series.network))
