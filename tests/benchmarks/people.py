"""python -m tests.benchmarks.people [--contacts 5000] [--rounds 20]

How long the pages of people take with one card and with thousands, and how many queries, beside the portal's one-row
page in the same run. Medians of what passes, and of what this process computes: on a machine that does other things
besides, the second is the steadier; with SQLite it holds the database too. Works on the database of DATABASE_URL, which
must be a scratch one.
"""

import argparse
import datetime
import random
import statistics
import time
from collections.abc import Callable

from tests.benchmarks import scratch
from tests.benchmarks.speed import analyse, queries_of

Action = Callable[[], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    scratch.begin()
    prepare()
    scratch.serve()
    fill(1)
    before = measure(options.rounds)
    fill(options.contacts)
    after = measure(options.rounds)
    show(options.contacts, before, after)


def prepare() -> None:
    """The register, the topics, no throttle, and a reader who works somewhere."""
    from django.core.management import call_command

    from networks.views import slowing

    slowing.PEOPLE_PAGES = slowing.Rate("people pages", 10**6, 60)
    for command in ("migrate", "load_topics", "load_register"):
        call_command(command, verbosity=0)


def fill(number: int) -> None:
    """So many cards at all bodies of the register; a third for members, half with an account, three topics each."""
    from django.utils import timezone

    from learning_portal.common.models import User
    from networks.models import Contact, Organisation, Topic

    draw, today = random.Random(4), timezone.localdate()
    bodies, topics = list(Organisation.objects.order_by("pk")), list(Topic.objects.order_by("pk"))
    Contact.objects.all().delete()
    users = [User(email=f"person{place}@body.example", name=f"Person {place}") for place in range(number // 2)]
    User.objects.bulk_create(users, batch_size=1_000, ignore_conflicts=True)
    found = list(User.objects.filter(email__endswith="@body.example").order_by("pk"))
    cards = [
        Contact(
            name=f"Person {place}",
            role="Runs a service",
            user=found[place] if place < len(found) else None,
            organisation=draw.choice(bodies),
            audience="members" if place % 3 == 2 else "public",
            formats=draw.choice(["call|video", "visit", "call|visit|mentoring", ""]),
            languages=draw.choice(["en", "en|cy"]),
            verified_on=today - datetime.timedelta(days=draw.randrange(700)),
        )
        for place in range(number)
    ]
    Contact.objects.bulk_create(cards, batch_size=1_000)
    through = Contact.can_help_with.through
    through.objects.bulk_create(
        [through(contact_id=card.pk, topic_id=topic.pk) for card in cards for topic in draw.sample(topics, 3)],
        batch_size=2_000,
    )
    analyse()


def measure(rounds: int) -> dict[str, tuple[float, float, int]]:
    """Medians of time and of computing, and queries, of each page."""
    return {name: (*passed_and_computed(action, rounds), queries_of(action)) for name, action in pages().items()}


def passed_and_computed(action: Action, rounds: int) -> tuple[float, float]:
    passed, computed = [], []
    for _round in range(rounds + 2):
        start, begun = time.perf_counter(), time.process_time()
        action()
        passed.append((time.perf_counter() - start) * 1000)
        computed.append((time.process_time() - begun) * 1000)
    return statistics.median(passed[2:]), statistics.median(computed[2:])


def pages() -> dict[str, Action]:
    from django.test import Client
    from django.utils import timezone

    from learning_portal.common.models import User
    from networks.models import Affiliation, Contact, Organisation, Topic

    body = Organisation.objects.order_by("code").first()
    reader, _made = User.objects.get_or_create(email="reader@reader.example")
    works = {"verified_on": timezone.localdate(), "verified_by": "benchmark"}
    Affiliation.objects.get_or_create(user=reader, organisation=body, ended_on=None, defaults=works)
    visitor, member = Client(), Client()
    member.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    topic = Topic.objects.filter(group="problem").order_by("pk")[0].slug
    card = Contact.objects.filter(audience="public").order_by("pk").first()

    def get(client: Client, address: str) -> Action:
        def action() -> None:
            assert client.get(address).status_code == 200, address

        return action

    return {
        "one-row page": get(visitor, f"/organisations/suggest/?q={body.code}"),
        "visitor": get(visitor, "/people/"),
        "visitor, last page": get(visitor, "/people/?page=25"),
        "member, places like mine": get(member, "/people/"),
        "member, last page": get(member, "/people/?page=25"),
        "member, newest": get(member, "/people/?order=newest"),
        "member, a topic": get(member, f"/people/?topic={topic}"),
        "member, three filters": get(member, "/people/?format=visit&sector=1&language=cy"),
        "person": get(visitor, f"/people/{card.public_id}/"),
    }


def show(number: int, before: dict[str, tuple[float, float, int]], after: dict[str, tuple[float, float, int]]) -> None:
    from django.db import connection

    print(f"{connection.vendor}; milliseconds with one card and with {number:,}")
    print(f"{'page':28}{'one card':>16}{'all':>16}{'more':>16}{'queries':>10}")
    print(" " * 28 + f"{'passed':>9}{'CPU':>7}" * 3)
    for name, (passed, computed, queries) in after.items():
        first, least, asked = before[name]
        print(
            f"{name:28}{first:9.1f}{least:7.1f}{passed:9.1f}{computed:7.1f}{passed - first:9.1f}{computed - least:7.1f}"
            f"{asked:6} {queries:3}"
        )


if __name__ == "__main__":
    main()
