"""Two at once: the same form sent twice, two tabs, two moderators. Threads, each with a connection of its own.

On SQLite one writer goes at a time, and the guards have nothing to do; on PostgreSQL they do all the work. Each is
shown to fail with its guard off, where both have read before either writes.
"""

import secrets
import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from stories.actions import Refused, change, deciding, drafting, moderate, publish, tell
from stories.choices import Status, Verb
from stories.models import Draft, Story
from tests.factories import lessons
from tests.stories.telling import moderators, place, send, start, teller
from tests.strength import FULL

PAIRS = 200 if FULL else 10
pytestmark = [pytest.mark.django_db(transaction=True), *([pytest.mark.prove] if FULL else [])]


@pytest.fixture(autouse=True)
def on_postgres():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time.")


@pytest.fixture
def people():
    return moderators(3)


def at_once(*verbs: Callable[[], object]) -> list[object]:
    """What each of these returned or raised, begun together in threads."""
    ready = threading.Barrier(len(verbs))
    found: list[object] = [None] * len(verbs)

    def run(number: int, verb: Callable[[], object]) -> None:
        try:
            ready.wait(10)
            found[number] = verb()
        except Exception as error:
            found[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def told(found: list[object]) -> int:
    """How many were told that they came second. Nobody may be told anything else."""
    errors = [one for one in found if isinstance(one, Exception)]
    assert all(isinstance(one, Refused) for one in errors), errors
    return len(errors)


# --- The races -----------------------------------------------------------------------------------------------------


def the_same_form_twice(story: Story, people) -> None:
    def send_it() -> Story:
        return send(story, token=0)

    found = at_once(send_it, send_it)
    assert found == [story, story]
    assert story.versions().count() == 1
    assert story.decisions().filter(verb=Verb.SUBMITTED).count() == 1
    assert Draft.objects.get(story=story).number == 1


def two_saves(story: Story, people) -> None:
    saves = [lambda text=text: tell.save_draft(story=story, words={"title": text}, read=0) for text in ("one", "other")]
    found = at_once(*saves)
    assert sorted(saved.stale for saved in found) == [False, True]
    draft = Draft.objects.get(story=story)
    assert {draft.words, draft.other_words} == {'{"title":"one"}', '{"title":"other"}'}
    assert draft.number == 1


def two_tabs(story: Story, people) -> None:
    found = at_once(*[lambda text=text: send(story, lessons(wrong=text), token=0) for text in ("One.", "Other.")])
    assert told(found) == 1
    assert story.versions().count() == 1


def two_moderators(story: Story, people) -> None:
    send(story, publish_unchanged=True)
    sha256, seen = story.versions().first().sha256, Status.SUBMITTED
    found = at_once(
        lambda: moderate.approve(by=people[0], story=story, sha256=sha256, seen=seen),
        lambda: moderate.send_back(by=people[1], story=story, reason="Names a person.", seen=seen),
    )
    assert told(found) == 1
    first = Status.RETURNED if isinstance(found[0], Exception) else Status.APPROVED
    assert Story.objects.get(pk=story.pk).status == first
    assert story.decisions().filter(verb__in=[Verb.APPROVED, Verb.RETURNED]).count() == 1


def shelved(story: Story, people) -> None:
    send(story, publish_unchanged=True)
    moderate.approve(by=people[0], story=story, sha256=story.versions().first().sha256)
    publish.publish_due()


def two_changes(story: Story, people) -> None:
    shelved(story, people)
    found = at_once(lambda: change.begin(story=story), lambda: change.begin(story=story))
    assert told(found) == 0
    assert found[0] == found[1] == Story.objects.get(revises=story)


def two_ends(story: Story, people) -> None:
    """A change is published while its author withdraws the story: nobody waits for ever, and it is withdrawn."""
    shelved(story, people)
    new = send(change.begin(story=story), lessons(wrong="It poured."), publish_unchanged=True)
    moderate.approve(by=people[0], story=new, sha256=new.versions().first().sha256)
    assert told(at_once(publish.publish_due, lambda: tell.withdraw(story=story))) == 0
    assert Story.objects.get(pk=story.pk).status == Status.WITHDRAWN
    assert not Story.objects.filter(revises=story).exists()


RACES = {
    race.__name__: race for race in (the_same_form_twice, two_saves, two_tabs, two_moderators, two_changes, two_ends)
}


@pytest.mark.parametrize("race", RACES)
def test_one_goes_on_and_nothing_is_lost_or_doubled(race, people):
    by = teller(place())
    for _pair in range(PAIRS):
        RACES[race](start(by), people)


# --- With the guard off ---------------------------------------------------------------------------------------------


class Together:
    """Holds each of two until both are here."""

    def __init__(self):
        self.barrier = threading.Barrier(2)

    def wait(self) -> None:
        # Alone in a race that has one writer only, or once the other is done: go on.
        try:
            self.barrier.wait(3)
        except threading.BrokenBarrierError:
            self.barrier.reset()


def unguarded(monkeypatch) -> None:
    """Read, compare, write: no lock, no condition in the statement that writes."""
    together = Together()

    def locked(story):
        found = Story.objects.get(pk=story.pk)
        if threading.current_thread() is not threading.main_thread():
            together.wait()
        return found

    def take_turn(story, read, **values):
        draft = Draft.objects.get(story=story)
        if draft.number != read:
            return False
        if "words" in values:
            together.wait()
        Draft.objects.filter(story=story).update(number=read + 1, **values)
        return True

    def move(story, to, **values):
        Story.objects.filter(pk=story.pk).update(status=to, **values)
        story.status = to

    guards = {
        "locked": locked,
        "take_turn": take_turn,
        "move": move,
        "next_number": lambda model, story: secrets.randbelow(30_000),
    }
    for module in (change, deciding, drafting, moderate, tell):
        for name, worse in guards.items():
            if hasattr(module, name):
                monkeypatch.setattr(module, name, worse)


@pytest.mark.parametrize("race", RACES)
def test_without_the_guard_it_goes_wrong(race, people, monkeypatch):
    """In one of five tries: on a busy machine one of the two may be done before the other begins."""
    by = teller(place())
    stories = [start(by) for _ in range(5)]
    with monkeypatch.context() as m:
        unguarded(m)
        assert any(goes_wrong(RACES[race], story, people) for story in stories)
    assert not transaction.get_connection().in_atomic_block


def goes_wrong(race, story: Story, people) -> bool:
    try:
        race(story, people)
    except (AssertionError, AttributeError):
        return True
    return False
