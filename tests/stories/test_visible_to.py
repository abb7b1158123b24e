"""Who sees which story: generated worlds against the rules written out in plain Python, then each rule by itself."""

import dataclasses
import datetime
import itertools
import secrets
from random import Random

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from learning_portal.common.models import User
from networks.models import Affiliation, Membership, Network, Organisation
from stories.content import sha256
from stories.models import AuthorLink, Story, StoryNetwork, Version
from tests import faults
from tests.factories import (
    BAND,
    TODAY,
    AffiliationFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    UserFactory,
    draft_author,
    lessons,
    make_story,
)
from tests.strength import FULL
from tests.worlds import count, savepoint

pytestmark = [pytest.mark.prove] if FULL else []

# The rules as the design states them. Nothing is taken from the product's vocabularies: a wrong one would agree with
# itself.
KINDS_OF_BODY = {
    0: "not known",
    8: "council",
    9: "district",
    10: "county",
    11: "combined authority",
    16: "health board",
    17: "NHS trust",
    18: "care board",
    24: "police",
    32: "fire",
    40: "department",
    41: "agency",
    42: "inspectorate",
    48: "university",
    49: "college",
    56: "national park",
    57: "housing",
}
NOT_FRONT_LINE = {"not known", "department", "agency", "inspectorate"}
CAPACITIES = ["employee", "elected", "contractor"]
AUDIENCES = ["public", "members", "front_line", "network"]
STATUSES = ["draft", "submitted", "returned", "awaiting", "approved", "published", "withdrawn", "retired", "hidden"]
WAITING = {"submitted", "returned", "awaiting", "approved", "hidden"}
POOLS = ["network", "front_line", "moderators"]
VOICES = ["named", "confidential", "anonymous"]
ROLES = ["moderator", "programme team", "custodian"]
NETWORKS = 3
DECISIONS: list[int] = []


@dataclasses.dataclass(frozen=True)
class Job:
    """An affiliation."""

    capacity: str
    verified: bool
    ended: bool
    mixed: bool
    """Verified by a domain that a body which is not front line has too."""

    @property
    def holds(self) -> bool:
        return self.verified and not self.ended


@dataclasses.dataclass(frozen=True)
class Person:
    jobs: dict[int, Job]
    """By the kind of body."""
    memberships: dict[int, tuple[str, bool]]
    """By the number of the network: "current", "left" or "rejoined", and whether as convenor."""
    roles: frozenset[str]
    is_active: bool
    is_staff: bool

    def is_member(self) -> bool:
        return any(job.holds for job in self.jobs.values())

    def is_front_line(self) -> bool:
        return any(
            job.holds and job.capacity == "employee" and not job.mixed and KINDS_OF_BODY[kind] not in NOT_FRONT_LINE
            for kind, job in self.jobs.items()
        )

    def networks(self, *, convened: bool = False) -> set[int]:
        return {
            number
            for number, (state, convenor) in self.memberships.items()
            if state != "left" and (convenor or not convened)
        }


@dataclasses.dataclass(frozen=True)
class Tale:
    audience: str
    status: str
    voice: str
    origin: str
    pool: str
    """Any: too few people make a wider pool take over."""
    networks: frozenset[int]
    authors: frozenset[int]
    """Numbers of people; nobody is linked to an anonymous one."""


def oracle(person: Person | None, number: int | None, tale: Tale) -> bool:
    """Whether this person, the so-manieth of the world, may open this story. None is a visitor."""
    if person is None or not person.is_active:
        return tale.status == "published" and tale.audience == "public"
    if tale.voice != "anonymous" and number in tale.authors:
        return True
    if tale.status == "published":
        return reads(person, tale)
    return tale.status in WAITING and moderates(person, tale)


def reads(person: Person, tale: Tale) -> bool:
    return {
        "public": True,
        "members": person.is_member(),
        "front_line": person.is_front_line(),
        "network": bool(person.networks() & tale.networks),
    }[tale.audience]


def moderates(person: Person, tale: Tale) -> bool:
    if tale.pool == "network":
        return bool(person.networks(convened=True) & tale.networks)
    if "moderator" not in person.roles:
        return False
    return tale.pool != "front_line" or person.is_front_line()


