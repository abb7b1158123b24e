from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from learning_portal.common.actions import record
from learning_portal.common.models import User


class Command(BaseCommand):
    help = (
        "For somebody who has lost their second factor and their recovery codes: forget both, so that they set up "
        "another at their next sign-in. Make sure first that it is they who ask."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *args, email: str, **options) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError("Nobody has this address.")
        Authenticator.objects.filter(user=user).delete()
        record(by="forget_second_factor", verb="forgot second factor", subject=user.email)
        self.stdout.write("Forgotten. They set up another when they sign in next.")
