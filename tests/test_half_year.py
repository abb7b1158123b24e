"""Half a year of 200 people, over pages, mails and the tick alone, which is killed 20 times.

At the end every introduction is in a final state or waits for a named person; no host was ever over their limit;
nobody got more than one unasked mail a week. Each check is shown to fail when what it looks at is taken out.
"""

import collections
import dataclasses
import datetime
from collections.abc import Iterator
from random import Random

import pytest
from django.utils import timezone

from learning_portal.common.mail import rhythm
from learning_portal.common.models import Message
from learning_portal.site.management.commands import tick
from networks import introductions
from networks.introductions import hosts
from networks.introductions.links import AFTERWARDS, ANSWER
from networks.models import Contact, Introduction
from tests import half_year
from tests.half_year import Clock
from tests.half_year_days import HalfYear, nothing_written
from tests.worlds import count

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]

SEED = 26
WEEKS = 26
KILLS = 20
A_DAY = 2
"""People who ask somebody on a working day."""
UNTIL_ALL_IS_OVER = 24
"""Weeks in which nobody does anything: a meeting may be 60 days off, and eight weeks after the question about it, two
weeks later, it counts as unheard."""
State = Introduction.State
OPEN = {State.ASKED, State.AT_DESK, State.ACCEPTED}
LOADS = {State.ASKED, State.ACCEPTED, State.MET, State.NOT_MET, State.UNHEARD}


class Watch:
    """Looks at every host's load after everything that happens. Reads the tables, and counts for itself."""

    def __init__(self) -> None:
        self.highest: dict[int, tuple[int, int]] = {}
        """Of each card, its highest load and its limit of then."""

    def __call__(self) -> None:
        since = timezone.localdate() - datetime.timedelta(days=90)
        rows = Introduction.objects.exclude(host=None).values_list("host", "state", "asked_on", "visit", "pk")
        loads: dict[int, set[int]] = collections.defaultdict(set)
        for host, state, asked_on, visit, key in rows:
            if state in LOADS and asked_on > since:
                loads[host].add(visit or key)
        limits = dict(Contact.objects.filter(pk__in=loads).values_list("pk", "monthly_limit"))
        for host, found in loads.items():
            seen = self.highest.get(host, (0, 1))
            self.highest[host] = max(seen, (len(found), 3 * limits[host]), key=lambda one: one[0] / max(one[1], 1))

    @property
    def over(self) -> list[tuple[int, int]]:
        return [one for one in self.highest.values() if one[0] > one[1]]

    @property
    def busiest(self) -> tuple[int, int]:
        return max(self.highest.values(), key=lambda one: (one[0] / max(one[1], 1), one[0]))


@pytest.fixture
def life(request) -> Iterator[HalfYear]:
    """A portal under its own clock, before its first day."""
    dice, clock = Random(SEED), Clock()
    with clock.running(dice):
        yield HalfYear(half_year.build(dice), clock, dice, most=A_DAY, kills=0, check=Watch())


def test_half_a_year(life, request):
    life.kills_left = KILLS
    life.live(WEEKS)
    assert life.done["ticks killed"] == KILLS
    everything_is_over_or_waits_for_somebody()
    tell(request, life)
    no_host_over_their_limit(life)
    one_unasked_mail_a_week(life)
    nothing_asked_twice(life)
    life.rest(UNTIL_ALL_IS_OVER)
    assert states().keys().isdisjoint({State.ASKED, State.ACCEPTED}), "somebody is kept waiting for ever"
    assert not Message.objects.filter(state="failed").exists()
    no_host_over_their_limit(life)
    one_unasked_mail_a_week(life)
    nothing_asked_twice(life)


def states() -> collections.Counter[str]:
    return collections.Counter(Introduction.objects.values_list("state", flat=True))


def tell(request, life: HalfYear) -> None:
    for name, number in life.done.items():
        count(request, f"half a year: {name}", number)
    for state, number in states().items():
        count(request, f"half a year: introductions {state}", number)
    copies = len(life.letters) - len({letter.message_id for letter in life.letters})
    load, limit = life.check.busiest
    count(request, "half a year: mails", len(life.letters))
    count(request, "half a year: mails that went again under their Message-ID", copies)
    count(request, "half a year: load of the busiest host", load)
    count(request, "half a year: limit of the busiest host", limit)
    count(request, "half a year: hosts at their limit", sum(a == b for a, b in life.check.highest.values()))
    count(request, "half a year: most unasked mails in seven days", most_in_a_week(life))


