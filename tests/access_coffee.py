"""What each role gets from the pages of coffee rounds. The network's rounds run; `network` and `convenor` are of it."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from learning_portal.common.public_ids import encode
from networks.coffee_links import MET
from networks.models import CoffeeRound, CoffeeSeat, CoffeeSeries, Network
from tests.access_rows import (
    MISSING_FOR_ALL,
    NOT_FOUND_FORM,
    READ,
    SEND,
    SIGN_IN_FOR_ALL,
    Row,
)
from tests.cast import Stage
from tests.factories import TODAY, CoffeeRoundFactory, CoffeeSeatFactory, CoffeeSeriesFactory

PATTERN = "networks/<slug:slug>/coffee/"


def rounds_run(client: Client) -> None:
    CoffeeSeriesFactory(network=Network.objects.get(slug="network-of-0"))


def page(name: str = "", slug: str = "network-of-0") -> Callable[[Stage], str]:
    return lambda stage: f"/networks/{slug}/coffee/{name}"


def seat(stage: Stage, **fields) -> CoffeeSeat:
    """That of the role called "network", who meets the convenor."""
    CoffeeSeries.objects.all().delete()
    series = CoffeeSeriesFactory(network=stage.networks[0])
    found: CoffeeRound = CoffeeRoundFactory(series=series, state="sent", sent_on=TODAY)
    CoffeeSeatFactory(round=found, user=stage.users["convenor"])
    return CoffeeSeatFactory(round=found, user=stage.users["network"], **fields)


def pair(stage: Stage) -> str:
    return f"/coffee/{encode(seat(stage).pk)}/"


def met(stage: Stage) -> str:
    return f"/coffee/met/{MET.token_for(seat(stage).pk)}/"


VISITOR = {"visitor": SIGN_IN_FOR_ALL}
COFFEE = [
    Row(PATTERN, MISSING_FOR_ALL, but={**VISITOR, "network": SEND, "convenor": SEND}, path=page(), before=rounds_run),
    Row(PATTERN, MISSING_FOR_ALL, but=VISITOR, path=page(slug="no-such-network"), case="unknown"),
    Row(
        f"{PATTERN}rounds/",
        MISSING_FOR_ALL,
        but={**VISITOR, "convenor": SEND},
        path=page("rounds/"),
        before=rounds_run,
        case="they run",
    ),
    Row(f"{PATTERN}rounds/", MISSING_FOR_ALL, but={**VISITOR, "convenor": SEND}, path=page("rounds/"), case="none run"),
    Row(
        f"{PATTERN}preview/",
        MISSING_FOR_ALL,
        but={**VISITOR, "convenor": SEND},
        path=page("preview/"),
        before=rounds_run,
        case="they run",
    ),
    Row(f"{PATTERN}preview/", MISSING_FOR_ALL, but=VISITOR, path=page("preview/"), case="none run"),
    Row("coffee/<public_id:key>/", MISSING_FOR_ALL, but={**VISITOR, "network": SEND}, path=pair, case="one's own"),
    Row(
        "coffee/<public_id:key>/",
        MISSING_FOR_ALL,
        but=VISITOR,
        path=lambda stage: f"/coffee/{encode(1)}/",
        case="guessed",
    ),
    Row("coffee/met/<str:token>/", {**READ, "POST": 422}, path=met, case="from a mail"),
    Row("coffee/met/<str:token>/", NOT_FOUND_FORM, path=lambda stage: "/coffee/met/guess/", case="guessed"),
]
