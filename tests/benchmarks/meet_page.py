"""python -m tests.benchmarks.meet_page [--contacts 5000] [--stories 2000] [--rounds 20]

How long "people to meet" takes, and how many queries, beside two pages of one row in the same run: the portal's
smallest (one body's name as data, without a frame around it), and this page itself about a topic that one person knows.
Works on the database of DATABASE_URL, which must be a scratch one: it is filled with invented bodies, stories and
cards. A third of the cards belong to people who told a story, a third are the contact of one, all say that they know
three topics. Medians of what passes, and of what this process computes: with SQLite that holds the database too. The
pages take turns, so that a machine that slows down for a while slows all of them.
"""

import argparse
import random
import statistics
import time

from tests.benchmarks import scratch, speed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=5_000)
    parser.add_argument("--stories", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    scratch.begin()
    speed.prepare(options.stories)
    fill(options.contacts)
    speed.analyse()
    scratch.serve()
    report(options.rounds)


RARE = "known-to-one"
"""The topic that one person knows."""
RARE_TOPIC = {"name": "Known to one", "group": "problem", "bit": 62}


def fill(number: int) -> None:
    from django.utils import timezone

    from learning_portal.common.models import User
    from networks.models import Contact, Organisation, Topic
    from stories.models import AuthorLink, Story, StoryContact

    rare, made = Topic.objects.get_or_create(slug=RARE, defaults=RARE_TOPIC)
    if not made:
        return
    draw = random.Random(4)
    bodies, topics = list(Organisation.objects.all()), list(Topic.objects.exclude(pk=rare.pk))
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
    cards[0].can_help_with.add(rare)
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
    topics = [topic.slug for topic in Topic.objects.exclude(slug=RARE).order_by("pk")[:12]]
    addresses = {"smallest": f"/organisations/suggest/?q={here.code}", "one person": f"/people/meet/?topic={RARE}"}
    for number in (1, 3, 6, 12):
        addresses[f"{number}"] = "/people/meet/?" + "&".join(f"topic={slug}" for slug in topics[:number])
    print(f"{connection.vendor}, {Contact.objects.count()} cards, {rounds} rounds; milliseconds that pass (computing)")
    print(f"{'reader':10}{'topics':>12}{'page':>16}{'above smallest':>18}{'above one person':>18}{'queries':>9}")
    for name, client in readers(here).items():
        client.post("/plan/", {"text": speed.PLAN, "organisation": here.code})
        found = measured(client, addresses, rounds)
        for number, address in addresses.items():
            cells = [found[number], less(found[number], found["smallest"]), less(found[number], found["one person"])]
            queries = speed.queries_of(lambda address=address, client=client: client.get(address))
            whole, smallest, one = (f"{passed:.1f} ({computed:.1f})" for passed, computed in cells)
            print(f"{name:10}{number:>12}{whole:>16}{smallest:>18}{one:>18}{queries:>9}")


def less(page: tuple[float, float], reference: tuple[float, float]) -> tuple[float, float]:
    return page[0] - reference[0], page[1] - reference[1]


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


def measured(client, addresses: dict[str, str], rounds: int) -> dict[str, tuple[float, float]]:
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in addresses}
    for _round in range(rounds + 2):
        for name, address in addresses.items():
            start, begun = time.perf_counter(), time.process_time()
            assert client.get(address).status_code == 200, address
            times[name].append(((time.perf_counter() - start) * 1000, (time.process_time() - begun) * 1000))
    return {name: tuple(map(statistics.median, zip(*found[2:], strict=True))) for name, found in times.items()}


if __name__ == "__main__":
    main()
