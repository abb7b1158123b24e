"""The life of a told story as a state machine: any verb in any order, by authors and moderators, and days that pass.

The rules are written down here as the design states them, and are asked of the database after every step.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from learning_portal.common.models import User
from stories.access import StoryQuerySet
from stories.actions import Refused, change, deciding, hand_on, handing, keep, moderate, publish, respond, tell
from stories.choices import NOT_WIDER
from stories.models import AuthorLink, Decision, Draft, Story, Version
from tests.factories import AffiliationFactory, lessons
from tests.stories.telling import moderators, on, place, start
from tests.strength import FULL
from tests.worlds import count

EXAMPLES, STEPS = (320 if FULL else 5), 40
pytestmark = [pytest.mark.prove] if FULL else []
MONDAY = datetime.date(2026, 11, 2)
VOICES = ["named", "confidential", "anonymous"]
AUDIENCES = ["public", "members", "front_line"]
SHELVED = {"published", "hidden"}
SEEN: collections.Counter[str] = collections.Counter()
"""How many verbs were tried, how many of them done, and which states stories of each voice came to."""


@dataclasses.dataclass
class Book:
    """What this test knows of one story: who wrote it, and what each side said to which words."""

    voice: str
    author: User
    audience: str = "public"
    """As its author chose last; before that, what a draft has."""
    author_said_yes: set[str] = dataclasses.field(default_factory=set)
    moderators_said_yes: dict[int, set[int]] = dataclasses.field(default_factory=lambda: collections.defaultdict(set))
    """By the number of the version."""
    is_linked: bool = False
    changes: int | None = None
    """Of a change: the key of the story that it changes."""
    on_shelf: str = ""
    """The hash of the words that readers got when something was published last."""

    def may_moderate(self, person: User) -> bool:
        return not (self.is_linked and person == self.author)


class Shelf:
    """The stories and what hangs on them, by the key of the story. In plain SQL: to put three statements together
    thousands of times would take most of the time that this test has."""

    def __init__(self) -> None:
        self.stories = {story.pk: story for story in Story.objects.raw("SELECT * FROM stories_story")}
        self.versions: dict[int, list[Version]] = collections.defaultdict(list)
        for version in Version.objects.raw("SELECT * FROM stories_version ORDER BY number"):
            self.versions[version.story_id].append(version)


picks = st.integers(0, 8)
people = st.integers(0, 3)
texts = st.sampled_from(["It rained.", "It rained on Jane.", "It poured."])


class Telling(RuleBasedStateMachine):
    """Four people: three moderators, the first of whom tells stories too, and one who only tells them."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.books: dict[int, Book] = {}
        self.changed = False
        self.shelf: Shelf | None = None
        self.day = MONDAY
        self.clock = on(self.day)
        self.clock.start()

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def cast(self):
        self.people = [*moderators(3), AffiliationFactory(organisation=place()).user]
        for author, voice in enumerate(["named", "confidential", "anonymous", "anonymous"]):
            self.begin(voice, author)

    def tried(self, *, done: bool) -> None:
        """Count a step, and look at everything after it only if it may have changed something."""
        SEEN["steps"] += 1
        SEEN["done"] += done
        if done:
            self.changed, self.shelf = True, None

    def now(self) -> Shelf:
        """Everything as it now stands, read again only after a step that was done."""
        self.shelf = self.shelf or Shelf()
        return self.shelf

    def pick(self, number: int) -> tuple[Story, Book] | None:
        """One of the stories as it now stands."""
        keys = list(self.books)
        story = self.now().stories.get(keys[number % len(keys)]) if keys else None
        return (story, self.books[story.pk]) if story else None

    def words(self, found: tuple[Story, Book] | None) -> list[Version]:
        """Its versions, the newest first."""
        return self.now().versions[found[0].pk][::-1] if found else []

    # --- The author ---

    @rule(voice=st.sampled_from(VOICES), author=people)
    def begin(self, voice, author):
        if len(self.books) < 5:
            story = start(self.people[author], voice)
            self.books[story.pk] = Book(voice, self.people[author], is_linked=voice != "anonymous")
            self.tried(done=True)

    @rule(number=picks, text=texts, audience=st.sampled_from(AUDIENCES), unchanged=st.booleans(), late=st.booleans())
    def send(self, number, text, audience, unchanged, late):
        if not (found := self.pick(number)):
            return
        story, book = found
        draft = Draft.objects.filter(story=story).first()
        token = (draft.number if draft else 0) - late
        try:
            tell.submit(
                story=story,
                content=lessons(wrong=text),
                audience=audience,
                publish_unchanged=unchanged,
                not_before=None,
                token=token,
            )
        except Refused:
            self.tried(done=False)
            return
        self.tried(done=True)
        if late:  # the same form a second time: nothing may have changed
            return
        if book.changes:
            assert audience in NOT_WIDER[self.books[book.changes].audience], "more readers than the story has"
        book.audience = audience
        if unchanged:
            book.author_said_yes.add(newest(story).sha256)

    @rule(number=picks)
    def author_changes(self, number):
        """What is published: the change is one more story, until it is published or given up."""
        if not (found := self.pick(number)):
            return
        story, book = found
        try:
            new = change.begin(story=story)
        except Refused:
            self.tried(done=False)
            return
        self.tried(done=True)
        self.books.setdefault(
            new.pk, Book(book.voice, book.author, story.audience, is_linked=book.is_linked, changes=story.pk)
        )

    def family(self, key: int) -> list[Book]:
        """A story and its change."""
        root = self.books[key].changes or key
        return [book for each, book in self.books.items() if root in (each, book.changes)]

    def closed(self, key: int) -> None:
        """A story is closed: its change is gone, and of the two it is the change that is gone if it was closed."""
        for each, book in list(self.books.items()):
            if book.changes and key in (each, book.changes):
                del self.books[each]

    @rule(number=picks, old=st.booleans())
    def author_approves(self, number, old):
        if not (found := self.pick(number)) or not (versions := self.words(found)):
            return
        story, book = found
        version = versions[-1 if old else 0]
        try:
            respond.approve(story=story, sha256=version.sha256)
        except Refused:
            self.tried(done=False)
            return
        self.tried(done=True)
        assert version.sha256 == versions[0].sha256
        book.author_said_yes.add(version.sha256)

    @rule(number=picks, verb=st.sampled_from(["answer", "link", "withdraw", "voice"]), voice=st.sampled_from(VOICES))
    def author_does(self, number, verb, voice):
        if not (found := self.pick(number)) or (verb == "withdraw" and number % 2):
            return
        story, book = found
        try:
            if verb == "answer":
                respond.answer(story=story, text="Yes.")
            elif verb == "link":
                tell.erase_link(story=story)
                for each in self.family(story.pk):
                    each.is_linked = each.is_linked and each.voice == "named"
            elif verb == "withdraw":
                tell.withdraw(story=story)
                book.is_linked = book.is_linked and book.voice == "named"
                self.closed(story.pk)
            else:
                new, _receipt = tell.change_voice(story=story, voice=voice)
                assert not Story.objects.filter(pk=story.pk).exists()
                assert not book.changes, "a change got another voice"
                self.closed(story.pk)
                del self.books[story.pk]
                self.books[new.pk] = Book(voice, book.author, is_linked=voice != "anonymous")
            self.tried(done=True)
        except Refused:
            self.tried(done=False)

    # --- Moderators ---

    def moderated(self, found, person: int, verb, **arguments) -> bool:
        """Whether it was done. Nobody decides about their own, nor from without the pool."""
        story, book = found
        by = self.people[person]
        try:
            verb(by=by, story=story, **arguments)
        except Refused:
            self.tried(done=False)
            return False
        self.tried(done=True)
        assert person < 3, "somebody of no pool decided"
        assert book.may_moderate(by), "somebody decided about their own"
        return True

    @rule(number=picks, person=people, old=st.booleans())
    def moderator_approves(self, number, person, old):
        if not (found := self.pick(number)) or not (versions := self.words(found)):
            return
        version = versions[-1 if old else 0]
        if self.moderated(found, person, moderate.approve, sha256=version.sha256):
            assert version.sha256 == versions[0].sha256
            found[1].moderators_said_yes[versions[0].number].add(self.people[person].pk)

    @rule(unchanged=st.booleans(), changing=st.booleans())
    def all_is_well(self, unchanged, changing):
        """A quiet week: every draft is sent in, changes too, and everybody agrees with everything."""
        for number in range(len(self.books) if changing else 0):
            self.author_changes(number)
        for number in range(len(self.books)):
            if (found := self.pick(number)) and found[0].status in ("draft", "returned"):
                self.send(number, "It rained.", found[1].audience, unchanged, False)
            for person in (1, 2):
                self.moderator_approves(number, person, False)
            self.author_approves(number, False)
        self.days_pass(7)

    @rule(number=picks, person=people, text=texts)
    def moderator_edits(self, number, person, text):
        if not (found := self.pick(number)) or not (versions := self.words(found)):
            return
        if self.moderated(
            found, person, moderate.edit, content=lessons(wrong=text), read=versions[number // 3 % len(versions)].sha256
        ):
            found[1].moderators_said_yes[newest(found[0]).number].add(self.people[person].pk)

    @rule(number=picks, person=people, verb=st.sampled_from(["send_back", "hide", "restore", "restore", "ask"]))
    def moderator_does(self, number, person, verb):
        if found := self.pick(number):
            more = {"ask": {"text": "Where?"}, "restore": {}}.get(verb, {"reason": "Names a person."})
            self.moderated(found, person, getattr(moderate, verb), **more)

    @rule(number=picks, person=people, verb=st.sampled_from(["withdraw", "retire", "merge", "refuse_change"]))
    def moderator_closes(self, number, person, verb):
        if not (found := self.pick(number)) or number % 3:
            return
        other = self.pick(number + 1) or found
        more = {"into": other[0]} if verb == "merge" else {"reason": "Had its day."}
        if not self.moderated(found, person, getattr(moderate, verb), **more):
            return
        assert bool(found[1].changes) == (verb == "refuse_change")
        if verb == "withdraw":
            found[1].is_linked = found[1].is_linked and found[1].voice == "named"
        self.closed(found[0].pk)

    # --- Time ---

    @rule(days=st.sampled_from([1, 1, 7, 7, 60]))
    def days_pass(self, days):
        self.day += datetime.timedelta(days=days)
        self.clock.stop()
        self.clock = on(self.day)
        self.clock.start()
        before, last = set(Story.objects.values_list("pk", flat=True)), last_numbers()
        publish.publish_due()
        self.look_at_the_shelf(last)
        hand_on(today=self.day)
        if keep.erase_links():
            linked = set(AuthorLink.objects.values_list("story", flat=True))
            for key, book in self.books.items():
                book.is_linked = key in linked
        keep.erase_messages()
        keep.erase_unanswered()
        for gone in before - set(Story.objects.values_list("pk", flat=True)):
            if book := self.books.pop(gone, None):
                assert book.voice == "anonymous"
                self.closed(gone)
        self.tried(done=True)

    def look_at_the_shelf(self, last: dict[int, int]) -> None:
        """What was published: of a change, its words at its story, with what both sides had said to them."""
        for story in Story.objects.filter(status="published").select_related("published_version"):
            book = self.books[story.pk]
            change_key = next((key for key, each in self.books.items() if each.changes == story.pk), None)
            if change_key and not Story.objects.filter(pk=change_key).exists():
                new = self.books.pop(change_key)
                SEEN[f"{story.voice} changed"] += 1
                assert new.audience in NOT_WIDER[book.audience], "more readers than it had"
                book.audience = new.audience
                book.author_said_yes = new.author_said_yes
                for number, said in new.moderators_said_yes.items():
                    book.moderators_said_yes[last[story.pk] + number] |= said
            book.on_shelf = story.published_version.sha256

    # --- What always holds ---

    @invariant()
    def rules_hold(self):
        if not self.changed:
            return
        self.changed = False
        decisions = collections.defaultdict(list)
        for decision in Decision.objects.raw("SELECT * FROM stories_decision"):
            decisions[decision.story_id].append(decision)
        linked = set(AuthorLink.objects.values_list("story", flat=True))
        stories = self.now().stories
        changes = [key for key, book in self.books.items() if book.changes]
        assert len({self.books[key].changes for key in changes}) == len(changes), "two changes to one story"
        assert all(stories[key].revises_id == self.books[key].changes for key in changes)
        for reader in (AnonymousUser(), self.people[3]) if changes else ():
            seen = Story.objects.visible_to(reader).filter(pk__in=changes).values_list("pk", flat=True)
            assert all(self.books[key].author == reader for key in seen), "a reader sees a change"
        for story in stories.values():
            book = self.books[story.pk]
            SEEN[f"{story.voice} {story.status}"] += 1
            holds(story, book, self.now().versions[story.pk])
            is_kept_so(story, book, decisions[story.pk], story.pk in linked)


def read_quickly(story: Story) -> Story:
    """What `deciding.locked` answers, in plain SQL too. Nobody else is here to be locked out: tests/test_told_races.py
    tries that."""
    for found in Story.objects.raw("SELECT * FROM stories_story WHERE id = %s", [story.pk]):
        return found
    raise Refused("This story is no longer here.")


def last_numbers() -> dict[int, int]:
    """Of each story the number of its last version."""
    return dict(Version.objects.order_by("number").values_list("story", "number"))


def newest(story: Story) -> Version:
    return Story.objects.get(pk=story.pk).versions().first()


def holds(story: Story, book: Book, versions: list[Version]) -> None:
    """Published is what the author approved and enough moderators did, and for the readers that the author chose."""
    assert story.voice == book.voice
    assert story.audience == book.audience, "its author did not choose these readers"
    if story.status in SHELVED:
        assert not book.changes, "a change is on the shelf"
        published = next(version for version in versions if version.pk == story.published_version_id)
        assert published.sha256 == story.approved_sha256
        assert published.audience == story.audience
        assert published.sha256 == book.on_shelf, "other words than were published"
        is_agreed(published, book)
        if story.voice != "named":
            assert len(versions) == 1, "another version was kept"
            assert story.published_on.weekday() == 0
    elif story.status == "approved":
        assert versions[-1].sha256 == story.approved_sha256
        is_agreed(versions[-1], book)


def is_agreed(version: Version, book: Book) -> None:
    assert version.sha256 in book.author_said_yes, "its author did not approve it"
    assert len(book.moderators_said_yes[version.number]) >= (2 if book.voice == "anonymous" else 1)


def is_kept_so(story: Story, book: Book, decisions: list[Decision], linked: bool) -> None:
    """No more is kept than the voice allows, and of moderators' approvals no fewer than there were."""
    assert linked == book.is_linked
    approvals = [one for one in decisions if one.verb == "approved"]
    assert len({(one.seal, one.version) for one in approvals}) == len(approvals)
    assert len(approvals) == sum(len(said) for said in book.moderators_said_yes.values())
    if story.voice != "named":
        assert all(one.on.weekday() == 0 and not one.by_label for one in decisions)
        assert story.submitted_on is None or story.submitted_on.weekday() == 0


def walk() -> None:
    run_state_machine_as_test(
        Telling,
        settings=settings(
            settings.get_profile("prove" if FULL else "test"),
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # to shrink a failure would take longer than to read it
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_the_rules_hold_whatever_people_do(request, monkeypatch):
    for module in (change, deciding, handing, keep, moderate, publish, respond, tell):
        if hasattr(module, "locked"):
            monkeypatch.setattr(module, "locked", read_quickly)
    SEEN.clear()
    walk()
    count(request, "workflow steps", SEEN["steps"])
    assert SEEN["steps"] >= (20_000 if FULL else 500)
    assert SEEN["done"] >= SEEN["steps"] / 6, "most of it was refused"
    for voice in VOICES:
        assert SEEN[f"{voice} published"], f"no {voice} story was ever published"
        assert SEEN[f"{voice} changed"], f"no change to one that is {voice} was ever published"


SETTLED, REPLACE = deciding.settled_status, publish._replace


def kept_beside(story: Story, on: datetime.date) -> Story:
    """A change is published, and the words that were published before are kept."""
    with pytest.MonkeyPatch.context() as m:
        m.setattr(publish, "forget_other_versions", lambda story, version: None)
        return REPLACE(story, on)


FAULTS = {
    "anybody moderates": (deciding, "may_moderate", lambda *, by, story: True),
    "one approval is enough for an anonymous story": (deciding, "approvals_needed", lambda voice: 1),
    "the author need not approve": (
        deciding,
        "settled_status",
        lambda story, version: "approved" if deciding.approvals(story, version) else "submitted",
    ),
    "other versions are kept": (publish, "forget_other_versions", lambda story, version: None),
    "approvals are carried to other words": (
        deciding,
        "approvals",
        lambda story, version: Decision.objects.filter(story=story, verb="approved").values("seal").distinct().count(),
    ),
    "a change is for more readers than its story": (tell, "are_more", lambda story, audience, networks: False),
    "readers see a change": (StoryQuerySet, "visible_to", lambda stories, user: stories.all()),
    "the author need not approve a change": (
        deciding,
        "settled_status",
        lambda story, version: "approved" if story.revises_id else SETTLED(story, version),
    ),
    "a change leaves its story's other versions": (publish, "_replace", lambda story, on: kept_beside(story, on)),
    "times are kept": (deciding, "day_or_week", lambda day, *, named: day),
}


def a_busy_week(world: Telling) -> None:
    """What must not go wrong, one thing after the other."""
    named, confidential, anonymous, other = range(4)
    for number in range(4):
        world.send(number, "It rained on Jane.", "members", True, False)
        world.rules_hold()
    world.moderator_approves(named, 0, False)  # her own
    world.moderator_approves(named, 3, False)  # who is of no pool
    world.moderator_approves(anonymous, 1, False)
    world.rules_hold()
    world.moderator_edits(confidential, 2, "It rained.")
    world.rules_hold()
    world.moderator_approves(named, 1, False)
    world.send(named, "It poured.", "members", True, False)
    world.rules_hold()
    for number in (confidential, anonymous, other):
        for person in (1, 2):
            world.moderator_approves(number, person, False)
        world.author_approves(number, False)
    world.days_pass(7)
    world.rules_hold()
    assert list(Story.objects.filter(status="published").values_list("voice", flat=True).order_by("voice")) == [
        "anonymous",
        "anonymous",
        "confidential",
    ]


def a_week_of_changes(world: Telling) -> None:
    """Whoever told something in that week changes it: for no more readers, and not before both sides approve."""
    for number in (1, 2, 3):
        world.author_changes(number)
    changes = (4, 5, 6)
    for number in changes:
        world.send(number, "It rained and rained.", "public", True, False)
        world.send(number, "It rained and rained.", "members", False, False)
        for person in (1, 2):
            world.moderator_approves(number, person, False)
    world.days_pass(7)
    world.rules_hold()
    assert Story.objects.filter(revises__isnull=False, status="awaiting").count() == 3
    for number in changes:
        world.author_approves(number, False)
        world.rules_hold()
    world.days_pass(7)
    world.rules_hold()
    assert Version.objects.filter(words__contains="It rained and rained.", story__status="published").count() == 3


def walk_through() -> None:
    world = Telling()
    try:
        world.cast()
        world.days_pass(2)
        a_busy_week(world)
        a_week_of_changes(world)
    finally:
        world.teardown()


@pytest.mark.django_db
def test_a_busy_week_goes_well():
    walk_through()


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_noticed(fault, monkeypatch):
    module, name, worse = FAULTS[fault]
    for each in (module, moderate, respond, tell, publish):
        if hasattr(each, name):
            monkeypatch.setattr(each, name, worse)
    with pytest.raises((AssertionError, IntegrityError)):
        walk_through()
