"""Links in mails that lead to a page with one button, for people who are not signed in.

A link is good for one purpose, one row and some days. To look at its page changes nothing: programs that search mail
for harm open every link. What a second press of the button does is for the row to say, not for the link, which can be
pressed until it runs out.
"""

import dataclasses
import datetime

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone


@dataclasses.dataclass(frozen=True)
class Opened:
    """What a link of ours stands for."""

    key: int
    """Of the row that it is about."""
    who: int
    """Of the person or card that it was mailed to; 0 where the row itself says it."""
    is_over: bool
    """It has run out: say so, and where to go instead."""


@dataclasses.dataclass(frozen=True)
class Purpose:
    """What links are for, and how many days they are good: those of another purpose open nothing."""

    name: str
    days: int

    def token_for(self, key: int, who: int = 0) -> str:
        """What stands in the address. It says the day on which it ends, and no time."""
        ends = timezone.localdate() + datetime.timedelta(days=self.days)
        return self._signer().sign_object([key, who, ends.toordinal()])

    def read(self, token: str) -> Opened | None:
        """What a link stands for; None for what is no link of ours for this purpose: answer 404."""
        try:
            key, who, ends = self._signer().unsign_object(token)
        except (BadSignature, ValueError):
            return None
        return Opened(key, who, timezone.localdate().toordinal() > ends)

    def _signer(self) -> Signer:
        return Signer(sep=".", salt=f"learning_portal.one_button.{self.name}")


def link_over(request: HttpRequest, words: str, page: str, label: str) -> HttpResponse:
    """The one page of a link that has run out: what became of what it was about, and the name of the page where whoever
    has it goes on."""
    context = {"words": words, "url": reverse(page), "label": label}
    response = render(request, "common/link_over.html", context, status=410)
    response["X-Robots-Tag"] = "noindex"
    return response
