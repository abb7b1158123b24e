"""One process that queues or delivers mail in a database of its own, for the tests of races.

    main("queue", "100")
    main("deliver", "2026-11-03", "9", LOG [, "unguarded"])

`deliver` says "ready", waits for a line, and works until nothing is due. Every Message-ID that leaves is a line of LOG.
"""

import sys
import time

from learning_portal.common.actions import deliver_mail, post
from learning_portal.common.mail import kinds
from learning_portal.common.mail.headers import PortalMail
from learning_portal.common.models.message import MessageQuerySet
from tests.mailing import MONDAY, at

HELD = 3
"""Messages that wait for one person's weekly mail."""


def queue(number: int) -> None:
    """For so many people each: one message that goes at once, and some that go in one weekly mail."""
    MessageQuerySet.claim = lambda self, key, now: None  # or they would go as soon as they are queued
    for person in range(number):
        post(to=f"p{person}@supplier.example", kind=kinds.MESSAGE_WAITING.name)
        for _message in range(HELD):
            post(to=f"p{person}@supplier.example", kind=kinds.MAIL_FAILING.name, now=MONDAY)


def deliver(day: str, hour: str, log: str) -> None:
    def send(mail: PortalMail, fail_silently: bool = False) -> int:
        with open(log, "a") as file:
            file.write(f"{mail.extra_headers['Message-ID']} {mail.to[0]}\n")
        time.sleep(0.002)
        return 1

    PortalMail.send = send
    print("ready", flush=True)
    sys.stdin.readline()
    while deliver_mail(now=at(day, float(hour))):
        pass


def unguard() -> None:
    """Take the compare out of compare-and-set: whoever has read a row as due believes that it is theirs."""

    def claim(self, key, now):
        due = self.waiting().select_related("user").filter(pk=key).first()
        if due is not None:
            due.attempts += 1
        return due

    MessageQuerySet.claim = claim


def main(command: str, *arguments: str) -> None:
    if arguments[-1] == "unguarded":
        unguard()
        arguments = arguments[:-1]
    if command == "queue":
        queue(int(arguments[0]))
    else:
        deliver(*arguments)
