import socket
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning_portal.site.demo.load import CONVENORS, PEOPLE, STAFF
from networks.choices import FRONT_LINE_KINDS
from stories.choices import Audience
from stories.text import lowered

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Serve on this machine for a developer or a demo, with the late work done beside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, port: int, **options) -> None:
        refuse_a_taken_port(port)
        self.stdout.write(greeting(port))
        # It ends by itself when this process is gone, however that came about.
        subprocess.Popen([sys.executable, str(settings.BASE_DIR / "manage.py"), "tick", "--loop"])
        call_command("runserver", f"{HOST}:{port}", use_reloader=False)


def refuse_a_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {port} cannot be used ({error}). Choose another: make run PORT=8001") from error


def greeting(port: int) -> str:
    """Where it runs, and whom to sign in as to read what."""
    people = [
        f"  {'Convenor' if email in CONVENORS else role.label if role else 'Reader'}: {email}, who reads what is for "
        + ", ".join(lowered(audience.label) for audience in reads(kind, network))
        for email, _name, role, kind, network in PEOPLE
    ]
    lines = [
        f"The Learning Portal is at http://{HOST}:{port}/",
        f"To sign in, type one of these addresses; the code arrives at http://{HOST}:{port}/dev/mail/",
        *people,
        f"  Reference data (admin): {STAFF[0]}",
    ]
    return "\n".join(lines)


def reads(kind: int, network: str | None) -> list[Audience]:
    """The audiences of a demo person who works at a body of this kind, and is in this network."""
    front_line = [Audience.FRONT_LINE] if kind in FRONT_LINE_KINDS else []
    return [Audience.PUBLIC, Audience.MEMBERS, *front_line, *([Audience.NETWORK] if network else [])]
