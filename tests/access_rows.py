"""What a row of the table of access is made of: an address, and what each role gets from it with each method."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence

from django.test import Client

from learning_portal.common.models import User
from tests.cast import READS, ROLES, Stage

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

Answers = Mapping[str, int]
"""Status by method. A method that is not named is answered 405."""

READ: Answers = {"GET": 200, "HEAD": 200}
NOT_FOUND: Answers = {"GET": 404, "HEAD": 404}
SIGN_IN_FIRST: Answers = {"GET": 302, "HEAD": 302}
LEADS_ON: Answers = {"GET": 302, "HEAD": 302}
NOTHING_THERE: Answers = dict.fromkeys(METHODS, 404)
SEND: Answers = {**READ, "POST": 422}
"""A form of ours, to which nothing is sent."""
NOT_FOUND_FORM: Answers = {**NOT_FOUND, "POST": 404}
SIGN_IN_FORM: Answers = {**SIGN_IN_FIRST, "POST": 302}
REDIRECT: Answers = dict.fromkeys(METHODS, 302)
CLASS: Answers = {**READ, "OPTIONS": 200}
"""Class-based pages of Django and allauth answer OPTIONS."""
FORM: Answers = {**CLASS, "POST": 200, "PUT": 200}
"""A class-based form, to which nothing is sent: it comes back with errors."""
FORBIDDEN: Answers = dict.fromkeys(METHODS, 403)
ALL: Answers = dict.fromkeys(METHODS, 200)
"""Django's admin pages look at POST only and show every other method the page."""


@dataclasses.dataclass(frozen=True)
class Row:
    """What roles get from one address."""

    pattern: str
    everybody: Answers
    but: Mapping[str, Answers] = dataclasses.field(default_factory=dict)
    """Other answers for some roles."""
    path: Callable[[Stage], str] | None = None
    """The address to ask for; the pattern itself where it has no parts."""
    before: Callable[[Client], object] = bool
    """What this reader did before."""
    case: str = ""
    developer: bool = False
    """Only there while DEBUG is on."""

    def answers(self, role: str) -> Answers:
        return self.but.get(role, self.everybody)

    def is_opened_by(self, role: str) -> bool:
        """Whether it answers this role with a page, or does what it is there for."""
        answers = self.answers(role)
        return answers.get("GET") == 200 or answers.get("POST") in {200, 422} or answers == {"POST": 302}

    def address(self, stage: Stage) -> str:
        return self.path(stage) if self.path else f"/{self.pattern}"

    def __str__(self) -> str:
        return f"{self.pattern or 'home'} {self.case}".strip()


SIGN_IN_FOR_ALL: Answers = {"GET": 302, "HEAD": 302, "POST": 302}
MISSING_FOR_ALL: Answers = {"GET": 404, "HEAD": 404, "POST": 404}
TEAM = ("programme_team",)
MODERATORS = ("moderator", "front_line_moderator")
MEMBERS_ONLY = {role: NOT_FOUND_FORM for role in ROLES if "members" not in READS[role] and role != "author"}


def only(roles: Sequence[str], answers: Answers) -> dict[str, Answers]:
    return dict.fromkeys(roles, answers)


def led_in(roles: Sequence[str] = (), answers: Answers = SEND) -> dict[str, Answers]:
    """The page of a role: a visitor, who may hold it, is led to sign in."""
    return {"visitor": SIGN_IN_FORM, **only(roles, answers)}


def signed_in(answers: Answers) -> dict[str, Answers]:
    return {role: answers for role in ROLES if role != "visitor"}


def person_of(client: Client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None
