import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

STEP = 30
"""Seconds for which a code is shown."""


class Command(BaseCommand):
    help = "On a developer's machine, what an authenticator app would show now: for a person, or for a new key."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address_or_key", nargs="+", help="a person, or the key that the page shows")

    def handle(self, *args, address_or_key: list[str], **options) -> None:
        if not settings.DEBUG:
            raise CommandError("Only on a developer's machine: DEBUG is off.")
        given = "".join("".join(address_or_key).split())  # the page shows the key in groups of four
        secret = _secret_of(given) if "@" in given else given
        try:
            self.stdout.write(format_hotp_value(hotp_value(secret, int(time.time()) // STEP)))
        except ValueError:
            raise CommandError("That is no key.") from None


def _secret_of(email: str) -> str:
    app = Authenticator.objects.filter(user__email=email.lower(), type=Authenticator.Type.TOTP).first()
    if app is None:
        raise CommandError("Nobody with this address has set up an app.")
    return decrypt(app.data["secret"])
