"""Verbs about requests to meet: keyword-only, `by=` where somebody is known, in a transaction.

asking: a request is sent; answering: the host answers; changing: what is agreed is moved or called off;
passing: who is asked next; following: what came of it.
"""

from . import desk
from .answering import (
    Proposal,
    accept,
    block,
    decline,
    hand_over,
    nobody_found,
    not_now,
    pause,
    redirect,
    report,
    withdraw,
)
from .asking import Request, ask
from .changing import call_off, is_coming, may_move, move_meeting
from .following import Outcome, close_unheard, erase_old_introductions, follow_up, host_may_say, host_says, say
from .hosts import NotAsked, Why, place_of, why_not
from .passing import note_due, pass_on_unanswered

__all__ = [
    "NotAsked",
    "Outcome",
    "Proposal",
    "Request",
    "Why",
    "accept",
    "ask",
    "block",
    "call_off",
    "close_unheard",
    "decline",
    "desk",
    "erase_old_introductions",
    "follow_up",
    "hand_over",
    "host_may_say",
    "host_says",
    "is_coming",
    "may_move",
    "move_meeting",
    "nobody_found",
    "not_now",
    "note_due",
    "pass_on_unanswered",
    "pause",
    "place_of",
    "redirect",
    "report",
    "say",
    "why_not",
    "withdraw",
]
