"""One process that ticks whenever it is told to, as if it were the moment that it is told; for `test_ticks_at_once`.

    main("sent.jsonl")

It says "ready", reads moments from its standard input, and answers each with the jobs that failed. Mails that leave are
lines of the file, also those of a process that is killed: [Message-ID, day, address, subject].
"""

import datetime
import io
import json
import logging
import sys
import time
from pathlib import Path
from unittest import mock

from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from stories.search import meaning

FAILED: list[str] = []
sent = Path()


class Remembering(BaseEmailBackend):
    """Takes a little while, as a mail server does: so two ticks are busy with mail at the same time."""

    def send_messages(self, messages) -> int:
        for message in messages:
            told = message.message()
            with sent.open("a", encoding="utf-8") as file:
                file.write(
                    json.dumps([told["Message-ID"], f"{timezone.localdate()}", told["To"], message.subject]) + "\n"
                )
            time.sleep(0.002)
        return len(messages)


class Failures(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        FAILED.append(f"{record.getMessage()}: {record.exc_info[1] if record.exc_info else ''}")


def main(path: str) -> None:
    global sent
    sent = Path(path)
    logging.getLogger("learning_portal.site.management.commands.tick").addHandler(Failures())
    say("ready")
    for line in sys.stdin:
        tick(datetime.datetime.fromisoformat(line.strip()))
        say(json.dumps(FAILED))
        FAILED.clear()


def tick(moment: datetime.datetime) -> None:
    """Nothing is embedded: that takes long, and no mail comes of it."""
    with (
        mock.patch.object(timezone, "now", return_value=moment),
        mock.patch.object(meaning, "model", return_value=None),
        override_settings(EMAIL_BACKEND="tests.ticking.Remembering"),
    ):
        call_command("tick", stdout=io.StringIO())


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
