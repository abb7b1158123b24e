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
EVENT_PLACE = Kind(
    "event_place",
    label=_("That a place at an event is yours"),
    reason=_("You get this mail because you put yourself on the waiting list of an event."),
    answers=True,
)
EVENT_MOVED = Kind(
    "event_moved",
    label=_("That an event which you joined has moved"),
    reason=_("You get this mail because you joined an event, or wait for a place there."),
    answers=True,
)
EVENT_CANCELLED = Kind(
    "event_cancelled",
    label=_("That an event which you joined is cancelled"),
    reason=_("You get this mail because you joined an event, or wait for a place there."),
    answers=True,
)
"""These two answer somebody's joining: they may not wait for a week in which the day comes."""
ACTION_RECORDED = Kind(
    "action_recorded",
    label=_("Actions that your network recorded for you"),
    reason=_("You get this mail because a convenor of your network wrote down an action for you."),
    needs_answer=True,
    priority=3,
)
ACTION_DUE = Kind(
    "action_due",
    label=_("Reminders of what you said you would do"),
    reason=_("You get this mail because you said at an event, or in a network, that you would do something."),
    priority=4,
)
ACTION_ASKED = Kind(
    "action_asked",
    label=_("What became of what you said you would do"),
    reason=_("You get this mail because you said at an event, or in a network, that you would do something."),
    needs_answer=True,
    priority=4,
)
OWN = (
    ACTION_ASKED,
    ACTION_DUE,
    ACTION_RECORDED,
    EVENT_CANCELLED,
    EVENT_MOVED,
    EVENT_PLACE,
    SPONSOR_ASKED,
    WORK_ANSWERED,
)

LONGEST_WORDS = 70


def shortened(text: str) -> str:
    """Words that a mail's context holds, also where each letter takes twelve characters there, as emoji do."""
    return text if len(text) <= LONGEST_WORDS else f"{text[: LONGEST_WORDS - 1].rstrip()}…"
