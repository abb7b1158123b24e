"""Who reads, where they work, and what they may open: one person for each role, and a small register of bodies."""

import dataclasses
from typing import Protocol

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from learning_portal.common.actions import record
from learning_portal.common.models import Role, User
from networks.choices import Kind, Nation, Region
from networks.models import Affiliation, Contact, Event, Network, Organisation, Topic
from stories.models import Programme, Story
from tests.factories import (
    TODAY,
    ActionFactory,
    AffiliationFactory,
    AttendanceFactory,
    ContactFactory,
    EventFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TopicFactory,
    UserFactory,
    in_days,
)

ROLES = (
    "visitor",
    "member",
    "front_line",
    "network",
    "government",
    "author",
    "moderator",
    "front_line_moderator",
    "convenor",
    "programme_team",
    "custodian",
    "staff",
    "lapsed",
)
"""Who reads. `lapsed` was once a front-line member and a convenor of the network, and is now in another network."""

MEMBERS = frozenset({"public", "members"})
READS: dict[str, frozenset[str]] = {
    "visitor": frozenset({"public"}),
    "member": MEMBERS,
    "front_line": MEMBERS | {"front_line"},
    "network": MEMBERS | {"network"},
    "government": MEMBERS,
    "author": frozenset({"public"}),
    "moderator": MEMBERS,
    "front_line_moderator": MEMBERS | {"front_line"},
    "convenor": frozenset({"public", "network"}),
    "programme_team": frozenset({"public"}),
    "custodian": frozenset({"public"}),
    "staff": frozenset({"public"}),
    "lapsed": frozenset({"public"}),
}
"""Published stories of which audiences each role opens: the design's table, written by hand."""
POOLS: dict[str, frozenset[str]] = {
    "moderator": MEMBERS,
    "front_line_moderator": MEMBERS | {"front_line"},
    "convenor": frozenset({"network"}),
}
"""Unpublished stories of which audiences wait for each role."""


class Ruled(Protocol):
    """What decides who may open a story."""

    audience: str
    status: str
    voice: str


def may_open(role: str, story: Ruled, *, own: bool = False) -> bool:
    """Whether this role opens this story, in plain words. `own`: the story is the author's, and linked to them."""
    if role == "author" and own and story.voice != "anonymous":
        return True
    if story.status == "published":
        return story.audience in READS[role]
    return story.status in {"submitted", "returned", "awaiting", "approved", "hidden"} and story.audience in POOLS.get(
        role, ()
    )


# --- The cast and the register --------------------------------------------------------------------------------------


class Browser(Client):
    """A client that keeps neither contexts nor exceptions: what goes wrong is a 500, as for a reader. Twice as fast."""

    def __init__(self, handler: ClientHandler):
        super().__init__()
        self.handler = handler

    def request(self, **request):
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


@dataclasses.dataclass
class Stage:
    """What all worlds share. `here` and `there` are two bodies of one band."""

    here: Organisation
    there: Organisation
    bodies: list[Organisation]
    topics: list[Topic]
    networks: list[Network]
    programme: Programme
    contact: Contact
    tellers: dict[str, User]
    """Who works here, and who there, and tells stories without a name."""
    users: dict[str, User | AnonymousUser]
    event: Event
    """For all. The first network has one too, and every reader something that they said they would do."""
    shelf: list[Story] = dataclasses.field(default_factory=list)
    cookies: dict[str, str] = dataclasses.field(default_factory=dict)
    """The session of each role that is signed in."""
    handler: ClientHandler = dataclasses.field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))
    """One for all browsers: each would read the static files anew."""

    def sign_in(self) -> None:
        for role, user in self.users.items():
            if isinstance(user, User):
                client = Client()
                client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
                self.cookies[role] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def client(self, role: str) -> Browser:
        """A browser of this role, with nothing from its earlier requests but the session."""
        client = Browser(self.handler)
        if role in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[role]
        return client


def build_stage() -> Stage:
    bodies = build_bodies()
    networks = [NetworkFactory(slug=f"network-of-{number}") for number in range(2)]
    here, there = bodies[:2]
    stage = Stage(
        here=here,
        there=there,
        bodies=bodies,
        topics=build_topics(),
        networks=networks,
        programme=ProgrammeFactory(slug="fund", name_en="Fund for new ways"),
        contact=living_card(here, pk=8_000, name="Contact of all", user=UserFactory()),
        tellers={"here": employee_of(here), "there": employee_of(there)},
        users=build_cast(here, bodies, networks),
        event=EventFactory(pk=EVENTS[0], title="Open day of all", link="https://meet.example/all"),
    )
    for key, (place, teller) in enumerate(stage.tellers.items(), start=8_001):
        living_card(getattr(stage, place), pk=key, user=teller, name=f"Card of {place}")
    build_meetings(stage)
    stage.sign_in()
    record(by="test", verb="built", subject="a stage")
    return stage


