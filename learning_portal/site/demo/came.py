"""Meetings of the demo that are over, with what came of them."""

from typing import NamedTuple

from networks.choices import MeetingFormat
from networks.models import Introduction

from .asked import Asked

Result = Introduction.Result


class Came(NamedTuple):
    """What came of a meeting, as its asker said so many days ago."""

    asked: Asked
    met_days_ago: int
    place: str
    did_meet: bool
    result: str = ""


CAME = (
    Came(
        Asked(
            "Mared Ellis",
            "Eleri Jarman",
            60,
            (
                "Which round did you ride along on before you wrote the specification?",
                "Who told you about the second notebook?",
            ),
            MeetingFormat.VIDEO,
            story="the-notebook-in-the-other-pocket",
            plan="We are about to fund phones for inspectors who visit farms in the hills.",
            topics=("poor-signal", "staff-do-not-use-it"),
        ),
        41,
        "Teams",
        True,
        Result.ADAPTING,
    ),
    Came(
        Asked(
            "Shabana Karim",
            "Nerys Wyn Parry",
            75,
            ("What did the night staff do when the tablet was flat?",),
            MeetingFormat.VISIT,
            story="ate-well-slept-well",
            topics=("staff-do-not-use-it",),
        ),
        50,
        "The home, front door. Ring twice.",
        True,
        Result.USING,
    ),
    Came(
        Asked(
            "Peigi MacAskill",
            "Tamsin Curnow",
            66,
            ("How did you choose the eight houses?", "What did bidders say of it afterwards?"),
            MeetingFormat.VIDEO,
            story="eight-houses-chose-the-phone",
            topics=("poor-signal", "travel-and-distance"),
        ),
        44,
        "Teams",
        True,
        Result.HELPED,
    ),
    Came(
        Asked(
            "Owain Pugh",
            "Gwyn Maddox",
            58,
            ("When did the court orders start to rise?",),
            MeetingFormat.CALL,
            story="three-februaries-of-redundancy-letters",
            topics=("funding-cliff-edge", "knowledge-lost"),
        ),
        38,
        "Gwyn rings",
        True,
        Result.NOT_FOR_US,
    ),
    Came(
        Asked(
            "Judith Trethick",
            "Declan Rafferty",
            52,
            ("Who agreed to shorten the form, and who was against it?",),
            MeetingFormat.VIDEO,
            topics=("too-many-reports",),
        ),
        33,
        "Teams",
        False,
    ),
)
