"""The kinds of mail. Each app registers its own, from `AppConfig.ready`; the floor knows only its own.

    register(Kind("moderation_waiting", label=_("Stories to moderate"), reason=_("You get this mail because …"),
                  needs_answer=True, priority=2))

A kind has one template, `mail/<name>.txt`: its first line is the subject, the rest is what the mail says. See
`mail/message_waiting.txt`, and `look.py` for how it becomes HTML.
"""

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping
from email.mime.text import MIMEText

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

DIGEST = "digest"
"""What the outbox calls a weekly mail, which is made of messages of other kinds."""
NAME = re.compile(r"[a-z][a-z_]{1,39}")


class UnknownKind(LookupError):
    """No app has registered a kind of this name."""


@dataclasses.dataclass(frozen=True)
class Kind:
    """One kind of mail."""

    name: str
    label: Words
    """What readers call it, on their account page and where they stop it."""
    reason: Words
    """A sentence: why they get it. It stands in every mail, so it may not tell what only some may know."""
    answers: bool = False
    """It answers something that the person did: it goes at once, and cannot be stopped."""
    needs_answer: bool = False
    """It stands first in a weekly mail, and waits until it is delivered."""
    priority: int = 5
    """Its place in a weekly mail; lower comes first."""
    role: str = ""
    """Only holders of this role get it, so only they see it on their account page."""
    attach: Callable[[Mapping[str, str | int]], MIMEText | None] | None = None
    """Makes the file that goes with it, of the context of the message, when it leaves. Only of a kind that answers:
    weekly mails carry no files."""


_known: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known. Raises ValueError for a name that cannot be one, or that another kind has."""
    for kind in kinds:
        if not NAME.fullmatch(kind.name) or kind.name == DIGEST:
            raise ValueError(f"A kind of mail cannot be called {kind.name!r}.")
        if _known.setdefault(kind.name, kind) != kind:
            raise ValueError(f"There is another kind of mail called {kind.name}.")


def kind_of(name: str) -> Kind:
    """The kind of this name. Raises UnknownKind."""
    try:
        return _known[name]
    except KeyError:
        raise UnknownKind(name) from None


def all_kinds() -> list[Kind]:
    """Every kind, those that cannot be stopped last, else in the order in which a weekly mail has them."""
    return sorted(_known.values(), key=lambda kind: (kind.answers, not kind.needs_answer, kind.priority, kind.name))


def kinds_for(roles: Collection[str]) -> list[Kind]:
    """Those that somebody in these roles may get."""
    return [kind for kind in all_kinds() if not kind.role or kind.role in roles]


def names(*, answers: bool) -> list[str]:
    """The names of the kinds that answer something, or of those that do not."""
    return [kind.name for kind in _known.values() if kind.answers == answers]


SIGN_IN = Kind(
    "sign_in",
    label=_("Codes to sign in"),
    reason=_("You get this mail because somebody typed this address to sign in to the Learning Portal."),
    answers=True,
)
MESSAGE_WAITING = Kind(
    "message_waiting",
    label=_("A message is waiting for you"),
    reason=_(
        "You get this mail because you have an account, and an answer to something that you did is waiting there."
    ),
    answers=True,
    needs_answer=True,
    priority=1,
)
"""For whoever has a message, the author of a confidential story like any other member: it takes no context, so that
nobody can tell one from the other by it."""

MAIL_FAILING = Kind(
    "mail_failing",
    label=_("Mail that does not get through"),
    reason=_("You get this mail because you are in the programme team."),
    priority=6,
    role="programme team",
)

OWN = (SIGN_IN, MESSAGE_WAITING, MAIL_FAILING)
