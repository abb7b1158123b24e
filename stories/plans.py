"""A reader's plans: their words live in the session, under a short random key that may stand in an address."""

import dataclasses
import secrets
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils.functional import cached_property

from learning_portal.common.models import User
from networks.models import Affiliation, Organisation
from networks.resolve import successor

TEXT_LIMIT = 1_000
"""Characters of a plan: two sentences, with room for a third."""
SESSION_KEY = "plans"
ORGANISATION_KEY = "organisation"
ANSWER_KEY = "answer"


@dataclasses.dataclass(frozen=True)
class Plan:
    """What somebody is planning, and where they work."""

    text: str
    organisation_code: str = ""

    @cached_property
    def organisation(self) -> Organisation | None:
        found = Organisation.objects.filter(code=self.organisation_code).first() if self.organisation_code else None
        return successor(found)


def keep(session: SessionBase, plan: Plan) -> str:
    """Keep a plan and return its key. The oldest goes when there are more than the setting allows."""
    key = secrets.token_urlsafe(6)
    plans: dict[str, Any] = {**session.get(SESSION_KEY, {}), key: dataclasses.asdict(plan)}
    session[SESSION_KEY] = dict(list(plans.items())[-settings.PLANS_KEPT :])
    remember_organisation(session, plan.organisation_code)
    return key


def find(session: SessionBase, key: str) -> Plan | None:
    values = session.get(SESSION_KEY, {}).get(key)
    return Plan(**values) if values else None


def remember_organisation(session: SessionBase, code: str) -> None:
    if code:
        session[ORGANISATION_KEY] = code


def organisation_of(session: SessionBase, user: Any) -> Organisation | None:
    """Where this reader works: what they last said, else their verified affiliation."""
    code = session.get(ORGANISATION_KEY, "")
    found = Organisation.objects.filter(code=code).first() if code else None
    if found is None and isinstance(user, User):
        affiliation = Affiliation.objects.filter(user=user).verified().select_related("organisation").first()
        found = affiliation.organisation if affiliation else None
    return successor(found)


def remember_answer(session: SessionBase, key: str, query: str) -> None:
    """Keep which answer was looked at last, for the way back from a story."""
    if session.get(ANSWER_KEY) != [key, query]:
        session[ANSWER_KEY] = [key, query]


def latest_answer(session: SessionBase) -> tuple[str, str] | None:
    """The key of the plan that was looked at last, and the query of its answer; None when that plan is gone."""
    key, query = session.get(ANSWER_KEY, ["", ""])
    return (key, query) if key in session.get(SESSION_KEY, {}) else None
