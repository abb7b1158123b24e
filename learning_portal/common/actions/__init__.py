"""Writes that every floor needs: keyword-only, in a transaction, never a request."""

from .audit import make_roles, record
from .deliver import deliver_mail
from .failing import tell_programme_team, try_again
from .mail import answered, choose_kinds, post, stop_kinds, tell_how_it_stands

__all__ = [
    "answered",
    "choose_kinds",
    "deliver_mail",
    "make_roles",
    "post",
    "record",
    "stop_kinds",
    "tell_how_it_stands",
    "tell_programme_team",
    "try_again",
]
