from django.core.management.base import BaseCommand

from learning_portal.common.actions import make_roles


class Command(BaseCommand):
    help = "Make the groups of the roles, to which people are added in the admin. Says nothing where all are there."

    def handle(self, *args, **options) -> None:
        if made := make_roles(by="load_roles"):
            self.stdout.write(f"Roles: {', '.join(made)} added.")
