"""One process that asks hosts in a database of its own, for the tests of races.

    main("fill", "20", "2")          # so many hosts with one place left, so many who ask
    main("ask", "0")                 # the first of those who ask asks every host

`ask` says "ready", waits for a line, and prints how many of its requests were sent.
"""

import sys

from django.utils import timezone

from learning_portal.common.models import User
from networks.introductions import NotAsked, Request, ask
from networks.models import Affiliation, Contact, Introduction
from tests.factories import AffiliationFactory, ContactFactory, IntroductionFactory, OrganisationFactory, UserFactory

REQUEST = Request(questions=("How did you get staff to use it?",), format="call")


def fill(hosts: int, askers: int) -> None:
    today = timezone.localdate()
    there = OrganisationFactory(code="HOSTS")
    for _ in range(hosts):
        host = ContactFactory(user=UserFactory(), organisation=there, verified_on=today, monthly_limit=1)
        for _other in range(2):
            IntroductionFactory(host=host, sent_on=today, asked_on=today)
    for number in range(askers):
        AffiliationFactory(user=UserFactory(email=f"asker{number}@portal.example"))


def ask_all(number: int) -> int:
    """How many hosts took the request. A day's five are counted from the day before for each, so that all are asked."""
    user = User.objects.get(email=f"asker{number}@portal.example")
    sent = 0
    for host in Contact.objects.order_by("pk"):
        try:
            ask(by=user, host=host, request=REQUEST)
            sent += 1
        except NotAsked:
            pass
        Introduction.objects.filter(asker=user).update(sent_on="2020-01-01")
    return sent


def main(command: str, *arguments: str) -> None:
    if command == "fill":
        fill(*map(int, arguments))
        return
    assert Affiliation.objects.exists()
    print("ready", flush=True)
    sys.stdin.readline()
    print(ask_all(int(arguments[0])), flush=True)
