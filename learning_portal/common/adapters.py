from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest

from .mail.compose import Reason, footer_of
from .mail.kinds import SIGN_IN
from .mail.look import dress


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by code. Organisations and second factors come with the telling of stories."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody may have an account: it shows them nothing more until somebody has verified where they work."""
        return True

    def populate_username(self, request: HttpRequest, user) -> None:
        """The e-mail address is the name."""

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: Mapping[str, Any], headers=None
    ) -> EmailMessage:
        """Codes are sent at once and stand in no outbox; they look like all other mail."""
        mail = super().render_mail(template_prefix, email, context, headers)
        footer = footer_of([Reason(SIGN_IN.reason, SIGN_IN.label)])
        mail.body, html = dress(subject=mail.subject, words=mail.body, footer=footer)
        mail.attach_alternative(html, "text/html")
        return mail
