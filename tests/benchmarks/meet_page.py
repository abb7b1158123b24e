"""python -m tests.benchmarks.meet_page [--contacts 5000] [--stories 2000] [--rounds 20]

How long "people to meet" takes, and how many queries, beside a page of one row in the same run. Works on the database
of DATABASE_URL, which must be a scratch one: it is filled with invented bodies, stories and cards. A third of the cards
belong to people who told a story, a third are the contact of one, all say that they know three topics. Medians of what
passes, and of what this process computes: with SQLite that holds the database too.
"""

import argparse
import os
import random
import sys

from tests.benchmarks import people, speed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=5_000)
    parser.add_argument("--stories", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_portal.settings")
    if "DATABASE_URL" not in os.environ:
        sys.exit("Set DATABASE_URL to a scratch database: this fills it with invented people.")
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    import django

    django.setup()
    speed.prepare(options.stories)
    fill(options.contacts)
    speed.analyse()
    report(options.rounds)


SETTINGS = {
    "DEBUG": "0",
    "SECRET_KEY": "of no use outside of this benchmark, which serves nobody",
    "ALLOWED_HOSTS": "testserver",
    "OPERATOR_NAME": "Benchmark",
    "SECURE_SSL_REDIRECT": "0",
}


def fill(number: int) -> None:
    from django.utils import timezone

    from learning_portal.common.models import User
    from networks.models import Contact, Organisation, Topic
    from stories.models import AuthorLink, Story, StoryContact

    if Contact.objects.count() >= number:
        return
    draw = random.Random(4)
    bodies, topics = list(Organisation.objects.all()), list(Topic.objects.all())
    stories = list(Story.objects.filter(voice="named", status="published"))
    users = User.objects.bulk_create([User(email=f"host{n}@bench.example") for n in range(number)])
    cards = Contact.objects.bulk_create(
        [
            Contact(
                user=user,
                name=f"Person {place}",
                role="Manager",
                organisation=draw.choice(bodies),
                formats="call|video",
                verified_on=timezone.localdate(),
            )
            for place, user in enumerate(users)
        ]
    )
    through = Contact.can_help_with.through
    through.objects.bulk_create(
        [through(contact=card, topic=topic) for card in cards for topic in draw.sample(topics, 3)]
    )
    StoryContact.objects.bulk_create(
        [StoryContact(contact=card, story=draw.choice(stories)) for card in cards[: number // 3]]
    )
    AuthorLink.objects.bulk_create(
        [AuthorLink(user=card.user, story=draw.choice(stories)) for card in cards[-number // 3 :]]
    )


def report(rounds: int) -> None:
    from django.db import connection

    from networks.models import Contact, Organisation, Topic

    here = Organisation.objects.order_by("code").first()
    topics = [topic.slug for topic in Topic.objects.order_by("pk")[:12]]
    addresses = {"one": f"/organisations/suggest/?q={here.code}"}
    for number in (1, 3, 6, 12):
        addresses[f"{number}"] = "/people/meet/?" + "&".join(f"topic={slug}" for slug in topics[:number])
    print(
        f"{connection.vendor}, {Contact.objects.count()} cards, {rounds} rounds; milliseconds above a page of one row "
        "for the same reader"
    )
    print(f"{'reader':10}{'topics':>8}{'passed':>9}{'CPU':>9}{'queries':>9}")
    for name, client in readers(here).items():
        client.post("/plan/", {"text": speed.PLAN, "organisation": here.code})
        found = {number: measured(client, address, rounds) for number, address in addresses.items()}
        for number, address in addresses.items():
            passed, computed = (one - least for one, least in zip(found[number], found["one"], strict=True))
            queries = speed.queries_of(lambda address=address, client=client: client.get(address))
            print(f"{name:10}{number:>8}{passed:9.1f}{computed:9.1f}{queries:9}")


def readers(here) -> dict:
    """A visitor, and a member who works here."""
    from django.test import Client
    from django.utils import timezone

    from learning_portal.common.models import User
    from networks.models import Affiliation

    reader, _made = User.objects.get_or_create(email="reader@bench.example")
    works = {"verified_on": timezone.localdate(), "verified_by": "benchmark"}
    Affiliation.objects.get_or_create(user=reader, organisation=here, ended_on=None, defaults=works)
    visitor, member = Client(), Client()
    member.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    return {"visitor": visitor, "member": member}


def measured(client, address: str, rounds: int) -> tuple[float, float]:
    return people.passed_and_computed(lambda: client.get(address), rounds)


if __name__ == "__main__":
    main()
