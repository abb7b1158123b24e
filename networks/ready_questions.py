"""Questions that a convenor can take as they are, or change."""

import dataclasses

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclasses.dataclass(frozen=True)
class Ready:
    text: Promise
    choices: tuple[Promise, ...]


READY = (
    Ready(
        _("How do you like best to learn from each other?"),
        (
            _("A talk between two"),
            _("A small group"),
            _("Seeing it on site"),
            _("Reading it first"),
            _("A talk by somebody"),
        ),
    ),
    Ready(
        _("How often should we meet?"),
        (_("Every month"), _("Every two months"), _("Four times a year"), _("Only when somebody needs it")),
    ),
    Ready(
        _("What keeps you from sharing what went wrong?"),
        (_("No time"), _("I am not sure who reads it"), _("My organisation would not like it"), _("Nothing keeps me")),
    ),
    Ready(
        _("Where is it easiest for you to meet?"),
        (_("On site, near me"), _("On site, anywhere"), _("By video"), _("By telephone")),
    ),
)
