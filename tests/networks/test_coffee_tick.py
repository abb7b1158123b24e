"""What the tick does for coffee rounds: previews, mails, rounds on their day, questions afterwards, and forgetting."""

import datetime
import threading
from collections import Counter

import pytest
from django.db import connection, connections

from learning_portal.common.mail.compose import mail_of
from learning_portal.common.models import Message, User
from networks import coffee_actions, coffee_jobs
from networks.coffee_actions import hold, stop
from networks.coffee_jobs import ask_whether_met, close_coffee, erase_coffee, prepare_coffee, send_coffee
from networks.coffee_pairing import prepare
from networks.models import Affiliation, CoffeeChoice, CoffeeRound, CoffeeSeat, CoffeeSeries, Membership
from networks.models.coffee import RoundState
from tests.coffee import FIRST, begun, convenor_of, couples, it_is, join, mailed, network_of, previewed, sent, shown
from tests.factories import TODAY, MembershipFactory
from tests.strength import FULL

pytestmark = pytest.mark.django_db
TOLD = FIRST - datetime.timedelta(days=14)


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def tick(today: datetime.date) -> int:
    """The jobs in their order; how much they did."""
    jobs = (erase_coffee, close_coffee, prepare_coffee, send_coffee, ask_whether_met)
    return sum(job(today=today) for job in jobs)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    it_is(monkeypatch)


@pytest.fixture
def network():
    return network_of(8, name_en="Care in the hills", slug="care-in-the-hills")


# --- A month --------------------------------------------------------------------------------------------------------


def test_convenors_are_told_two_weeks_before_and_the_round_goes_on_its_day(network):
    first = begun(network).started_by
    second = join(network)
    Membership.objects.filter(user=second).update(is_convenor=True)
    assert tick(TOLD - days(1)) == 0
    assert not CoffeeRound.objects.exists()
    assert tick(TOLD) == 1
    assert {mail.user for mail in mailed("coffee_preview")} == {first, second}
    body = mail_of(mailed("coffee_preview")[0]).body
    assert "/networks/care-in-the-hills/coffee/preview/" in body
    assert "23 November 2026" in body
    assert sum(tick(TOLD + days(n)) for n in range(14)) == 0
    pairs = couples(CoffeeRound.objects.get())
    assert tick(FIRST) == 1
    coffee = CoffeeRound.objects.get()
    assert (coffee.state, coffee.sent_on, coffee.is_changed) == (RoundState.SENT, FIRST, False)
    assert couples(coffee) == pairs
    assert mailed("coffee_pair").count() == 9
    assert tick(FIRST) == 0
    assert not mailed("coffee_changed").exists()


def test_a_year_of_months(network):
    begun(network)
    for day in range(0, 365, 1 if FULL else 3):
        tick(TODAY + days(day))
    found = CoffeeRound.objects.held().order_by("sent_on")
    assert [coffee.number for coffee in found] == list(range(1, 13))
    assert {coffee.sent_on.month for coffee in found} == set(range(1, 13))
    met = Counter(pair for coffee in found for pair in couples(coffee))
    assert len(met) == 28  # everybody has met everybody
    assert set(met.values()) <= {1, 2}


def test_a_tick_that_was_away_still_leaves_the_convenors_their_days(network):
    begun(network)
    assert tick(FIRST + days(3)) == 1  # told
    assert tick(FIRST + days(12)) == 0
    assert tick(FIRST + days(15)) == 1
    assert CoffeeRound.objects.get().state == RoundState.SENT
    assert CoffeeSeries.objects.get().next_on == datetime.date(2026, 12, 23)


def test_that_guard_is_what_waits(network, monkeypatch):
    monkeypatch.setattr("networks.coffee_dates.goes_from", lambda told_on: told_on)
    begun(network)
    tick(FIRST)
    assert CoffeeRound.objects.get().state == RoundState.SENT


def test_a_round_that_is_held_waits(network):
    series = begun(network)
    tick(TOLD)
    hold(series=series, is_held=True)
    assert tick(FIRST) == tick(FIRST + days(30)) == 0
    hold(series=series, is_held=False)
    assert tick(FIRST + days(30)) == 1


def test_other_members_make_other_pairs_and_the_convenors_hear_of_it(network):
    begun(network)
    tick(TOLD)
    new = join(network)
    assert tick(TOLD + days(1)) == 1
    coffee = CoffeeRound.objects.get()
    assert coffee.is_changed
    assert CoffeeSeat.objects.filter(user=new).exists()
    assert mailed("coffee_preview").count() == 1  # told once
    tick(FIRST)
    [mail] = mailed("coffee_changed")
    assert mail.user == convenor_of(network)
    assert "/networks/care-in-the-hills/coffee/rounds/" in mail_of(mail).body


def test_pairs_that_a_convenor_made_anew_are_no_news(network):
    series = begun(network)
    tick(TOLD)
    join(network)
    tick(TOLD + days(1))
    prepare(series=series, seed="another")
    tick(FIRST)
    assert not mailed("coffee_changed").exists()
    assert CoffeeRound.objects.get().seed == "another"


