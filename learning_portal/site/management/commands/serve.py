import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from learning_portal.site.demo.load import PEOPLE, STAFF


class Command(BaseCommand):
    help = "Serve on this machine for a developer or a demo, with the late work done beside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, port: int, **options) -> None:
        self.stdout.write(greeting(port))
        ticking = subprocess.Popen([sys.executable, str(settings.BASE_DIR / "manage.py"), "tick", "--loop"])
        try:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)
        finally:
            ticking.terminate()
            ticking.wait()


def greeting(port: int) -> str:
    """Where it runs, and whom to sign in as."""
    people = [f"  {role.label if role else 'Reader'}: {email}" for email, _name, role, _kind, _network in PEOPLE]
    lines = [
        f"The Learning Portal is at http://127.0.0.1:{port}/",
        f"To sign in, type one of these addresses; the code arrives at http://127.0.0.1:{port}/dev/mail/",
        *people,
        f"  Reference data (admin): {STAFF[0]}",
    ]
    return "\n".join(lines)
