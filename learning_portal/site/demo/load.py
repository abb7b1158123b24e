"""Puts the demo on the shelf: invented organisations, people, networks and stories, and what they do together."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from learning_portal.common.actions import make_roles
from learning_portal.common.models import Message, Role, User
from networks.choices import Kind
from networks.directory import ASKED_ABOUT
from networks.models import Affiliation, Contact, Membership, Network, Organisation, Topic
from networks.still_you import ask_still_you
from stories.actions import NewStory, shelve
from stories.actions.shelve import bands_of
from stories.choices import Origin, Voice
from stories.models import Programme, Story
from stories.search.index import refresh_terms

from .actions import load_actions
from .cards import load_cards
from .coffee import load_coffee
from .events import load_events
from .introductions import load_introductions
from .networks_of import load_life
from .own_cards import load_own_cards
from .reader import NETWORKS, DemoStory, read_rows, read_stories
from .stage import Stage

BY = "load_demo"
PUBLISHED = datetime.date(2026, 11, 16)
"""The Monday on which the newest demo story came out; the others go back from it, three a week."""
A_WEEK = 3

PROGRAMMES = {
    "transformation-fund": ("Transformation Fund", "Y Gronfa Drawsnewid"),
    "digital-grants": ("Digital Grants", "Grantiau Digidol"),
    "invest-to-save": ("Invest to Save", "Buddsoddi i Arbed"),
}

PEOPLE = (
    # e-mail, name, role, kind of body, network
    ("member@portal.example", "Mared Ellis", None, Kind.DEPARTMENT, None),
    ("frontline@portal.example", "Owain Pugh", None, Kind.COUNCIL, None),
    ("network@portal.example", "Shabana Karim", None, Kind.HEALTH_BOARD, "health-and-care-operations"),
    ("moderator@portal.example", "Gwenda Rees", Role.MODERATOR, Kind.COUNCIL, None),
    ("moderator-two@portal.example", "Dafydd Lloyd", Role.MODERATOR, Kind.HEALTH_BOARD, None),
    ("moderator-three@portal.example", "Priya Nair", Role.MODERATOR, Kind.COUNCIL, None),
    ("convenor@portal.example", "Eleri Vaughan", None, Kind.HEALTH_BOARD, "health-and-care-operations"),
    ("convenor-two@portal.example", "Marcus Bell", None, Kind.COUNCIL, "health-and-care-operations"),
    ("programme@portal.example", "Tom Okafor", Role.PROGRAMME_TEAM, Kind.DEPARTMENT, None),
    ("custodian@portal.example", "Iona Macrae", Role.CUSTODIAN, Kind.DEPARTMENT, None),
)
"""A demo person for each role, and enough who moderate: three may, so that two are left whoever wrote a story. They
sign in with a code like everybody."""
CONVENORS = {"convenor@portal.example", "convenor-two@portal.example"}
"""Those of them who look after their network."""
STAFF = ("staff@portal.example", "Ben Whitlock")


@transaction.atomic
def load_stories() -> dict[str, Story]:
    """Create the demo's stories, their people and programmes; the stories by the names of their files. The
    organisations must be there."""
    _programmes()
    networks = _networks()
    organisations = {body.code: body for body in Organisation.objects.filter(is_example=True)}
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    bands = bands_of(organisations.values())
    demo = sorted(read_stories(), key=lambda story: hashlib.sha256(story.slug.encode()).digest())
    stories = {item.slug: _story(item, organisations, bands) for item in demo}
    for item in demo:
        if item.project:
            stories[item.slug].project = stories[item.project]
    for week, batch in enumerate(_weeks(demo)):
        shelve(
            stories=[_new(item, stories[item.slug], organisations, topics, networks) for item in batch],
            published_on=PUBLISHED - datetime.timedelta(weeks=week),
            by=BY,
        )
    refresh_terms()
    return stories


def _weeks(demo: list[DemoStory]) -> Iterable[list[DemoStory]]:
    """Batches of three, a project summary no later than the records that belong to it."""
    ordered = sorted(demo, key=lambda item: bool(item.project))
    return [ordered[start : start + A_WEEK] for start in range(0, len(ordered), A_WEEK)]


def _story(item: DemoStory, organisations: dict[str, Organisation], bands: dict[str, str]) -> Story:
    named = item.fields["voice"] == Voice.NAMED
    story = Story(origin=Origin.EXAMPLE, **item.fields)
    story.organisation = organisations[item.organisation] if named else None
    story.band = "" if named else bands[item.organisation]
    story.programme = Programme.objects.get(slug=item.programme) if named and item.programme else None
    return story


def _new(item: DemoStory, story: Story, organisations, topics, networks) -> NewStory:
    return NewStory(
        story,
        item.content,
        topics=[topics[slug] for slug in item.topics],
        networks=[networks[slug] for slug in item.networks],
        contacts=[_contact(item, organisations, topics)] if item.contact else [],
        updates=item.updates,
    )


def _contact(item: DemoStory, organisations: dict[str, Organisation], topics: dict[str, Topic]) -> Contact:
    """Who is asked about it, and so can help with what it is about."""
    contact, _created = Contact.objects.get_or_create(
        name=item.contact["name"],
        organisation=organisations[item.organisation],
        defaults={
            "role": item.contact["role"],
            "formats": "|".join(item.contact.get("formats", [])),
            "verified_on": PUBLISHED,
        },
    )
    about = [topics[slug] for slug in item.topics]
    contact.can_help_with.add(*(topic for topic in about if topic.group in ASKED_ABOUT))
    return contact


def _programmes() -> None:
    for slug, (english, welsh) in PROGRAMMES.items():
        Programme.objects.get_or_create(slug=slug, defaults={"name_en": english, "name_cy": welsh})


def _networks() -> dict[str, Network]:
    for row in read_rows(NETWORKS):
        slug, topics = row.pop("slug"), row.pop("topics")
        known = {name: text for name, text in row.items() if text}
        network, created = Network.objects.get_or_create(slug=slug, defaults=known)
        if created:
            network.topics.set(Topic.objects.filter(slug__in=topics.split("|")))
    return {network.slug: network for network in Network.objects.all()}


@transaction.atomic
def load_people() -> None:
    """A demo person for each role, at invented bodies."""
    make_roles(by=BY)
    for email, name, role, kind, network in PEOPLE:
        user = _person(email, name)
        if role:
            user.groups.add(Group.objects.get(name=role.value))
        _works_at(user, kind)
        if network:
            Membership.objects.get_or_create(
                user=user,
                network=Network.objects.get(slug=network),
                defaults={"joined_on": PUBLISHED, "is_convenor": email in CONVENORS},
            )
    load_cards(by=BY, today=timezone.localdate())
    load_own_cards(today=timezone.localdate())
    staff = _person(*STAFF)
    User.objects.filter(pk=staff.pk).update(is_staff=True, is_superuser=True)


@transaction.atomic
def load_meeting(stories: Mapping[str, Story]) -> None:
    """What these people do together, as if it had gone on for months before today. The verbs of the service queue mails
    about it, which nobody is to get now."""
    waiting = list(Message.objects.values_list("pk", flat=True))
    stage = Stage(timezone.localdate(), stories)
    load_life(stage)
    load_events(stage)
    load_introductions(stage)
    load_coffee(stage)
    load_actions(stage)
    ask_still_you(today=stage.today)
    Message.objects.exclude(pk__in=waiting).delete()


def _person(email: str, name: str) -> User:
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, name=name)


def _works_at(user: User, kind: int) -> None:
    body = Organisation.objects.filter(is_example=True, kind=kind).order_by("code").first()
    if body:
        Affiliation.objects.get_or_create(
            user=user, organisation=body, ended_on=None, defaults={"verified_on": PUBLISHED, "verified_by": BY}
        )
