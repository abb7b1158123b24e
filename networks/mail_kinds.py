"""The kinds of mail that this floor sends."""

from django.utils.translation import gettext_lazy as _

from learning_portal.common.mail.kinds import Kind

SPONSOR_ASKED = Kind(
    "sponsor_asked",
    label=_("A colleague asks you to confirm where they work"),
    reason=_("You get this mail because somebody named you as a colleague at your organisation."),
    needs_answer=True,
    priority=3,
)
WORK_ANSWERED = Kind(
    "work_answered",
    label=_("Whether it was confirmed where you work"),
    reason=_("You get this mail because you asked for it to be confirmed where you work."),
    answers=True,
)
STILL_YOU = Kind(
    "still_you",
    label=_("Whether your card is still right"),
    reason=_("You get this mail because a card in the directory of people names you, or your team’s mailbox."),
    needs_answer=True,
    priority=3,
)
LEFT_ASKED = Kind(
    "left_asked",
    label=_("Whether a colleague has left"),
    reason=_(
        "You get this mail because the card of a colleague names you, or your team’s mailbox, for when they leave."
    ),
    needs_answer=True,
    priority=3,
)
CARD_DOWN = Kind(
    "card_down",
    label=_("That your card was taken down"),
    reason=_("You get this mail because you have a card in the directory of people."),
    needs_answer=True,
    priority=3,
)
OWN = (SPONSOR_ASKED, WORK_ANSWERED, STILL_YOU, LEFT_ASKED, CARD_DOWN)
