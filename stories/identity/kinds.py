"""What a mark can be, how each kind is called, and what is advised instead."""

import dataclasses
import enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(enum.StrEnum):
    NAME = "name"
    ROLE = "role"
    ORGANISATION = "organisation"
    SITE = "site"
    PLACE = "place"
    DATE = "date"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    ADDRESS = "address"
    WEB = "web"
    REFERENCE = "reference"
    PLATE = "plate"
    PERSONAL_NUMBER = "personal_number"
    SUM = "sum"
    SUPPLIER = "supplier"
    NEWS = "news"
    UNION = "union"
    RARE = "rare"


class Suggestion(enum.StrEnum):
    ROLE = "role"
    BAND = "band"
    AREA = "area"
    MONTH = "month"
    LEAVE_OUT = "leave_out"
    ROUND = "round"
    KIND_OF_FIRM = "kind_of_firm"
    WIDEN = "widen"


LABELS: dict[Kind, Promise] = {
    Kind.NAME: _("A person’s name"),
    Kind.ROLE: _("A role with a place"),
    Kind.ORGANISATION: _("An organisation"),
    Kind.SITE: _("A school, ward, building or site"),
    Kind.PLACE: _("A place"),
    Kind.DATE: _("An exact date"),
    Kind.EMAIL: _("An email address"),
    Kind.PHONE: _("A telephone number"),
    Kind.POSTCODE: _("A postcode or map reference"),
    Kind.ADDRESS: _("A street address"),
    Kind.WEB: _("A web address or social media name"),
    Kind.REFERENCE: _("A reference number"),
    Kind.PLATE: _("A vehicle registration"),
    Kind.PERSONAL_NUMBER: _("A person’s or account number"),
    Kind.SUM: _("An exact sum of money"),
    Kind.SUPPLIER: _("A supplier or product"),
    Kind.NEWS: _("A newspaper or headline"),
    Kind.UNION: _("A union branch"),
    Kind.RARE: _("A rare combination of facts"),
}

ADVICE: dict[Suggestion, Promise] = {
    Suggestion.ROLE: _("Say what they do instead, such as “a manager”."),
    Suggestion.BAND: _("Say what kind of body it is, such as “a medium-sized council”."),
    Suggestion.AREA: _("Say what kind of place it is, such as “a market town”."),
    Suggestion.MONTH: _("Give the month or the season instead of the day."),
    Suggestion.LEAVE_OUT: _("Leave it out."),
    Suggestion.ROUND: _("Round it."),
    Suggestion.KIND_OF_FIRM: _("Say what they supply, such as “our payroll supplier”."),
    Suggestion.WIDEN: _("Few people fit all of this. Leave one of the facts out or make it wider."),
}

SUGGESTED: dict[Kind, Suggestion] = {
    Kind.NAME: Suggestion.ROLE,
    Kind.ROLE: Suggestion.BAND,
    Kind.ORGANISATION: Suggestion.BAND,
    Kind.SITE: Suggestion.AREA,
    Kind.PLACE: Suggestion.AREA,
    Kind.DATE: Suggestion.MONTH,
    Kind.SUM: Suggestion.ROUND,
    Kind.SUPPLIER: Suggestion.KIND_OF_FIRM,
    Kind.UNION: Suggestion.WIDEN,
    Kind.RARE: Suggestion.WIDEN,
}
"""What is advised for a kind; the others are best left out."""


@dataclasses.dataclass(frozen=True)
class Span:
    """A find in folded text: characters `start` up to, not including, `end`."""

    start: int
    end: int
    kind: Kind
    instead: str = ""
    """Words that could stand there, in the language of the text, where they follow from what was found."""


@dataclasses.dataclass(frozen=True)
class Mark:
    """One piece of advice: `text` is the characters `start` up to `end` of the section called `section`."""

    section: str
    start: int
    end: int
    kind: Kind
    text: str
    suggestion: Suggestion
    instead: str = ""
    """Words to put there ("March 2024"), or empty where the writer has to find them."""

    @property
    def label(self) -> Promise:
        return LABELS[self.kind]

    @property
    def advice(self) -> Promise:
        return ADVICE[self.suggestion]
