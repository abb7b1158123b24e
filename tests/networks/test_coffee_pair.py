"""Whom somebody meets in a coffee round: the page of a pair, what they write to each other, and whether they met."""

import datetime

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from learning_portal.common.mail.compose import mail_of
from learning_portal.common.models import Message, User
from learning_portal.common.one_button import Purpose
from networks.coffee_actions import Refused, say, say_met
from networks.coffee_jobs import ask_whether_met
from networks.coffee_links import MET
from networks.coffee_pages import to_talk_about
from networks.models import Affiliation, CoffeeChoice, CoffeeRound, CoffeeSeat, Contact, Membership, Topic
from networks.models.coffee import RoundState
from tests.coffee import it_is, mailed, network_of, previewed, sent, signed_in, text
from tests.factories import TODAY, ContactFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    it_is(monkeypatch)


@pytest.fixture
def seats() -> list[CoffeeSeat]:
    """The two seats of a pair."""
    coffee = sent(network_of(6, name_en="Care in the hills"))
    return list(CoffeeSeat.objects.filter(round=coffee, group=1))


@pytest.fixture
def three() -> list[CoffeeSeat]:
    coffee = sent(network_of(7))
    guest = CoffeeSeat.objects.get(round=coffee, is_guest=True)
    return list(CoffeeSeat.objects.filter(round=coffee, group=guest.group))


def page_of(seat: CoffeeSeat) -> str:
    return reverse("networks:coffee-pair", kwargs={"key": seat.pk})


def opened(seat: CoffeeSeat, reader: User | None = None) -> str:
    return text(signed_in(reader or seat.user).get(page_of(seat)))


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


# --- The page -------------------------------------------------------------------------------------------------------


def test_a_pair_sees_each_other_and_three_things(seats):
    own, other = seats
    Contact.objects.all().delete()
    ContactFactory(user=other.user, role="Head of care", team_mailbox="team@council.example")
    CoffeeChoice.objects.filter(user=other.user).update(reach="01874 555 123")
    page = main_of(opened(own))
    assert other.user.name in page
    assert "Head of care" in page
    assert "01874 555 123" in page
    assert page.count("<li>") == 3
    assert "@" not in page
    assert own.user.name not in page


def test_a_guest_meets_both_and_three_things_are_enough(three):
    for seat in three:
        page = main_of(opened(seat))
        assert all(other.user.name in page for other in three if other != seat)
        assert page.count("<li>") == 3


def test_for_anybody_else_there_is_no_such_page(seats):
    own, other = seats
    absent = signed_in(other.user).get(reverse("networks:coffee-pair", kwargs={"key": 1}))
    third = CoffeeSeat.objects.exclude(group=1).first().user
    for reader in (other.user, third, UserFactory()):
        response = signed_in(reader).get(page_of(own))
        assert (response.status_code, response.content) == (404, absent.content)
        assert signed_in(reader).post(page_of(own), {"words": "Tuesday?"}).status_code == 404
    assert Client().get(page_of(own)).status_code == 302
    assert not CoffeeSeat.objects.exclude(words="").exists()


def test_that_guard_is_what_refuses(seats, monkeypatch):
    own, other = seats
    monkeypatch.setattr("networks.models.coffee.CoffeeSeatQuerySet.opened_by", lambda self, user: self)
    assert signed_in(other.user).get(page_of(own)).status_code == 200


def test_a_preview_is_nobodys_page():
    coffee = previewed(network_of(6))
    seat = CoffeeSeat.objects.filter(round=coffee).first()
    assert signed_in(seat.user).get(page_of(seat)).status_code == 404


def test_whoever_left_the_network_opens_it_no_more_and_is_said_to_have_left(seats):
    own, other = seats
    Membership.objects.filter(user=own.user).update(left_on=TODAY)
    CoffeeChoice.objects.filter(user=own.user).update(reach="Ring me")
    assert signed_in(own.user).get(page_of(own)).status_code == 404
    page = main_of(opened(other))
    assert "They have left the network since" in page
    assert "Ring me" not in page


def test_whoever_closed_their_account_is_not_there(seats):
    own, other = seats
    User.objects.filter(pk=other.user.pk).update(is_active=False)
    page = main_of(opened(own))
    assert "closed their accounts" in page
    assert other.user.name not in page


def test_a_card_that_the_reader_may_not_see_shows_no_role(seats):
    own, other = seats
    ContactFactory(user=other.user, role="Head of care", audience="members")
    assert "Head of care" in opened(own)
    Affiliation.objects.filter(user=own.user).update(ended_on=TODAY)
    assert "Head of care" not in opened(own)