jobs = st.builds(
    Job, capacity=st.sampled_from(CAPACITIES), verified=st.booleans(), ended=st.booleans(), mixed=st.booleans()
)
people = st.builds(
    Person,
    jobs=st.dictionaries(st.sampled_from(sorted(KINDS_OF_BODY)), jobs, max_size=3),
    memberships=st.dictionaries(
        st.integers(0, NETWORKS - 1),
        st.tuples(st.sampled_from(["current", "left", "rejoined"]), st.booleans()),
        max_size=NETWORKS,
    ),
    roles=st.frozensets(st.sampled_from(ROLES)),
    is_active=st.sampled_from([True, True, True, False]),
    is_staff=st.booleans(),
)
tales = st.builds(
    Tale,
    audience=st.sampled_from(AUDIENCES),
    status=st.sampled_from([*STATUSES, "published", "published"]),
    voice=st.sampled_from(VOICES),
    origin=st.sampled_from(["told", "imported", "example"]),
    pool=st.sampled_from(POOLS),
    networks=st.frozensets(st.integers(0, NETWORKS - 1)),
    authors=st.frozensets(st.integers(0, 4), max_size=2),
)
WORDS = lessons().canonical()


def affiliations_of(user: User, person: Person, bodies: dict[int, Organisation]) -> list[Affiliation]:
    return [
        Affiliation(
            user=user,
            organisation=bodies[kind],
            capacity=job.capacity,
            verified_on=TODAY if job.verified else None,
            verified_by="the register" if job.verified else "",
            is_mixed=job.mixed,
            ended_on=TODAY if job.ended else None,
        )
        for kind, job in person.jobs.items()
    ]


def memberships_of(user: User, person: Person, networks: list[Network]) -> list[Membership]:
    """Whoever left and came back has two rows: the old one must neither count nor hide the new one."""
    rows = []
    for number, (state, convenor) in person.memberships.items():
        ended = {"current": [None], "left": [TODAY], "rejoined": [TODAY, None]}[state]
        rows += [
            Membership(network=networks[number], user=user, is_convenor=convenor, joined_on=TODAY, left_on=left)
            for left in ended
        ]
    return rows


def story_of(number: int, tale: Tale, body: Organisation) -> Story:
    imported = tale.origin == "imported"
    named = tale.voice == "named" or imported
    published = tale.status in {"published", "hidden"}
    return Story(
        id=number,
        kind="lessons",
        outcome="mixed",
        audience=tale.audience,
        status=tale.status,
        voice="named" if imported else tale.voice,
        origin=tale.origin,
        pool=tale.pool,
        organisation=body if named else None,
        band="" if named else BAND,
        source_name="A register" if imported else "",
        source_id=str(number) if imported else "",
        source_licence="Open" if imported else "",
        published_version_id=number if published else None,
        published_on=TODAY if published else None,
        approved_sha256=sha256(WORDS) if published and tale.origin == "told" else "",
    )


def version_of(story: Story) -> Version:
    version = Version.of(story, lessons(), number=1, written_by=Version.Writer.AUTHOR)
    version.id = story.id
    return version


