"""Mails out of rows of the outbox: subject, plain text, HTML and headers, in the language of whoever gets them."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from ..public_ids import encode
from .headers import PortalMail
from .kinds import DIGEST, Kind, Words, kind_of
from .look import about_portal, dress, plain
from .stopping import Subscriber, token_for

Scalar = str | int

BOTH = "+"
"""Instead of a language, for somebody in Wales who never said which: Welsh and English, one below the other."""
BETWEEN = "* * *"


class Row(Protocol):
    """What a mail is made of; `models.Message` has it."""

    pk: int
    kind: str
    context: Mapping[str, Scalar]
    language: str
    user_id: int | None
    address: str

    @property
    def mailbox(self) -> str: ...


@dataclasses.dataclass(frozen=True)
class Told:
    """What one message says."""

    subject: str
    words: str


@dataclasses.dataclass(frozen=True)
class Reason:
    """Why somebody gets a mail, and where they stop its kind, if they may."""

    words: Words
    label: Words
    stop_url: str = ""


def told(kind: str, context: Mapping[str, object]) -> Told:
    """The subject, which is the first line of the kind's template, and what follows it."""
    subject, _line_end, words = plain(f"mail/{kind}.txt", {**context, **about_portal()}).partition("\n")
    return Told(subject.strip(), words.strip())


def mail_of(row: Row) -> PortalMail:
    """One message as a mail of its own. Raises UnknownKind."""
    kind = kind_of(row.kind)
    mail = _mail(row, lambda: told(row.kind, row.context), [kind])
    if kind.attach:
        with override("cy" if row.language == BOTH else row.language):
            attached = kind.attach(row.context)
        if attached:
            mail.attach(attached)
    return mail


def weekly_mail_of(digest: Row, items: Sequence[Row]) -> PortalMail:
    """Several messages in one mail, in this order. A single one needs no list around it."""
    kinds = list(dict.fromkeys(kind_of(item.kind) for item in items))
    asking = any(kind.needs_answer for kind in kinds)

    def say() -> Told:
        parts = [told(item.kind, item.context) for item in items]
        return parts[0] if len(parts) == 1 else told(DIGEST, {"items": parts, "asking": asking})

    return _mail(digest, say, kinds)


def footer_of(reasons: Sequence[Reason]) -> str:
    return plain("mail/footer.txt", {"reasons": reasons})


def _mail(row: Row, say: Callable[[], Told], kinds: Sequence[Kind]) -> PortalMail:
    """`say` is asked in each language of the mail."""
    subscriber = Subscriber.of(row.user_id, row.address)
    said: list[Told] = []
    footers: list[str] = []
    languages = ("cy", "en") if row.language == BOTH else (row.language,)
    for language in languages:
        with override(language):
            said.append(say())
            footers.append(footer_of([_reason(kind, subscriber) for kind in kinds]))
    whole = Told(" / ".join(one.subject for one in said), f"\n\n{BETWEEN}\n\n".join(one.words for one in said))
    with override(languages[0]):
        text, html = dress(subject=whole.subject, words=whole.words, footer="\n\n".join(footers))
    headers = {"Message-ID": message_id(row.pk), "Auto-Submitted": "auto-generated"}
    headers |= _unsubscribe(subscriber, [kind.name for kind in kinds if not kind.answers])
    mail = PortalMail(whole.subject, text, to=[row.mailbox], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail


def _reason(kind: Kind, subscriber: Subscriber) -> Reason:
    return Reason(kind.reason, kind.label, "" if kind.answers else _stop_url(subscriber, [kind.name]))


def _stop_url(subscriber: Subscriber, kinds: Sequence[str]) -> str:
    return settings.PORTAL_URL + reverse("common:mail-stop", args=[token_for(subscriber, kinds)])


def _unsubscribe(subscriber: Subscriber, kinds: Sequence[str]) -> dict[str, str]:
    """The headers by which a mail program shows a button of its own (RFC 8058). It stops every kind in the mail."""
    if not kinds:
        return {}
    return {
        "List-Unsubscribe": f"<{_stop_url(subscriber, kinds)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def message_id(key: int) -> str:
    """The same at each try, so that a mail that went twice is seen once."""
    return f"<{encode(key)}@{urlsplit(settings.PORTAL_URL).hostname}>"