def test_things_to_talk_about_in_the_readers_language(seats):
    own, other = seats
    topic = TopicFactory(name="No signal", name_cy="Dim signal")
    ContactFactory(user=other.user).can_help_with.add(topic)
    ContactFactory(user=own.user).wants_to_learn.add(topic)
    assert f"Ask {other.user.name} about: No signal" in opened(own)
    client = signed_in(own.user)
    client.cookies["django_language"] = "cy"
    assert "Dim signal" in text(client.get(page_of(own)))
    assert "would like to learn what you know about: No signal" in opened(other)


def test_no_topic_twice_with_two_others(three):
    reader, *others = three
    first, second = TopicFactory(), TopicFactory()
    for other in others:
        ContactFactory(user=other.user).can_help_with.add(first, second)
    ContactFactory(user=reader.user).wants_to_learn.add(first, second)
    found = to_talk_about(reader)
    assert len(found) == 3
    assert len({line.split(": ")[-1] for line in found}) == 3
    assert all(any(other.user.name in line for line in found[:2]) for other in others)


def test_the_number_of_queries_is_the_same_whatever_they_know(seats, django_assert_max_num_queries):
    own, other = seats
    for user in (own.user, other.user):
        card = ContactFactory(user=user)
        for _topic in range(30):
            card.can_help_with.add(TopicFactory(bit=Topic.next_bit("problem")))
    client = signed_in(own.user)
    client.get(page_of(own))
    with django_assert_max_num_queries(21):
        client.get(page_of(own))


# --- Writing to each other ------------------------------------------------------------------------------------------


def test_first_words_wait_for_the_weekly_mail_and_an_answer_goes_at_once(seats, django_capture_on_commit_callbacks):
    own, other = seats
    assert "Propose two or three days" in opened(own)
    signed_in(own.user).post(page_of(own), {"words": "Tuesday 10th or Thursday?\nBy video."})
    [waiting] = mailed("coffee_words")
    assert (waiting.user, waiting.not_before > 0) == (other.user, True)
    body = mail_of(waiting).body
    assert "“Tuesday 10th or Thursday? By video.”" in body
    assert page_of(other) in body
    assert own.user.email not in body
    assert "Tuesday 10th or Thursday?<br>By video." in opened(other)
    assert "Propose two or three days" not in opened(own)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(other.user).post(page_of(other), {"words": "Thursday at two."})
    [gone] = outbox.outbox
    assert gone.to == [own.user.email]
    assert "Thursday at two." in gone.body
    assert "Thursday at two." in opened(own)


def test_one_writes_once(seats):
    own, _other = seats
    client = signed_in(own.user)
    client.post(page_of(own), {"words": "Tuesday?"})
    assert "already" in text(client.post(page_of(own), {"words": "Wednesday?"}, follow=True))
    assert mailed("coffee_words").count() == 1
    assert CoffeeSeat.objects.get(pk=own.pk).words == "Tuesday?"
    with pytest.raises(Refused):
        say(by=own.user, seat=own, words="Again")


def test_nobody_writes_once_the_round_is_over_or_for_another(seats):
    own, other = seats
    with pytest.raises(Refused):
        say(by=other.user, seat=own, words="As if I were you")
    CoffeeRound.objects.update(state=RoundState.OVER)
    with pytest.raises(Refused):
        say(by=own.user, seat=own, words="Late")
    page = main_of(opened(own))
    assert "<form" not in page
    assert other.user.name in page
    assert not Message.objects.filter(kind__in=["coffee_words", "coffee_answered"]).exists()


def test_of_three_whoever_wrote_is_answered_at_once(three):
    a, b, c = three
    say(by=a.user, seat=a, words="Monday?")
    assert {one.user_id for one in mailed("coffee_words")} == {b.user_id, c.user_id}
    say(by=b.user, seat=b, words="Yes.")
    assert [one.user_id for one in mailed("coffee_answered")] == [a.user_id]
    assert mailed("coffee_words").filter(user=c.user).count() == 2


@pytest.mark.parametrize(
    "form", [{}, {"words": ""}, {"words": "a" * 301}, {"words": "a" * 100_000}, {"words": "\x00"}, {"words": "  "}]
)
def test_words_that_cannot_be_passed_on(seats, form):
    own, _other = seats
    response = signed_in(own.user).post(page_of(own), form)
    assert response.status_code == 422
    if len(form.get("words", "")) == 301:
        assert "a" * 301 in text(response)
        assert "300 characters at most" in text(response)
    assert not CoffeeSeat.objects.exclude(words="").exists()


