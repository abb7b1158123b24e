"""A reader's plans: their words live in the session, under a short random key that may stand in an address."""

import dataclasses
import secrets
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils.functional import cached_property

from networks.models import Organisation
from networks.resolve import successor
from networks.workplace import remember_workplace

TEXT_LIMIT = 1_000
"""Characters of a plan: two sentences, with room for a third."""
SESSION_KEY = "plans"
ANSWERS_KEY = "answers"
LINKS_KEY = "links"
TYPED_KEY = "typed"
TYPED_LIMIT = 10 * TEXT_LIMIT
"""Characters of a plan that was refused which are kept to be put right: nobody types more by hand."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """What somebody is planning, and where they work."""

    text: str
    organisation_code: str = ""
    details: dict[str, str] = dataclasses.field(default_factory=dict)
    """What was chosen under "Say more", by the name of its field: for whoever changes the plan."""

    @cached_property
    def organisation(self) -> Organisation | None:
        found = Organisation.objects.filter(code=self.organisation_code).first() if self.organisation_code else None
        return successor(found)

    @property
    def initial(self) -> dict[str, str]:
        """What stands in the form when the plan is changed: all that was said."""
        return {**self.details, "text": self.text, "organisation": self.organisation.name if self.organisation else ""}


def keep(session: SessionBase, plan: Plan) -> str:
    """Keep a plan and return its key. The oldest goes when there are more than the setting allows."""
    key = secrets.token_urlsafe(6)
    plans: dict[str, Any] = {**session.get(SESSION_KEY, {}), key: dataclasses.asdict(plan)}
    session[SESSION_KEY] = dict(list(plans.items())[-settings.PLANS_KEPT :])
    for name in (ANSWERS_KEY, LINKS_KEY):
        session[name] = {kept: what for kept, what in session.get(name, {}).items() if kept in session[SESSION_KEY]}
    remember_workplace(session, plan.organisation_code)
    session.pop(TYPED_KEY, None)
    return key


def find(session: SessionBase, key: str) -> Plan | None:
    values = session.get(SESSION_KEY, {}).get(key)
    return Plan(**values) if values else None


def remember_typed(session: SessionBase, fields: dict[str, str]) -> None:
    """Keep a plan that could not be taken, by field, so that the page can be shown again in the other language."""
    if sum(map(len, fields.values())) <= TYPED_LIMIT:
        session[TYPED_KEY] = fields
    else:
        session.pop(TYPED_KEY, None)


def typed(session: SessionBase) -> dict[str, str] | None:
    """What was typed last, if it could not be taken."""
    return session.get(TYPED_KEY)


def remember_answer(session: SessionBase, key: str, query: str) -> None:
    """Keep how a plan was answered last, for the way back from a story and for what the story says of likeness."""
    answers = session.get(ANSWERS_KEY, {})
    if answers.get(key) != query:
        session[ANSWERS_KEY] = {**answers, key: query}


def answer_to(session: SessionBase, key: str) -> str:
    """The query of the answer to this plan that was looked at last."""
    return session.get(ANSWERS_KEY, {}).get(key, "")


def way_back(session: SessionBase, key: str) -> str:
    """The address of the answer to this plan that was looked at last; empty for no plan of this session."""
    if not find(session, key):
        return ""
    address, answer = reverse("stories:plan-detail", args=[key]), answer_to(session, key)
    return f"{address}?{answer}" if answer else address


def remember_link(session: SessionBase, key: str, query: str, token: str) -> None:
    """Keep the token of the address that shows this answer to a colleague, beside the plan that it shows."""
    session[LINKS_KEY] = {**session.get(LINKS_KEY, {}), key: [query, token]}


def link_to(session: SessionBase, key: str, query: str) -> str:
    """The token of the address of this very answer, if one was made; else nothing."""
    made_for, token = session.get(LINKS_KEY, {}).get(key, ["", ""])
    return token if made_for == query else ""