class Ground:
    """What every world stands on: a body of each kind, networks and roles."""

    def __init__(self) -> None:
        self.bodies = {
            kind: OrganisationFactory(code=f"B{kind}", name_en=f"The {name}", kind=kind)
            for kind, name in KINDS_OF_BODY.items()
        }
        self.networks = [NetworkFactory(slug=f"n{number}") for number in range(NETWORKS)]
        self.groups = {role: Group.objects.get_or_create(name=role)[0] for role in ROLES}

    def build_people(self, persons: list[Person]) -> list[User]:
        users = User.objects.bulk_create(
            User(email=f"p{number}@body.example", is_active=person.is_active, is_staff=person.is_staff)
            for number, person in enumerate(persons)
        )
        pairs = list(zip(users, persons, strict=True))
        Affiliation.objects.bulk_create(
            row for user, person in pairs for row in affiliations_of(user, person, self.bodies)
        )
        Membership.objects.bulk_create(
            row for user, person in pairs for row in memberships_of(user, person, self.networks)
        )
        User.groups.through.objects.bulk_create(
            User.groups.through(user=user, group=self.groups[role]) for user, person in pairs for role in person.roles
        )
        return users

    def build_stories(self, shelf: list[Tale], users: list[User]) -> None:
        stories = [story_of(number, tale, self.bodies[8]) for number, tale in enumerate(shelf, start=1)]
        Story.objects.bulk_create(stories)
        Version.objects.bulk_create(version_of(story) for story in stories)
        StoryNetwork.objects.bulk_create(
            StoryNetwork(story=story, network=self.networks[number])
            for story, tale in zip(stories, shelf, strict=True)
            for number in tale.networks
        )
        AuthorLink.objects.bulk_create(
            AuthorLink(story=story, user=users[number])
            for story, tale in zip(stories, shelf, strict=True)
            for number in tale.authors
            if story.may_link and number < len(users)
        )

    def check(self, persons: list[Person], shelf: list[Tale]) -> None:
        """Build the world, and ask for everybody what they see."""
        shelf = [dataclasses.replace(t, voice="named") if t.origin == "imported" else t for t in shelf]
        users = self.build_people(persons)
        self.build_stories(shelf, users)
        readers = [(None, None, AnonymousUser()), *zip(persons, itertools.count(), users, strict=False)]
        for person, number, user in readers:
            seen = list(Story.objects.visible_to(user).order_by("pk").values_list("pk", flat=True))
            expected = [key for key, tale in enumerate(shelf, start=1) if oracle(person, number, tale)]
            assert seen == expected, (person, [shelf[key - 1] for key in set(seen) ^ set(expected)])
            DECISIONS.append(len(shelf))


class GeneratedWorlds(TestCase):
    """Each example is a world of its own, rolled back; one that fails is made small."""

    def setup_example(self):
        super().setup_example()
        self.ground = Ground()

    @given(st.lists(people, min_size=3, max_size=5), st.lists(tales, min_size=16, max_size=32))
    def test_everybody_sees_what_the_rules_say(self, persons, shelf):
        self.ground.check(persons, shelf)


WORLDS = 5_000 if FULL else 100


@pytest.mark.django_db
def test_so_they_do_in_many_small_worlds(request):
    walk_worlds(WORLDS, secrets.randbits(32) if FULL else 2026)
    count(request, "worlds against the rules", WORLDS)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [faults.any_network, faults.every_pool, faults.any_member_moderates])
def test_a_wrong_rule_is_noticed(monkeypatch, fault):
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        walk_worlds(200, 2026)


def walk_worlds(worlds: int, seed: int) -> None:
    """Small worlds, drawn quickly. In each some facts are likelier than others: rules that meet seldom meet there."""
    random, ground = Random(seed), Ground()
    for number in range(worlds):
        likely = {name: random.choice(choices) for name, choices in CHOICES.items()}
        persons = [drawn_person(random, likely) for _ in range(random.randint(1, 3))]
        shelf = [drawn_tale(random, likely) for _ in range(random.randint(2, 8))]
        with savepoint():
            try:
                ground.check(persons, shelf)
            except AssertionError as error:
                raise AssertionError(f"seed {seed}, world {number}: {error}") from None


CHOICES: dict[str, list] = {
    "kind": sorted(KINDS_OF_BODY),
    "audience": AUDIENCES,
    "status": [*STATUSES, "published", "published"],
    "voice": VOICES,
    "origin": ["told", "imported", "example"],
    "pool": POOLS,
    "network": list(range(NETWORKS)),
    "state": ["current", "left", "rejoined"],
    "role": [*ROLES, None],
}
LIKELY = 0.6


def drawn_person(random: Random, likely: dict) -> Person:
    def some(name: str):
        return likely[name] if random.random() < LIKELY else random.choice(CHOICES[name])

    def job() -> Job:
        return Job(random.choice(CAPACITIES), *(random.random() < chance for chance in (0.8, 0.2, 0.3)))

    return Person(
        jobs={some("kind"): job() for _ in range(random.choice([0, 1, 1, 2]))},
        memberships={
            some("network"): (some("state"), random.random() < 0.5) for _ in range(random.choice([0, 1, 1, 3]))
        },
        roles=frozenset({some("role")} - {None}),
        is_active=random.random() < 0.9,
        is_staff=random.random() < 0.2,
    )


def drawn_tale(random: Random, likely: dict) -> Tale:
    def some(name: str):
        return likely[name] if random.random() < LIKELY else random.choice(CHOICES[name])

    return Tale(
        **{name: some(name) for name in ("audience", "status", "voice", "origin", "pool")},
        networks=frozenset(some("network") for _ in range(random.choice([0, 1, 1, 2]))),
        authors=frozenset(random.choices(range(3), k=random.choice([0, 1]))),
    )