def test_emoji_are_shortened_in_a_mail_and_whole_on_the_page(seats):
    own, other = seats
    signed_in(own.user).post(page_of(own), {"words": "☕🏴" * 150})
    assert "☕🏴" * 150 in opened(other)
    assert "…" in mail_of(mailed("coffee_words").get()).body


def test_what_they_write_is_no_markup(seats):
    own, other = seats
    signed_in(own.user).post(page_of(own), {"words": "<script>alert(1)</script> https://elsewhere.example/"})
    assert "<script>alert(1)" not in opened(other)
    assert '<a href="https://elsewhere' not in opened(other)
    assert "<script>" not in mail_of(mailed("coffee_words").get()).alternatives[0][0]


def test_pressing_a_button_twice_at_once_is_once(seats):
    own, _other = seats
    say(by=own.user, seat=own, words="Monday?")
    stale = CoffeeSeat(pk=own.pk, user=own.user, round=own.round, group=own.group)
    with pytest.raises(Refused):
        say(by=own.user, seat=stale, words="Monday?")


# --- Did you meet? --------------------------------------------------------------------------------------------------


def link(seat: CoffeeSeat) -> str:
    return reverse("networks:coffee-met", args=[MET.token_for(seat.pk)])


def test_a_scanner_changes_nothing_and_a_button_answers(seats):
    own, other = seats
    client = Client()
    for _look in range(3):
        response = client.get(link(own))
        assert response.status_code == 200
        assert client.head(link(own)).status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert own.user.name not in main_of(text(response))
    assert other.user.name not in main_of(text(response))
    assert CoffeeSeat.objects.get(pk=own.pk).met == ""
    assert "Thank you" in text(client.post(link(own), {"met": "yes"}))
    own.refresh_from_db()
    assert (own.met, own.answered_on) == ("yes", TODAY)


def test_replay_is_harmless(seats):
    own, _other = seats
    client = Client()
    client.post(link(own), {"met": "yes"})
    client.post(link(own), {"met": "no"})
    assert CoffeeSeat.objects.get(pk=own.pk).met == "yes"
    assert "answered already" in text(client.get(link(own)))
    assert not say_met(seat=own, met="no")


def test_not_yet_may_become_yes(seats):
    own, _other = seats
    client = Client()
    assert "open this link again" in text(client.post(link(own), {"met": "not_yet"}))
    assert "Not yet, but" not in main_of(text(client.get(link(own))))
    client.post(link(own), {"met": "yes"})
    assert CoffeeSeat.objects.get(pk=own.pk).met == "yes"


@pytest.mark.parametrize("form", [{}, {"met": ""}, {"met": "perhaps"}, {"met": "\x00"}, {"met": "a" * 100_000}])
def test_other_answers_are_none(seats, form):
    own, _other = seats
    response = Client().post(link(own), form)
    assert response.status_code == 422
    assert "<form" in main_of(text(response))
    assert CoffeeSeat.objects.get(pk=own.pk).met == ""


def test_forged_links_and_those_of_other_purposes_are_404(seats):
    own, _other = seats
    token = MET.token_for(own.pk)
    other = Purpose("contact still", 60).token_for(own.pk)
    for bad in (token[:-1], token + "x", other, "guess", "9" * 30, MET.token_for(1)):
        assert Client().get(reverse("networks:coffee-met", args=[bad])).status_code == 404
        assert Client().post(reverse("networks:coffee-met", args=[bad]), {"met": "yes"}).status_code == 404


def test_an_old_link_says_so(seats, monkeypatch):
    own, _other = seats
    old = link(own)
    later = datetime.datetime(2027, 1, 2, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert "no longer good" in text(Client().get(old))
    Client().post(old, {"met": "yes"})
    assert CoffeeSeat.objects.get(pk=own.pk).met == ""
    own.delete()
    assert "no longer good" in text(Client().get(old))


def test_an_answer_takes_back_the_mail_that_asks(seats):
    own, _other = seats
    assert ask_whether_met(today=TODAY + datetime.timedelta(days=14)) == 1
    assert mailed("coffee_met").count() == 6
    say_met(seat=own, met="yes")
    assert mailed("coffee_met").count() == 5
    assert not mailed("coffee_met").filter(user=own.user).exists()
