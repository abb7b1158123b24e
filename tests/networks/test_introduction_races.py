"""Two at once, over one host's last place and over one request. Threads, each with a connection of its own.

On SQLite one writer goes at a time; on PostgreSQL the locks and compare-and-set do all the work. The lock on the host
is shown to be what keeps their limit.
"""

import contextlib
import threading
from collections.abc import Callable
from unittest import mock

import pytest
from django.db import connection, connections
from django.db.models import QuerySet

from learning_portal.common.models import Message
from networks import introductions as verbs
from networks.introductions import NotAsked, Proposal, Why
from networks.introductions.asking import hosts
from networks.mail_kinds import MEETING_ASKED
from networks.models import Introduction, IntroductionStep
from tests.factories import IntroductionFactory
from tests.networks.introducing import MONDAY, REQUEST, asked, days, make_asker, make_host, moment, on
from tests.strength import FULL

ROUNDS = 100 if FULL else 5
PROPOSAL = Proposal(moment(days(10), 12), "Here")
pytestmark = [pytest.mark.django_db(transaction=True), *([pytest.mark.prove] if FULL else [])]


@pytest.fixture(autouse=True)
def today():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time: test_last_place asks with processes.")
    with on(MONDAY):
        yield


def at_once(*verbs_: Callable[[], object]) -> list[object]:
    """What each returned or raised, begun together in threads."""
    ready = threading.Barrier(len(verbs_))
    found: list[object] = [None] * len(verbs_)

    def run(number: int, verb: Callable[[], object]) -> None:
        try:
            ready.wait(10)
            found[number] = verb()
        except Exception as error:
            found[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(verbs_)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def last_place(number: int = 2) -> list[object]:
    """So many ask for the last place of one host."""
    host = make_host(monthly_limit=1)
    for _ in range(2):
        IntroductionFactory(host=host, sent_on=MONDAY, asked_on=MONDAY)
    askers = [make_asker() for _ in range(number)]
    return at_once(*[lambda by=by: verbs.ask(by=by, host=host, request=REQUEST, today=MONDAY) for by in askers])


def test_of_two_who_ask_for_the_last_place_one_gets_it():
    for _ in range(ROUNDS):
        found = last_place()
        refused = [one for one in found if isinstance(one, NotAsked)]
        assert [one.why for one in refused] == [Why.BUSY], found
        assert max(Introduction.objects.loads(MONDAY).values()) == 3


def without_locks():
    return mock.patch.object(QuerySet, "select_for_update", lambda self, **_options: self)


def after_both_have_looked(number: int):
    """All have counted before any of them writes."""
    all_have = threading.Barrier(number)
    count = hosts.has_room

    def slowly(*arguments, **more):
        found = count(*arguments, **more)
        with contextlib.suppress(threading.BrokenBarrierError):
            all_have.wait(1)
        return found

    return mock.patch.object(hosts, "has_room", slowly)


@pytest.mark.parametrize("guarded", [True, False])
def test_without_the_lock_both_would_get_it(guarded):
    with after_both_have_looked(2), contextlib.nullcontext() if guarded else without_locks():
        found = last_place()
    assert sum(isinstance(one, Introduction) for one in found) == (1 if guarded else 2)


def test_of_an_answer_and_the_tick_one_comes_first():
    for _ in range(ROUNDS):
        made = asked(make_host(deputy=make_host()), may_pass_to=("deputy",))
        Introduction.objects.filter(pk=made.pk).update(due_on=MONDAY)
        made.refresh_from_db()
        host = made.host
        said, passed = at_once(
            lambda made=made, host=host: verbs.accept(introduction=made, host=host, proposal=PROPOSAL, today=days(1)),
            lambda: verbs.pass_on_unanswered(today=days(1)),
        )
        made.refresh_from_db()
        assert (said, passed) in {(True, 0), (False, 1)}
        assert made.state == ("accepted" if said else "asked")


def test_two_ticks_at_once_pass_on_once():
    for _ in range(ROUNDS):
        made = asked(make_host(deputy=make_host()), may_pass_to=("deputy",))
        Introduction.objects.filter(pk=made.pk).update(due_on=MONDAY)
        found = at_once(*[lambda: verbs.pass_on_unanswered(today=days(1))] * 2)
        assert sorted(found) == [0, 1]
        steps = list(IntroductionStep.objects.filter(introduction=made).values_list("verb", flat=True))
        assert steps == ["asked", "unanswered", "asked"]
        made.refresh_from_db()
        assert Message.objects.filter(kind=MEETING_ASKED.name, thread=made.thread).count() == 1


def test_two_ticks_at_once_follow_up_once():
    for _ in range(ROUNDS):
        made = asked()
        verbs.accept(introduction=made, host=made.host, proposal=Proposal(moment(days(1)), "Here"), today=MONDAY)
        Message.objects.all().delete()
        found = at_once(*[lambda: verbs.follow_up(now=moment(days(20)))] * 2)
        assert sorted(found) == [0, 1]
        assert Message.objects.count() == 2
        Introduction.objects.all().delete()


def test_a_withdrawal_and_a_yes_end_in_one_of_both():
    for _ in range(ROUNDS):
        made = asked()
        other = Introduction.objects.select_related("host__user").get(pk=made.pk)
        found = at_once(
            lambda made=made: verbs.accept(
                introduction=made, host=made.host, proposal=Proposal(moment(days(9)), "Here"), today=MONDAY
            ),
            lambda other=other: verbs.withdraw(by=other.asker, introduction=other),
        )
        assert sorted(found) == [False, True]