@pytest.fixture(autouse=True)
def counted(request):
    """Leaves in the report how many decisions the generated worlds compared."""
    DECISIONS.clear()
    yield
    if DECISIONS:
        count(request, "visible_to decisions", sum(DECISIONS))


# --- Each rule by itself --------------------------------------------------------------------------------------------


def sees(user, story: Story) -> bool:
    return Story.objects.visible_to(user).filter(pk=story.pk).exists()


def member(kind: int = 8, **fields) -> User:
    return AffiliationFactory(organisation__kind=kind, **fields).user


def with_role(user: User, role: str) -> User:
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


@pytest.mark.django_db
def test_visitors_see_what_is_public_and_published():
    assert sees(AnonymousUser(), make_story())
    for status in set(STATUSES) - {"published"}:
        assert not sees(AnonymousUser(), make_story(status=status))
    for audience in set(AUDIENCES) - {"public"}:
        assert not sees(AnonymousUser(), make_story(audience=audience))


@pytest.mark.django_db
def test_a_domain_that_a_department_has_too_makes_nobody_front_line():
    story = make_story(audience="front_line")
    assert not sees(member(is_mixed=True), story)
    assert sees(member(), story)


@pytest.mark.django_db
def test_an_account_alone_makes_nobody_a_member():
    story = make_story(audience="members")
    assert not sees(UserFactory(), story)
    assert not sees(member(verified_on=None, verified_by=""), story)
    assert sees(member(), story)


@pytest.mark.django_db
def test_the_end_of_a_job_holds_at_once():
    story = make_story(audience="members")
    affiliation = AffiliationFactory()
    assert sees(affiliation.user, story)
    Affiliation.objects.filter(pk=affiliation.pk).update(ended_on=TODAY)
    assert not sees(affiliation.user, story)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(KINDS_OF_BODY))
def test_front_line_bodies(kind):
    story = make_story(audience="front_line")
    assert sees(member(kind), story) == (KINDS_OF_BODY[kind] not in NOT_FRONT_LINE)


@pytest.mark.django_db
@pytest.mark.parametrize("capacity", ["elected", "contractor"])
def test_elected_members_and_contractors_are_members_and_not_front_line(capacity):
    user = member(capacity=capacity)
    assert sees(user, make_story(audience="members"))
    assert not sees(user, make_story(audience="front_line"))


@pytest.mark.django_db
def test_whoever_moves_from_a_council_to_a_department_keeps_no_front_line_story():
    story = make_story(audience="front_line")
    council = AffiliationFactory()
    assert sees(council.user, story)
    council.ended_on = TODAY
    council.save()
    AffiliationFactory(user=council.user, organisation__kind=40)
    assert not sees(council.user, story)
    assert sees(council.user, make_story(audience="members"))


@pytest.mark.django_db
def test_a_network_story_is_for_members_of_its_networks_only():
    ours, also_ours, theirs = NetworkFactory(), NetworkFactory(), NetworkFactory()
    story = make_story(audience="network", networks=[ours, also_ours])
    assert sees(MembershipFactory(network=ours).user, story)
    assert sees(MembershipFactory(network=also_ours).user, story)
    assert not sees(MembershipFactory(network=theirs).user, story)
    assert not sees(member(), story)


@pytest.mark.django_db
def test_loss_of_membership_holds_at_once_and_rejoining_too():
    network = NetworkFactory()
    story = make_story(audience="network", networks=[network])
    membership = MembershipFactory(network=network)
    assert sees(membership.user, story)
    Membership.objects.filter(pk=membership.pk).update(left_on=TODAY)
    assert not sees(membership.user, story)
    MembershipFactory(network=network, user=membership.user, joined_on=TODAY + datetime.timedelta(days=1))
    assert sees(membership.user, story)


@pytest.mark.django_db
def test_a_story_taken_out_of_a_network_is_gone_for_its_members():
    network = NetworkFactory()
    story = make_story(audience="network", networks=[network])
    user = MembershipFactory(network=network).user
    StoryNetwork.objects.filter(story=story).delete()
    assert not sees(user, story)