def test_a_single_round_ends_its_series(network):
    begun(network, "once")
    tick(TOLD)
    tick(FIRST)
    series = CoffeeSeries.objects.get()
    assert (series.stopped_on, series.next_on) == (FIRST, None)
    begun(network)


def test_where_nobody_takes_part_a_month_goes_by():
    network = network_of(1)
    begun(network)
    assert tick(TOLD) == 1
    tick(FIRST)
    assert not mailed("coffee_pair").exists()
    assert not CoffeeRound.objects.exists()
    assert CoffeeSeries.objects.get().next_on == datetime.date(2026, 12, 23)


def test_a_network_whose_convenor_left_goes_on_and_nobody_is_told(network):
    begun(network)
    Membership.objects.filter(network=network, is_convenor=True).update(left_on=TODAY)
    tick(TOLD)
    assert not mailed("coffee_preview").exists()
    tick(FIRST)
    assert mailed("coffee_pair").count() == 7


# --- Killed, and two at once ----------------------------------------------------------------------------------------


class Killed(BaseException):
    """The process died."""


@pytest.mark.parametrize("after", range(8))
def test_killed_while_sending_and_run_again_nothing_is_sent_twice_or_dropped(network, monkeypatch, after):
    begun(network)
    tick(TOLD)
    real, count = coffee_actions.post, [0]

    def dying(**fields):
        if count[0] == after:
            raise Killed
        count[0] += 1
        return real(**fields)

    monkeypatch.setattr(coffee_actions, "post", dying)
    with pytest.raises(Killed):
        tick(FIRST)
    assert not mailed("coffee_pair").exists()
    assert CoffeeRound.objects.get().state == RoundState.PREVIEW
    monkeypatch.setattr(coffee_actions, "post", real)
    tick(FIRST)
    assert Counter(mailed("coffee_pair").values_list("user", flat=True)).most_common(1)[0][1] == 1
    assert mailed("coffee_pair").count() == 8


