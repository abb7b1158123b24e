"""Writes that every floor needs: keyword-only, in a transaction, never a request."""

from .audit import record
from .deliver import deliver_mail
from .failing import tell_programme_team, try_again
from .mail import answered, choose_kinds, post, stop_kinds

__all__ = [
    "answered",
    "choose_kinds",
    "deliver_mail",
    "post",
    "record",
    "stop_kinds",
    "tell_programme_team",
    "try_again",
]
