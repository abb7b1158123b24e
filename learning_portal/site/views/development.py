"""Pages for developers, wired only while DEBUG is on."""

import email
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

SHOWN = 20


@require_safe
@csp_update({"frame-src": [SELF]})
def mail(request: HttpRequest) -> HttpResponse:
    """The mail that the portal sent on this machine, newest first, so that no mail server is needed."""
    files = sorted(_files(), key=lambda path: path.stat().st_mtime, reverse=True)
    return render(request, "site/mail.html", {"mails": [_shown(path) for path in files[:SHOWN]]})


@require_safe
@xframe_options_sameorigin
@csp_replace({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]})
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part of one mail as it is. It brings its styles along, which pages of the portal may not."""
    path = next((path for path in _files() if path.stem == name), None)
    part = path and _read(path).get_body(preferencelist=("html",))
    if not part:
        raise Http404("No such mail.")
    return HttpResponse(part.get_content())


def _files() -> list[Path]:
    return list(settings.MAIL_FOLDER.glob("*.log"))


def _read(path: Path) -> EmailMessage:
    return cast(EmailMessage, email.message_from_bytes(path.read_bytes(), policy=policy.default))


def _shown(path: Path) -> dict[str, str]:
    message = _read(path)
    body = message.get_body(preferencelist=("plain",))
    return {
        "name": path.stem if message.get_body(preferencelist=("html",)) else "",
        "to": message["To"],
        "subject": message["Subject"],
        "body": body.get_content() if body else "",
    }


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the pages, to look at."""
    return render(request, "_components/gallery.html")
