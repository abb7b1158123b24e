"""Pages for developers, wired only while DEBUG is on."""

import email
from email import policy

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SHOWN = 20


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """The mail that the portal sent on this machine, newest first, so that no mail server is needed."""
    files = sorted(settings.MAIL_FOLDER.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    return render(request, "site/mail.html", {"mails": [_read(path) for path in files[:SHOWN]]})


def _read(path) -> dict[str, str]:
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    return {"to": message["To"], "subject": message["Subject"], "body": body.get_content() if body else ""}


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the pages, to look at."""
    return render(request, "_components/gallery.html")
