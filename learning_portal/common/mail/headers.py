"""Which headers leave with a mail. Everything else is taken off, so that a relayed message tells no more than its text:
no program, no network, no "in reply to", no place to answer to past the portal."""

from email.message import Message as Mail

from django.core.mail import EmailMultiAlternatives

ALLOWED = frozenset(
    {
        "auto-submitted",
        "content-transfer-encoding",
        "content-type",
        "date",
        "from",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "message-id",
        "mime-version",
        "subject",
        "to",
    }
)


def strip(mail: Mail) -> Mail:
    """Take every header that is not on the list off a mail and its parts. Changes the mail, and returns it."""
    for part in mail.walk():
        for name in {name for name in part if name.lower() not in ALLOWED}:
            del part[name]
    return mail


class PortalMail(EmailMultiAlternatives):
    """A mail that leaves with the headers of the list and no others, whoever made it and whatever it was made from."""

    def message(self, *args, **kwargs):
        return strip(super().message(*args, **kwargs))
