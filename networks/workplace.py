"""Where a reader works: by what they say in a session, or by a verified affiliation."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from learning_portal.common.models import User

from .models import Affiliation, Organisation
from .resolve import successor

KEY = "organisation"
"""In the session: the code of the organisation that the reader named last, "" if they left it empty."""


def remember_workplace(session: SessionBase, code: str) -> None:
    session[KEY] = code


def workplace_of(session: SessionBase, user: Any) -> Organisation | None:
    """What this reader last said, and nowhere if they left it empty; else, while they have said nothing, their verified
    affiliation."""
    code = session.get(KEY)
    if code is None:
        return verified_workplace_of(user)
    return successor(Organisation.objects.filter(code=code).first() if code else None)


def verified_workplace_of(user: Any) -> Organisation | None:
    if not isinstance(user, User):
        return None
    affiliation = Affiliation.objects.verified().filter(user=user).select_related("organisation").order_by("pk").first()
    return successor(affiliation.organisation) if affiliation else None