@pytest.mark.django_db
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_authors_always_see_their_own(status, audience):
    author = UserFactory()
    story = make_story(audience=audience, status=status)
    assert sees(author, story) == (audience == "public" and status == "published")
    draft_author(story, author)
    assert sees(author, story)


@pytest.mark.django_db
def test_nobody_is_linked_to_an_anonymous_story():
    author = UserFactory()
    story = make_story(voice="anonymous", audience="network", author=author)
    assert not AuthorLink.objects.filter(story=story).exists()
    assert not sees(author, story)


@pytest.mark.django_db
def test_an_inactive_account_sees_what_a_visitor_sees():
    network = NetworkFactory()
    user = with_role(member(), "moderator")
    MembershipFactory(network=network, user=user, is_convenor=True)
    stories = [
        make_story(audience="members"),
        make_story(audience="network", networks=[network]),
        make_story(status="submitted"),
        make_story(status="draft", author=user),
    ]
    assert all(sees(user, story) for story in stories)
    user.is_active = False
    user.save()
    assert not any(sees(user, story) for story in stories)
    assert sees(user, make_story())


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_role_gives_no_reading_rights(role):
    user = with_role(UserFactory(is_staff=True, is_superuser=True), role)
    for audience in set(AUDIENCES) - {"public"}:
        assert not sees(user, make_story(audience=audience))
    for status in ("draft", "withdrawn", "retired"):
        assert not sees(user, make_story(status=status))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_role_takes_no_reading_rights(role):
    user = with_role(member(), role)
    assert sees(user, make_story(audience="members"))
    assert sees(user, make_story(audience="front_line"))


@pytest.mark.django_db
@pytest.mark.parametrize("status", STATUSES)
def test_a_moderator_opens_what_waits_for_moderation(status):
    moderator = with_role(UserFactory(), "moderator")
    for audience in ("public", "members"):
        expected = status in WAITING or (status, audience) == ("published", "public")
        assert sees(moderator, make_story(status=status, audience=audience)) == expected


@pytest.mark.django_db
def test_the_loss_of_a_role_holds_at_the_next_request():
    moderator = with_role(UserFactory(), "moderator")
    story = make_story(status="submitted")
    assert sees(moderator, story)
    moderator.groups.clear()
    assert not sees(User.objects.get(pk=moderator.pk), story)


@pytest.mark.django_db
def test_front_line_stories_wait_for_front_line_moderators():
    story = make_story(status="submitted", audience="front_line")
    assert sees(with_role(member(), "moderator"), story)
    assert not sees(with_role(member(kind=40), "moderator"), story)
    assert not sees(with_role(member(capacity="contractor"), "moderator"), story)
    assert not sees(member(), story)


@pytest.mark.django_db
def test_a_wider_pool_that_took_over_moderates_instead():
    network = NetworkFactory()
    story = make_story(status="submitted", audience="network", networks=[network], pool="front_line")
    assert sees(with_role(member(), "moderator"), story)
    assert not sees(with_role(member(kind=40), "moderator"), story)
    assert not sees(MembershipFactory(network=network, is_convenor=True).user, story)


@pytest.mark.django_db
def test_network_stories_wait_for_their_convenors():
    network = NetworkFactory()
    story = make_story(status="submitted", audience="network", networks=[network])
    convenor = MembershipFactory(network=network, is_convenor=True)
    assert sees(convenor.user, story)
    assert not sees(MembershipFactory(network=network).user, story)
    assert not sees(MembershipFactory(is_convenor=True).user, story)
    assert not sees(with_role(member(), "moderator"), story)
    Membership.objects.filter(pk=convenor.pk).update(is_convenor=False)
    assert not sees(convenor.user, story)


@pytest.mark.django_db
def test_the_door_costs_one_query_and_one_for_the_role(django_assert_num_queries):
    user = member()
    for _number in range(3):
        make_story(audience="members")
    with django_assert_num_queries(2):
        assert len(Story.objects.visible_to(user)) == 3


@pytest.mark.django_db
def test_a_story_of_several_networks_and_authors_is_listed_once():
    user = UserFactory()
    networks = [MembershipFactory(user=user, is_convenor=True).network for _number in range(3)]
    story = make_story(audience="network", networks=networks, author=user)
    assert list(Story.objects.visible_to(user)) == [story]
