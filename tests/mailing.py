"""Kinds of mail for tests, as an app above the floor would register them, and what the tests of mail share."""

import datetime
from pathlib import Path

from learning_portal.common.mail.kinds import Kind
from learning_portal.common.mail.rhythm import LONDON

TEMPLATES = Path(__file__).parent / "common" / "templates"

REPLY = Kind("reply", label="Receipts", reason="You get this mail because you sent something in.", answers=True)
REQUEST = Kind(
    "request", label="Requests to meet", reason="Because you said you would meet.", needs_answer=True, priority=2
)
HELPED = Kind("helped", label="What you helped with", reason="Because you told a story.", priority=4)
NEWS = Kind("news", label="News", reason="Because you asked for news.", priority=7)
KINDS = (REPLY, REQUEST, HELPED, NEWS)


def at(day: str, hour: float = 9) -> datetime.datetime:
    """A moment in London. 2 November 2026 is a Monday."""
    hours, minutes = divmod(round(hour * 60), 60)
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(hours, minutes), LONDON)


MONDAY, TUESDAY, FRIDAY, SATURDAY = (at(f"2026-11-0{day}") for day in (2, 3, 6, 7))


class Post:
    """Stands in for the mail server: takes mails, or refuses them while `down`."""

    def __init__(self) -> None:
        self.down = False
        self.sent: list = []

    def __call__(self, mail, fail_silently: bool = False) -> int:
        if self.down:
            raise ConnectionRefusedError("reader@council.example")
        self.sent.append(mail)
        return 1

    @property
    def subjects(self) -> list[str]:
        return [mail.subject for mail in self.sent]