@pytest.mark.parametrize("where", ["tell_convenors", "post"])
def test_killed_while_telling_or_asking(network, monkeypatch, where):
    begun(network)

    def dying(*found, **fields):
        raise Killed

    if where == "post":
        tick(TOLD)
        tick(FIRST)
    real = getattr(coffee_jobs, where)
    monkeypatch.setattr(coffee_jobs, where, dying)
    with pytest.raises(Killed):
        tick(TOLD if where == "tell_convenors" else FIRST + days(14))
    monkeypatch.setattr(coffee_jobs, where, real)
    tick(TOLD if where == "tell_convenors" else FIRST + days(14))
    assert mailed("coffee_preview" if where == "tell_convenors" else "coffee_met").count() in {1, 8}


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_send_it_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time.")
    for _time in range(20 if FULL else 3):
        network = network_of(8)
        begun(network)
        at_once(lambda: tick(TOLD), lambda: tick(TOLD))
        assert mailed("coffee_preview").filter(user=convenor_of(network)).count() == 1
        at_once(lambda: tick(FIRST), lambda: tick(FIRST))
        at_once(lambda: tick(FIRST + days(14)), lambda: tick(FIRST + days(14)))
        users = CoffeeSeat.objects.filter(round__series__network=network).values("user")
        assert mailed("coffee_pair").filter(user__in=users).count() == 8
        assert mailed("coffee_met").filter(user__in=users).count() == 8
        assert CoffeeRound.objects.filter(series__network=network).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_convenor_and_a_tick_at_once_send_it_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time.")
    for _time in range(20 if FULL else 3):
        network = network_of(8)
        begun(network)
        tick(TOLD)
        coffee = CoffeeRound.objects.get(series__network=network)
        seen = shown(coffee)
        at_once(
            lambda coffee=coffee, seen=seen: coffee_actions.send(coffee=coffee, shown=seen, today=FIRST),
            lambda: tick(FIRST),
            lambda coffee=coffee: prepare(series=coffee.series, seed="other"),
        )
        users = CoffeeSeat.objects.filter(round__series__network=network).values("user")
        posted = Counter(mailed("coffee_pair").filter(user__in=users).values_list("user", flat=True))
        assert set(posted.values()) <= {1}
        held = CoffeeRound.objects.held().filter(series__network=network)
        assert held.count() == (1 if posted else 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_without_its_guards_it_would_be_sent_twice(monkeypatch, guarded):
    """Both have read the preview before either writes: then compare-and-set alone keeps it to once."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time.")
    network = network_of(8)
    coffee = previewed(network)
    seen, both_have_read = shown(coffee), threading.Barrier(2)

    def mark(coffee, today) -> int:
        both_have_read.wait(10)
        rows = CoffeeRound.objects.filter(pk=coffee.pk)
        return (rows.previews() if guarded else rows).update(state=RoundState.SENT, sent_on=today)

    monkeypatch.setattr(coffee_actions, "locked", lambda series: CoffeeSeries.objects.get(pk=series.pk))
    monkeypatch.setattr(coffee_actions, "_mark_sent", mark)
    at_once(*[lambda: coffee_actions.send(coffee=coffee, shown=seen, today=FIRST)] * 2)
    assert mailed("coffee_pair").count() == (8 if guarded else 16)


def at_once(*verbs) -> None:
    ready = threading.Barrier(len(verbs))
    errors: list[BaseException] = []

    def run(verb) -> None:
        try:
            ready.wait(10)
            verb()
        except coffee_actions.Refused:
            pass
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []


# --- Afterwards -----------------------------------------------------------------------------------------------------


def test_two_weeks_later_everybody_is_asked_once(network):
    coffee = sent(network)
    assert ask_whether_met(today=TODAY + days(13)) == 0
    assert ask_whether_met(today=TODAY + days(14)) == 1
    assert ask_whether_met(today=TODAY + days(15)) == 0
    assert mailed("coffee_met").count() == 8
    mail = mailed("coffee_met").first()
    assert "/coffee/met/" in mail_of(mail).body
    coffee.refresh_from_db()
    assert coffee.asked_on == TODAY + days(14)


def test_whoever_is_left_alone_is_not_asked(network):
    sent(network)
    one, other = CoffeeSeat.objects.filter(group=1)
    other.user.delete()
    ask_whether_met(today=TODAY + days(14))
    assert mailed("coffee_met").count() == 6
    assert not mailed("coffee_met").filter(user=one.user).exists()


def test_eight_weeks_later_what_they_wrote_is_erased(network):
    coffee = sent(network)
    ask_whether_met(today=TODAY + days(14))
    seat = CoffeeSeat.objects.first()
    coffee_actions.say(by=seat.user, seat=seat, words="Tuesday?")
    assert close_coffee(today=TODAY + days(55)) == 0
    assert close_coffee(today=TODAY + days(56)) == 1
    assert close_coffee(today=TODAY + days(57)) == 0
    coffee.refresh_from_db()
    assert coffee.state == RoundState.OVER
    assert not CoffeeSeat.objects.exclude(words="").exists()
    assert not mailed("coffee_met").exists()
    assert not prepare(series=coffee.series).repeats  # it still counts


def test_who_left_a_network_chooses_anew_when_they_come_back(network):
    user = join(network)
    Membership.objects.filter(user=user).update(left_on=TODAY)
    assert erase_coffee(today=TODAY) == 1
    MembershipFactory(network=network, user=user)
    assert not CoffeeChoice.objects.filter(user=user).exists()
    assert erase_coffee(today=TODAY) == 0


def test_rounds_are_kept_for_two_years_after_the_last(network):
    series = sent(network).series
    stop(series=series)
    assert erase_coffee(today=TODAY + days(730)) == 0
    begun(network)
    assert erase_coffee(today=TODAY + days(2000)) == 0  # its members still meet
    stop(series=CoffeeSeries.objects.running().get())
    assert erase_coffee(today=TODAY + days(731)) > 0
    assert not CoffeeSeries.objects.exists()
    assert not CoffeeSeat.objects.exists()


# --- How much mail --------------------------------------------------------------------------------------------------


def test_none_of_it_but_an_answer_leaves_outside_of_the_weekly_mail(network):
    join(network, part="")
    begun(network)
    tick(TOLD)
    tick(FIRST)
    tick(FIRST + days(14))
    first, second = CoffeeSeat.objects.filter(group=1)
    coffee_actions.say(by=first.user, seat=first, words="Monday?")
    coffee_actions.say(by=second.user, seat=second, words="Yes.")
    kinds = {mail.kind: mail.not_before > 0 for mail in Message.objects.all()}
    assert kinds.pop("coffee_answered") is False
    assert set(kinds) == {"coffee_invited", "coffee_pair", "coffee_met", "coffee_words"}  # that of the preview is moot
    assert all(kinds.values())


# --- The figures ----------------------------------------------------------------------------------------------------


@pytest.mark.prove
def test_twelve_months_of_a_hundred_and_one(monkeypatch):
    """Through the actions, under an injected clock: no repeat, no pair of one organisation, guests in turn."""
    network = network_of(101, to_each=4)
    begun(network)
    for day in range(360):
        it_is(monkeypatch, TODAY + days(day))
        tick(TODAY + days(day))
    held = CoffeeRound.objects.held()
    assert held.count() == 12
    work = dict(Affiliation.objects.values_list("user", "organisation"))
    met = Counter(pair for coffee in held for pair in couples(coffee))
    assert set(met.values()) == {1}
    assert len(met) == 12 * (49 + 3)
    assert not [pair for pair in met if work[pair[0]] == work[pair[1]]]
    guests = Counter(CoffeeSeat.objects.filter(is_guest=True).values_list("user", flat=True))
    assert sum(guests.values()) == 12
    assert set(guests.values()) == {1}
    assert mailed("coffee_pair").count() == 12 * 101
    assert User.objects.count() == 101
    assert previewed(network).rounds_left >= 6