# --- What must hold -------------------------------------------------------------------------------------------------


def everything_is_over_or_waits_for_somebody() -> None:
    """An open one waits for a host who can be reached and has been, or will be, asked in time, or for the team."""
    today, late = timezone.localdate(), []
    for one in Introduction.objects.filter(state__in=OPEN).select_related("host__user"):
        if one.state == State.AT_DESK:
            continue
        named = one.host is not None and bool(one.host.name) and hosts.is_reachable(one.host)
        waiting = Message.objects.waiting().filter(thread=one.thread).exists()
        in_time = waiting or (one.due_on is not None and one.due_on >= today)
        if one.state == State.ACCEPTED:
            in_time = one.meets_at is not None and one.meets_at > timezone.now() - datetime.timedelta(days=14 + 56)
        if not (named and in_time):
            late.append((one.state, one.asked_on, one.due_on))
    assert late == []


def no_host_over_their_limit(life: HalfYear) -> None:
    assert life.check.over == [], "a host was asked more often than they said"


def unasked(life: HalfYear) -> dict[str, list[datetime.date]]:
    """The days on which each address got an unasked mail; one that went again under its Message-ID is one."""
    first: dict[str, tuple[str, datetime.date]] = {}
    for letter in life.letters:
        if letter.is_unasked:
            first.setdefault(letter.message_id, (letter.to, letter.on))
    days: dict[str, list[datetime.date]] = collections.defaultdict(list)
    for to, day in first.values():
        days[to].append(day)
    return days


def most_in_a_week(life: HalfYear) -> int:
    week = datetime.timedelta(days=7)
    return max(sum(day <= other < day + week for other in days) for days in unasked(life).values() for day in days)


def one_unasked_mail_a_week(life: HalfYear) -> None:
    assert most_in_a_week(life) == 1, "somebody got two unasked mails within seven days"


def nothing_asked_twice(life: HalfYear) -> None:
    """What is mailed again has the same Message-ID. No other mail asks the same: only who asked to meet is reminded,
    once, of saying what came of it; and a mentoring has three meetings."""
    asked: dict[tuple, set[str]] = collections.defaultdict(set)
    for letter in life.letters:
        for name, purpose in (("/meet/answer/", ANSWER), ("/meet/afterwards/", AFTERWARDS)):
            for url in (url for url in letter.links if url.startswith(name)):
                opened = purpose.read(url.removeprefix(name).rstrip("/"))
                asked[(name, letter.to, opened.key, opened.who)].add(letter.message_id)
    mentoring = set(Introduction.objects.filter(is_mentoring=True).values_list("pk", flat=True))
    assert asked
    assert [what for what, mails in asked.items() if len(mails) > most_of(*what, mentoring)] == []


def most_of(name: str, to: str, key: int, who: int, mentoring: set[int]) -> int:
    """In how many mails one thing may be asked of one address."""
    if name == "/meet/answer/":
        return 1
    return (1 if who else 2) * (3 if key in mentoring else 1)


# --- Each of them fails when its guard is taken out -----------------------------------------------------------------


def test_a_host_over_their_limit_is_noticed(life, monkeypatch):
    monkeypatch.setattr(hosts, "has_room", lambda host, today, but=0: True)
    life.most, life.ways = 8, [0, 1, 0]
    life.live(1)
    with pytest.raises(AssertionError, match="more often than they said"):
        no_host_over_their_limit(life)


def test_a_second_mail_in_a_week_is_noticed(life, monkeypatch):
    monkeypatch.setattr(rhythm, "GAP", datetime.timedelta(days=1))
    life.live(2)
    with pytest.raises(AssertionError, match="two unasked mails"):
        one_unasked_mail_a_week(life)


def test_whoever_is_kept_waiting_and_what_is_asked_twice_is_noticed(life, monkeypatch):
    monkeypatch.setattr(tick, "JOBS", [job for job in tick.JOBS if job is not introductions.pass_on_unanswered])
    life.live(2)
    with pytest.raises(AssertionError):
        everything_is_over_or_waits_for_somebody()
    nothing_asked_twice(life)
    asking = next(letter for letter in life.letters if any("/meet/answer/" in url for url in letter.links))
    life.letters.append(dataclasses.replace(asking, message_id="<another@portal.example>"))
    with pytest.raises(AssertionError):
        nothing_asked_twice(life)


def test_a_look_that_changes_something_is_noticed():
    with nothing_written(), pytest.raises(AssertionError, match="to look at a link wrote"):
        Contact.objects.update(role="Changed")
