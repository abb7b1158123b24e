"""A monthly series of coffee rounds, half run: two rounds that were sent, with answers, and the preview of the next."""

import datetime

from learning_portal.common.models import User
from networks import coffee_dates
from networks.coffee_actions import fingerprint, send
from networks.coffee_pairing import prepare
from networks.models import CoffeeChoice, CoffeeRound, CoffeeSeat, CoffeeSeries, Membership
from networks.models.coffee import NOBODY, Met, Part, Rhythm

from .events import CARE
from .stage import DAY, Stage

BEGAN = 50
"""So many days before loading: the second round was about three weeks ago, and the third comes in about ten days."""
ANSWERS = (Met.YES, Met.YES, Met.YES, Met.NOT_YET, Met.YES, Met.NO, Met.YES, "")
REACH = {
    "Eleri Vaughan": "Teams. Any day but Tuesday, when I am on the islands.",
    "Shabana Karim": "Teams, or ring the ward and ask for me. After two is best.",
    "Marcus Bell": "Teams. I am in the car at lunch.",
}
SAID = "Shall we say Thursday at half past two? I will bring the rota that nobody likes."


def load_coffee(stage: Stage) -> None:
    network = stage.networks[CARE]
    _choose(network)
    first = coffee_dates.working_day_from(stage.day(-BEGAN))
    series = CoffeeSeries.objects.create(
        network=network,
        rhythm=Rhythm.MONTHLY,
        seed="coffee",
        started_by=User.objects.get(email="convenor@portal.example"),
        starts_on=first,
        next_on=first,
    )
    second = coffee_dates.next_month(first, first)
    for day in (first, second):
        _round(series, day, is_last=day == second)
    _preview(series, stage.today)


def _choose(network) -> None:
    """Three in four take part, one sits the next round out, one said no."""
    members = Membership.objects.current().filter(network=network).select_related("user").order_by("user__name", "pk")
    for number, user in enumerate([membership.user for membership in members]):
        if user.name in REACH or number % 4:
            part = Part.YES
        elif number in (0, 4):
            part = Part.SKIP if number else Part.NO
        else:
            continue  # never said anything
        CoffeeChoice.objects.create(network=network, user=user, part=part, reach=REACH.get(user.name, ""))


def _round(series: CoffeeSeries, day: datetime.date, *, is_last: bool) -> None:
    """Sent on that day; two weeks later they were asked whether they met."""
    coffee = prepare(series=series, today=day - coffee_dates.TELL_BEFORE)
    seats = list(CoffeeSeat.objects.filter(round=coffee))
    send(coffee=coffee, shown=fingerprint(coffee, seats), today=day)
    series.refresh_from_db()
    asked = day + coffee_dates.ASK_AFTER
    CoffeeRound.objects.filter(pk=coffee.pk).update(
        asked_on=asked, told_on=day - coffee_dates.TELL_BEFORE, made_on=day - coffee_dates.TELL_BEFORE
    )
    for seat in seats:
        said = ANSWERS[(seat.group + coffee.number) % len(ANSWERS)]
        if said and seat.group != NOBODY and not (is_last and seat.is_guest):
            CoffeeSeat.objects.filter(pk=seat.pk).update(met=said, answered_on=asked + 2 * DAY)
    if is_last:
        eleri = CoffeeSeat.objects.filter(round=coffee, user__email="convenor@portal.example")
        eleri.update(words=SAID, said_on=day + DAY)


def _preview(series: CoffeeSeries, today: datetime.date) -> None:
    """As the tick would have made it two weeks before the day, with the convenors told."""
    coffee = prepare(series=series, today=today)
    told = (series.next_on or today) - coffee_dates.TELL_BEFORE
    CoffeeRound.objects.filter(pk=coffee.pk).update(told_on=told, made_on=told)
