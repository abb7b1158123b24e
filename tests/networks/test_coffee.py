"""Coffee rounds of a network: who takes part, what convenors look after, and the pairs before they go out."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning_portal.common.mail.compose import mail_of
from learning_portal.common.models import User
from networks import coffee_dates, coffee_pairing
from networks.coffee_actions import Outdated, Refused, hold, send, stop, tell_convenors
from networks.coffee_people import called, context_of, interests_of, past_of, takers
from networks.meeting import context
from networks.models import Affiliation, CoffeeChoice, CoffeeRound, CoffeeSeat, CoffeeSeries, Membership, Preferences
from networks.models.coffee import RoundState
from tests.coffee import (
    begun,
    convenor_of,
    couples,
    groups,
    it_is,
    join,
    mailed,
    members,
    network_of,
    previewed,
    sent,
    shown,
    signed_in,
    text,
)
from tests.factories import (
    TODAY,
    BlockFactory,
    ContactFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def of(network, page: str = "coffee") -> str:
    return reverse(f"networks:{page}", kwargs={"slug": network.slug})


@pytest.fixture(autouse=True)
def today(monkeypatch):
    it_is(monkeypatch)


@pytest.fixture
def network():
    return network_of(8, name_en="Care in the hills", slug="care-in-the-hills")


# --- A member -------------------------------------------------------------------------------------------------------


def test_nobody_takes_part_who_did_not_say_so(network):
    silent, out, skips = join(network, part=""), join(network, part="no"), join(network, part="skip")
    part = {one.user.pk for one in takers(network)}
    assert len(part) == 8
    assert not part & {silent.pk, out.pk, skips.pk}


def test_a_member_says_yes_and_no(network):
    user = join(network, part="")
    client = signed_in(user)
    assert client.get(of(network)).status_code == 200
    response = client.post(of(network), {"part": "yes", "reach": "01874 555 123, mornings"})
    assert response["Location"] == of(network)
    assert CoffeeChoice.objects.get(user=user).reach == "01874 555 123, mornings"
    assert user.pk in {one.user.pk for one in takers(network)}
    assert "01874 555 123" in text(client.get(of(network)))
    client.post(of(network), {"part": "no", "reach": "01874 555 123"})
    assert CoffeeChoice.objects.get(user=user).reach == ""
    assert user.pk not in {one.user.pk for one in takers(network)}


def test_who_has_no_name_gives_one(network):
    user = join(network, part="")
    User.objects.filter(pk=user.pk).update(name="")
    client = signed_in(user)
    response = client.post(of(network), {"part": "yes", "reach": "Ring me"})
    assert response.status_code == 422
    assert "Type your name" in text(response)
    assert "Ring me" in text(response)
    client.post(of(network), {"part": "yes", "name": "Siân Example"})
    assert User.objects.get(pk=user.pk).name == "Siân Example"
    client.post(of(network), {"part": "yes", "name": "Another"})
    assert User.objects.get(pk=user.pk).name == "Siân Example"


def test_an_address_stands_in_for_no_name():
    assert "@" not in called(UserFactory(name=""))


def test_who_works_nowhere_says_so_first(network):
    user = UserFactory()
    MembershipFactory(network=network, user=user)
    client = signed_in(user)
    assert "before you take part" in text(client.get(of(network)))
    assert client.post(of(network), {"part": "yes"}).status_code == 422
    assert not CoffeeChoice.objects.filter(user=user).exists()
    assert client.post(of(network), {"part": "no"}).status_code == 302


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"part": "tea"},
        {"part": ["yes", "tea"]},
        {"part": "yes", "reach": "a" * 201},
        {"part": "yes", "reach": "a" * 100_000},
        {"part": "yes", "reach": "\x00"},
        {"part": "\x00"},
        {"part": "9" * 30},
    ],
)
def test_what_no_form_sends_is_refused(network, form):
    user = join(network, part="")
    response = signed_in(user).post(of(network), form)
    assert response.status_code == 422
    assert not CoffeeChoice.objects.filter(user=user).exists()


def test_emoji_are_words_too(network):
    user = join(network, part="")
    signed_in(user).post(of(network), {"part": "yes", "reach": "☕" * 200})
    assert CoffeeChoice.objects.get(user=user).reach == "☕" * 200


@pytest.mark.parametrize("page", ["coffee", "coffee-series", "coffee-preview"])
def test_for_others_there_is_no_such_page(network, page):
    begun(network)
    stranger, left = UserFactory(), join(network)
    Membership.objects.filter(user=left).update(left_on=TODAY)
    nowhere = of(network, page).replace(network.slug, "no-such-network")
    for user in (stranger, left):
        client = signed_in(user)
        refused, absent = client.get(of(network, page)), client.get(nowhere)
        assert (refused.status_code, refused.content) == (404, absent.content)
        assert client.post(of(network, page), {"do": "stop", "part": "yes"}).status_code == 404
    assert Client().get(of(network, page))["Location"].endswith(of(network, page))
    assert CoffeeSeries.objects.running().exists()


@pytest.mark.parametrize("page", ["coffee-series", "coffee-preview"])
def test_members_do_not_look_after_it(network, page):
    begun(network)
    client = signed_in(join(network))
    assert client.get(of(network, page)).status_code == 404
    assert client.post(of(network, page), {"do": "stop"}).status_code == 404
    assert "Look after" not in text(client.get(of(network)))
    assert "Look after" in text(signed_in(convenor_of(network)).get(of(network)))


# --- A convenor starts and stops ------------------------------------------------------------------------------------

START = {"do": "start", "rhythm": "monthly", "starts_on": "23/11/2026"}


def test_a_convenor_starts_a_series_and_members_are_asked_once(network):
    silent, out = join(network, part=""), join(network, part="no")
    client = signed_in(convenor_of(network))
    assert "23/11/2026" in text(client.get(of(network, "coffee-series")))  # three weeks from now
    assert client.post(of(network, "coffee-series"), START).status_code == 302
    series = CoffeeSeries.objects.get()
    assert (series.rhythm, series.next_on, series.started_by) == (
        "monthly",
        datetime.date(2026, 11, 23),
        convenor_of(network),
    )
    [mail] = mailed("coffee_invited")
    assert mail.user == silent != out
    body = mail_of(mail).body
    assert of(network) in body
    assert "23 November 2026" in body
    assert mail.not_before > 0  # it waits for their weekly mail
    stop(series=series)
    client.post(of(network, "coffee-series"), START)
    assert CoffeeSeries.objects.count() == 2


def test_one_series_runs_at_a_time(network):
    begun(network)
    page = signed_in(convenor_of(network)).post(of(network, "coffee-series"), START, follow=True)
    assert "already" in text(page)
    assert CoffeeSeries.objects.count() == 1


def test_a_network_is_not_started_again_and_again(network):
    client = signed_in(convenor_of(network))
    for _time in range(3):
        assert client.post(of(network, "coffee-series"), START).status_code == 302
        stop(series=CoffeeSeries.objects.running().get())
    response = client.post(of(network, "coffee-series"), START)
    assert response.status_code == 422
    assert "started often" in text(response)
    assert not CoffeeSeries.objects.running().exists()


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"do": "start"},
        {"do": "dance"},
        {**START, "rhythm": "hourly"},
        {**START, "starts_on": ""},
        {**START, "starts_on": "15/11/2026"},
        {**START, "starts_on": "15/11/2027"},
        {**START, "starts_on": "yesterday"},
        {**START, "starts_on": "\x00"},
        {**START, "starts_on": "9" * 100_000},
        {"do": "hold"},
    ],
)
def test_a_start_that_makes_no_sense(network, form):
    response = signed_in(convenor_of(network)).post(of(network, "coffee-series"), form)
    assert response.status_code == 422
    assert not CoffeeSeries.objects.exists()


def test_a_day_off_becomes_the_next_working_day(network):
    signed_in(convenor_of(network)).post(of(network, "coffee-series"), {**START, "starts_on": "25/12/2026"})
    assert CoffeeSeries.objects.get().next_on == datetime.date(2026, 12, 29)


def test_stopping_forgets_the_preview_and_its_mails(network):
    series = previewed(network).series
    coffee = CoffeeRound.objects.get()
    tell_convenors(coffee, series)
    assert mailed("coffee_preview").count() == 1
    signed_in(convenor_of(network)).post(of(network, "coffee-series"), {"do": "stop"})
    assert not CoffeeRound.objects.exists()
    assert not mailed("coffee_preview").exists()
    with pytest.raises(Refused):
        stop(series=series)
    with pytest.raises(Refused):
        coffee_pairing.prepare(series=series)
    with pytest.raises(Refused):
        hold(series=series, is_held=True)


def test_a_convenor_holds_and_lets_go(network):
    series, client = begun(network), signed_in(convenor_of(network))
    client.post(of(network, "coffee-series"), {"do": "hold"})
    assert CoffeeSeries.objects.get().is_held
    CoffeeSeries.objects.update(next_on=TODAY - datetime.timedelta(days=3))
    assert "Let it go on" in text(client.get(of(network, "coffee-series")))
    client.post(of(network, "coffee-series"), {"do": "let_go"})
    series.refresh_from_db()
    assert (series.is_held, series.next_on) == (False, TODAY + datetime.timedelta(days=1))


# --- Pairs before they go out ---------------------------------------------------------------------------------------


def test_to_look_changes_nothing(network):
    begun(network)
    client = signed_in(convenor_of(network))
    assert "Make the pairs" in text(client.get(of(network, "coffee-preview")))
    assert not CoffeeRound.objects.exists()


def test_without_a_series_there_is_no_preview(network):
    client = signed_in(convenor_of(network))
    assert client.get(of(network, "coffee-preview")).status_code == 404
    assert client.post(of(network, "coffee-preview"), {"do": "make"}).status_code == 404


def test_a_preview_shows_everybody_once_and_its_seed(network):
    begun(network)
    client = signed_in(convenor_of(network))
    client.post(of(network, "coffee-preview"), {"do": "make"})
    coffee = CoffeeRound.objects.get()
    page = text(client.get(of(network, "coffee-preview")))
    main = page.split("<main")[1]
    assert coffee.seed in main
    for one in takers(network):
        assert main.count(f"{one.user.name}, ") == 1
    assert "@" not in main
    assert [len(found) for found in groups(coffee).values()] == [2] * 4


def test_the_same_seed_gives_the_same_pairs(network):
    series = begun(network)
    first = groups(coffee_pairing.prepare(series=series, seed="one"))
    again = groups(coffee_pairing.prepare(series=series))  # keeps the preview's seed
    others = [groups(coffee_pairing.prepare(series=series, seed=seed)) for seed in ("two", "three", "four")]
    assert first == again == groups(coffee_pairing.prepare(series=series, seed="one"))
    assert any(other != first for other in others)
    assert CoffeeRound.objects.count() == 1


def test_shuffling_takes_another_seed(network):
    coffee = previewed(network)
    signed_in(convenor_of(network)).post(of(network, "coffee-preview"), {"do": "shuffle"})
    assert CoffeeRound.objects.get().seed != coffee.seed


def test_sending_introduces_everybody(network):
    coffee = previewed(network)
    skips = join(network, part="skip")
    client = signed_in(convenor_of(network))
    response = client.post(of(network, "coffee-preview"), {"do": "send", "shown": shown(coffee)})
    assert response["Location"] == of(network, "coffee-series")
    coffee.refresh_from_db()
    assert (coffee.state, coffee.sent_on) == ("sent", TODAY)
    assert {mail.user_id for mail in mailed("coffee_pair")} == {one.user_id for one in CoffeeSeat.objects.all()}
    for mail in mailed("coffee_pair"):
        seat = CoffeeSeat.objects.get(user=mail.user)
        assert reverse("networks:coffee-pair", kwargs={"key": seat.pk}) in mail_of(mail).body
        assert mail.not_before > 0
    assert CoffeeChoice.objects.get(user=skips).part == "yes"  # they sat this one out
    assert CoffeeSeries.objects.get().next_on == datetime.date(2026, 12, 23)  # it stands for that of 23 November


def test_it_is_sent_once(network):
    coffee = sent(network)
    with pytest.raises(Refused):
        send(coffee=coffee, shown=shown(coffee))
    client = signed_in(convenor_of(network))
    client.post(of(network, "coffee-preview"), {"do": "send", "shown": shown(coffee)})
    assert mailed("coffee_pair").count() == 8


@pytest.mark.parametrize("how", ["joined", "left", "left the network", "changed work", "closed", "says no"])
def test_other_members_are_not_sent_the_pairs_that_were_seen(network, how):
    coffee = previewed(network)
    seen, somebody = shown(coffee), CoffeeSeat.objects.exclude(user=convenor_of(network)).first().user
    if how == "joined":
        join(network)
    elif how == "left":
        Affiliation.objects.filter(user=somebody).update(ended_on=TODAY)
    elif how == "left the network":
        Membership.objects.filter(user=somebody).update(left_on=TODAY)
    elif how == "changed work":
        colleague = CoffeeSeat.objects.exclude(user=somebody).first().user
        Affiliation.objects.filter(user=somebody).update(
            organisation=Affiliation.objects.get(user=colleague).organisation
        )
    elif how == "closed":
        User.objects.filter(pk=somebody.pk).update(is_active=False)
    else:
        CoffeeChoice.objects.filter(user=somebody).update(part="no")
    client = signed_in(convenor_of(network))
    page = client.post(of(network, "coffee-preview"), {"do": "send", "shown": seen}, follow=True)
    assert "come or gone" in text(page)
    assert "Make the pairs anew" in text(page)
    assert not mailed("coffee_pair").exists()
    client.post(of(network, "coffee-preview"), {"do": "make"})
    new = CoffeeRound.objects.get()
    assert {one.user.pk for one in takers(network)} == set().union(*groups(new).values())
    client.post(of(network, "coffee-preview"), {"do": "send", "shown": shown(new)})
    assert CoffeeRound.objects.get().state == RoundState.SENT


def test_that_guard_is_what_refuses(network, monkeypatch):
    coffee = previewed(network)
    join(network)
    monkeypatch.setattr("networks.coffee_actions.basis_of", lambda *people: coffee.basis)
    send(coffee=coffee, shown=shown(coffee))
    assert mailed("coffee_pair").count() == 8


def test_pairs_that_another_convenor_shuffled_are_not_sent_unseen(network):
    coffee = previewed(network)
    seen = shown(coffee)
    coffee_pairing.prepare(series=coffee.series, seed="another")
    with pytest.raises(Outdated):
        send(coffee=coffee, shown=seen)
    for wrong in ("", "\x00", "9" * 100_000):
        with pytest.raises(Outdated):
            send(coffee=coffee, shown=wrong)


def test_who_comes_while_pairs_are_made_is_in_them(network, monkeypatch):
    series, late = begun(network), []
    real = coffee_pairing.next_round

    def once(*args, **fields):
        if not late:
            late.append(join(network))
        return real(*args, **fields)

    monkeypatch.setattr(coffee_pairing, "next_round", once)
    coffee = coffee_pairing.prepare(series=series)
    assert CoffeeSeat.objects.filter(round=coffee, user=late[0]).exists()


def test_members_who_come_all_the_while_are_too_many(network, monkeypatch):
    series, real = begun(network), coffee_pairing.next_round
    monkeypatch.setattr(coffee_pairing, "next_round", lambda *found, **more: (join(network), real(*found, **more))[1])
    with pytest.raises(Outdated):
        coffee_pairing.prepare(series=series)
    page = signed_in(convenor_of(network)).post(of(network, "coffee-preview"), {"do": "make"}, follow=True)
    assert "came and went" in text(page)


# --- Few, many, and again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [2, 3, 5])
def test_few_have_one_conversation(number):
    network = network_of(number)
    coffee = previewed(network)
    assert [len(found) for found in groups(coffee).values()] == [number]
    page = text(signed_in(convenor_of(network)).get(of(network, "coffee-preview")))
    assert "one conversation of all is better" in page
    send(coffee=coffee, shown=shown(coffee))
    assert mailed("coffee_pair").count() == number


def test_one_alone_meets_nobody():
    network = network_of(1)
    coffee = previewed(network)
    page = text(signed_in(convenor_of(network)).get(of(network, "coffee-preview")))
    assert "Nobody would meet" in page
    assert "Send it now" not in page
    with pytest.raises(Refused):
        send(coffee=coffee, shown=shown(coffee))


def test_one_conversation_of_all_is_no_meeting_of_pairs():
    network = network_of(5)
    sent(network)
    assert not past_of(network).met
    three = network_of(3)
    sent(three)
    assert len(past_of(three).met) == 3


def test_those_who_find_nobody_wait_and_come_first():
    network = network_of(8, to_each=5)
    coffee = sent(network)
    waiting = groups(coffee)[0]
    assert len(waiting) == 2
    assert set(past_of(network).waited) >= waiting
    assert not mailed("coffee_pair").filter(user__in=waiting).exists()
    page = text(signed_in(convenor_of(network)).get(of(network, "coffee-series")))
    assert ">6<" in page  # people of the round
    for user in members(network).values_list("user", flat=True):
        own = text(signed_in(User.objects.get(pk=user)).get(of(network)))
        assert ("there was nobody left for you" in own) == (user in waiting)
    assert not groups(previewed(network))[0] & waiting
    assert "work at one organisation" in text(signed_in(convenor_of(network)).get(of(network, "coffee-preview")))


def test_who_waits_for_another_reason_is_said_to_wait_and_no_more():
    """That somebody is blocked is told to nobody."""
    network = network_of(6)
    first, *others = User.objects.filter(pk__in=members(network).values("user")).order_by("pk")
    card = ContactFactory(user=first)
    for other in others:
        BlockFactory(contact=card, user=other)
    coffee = previewed(network)
    assert groups(coffee)[0] == {first.pk}
    page = text(signed_in(convenor_of(network)).get(of(network, "coffee-preview")))
    assert "These find nobody this time" in page
    assert "work at one organisation" not in page


def test_the_strongest_button_is_not_the_one_that_stops_them(network):
    begun(network)
    page = text(signed_in(convenor_of(network)).get(of(network, "coffee-series")))
    assert "Stop the rounds" in page
    assert "govuk-button--warning" not in page


def test_nobody_meets_again_until_it_cannot_be_helped_and_the_convenor_is_told():
    network = network_of(6)
    client, met, coffee = signed_in(convenor_of(network)), [], None
    while coffee is None or coffee.rounds_left:
        coffee = sent(network)
        met += couples(coffee)
        assert coffee.repeats == 0
        assert "verybody here " in text(client.get(of(network, "coffee-series")))
    assert len(met) == len(set(met)) >= 9
    assert "we cannot promise" in text(client.get(of(network, "coffee-series")))
    for _month in range(6 - len(met) // 3):
        coffee = previewed(network) if coffee.repeats == 0 else coffee
        if not coffee.repeats:
            send(coffee=coffee, shown=shown(coffee))
    assert coffee.repeats
    assert "met before. It could not be helped" in text(client.get(of(network, "coffee-preview")))


def test_a_large_network_is_not_told_so():
    network = network_of(20)
    sent(network)
    assert "verybody here " not in text(signed_in(convenor_of(network)).get(of(network, "coffee-series")))


def test_the_past_of_another_series_counts(network):
    first = couples(sent(network))
    stop(series=CoffeeSeries.objects.get())
    assert not set(first) & set(couples(sent(network)))


def test_a_preview_is_no_past(network):
    previewed(network)
    assert not past_of(network).met


# --- What the pairing is told ---------------------------------------------------------------------------------------


def test_a_card_says_what_somebody_knows_and_else_their_answers():
    by_card, by_answers, both = UserFactory(), UserFactory(), UserFactory()
    known, wanted, other = (TopicFactory() for _ in range(3))
    card = ContactFactory(user=by_card)
    card.can_help_with.add(known)
    card.wants_to_learn.add(wanted)
    for user in (by_answers, both, by_card):
        Preferences.objects.create(user=user).knows.add(other)
    Preferences.objects.get(user=by_answers).wants.add(wanted)
    half = ContactFactory(user=both)
    half.wants_to_learn.add(known)
    ContactFactory(user=UserFactory(), archived_on=TODAY).can_help_with.add(known)
    found = interests_of([by_card.pk, by_answers.pk, both.pk])
    assert found[by_card.pk].knows == {known.pk: 600}
    assert found[by_card.pk].wants == {wanted.pk}
    assert found[by_answers.pk].knows == {other.pk: 600}
    assert found[by_answers.pk].wants == {wanted.pk}
    assert (dict(found[both.pk].knows), found[both.pk].wants) == ({other.pk: 600}, {known.pk})


def test_merged_bodies_are_one_place_of_work():
    network = network_of(6)
    new = takers(network)[0].organisation
    old = takers(network)[1].organisation
    old.replaced_by = new
    old.save()
    assert [one.organisation for one in takers(network)][:2] == [new, new]
    for seed in "abcdef":
        coffee = previewed(network, seed=seed)
        first, second = (one.user.pk for one in takers(network)[:2])
        assert not any({first, second} <= found for found in groups(coffee).values())


def test_context_is_that_of_meeting():
    bodies = [
        OrganisationFactory(population=10_000, latitude=52.0, longitude=-3.0),
        OrganisationFactory(population=90_000, latitude=51.0, longitude=-2.0, nation=2, staff=500),
        OrganisationFactory(population=None, latitude=None, longitude=None),
    ]
    found = context_of(bodies)
    for a in bodies:
        for b in bodies:
            expected = context(a, b)
            assert found(a.pk, b.pk) == (None if expected is None else round(expected * 1000))


# --- Counts ---------------------------------------------------------------------------------------------------------


def test_answers_are_told_in_steps_of_five():
    network = network_of(16)
    coffee = sent(network)
    seats = list(CoffeeSeat.objects.filter(round=coffee))
    client = signed_in(convenor_of(network))

    def answer(met: str, some) -> None:
        CoffeeSeat.objects.filter(pk__in=[seat.pk for seat in some]).update(met=met, answered_on=TODAY)

    answer("yes", seats[:4])
    answer("no", seats[4:8])
    assert "fewer than five answered alike" in text(client.get(of(network, "coffee-series")))
    answer("yes", seats[:9])
    page = text(client.get(of(network, "coffee-series")))
    assert "yes: at least 5" in page
    assert "no: at least" not in page
    answer("yes", seats[:10])
    assert "yes: at least 10" in text(client.get(of(network, "coffee-series")))


@pytest.mark.parametrize("page", ["coffee", "coffee-series", "coffee-preview"])
def test_the_number_of_queries_is_the_same_for_six_and_sixty(page):
    counts = []
    for number in (6, 60):
        network = network_of(number)
        for _round in range(2):
            sent(network)
        previewed(network)
        client = signed_in(convenor_of(network))
        client.get(of(network, page))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(of(network, page)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 22


def test_a_closed_account_takes_its_seats_along(network):
    coffee = sent(network)
    user = members(network).filter(is_convenor=False).first().user
    user.delete()
    assert CoffeeSeat.objects.filter(round=coffee).count() == 7
    assert CoffeeChoice.objects.filter(network=network).count() == 7


def test_nothing_of_it_is_in_another_network(network):
    begun(network)
    other = NetworkFactory()
    user = UserFactory()
    MembershipFactory(network=other, user=user, is_convenor=True)
    client = signed_in(user)
    assert "No rounds run" in text(client.get(of(other)))
    assert "Start coffee rounds" in text(client.get(of(other, "coffee-series")))


# --- Days -----------------------------------------------------------------------------------------------------------


def test_every_month_has_its_day():
    day, found = datetime.date(2027, 1, 31), []
    after = datetime.date(2027, 1, 29)
    for _month in range(6):
        after = coffee_dates.next_month(day, after)
        found.append(after)
    # Sundays and bank holidays move on: 28 February and 31 January are Sundays, 31 May is a bank holiday.
    assert [str(found_on) for found_on in found] == [
        "2027-02-01",
        "2027-03-01",
        "2027-03-31",
        "2027-04-30",
        "2027-06-01",
        "2027-06-30",
    ]


def test_convenors_have_three_working_days_whatever_else_they_were_mailed():
    for told in (datetime.date(2026, 1, 1) + datetime.timedelta(days=n) for n in range(366)):
        latest = told + datetime.timedelta(days=7)
        goes = coffee_dates.goes_from(told)
        assert (goes - latest).days >= 3
        if (told.month, told.day) < (12, 10) and told.month != 1:
            assert goes <= told + coffee_dates.TELL_BEFORE + datetime.timedelta(days=4)  # Easter


def test_today_is_injected():
    assert timezone.localdate() == TODAY
