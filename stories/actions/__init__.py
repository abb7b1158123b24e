"""Verbs that write across models: keyword-only, `by=`, in a transaction, never a request.

Verbs of told stories are called with their module (`moderate.approve`, `respond.approve`): who acts is half of what
they mean.
"""

from . import (
    change,
    contacts,
    curate,
    following,
    invite,
    keep,
    leave,
    leave_dates,
    leavers,
    links,
    looking,
    meet,
    meeting,
    moderate,
    people,
    projects,
    publish,
    recognise,
    report,
    respond,
    reveal,
    tell,
    update,
    watch,
)
from .follow import follow_register
from .handing import hand_on, tell_holders, tell_of_late
from .refused import Refused, Stale
from .share import erase_expired_plans, find_shared_plan, share_plan
from .shelve import NewStory, revise, shelve

__all__ = [
    "NewStory",
    "Refused",
    "Stale",
    "change",
    "contacts",
    "curate",
    "erase_expired_plans",
    "find_shared_plan",
    "follow_register",
    "following",
    "hand_on",
    "invite",
    "keep",
    "leave",
    "leave_dates",
    "leavers",
    "links",
    "looking",
    "meet",
    "meeting",
    "moderate",
    "people",
    "projects",
    "publish",
    "recognise",
    "report",
    "respond",
    "reveal",
    "revise",
    "share_plan",
    "shelve",
    "tell",
    "tell_holders",
    "tell_of_late",
    "update",
    "watch",
]