def living_card(organisation: Organisation, **fields) -> Contact:
    """A card that is shown: confirmed today."""
    fields = {"team_mailbox": "team@council.example", "verified_on": timezone.localdate(), **fields}
    return ContactFactory(organisation=organisation, **fields)


EVENTS = (7_001, 7_002, 7_003)
"""The keys of the event of all, of a network's, and of one that is past."""


def build_meetings(stage: Stage) -> None:
    """A network's event, and a past one of all where a member was; everybody has something that they will do."""
    EventFactory(pk=EVENTS[1], title="Evening of a network", network=stage.networks[0])
    past = EventFactory(pk=EVENTS[2], title="Past day of all", starts_at=in_days(-3))
    AttendanceFactory(event=past, user=stage.users["member"])
    for user in stage.users.values():
        if isinstance(user, User):
            ActionFactory(owner=user)


def build_bodies() -> list[Organisation]:
    """Six councils that share a band, with different figures; then one of every other sort; then a merged one."""
    councils = [
        OrganisationFactory(
            code=f"W{number}",
            name_en=f"Cyngor Valley {number}",
            name_cy=f"Cyngor Dyffryn {number}",
            aliases=f"Valley {number} council|CV{number}",
            population=(32_000, 64_000, 98_000)[number % 3],
            staff=1_500 + 700 * number,
            budget=150_000_000 + 20_000_000 * number,
            deprivation=1 + number % 5,
            area_km2=700.0 + 100 * number,
            latitude=52.0 + number / 10,
            longitude=-3.5,
        )
        for number in range(6)
    ]
    others = [
        OrganisationFactory(
            code=f"K{kind}",
            name_en=f"Body of sort {kind}",
            kind=kind,
            nation=Nation.ENGLAND,
            region=Region.NORTH_WEST,
            population=300_000 + 10_000 * kind,
            rurality=kind % 4,
            staff=4_000,
        )
        for kind in Kind.values
    ]
    merged = OrganisationFactory(code="OLD1", name_en="Old Valley District", replaced_by=councils[0])
    return [*councils, *others, merged]


def build_topics() -> list[Topic]:
    names = {
        "problem": ["No signal", "Staff leave", "Data that do not match", "Nobody asked the users", "Money ran out"],
        "users": ["Older people", "Carers"],
        "constraint": ["Budget cut", "New law"],
        "method": ["Pilot first", "Ride along"],
        "service": ["Home care", "Waste", "Housing"],
    }
    return [
        TopicFactory(
            name=name,
            name_cy=f"{name} (Cymraeg)",
            slug=f"{group}-{number}",
            group=group,
            bit=number,
            code=8 + 3 * number if group == "service" else None,
        )
        for group, found in names.items()
        for number, name in enumerate(found)
    ]


def body(bodies: list[Organisation], kind: int) -> Organisation:
    return next(found for found in bodies if found.code == f"K{kind}")


def build_cast(here: Organisation, bodies: list[Organisation], networks: list[Network]) -> dict:
    """One person for each role, with nothing that another role would give them."""
    agency, department = body(bodies, Kind.AGENCY), body(bodies, Kind.DEPARTMENT)
    ours, other = networks
    users: dict = {role: UserFactory(email=f"{role}@portal.example", name=role) for role in ROLES if role != "visitor"}
    employed = {"front_line": here, "network": agency, "government": department, "moderator": agency}
    for role, employer in {**employed, "front_line_moderator": here}.items():
        AffiliationFactory(user=users[role], organisation=employer)
    AffiliationFactory(user=users["member"], organisation=here, capacity=Affiliation.Capacity.CONTRACTOR)
    AffiliationFactory(user=users["lapsed"], organisation=here, ended_on=TODAY)
    MembershipFactory(user=users["network"], network=ours)
    MembershipFactory(user=users["convenor"], network=ours, is_convenor=True)
    MembershipFactory(user=users["lapsed"], network=ours, is_convenor=True, left_on=TODAY)
    MembershipFactory(user=users["lapsed"], network=other)
    give_role(users["moderator"], Role.MODERATOR)
    give_role(users["front_line_moderator"], Role.MODERATOR)
    give_role(users["programme_team"], Role.PROGRAMME_TEAM)
    give_role(users["custodian"], Role.CUSTODIAN)
    User.objects.filter(pk=users["staff"].pk).update(is_staff=True, is_superuser=True)
    users["staff"].refresh_from_db()
    return {"visitor": AnonymousUser(), **users}


def employee_of(organisation: Organisation) -> User:
    return AffiliationFactory(organisation=organisation).user


def give_role(user: User, role: Role) -> None:
    user.groups.add(Group.objects.get_or_create(name=role)[0])


@dataclasses.dataclass(frozen=True)
class Seen:
    """All that a reader gets from one request."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: str
    body: bytes


def seen(response) -> Seen:
    return Seen(
        response.status_code, tuple(sorted(response.headers.items())), response.cookies.output(), response.content
    )
