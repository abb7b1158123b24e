"""The kinds of mail that this floor sends."""

from django.utils.translation import gettext_lazy as _

from learning_portal.common.mail.kinds import Kind

from .meeting_files import attach_meeting

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
MEETING_ASKED = Kind(
    "meeting_asked",
    label=_("Requests to meet you"),
    reason=_("You get this mail because a card on the portal says that you may be asked."),
    needs_answer=True,
    priority=1,
)
DESK_WAITING = Kind(
    "desk_waiting",
    label=_("People who wait at the matching desk"),
    reason=_("You get this mail because you are in the programme team."),
    needs_answer=True,
    priority=4,
    role="programme team",
)
MEETING_MOVED_ON = Kind(
    "meeting_moved_on",
    label=_("Where your request to meet lies now"),
    reason=_("You get this mail because you asked to meet somebody."),
    priority=2,
)
MEETING_AGREED = Kind(
    "meeting_agreed",
    label=_("Meetings that are agreed"),
    reason=_("You get this mail because you asked to meet somebody, or said that you would meet them."),
    answers=True,
    attach=attach_meeting,
)
MEETING_ANSWERED = Kind(
    "meeting_answered",
    label=_("Answers to your requests to meet"),
    reason=_("You get this mail because you asked to meet somebody."),
    answers=True,
)
MEETING_MOVED = Kind(
    "meeting_moved",
    label=_("Meetings that are moved"),
    reason=_("You get this mail because you had agreed to meet somebody."),
    answers=True,
    attach=attach_meeting,
)
MEETING_OFF = Kind(
    "meeting_off",
    label=_("Meetings that are off"),
    reason=_("You get this mail because you had agreed to meet somebody."),
    answers=True,
    attach=attach_meeting,
)
MEETING_AFTERWARDS = Kind(
    "meeting_afterwards",
    label=_("What came of a meeting"),
    reason=_("You get this mail because you had agreed to meet."),
    needs_answer=True,
    priority=3,
)


# --- Networks -------------------------------------------------------------------------------------------------------

_MEMBER = _("You get this mail because you are a member of a network.")
_CONVENOR = _("You get this mail because you convene a network.")
NETWORK_ASKED = Kind(
    "network_asked",
    label=_("Requests to join a network that you convene"),
    reason=_CONVENOR,
    needs_answer=True,
    priority=3,
)
NETWORK_ANSWERED = Kind(
    "network_answered",
    label=_("Answers to what you asked of a network"),
    reason=_("You get this mail because you asked to join a network, or proposed one."),
    answers=True,
)
NETWORK_INVITED = Kind(
    "network_invited",
    label=_("Invitations to join a network"),
    reason=_("You get this mail because a convenor of a network gave this address."),
    needs_answer=True,
    priority=3,
)
NETWORK_CONVENE = Kind(
    "network_convene",
    label=_("Invitations to convene a network"),
    reason=_MEMBER,
    needs_answer=True,
    priority=3,
)
NETWORK_FOUND = Kind(
    "network_found",
    label=_("Invitations to start a network"),
    reason=_("You get this mail because somebody who wants to start a network gave this address."),
    needs_answer=True,
    priority=3,
)
NETWORK_REMOVED = Kind(
    "network_removed",
    label=_("That your membership of a network has ended"),
    reason=_("You get this mail because you were a member of a network."),
    priority=4,
)
NETWORK_QUIET = Kind(
    "network_quiet",
    label=_("Whether a network that you convene goes on"),
    reason=_CONVENOR,
    needs_answer=True,
    priority=4,
)
NETWORK_MERGED = Kind(
    "network_merged",
    label=_("That a network of yours goes into another"),
    reason=_MEMBER,
    needs_answer=True,
    priority=4,
)
NETWORK_QUESTION = Kind(
    "network_question",
    label=_("Questions that a network asks its members"),
    reason=_MEMBER,
    priority=6,
)
COFFEE_INVITED = Kind(
    "coffee_invited",
    label=_("Invitations to coffee rounds"),
    reason=_("You get this mail because you are a member of a network in which coffee rounds begin."),
    priority=5,
)
COFFEE_PAIR = Kind(
    "coffee_pair",
    label=_("Whom you meet in a coffee round"),
    reason=_("You get this mail because you said that you take part in coffee rounds."),
    needs_answer=True,
    priority=2,
)
COFFEE_WORDS = Kind(
    "coffee_words",
    label=_("Words from those you meet in a coffee round"),
    reason=_("You get this mail because you take part in coffee rounds, and one of those you meet wrote to you."),
    needs_answer=True,
    priority=2,
)
COFFEE_ANSWERED = Kind(
    "coffee_answered",
    label=_("Answers from those you meet in a coffee round"),
    reason=_("You get this mail because you wrote to those you meet in a coffee round, and one of them answers."),
    answers=True,
)
"""Goes to whoever wrote first, and only after they did."""
COFFEE_MET = Kind(
    "coffee_met",
    label=_("Whether you met after a coffee round"),
    reason=_("You get this mail because you were put together with somebody in a coffee round two weeks ago."),
    needs_answer=True,
    priority=4,
)
COFFEE_PREVIEW = Kind(
    "coffee_preview",
    label=_("Coffee rounds that are about to go out"),
    reason=_("You get this mail because you are a convenor of a network that has coffee rounds."),
    needs_answer=True,
    priority=3,
)
COFFEE_CHANGED = Kind(
    "coffee_changed",
    label=_("Coffee rounds that went out with other pairs than you were told of"),
    reason=_("You get this mail because you are a convenor of a network that has coffee rounds."),
    priority=4,
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
    DESK_WAITING,
    ACTION_ASKED,
    ACTION_DUE,
    ACTION_RECORDED,
    CARD_DOWN,
    COFFEE_ANSWERED,
    COFFEE_CHANGED,
    COFFEE_INVITED,
    COFFEE_MET,
    COFFEE_PAIR,
    COFFEE_PREVIEW,
    COFFEE_WORDS,
    EVENT_CANCELLED,
    EVENT_MOVED,
    EVENT_PLACE,
    LEFT_ASKED,
    MEETING_AFTERWARDS,
    MEETING_AGREED,
    MEETING_ANSWERED,
    MEETING_ASKED,
    MEETING_MOVED_ON,
    MEETING_MOVED,
    MEETING_OFF,
    NETWORK_ANSWERED,
    NETWORK_ASKED,
    NETWORK_CONVENE,
    NETWORK_FOUND,
    NETWORK_INVITED,
    NETWORK_MERGED,
    NETWORK_QUESTION,
    NETWORK_QUIET,
    NETWORK_REMOVED,
    SPONSOR_ASKED,
    STILL_YOU,
    WORK_ANSWERED,
)

LONGEST_WORDS = 70


def shortened(text: str) -> str:
    """Words that a mail's context holds, also where each letter takes twelve characters there, as emoji do."""
    return text if len(text) <= LONGEST_WORDS else f"{text[: LONGEST_WORDS - 1].rstrip()}…"
