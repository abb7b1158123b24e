"""What belongs to somebody's account, their place of work and their role, and to the mail that reaches them."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from learning_portal.common.mail.kinds import MAIL_FAILING
from learning_portal.common.mail.stopping import Subscriber, token_for
from learning_portal.common.models import Message, ModeratorInvitation, User
from networks.models import Affiliation
from tests.browser.sessions import AUTHOR, MODERATOR, READER, TEAM

OWN = {
    "second factor": "/account/second-factor/",
    "new app": "/account/second-factor/app/",
    "where you work": "/account/where-you-work/",
    "ask a colleague": "/account/where-you-work/ask/",
    "interests": "/account/interests/",
    "keep my name": "/tell/lessons/",
    "your stories": "/tell/mine/",
    "progress": "/tell/progress/",
    "invited to moderate": "/moderation/invited/",
}
OPENED_BY = {
    "reader": ("account", "sign out", *OWN),
    "author": ("pledge", "delete account"),
    "moderator": ("when away",),
    "team": ("team account", "failing mail", "who waits", "who moderates", "end a role"),
    "visitor": ("stop mail",),
}
"""Who opens what."""


def fill() -> dict[str, str]:
    """The paths of all of it, by name."""
    return {
        **OWN,
        **mail_paths(),
        **of_work(),
        **people_paths(),
        "account": "/account/",
        "sign out": "/sign-in/out/",
        "team account": "/account/",
        "who waits": "/colleagues/",
        "when away": "/account/away/",
    }


def mail_paths() -> dict[str, str]:
    """A link from a mail, and what the programme team sees of mail that fails."""
    for number in range(6):
        Message.objects.create(
            address=f"lead{number}@supplier.example", kind=MAIL_FAILING.name, language="en", state="failed"
        )
    token = token_for(Subscriber(User.objects.get(email=TEAM).pk), [MAIL_FAILING.name])
    return {"stop mail": f"/mail/stop/{token}/", "failing mail": "/mail/failing/"}


def people_paths() -> dict[str, str]:
    """Where the programme team ends a role. The reader is invited to moderate."""
    EmailAddress.objects.filter(email=READER).update(verified=True)
    ModeratorInvitation.objects.create(address=READER, by=TEAM)
    moderator = User.objects.get(email=MODERATOR)
    return {"who moderates": "/moderation/people/", "end a role": f"/moderation/people/{moderator.pk}/end/"}


def of_work() -> dict[str, str]:
    """What belongs to somebody's place of work and account."""
    body = Affiliation.objects.get(user__email=AUTHOR).organisation
    return {"pledge": f"/organisations/{body.code}/pledge/", "delete account": "/account/delete/"}
