"""The demo's people: whoever is named for an example story gets an account, a job, a card and networks.

All of it is drawn from their names, so that the demo is the same on every machine.
"""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Sequence

from django.utils.text import slugify

from learning_portal.common.models import User
from networks.choices import GROUP_SIZE, CardAudience, Language, MeetingFormat, Nation, Sector, TopicGroup
from networks.models import Affiliation, Contact, Membership, Network, Topic
from stories.models import StoryContact

MOST_TOPICS = 5
WANTED = 3
NETWORKS_EACH = 2
CONVENORS = 2
"""Of each network, from two organisations."""
BLUE_LIGHT = {str(Sector.POLICE.value), str(Sector.FIRE.value)}
LEARNT = (TopicGroup.PROBLEM, TopicGroup.METHOD)
"""What people say that they want to learn about."""


def load_cards(*, by: str, today: datetime.date) -> int:
    """Complete the cards of those who are named for example stories; how many."""
    cards = list(Contact.objects.filter(organisation__is_example=True, user=None).select_related("organisation"))
    known = _topics_of(cards)
    wanted = list(Topic.objects.filter(group__in=LEARNT).order_by("slug"))
    for card in cards:
        _complete(card, by, today)
        card.can_help_with.set(known[card.pk][:MOST_TOPICS])
        card.wants_to_learn.set(_some(card, "wants", wanted, WANTED))
    _deputies(cards)
    _networks(cards, today)
    return len(cards)


def _number(card: Contact, what: str, most: int) -> int:
    """A number below `most`, drawn from a person's name."""
    return int.from_bytes(hashlib.sha256(f"{what} {card.name}".encode()).digest()[:6], "big") % most


def _some(card: Contact, what: str, things: Sequence, number: int) -> list:
    start, step = _number(card, what, len(things)), 1 + _number(card, f"{what} step", 40)
    return [things[(start + place * step) % len(things)] for place in range(number)]


def _topics_of(cards: Sequence[Contact]) -> dict[int, list[Topic]]:
    """The topics of each person's stories, the problems first."""
    found: dict[int, list[Topic]] = defaultdict(list)
    for link in StoryContact.objects.filter(contact__in=cards).select_related("story").order_by("pk"):
        found[link.contact_id] += link.story.topics.all()
    return {
        key: sorted(dict.fromkeys(topics), key=lambda topic: (topic.group != TopicGroup.PROBLEM, topic.slug))
        for key, topics in found.items()
    } | {card.pk: [] for card in cards if card.pk not in found}


def _complete(card: Contact, by: str, today: datetime.date) -> None:
    """An account, a job, and how and when they like to meet. Two in ten have not confirmed their card for half a year,
    and one in fifty not for two years."""
    email = f"{slugify(card.name)}@portal.example"
    card.user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=card.name)
    Affiliation.objects.get_or_create(
        user=card.user,
        organisation=card.organisation,
        ended_on=None,
        defaults={"verified_on": today, "verified_by": by},
    )
    card.audience = (*[CardAudience.PUBLIC] * 7, *[CardAudience.MEMBERS] * 2, CardAudience.NETWORKS)[
        _number(card, "audience", 10)
    ]
    card.team_mailbox = f"team-{slugify(card.organisation.code)}@portal.example"
    card.formats = card.formats or MeetingFormat.CALL
    card.working_days = ("0|1|2|3|4", "0|1|2|3|4", "0|1|2", "1|2|3|4", "0|2|4")[_number(card, "days", 5)]
    speaks = card.organisation.nation == Nation.WALES and _number(card, "welsh", 3) == 0
    card.languages = f"{Language.WELSH}|{Language.ENGLISH}" if speaks else Language.ENGLISH
    card.monthly_limit = 1 + _number(card, "limit", 4)
    card.paused_until = today + datetime.timedelta(days=60) if _number(card, "pause", 25) == 0 else None
    age = _number(card, "fresh", 170) + 100 * (_number(card, "old", 5) == 0)
    card.verified_on = today - datetime.timedelta(days=760 if _number(card, "stale", 50) == 0 else age)
    card.save()


def _deputies(cards: Sequence[Contact]) -> None:
    """Where two are of one organisation, each has the next one as deputy."""
    by_place: dict[int, list[Contact]] = defaultdict(list)
    for card in cards:
        by_place[card.organisation_id].append(card)
    for colleagues in by_place.values():
        for place, card in enumerate(colleagues):
            if len(colleagues) > 1 and _number(card, "deputy", 3):
                card.deputy = colleagues[(place + 1) % len(colleagues)]
                card.save(update_fields=["deputy"])


def _networks(cards: Sequence[Contact], today: datetime.date) -> None:
    """Each is in up to two networks of their sector; the first of two organisations convene one, unless somebody does
    already."""
    networks = list(Network.objects.filter(elsewhere_url="").order_by("slug"))
    convened = dict.fromkeys(Membership.objects.current().filter(is_convenor=True).values_list("network", flat=True))
    convening: dict[int, set[int]] = defaultdict(set)
    for card in cards:
        if card.user is None:
            continue
        for network in _joined(card, networks):
            places = convening[network.pk]
            convenes = network.pk not in convened and len(places) < CONVENORS and card.organisation_id not in places
            if convenes:
                places.add(card.organisation_id)
            Membership.objects.get_or_create(
                network=network,
                user=card.user,
                left_on=None,
                defaults={
                    "joined_on": today - datetime.timedelta(days=30 + _number(card, "joined", 300)),
                    "is_convenor": convenes,
                },
            )


def _joined(card: Contact, networks: Sequence[Network]) -> list[Network]:
    """Up to two, sooner of those for their sector than of those for all. The police and fire services are few, and all
    of them in their own."""
    sector = str(card.organisation.kind // GROUP_SIZE)
    own = [network for network in networks if sector in network.sectors.split("|")]
    wide = [network for network in networks if not network.sectors]
    drawn = _some(card, "network", [*own, *own, *wide], _number(card, "networks", NETWORKS_EACH + 1))
    return list(dict.fromkeys([*(own if sector in BLUE_LIGHT else ()), *drawn]))
