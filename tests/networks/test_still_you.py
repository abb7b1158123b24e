"""Is this still you? Mailed at six months, answered without signing in, by one button."""

import datetime
import itertools
from unittest import mock

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from learning_portal.common.actions import deliver_mail
from learning_portal.common.mail.rhythm import LONDON
from learning_portal.common.models import Message
from networks import still_you
from networks.models import CardPrompt, Contact
from networks.still_you import LINK, ask_still_you
from networks.succession import archive, heir
from tests.factories import TODAY, AffiliationFactory, ContactFactory, OrganisationFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db

OLD = TODAY - datetime.timedelta(days=182)


@pytest.fixture(autouse=True)
def now():
    """Noon of TODAY, a Monday."""
    with mock.patch.object(timezone, "now", return_value=noon(TODAY)) as patched:
        yield patched


def noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), LONDON)


def contact(**fields) -> Contact:
    fields.setdefault("organisation", OrganisationFactory(name_en="Upland Council"))
    return ContactFactory(**{"name": "Ann Example", "verified_on": OLD, "user": UserFactory(name="Ann"), **fields})


def path_of(card: Contact) -> str:
    return f"/card/answer/{LINK.token_for(card.pk, CardPrompt.objects.get(contact=card).thread)}/"


def asked(**fields) -> tuple[Contact, str]:
    """A card about which a mail asks, and the address in that mail."""
    card = contact(**fields)
    ask_still_you(today=TODAY)
    return card, path_of(card)


# --- Asking ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({}, 1),
        ({"verified_on": OLD + datetime.timedelta(days=1)}, 0),
        ({"verified_on": None}, 1),
        ({"verified_on": TODAY - datetime.timedelta(days=730)}, 0),
        ({"archived_on": TODAY}, 0),
        ({"user": None}, 0),
        ({"user": None, "team_mailbox": "team@upland.example"}, 1),
    ],
    ids=str,
)
def test_who_is_asked(fields, number):
    contact(**fields)
    assert ask_still_you(today=TODAY) == number
    assert ask_still_you(today=TODAY) == 0
    assert Message.objects.filter(kind="still_you").count() == number


def test_a_closed_account_is_asked_at_its_team_or_not_at_all():
    gone = UserFactory()
    gone.is_active = False
    gone.save()
    contact(user=gone)
    assert ask_still_you(today=TODAY) == 0
    contact(user=UserFactory(is_active=False), team_mailbox="team@upland.example")
    assert ask_still_you(today=TODAY) == 1
    assert Message.objects.get().address == "team@upland.example"


def test_once_and_again_four_weeks_later_then_each_half_year(now):
    """The whole way, with mails that leave: two a half-year, until the card is hidden."""
    card, sent = contact(), []
    for day in range(0, 700, 5):  # each weekday in turn
        today = TODAY + datetime.timedelta(days=day)
        now.return_value = noon(today)
        ask_still_you(today=today)
        mail.outbox.clear()
        deliver_mail(now=noon(today))
        sent += [day for _mail in mail.outbox]
    assert 4 <= len(sent) <= 7
    # A mail may wait for a weekend, or for the pause at the end of the year.
    assert all(later - earlier >= 17 for earlier, later in itertools.pairwise(sent))
    assert max(sent) <= 560
    assert not card.archived_on


def test_the_mail_says_where_and_leads_to_the_page(now):
    card, _path = asked()
    now.return_value = noon(TODAY + datetime.timedelta(days=1))
    deliver_mail(now=noon(TODAY + datetime.timedelta(days=1)))
    (sent,) = mail.outbox
    assert sent.to == [card.user.email]
    assert "Upland Council" in sent.body
    found = next(line for line in sent.body.splitlines() if "/card/answer/" in line)
    assert Client().get(found[found.index("/card/") :]).status_code == 200


def test_a_mailbox_in_wales_gets_both_languages(now):
    contact(user=None, team_mailbox="team@upland.example")
    ask_still_you(today=TODAY)
    deliver_mail(now=noon(TODAY + datetime.timedelta(days=1)))
    assert mail.outbox[0].subject.count("Ann Example") == 2


@pytest.mark.parametrize("times", [0, 1, 2])
def test_of_two_ticks_at_once_one_asks(times):
    """The second has read the card as due before the first has marked it."""
    card = contact()
    if times:
        CardPrompt.objects.create(contact=card, asked_on=OLD, times=times)
    before = CardPrompt.objects.filter(contact=card).first()
    assert still_you._ask(card, TODAY)
    stale = mock.Mock(first=lambda: before)
    original = CardPrompt.objects.filter
    with mock.patch.object(
        CardPrompt.objects, "filter", lambda **by: stale if set(by) == {"contact"} else original(**by)
    ):
        assert not still_you._ask(card, TODAY)
    assert Message.objects.count() == 1


# --- The page -------------------------------------------------------------------------------------------------------


def test_a_scanner_changes_nothing():
    card, path = asked()
    before = Contact.objects.values().get()
    for method in ("get", "head", "get"):
        response = getattr(Client(), method)(path)
        assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert Contact.objects.values().get() == before
    assert CardPrompt.objects.filter(contact=card).exists()


def test_still_me_confirms_and_forgets_the_mail():
    card, path = asked()
    assert Client().post(path, {"answer": "still"}).status_code == 200
    card.refresh_from_db()
    assert (card.verified_on, card.archived_on) == (TODAY, None)
    assert not Message.objects.exists()
    assert not CardPrompt.objects.exists()


def test_i_have_moved_keeps_the_card_with_its_person_and_hands_over_to_the_deputy():
    organisation = OrganisationFactory()
    deputy = ContactFactory(organisation=organisation, verified_on=TODAY)
    card, path = asked(organisation=organisation, deputy=deputy)
    card.can_help_with.set([TopicFactory()])
    Client().post(path, {"answer": "moved"})
    card.refresh_from_db()
    assert (card.archived_on, card.can_help_with.count(), card.user is not None) == (TODAY, 1, True)
    assert heir(card) == deputy


def test_i_have_moved_without_a_deputy_makes_a_card_for_the_team():
    card, path = asked(team_mailbox="team@upland.example", audience="networks")
    topic = TopicFactory()
    card.can_help_with.set([topic])
    Client().post(path, {"answer": "moved"})
    card.refresh_from_db()
    team = heir(card)
    assert team is not None
    assert (team.user, team.team_mailbox, team.audience) == (None, "team@upland.example", "members")
    assert team.name == "Team at Upland Council"
    assert list(team.can_help_with.all()) == [topic]


def test_two_who_leave_one_team_share_its_card():
    organisation = OrganisationFactory()
    cards = [contact(organisation=organisation, team_mailbox="team@upland.example") for _number in range(2)]
    for card in cards:
        archive(contact=card)
    first, second = (Contact.objects.get(pk=card.pk) for card in cards)
    assert heir(first) == heir(second)


def test_passed_to_a_colleague_or_the_team():
    organisation = OrganisationFactory()
    colleague = ContactFactory(organisation=organisation, name="Bob Example", verified_on=TODAY)
    deputy = ContactFactory(organisation=organisation, name="Zoe Example", verified_on=TODAY)
    card, path = asked(organisation=organisation, deputy=deputy, team_mailbox="team@upland.example")
    page = Client().get(path).content.decode()
    assert page.index("Zoe Example") < page.index("Bob Example")
    assert "team@" not in page
    Client().post(path, {"answer": colleague.public_id})
    assert heir(Contact.objects.get(pk=card.pk)) == colleague
    card, path = asked(organisation=organisation, deputy=deputy, team_mailbox="team@upland.example")
    Client().post(path, {"answer": "team"})
    assert heir(Contact.objects.get(pk=card.pk)).team_mailbox == "team@upland.example"


def test_cards_that_their_person_may_not_see_are_not_offered():
    organisation = OrganisationFactory()
    hidden = ContactFactory(organisation=organisation, name="Hidden Example", audience="members", verified_on=TODAY)
    card, path = asked(organisation=organisation, deputy=hidden)
    assert "Hidden Example" not in Client().get(path).content.decode()
    assert Client().post(path, {"answer": hidden.public_id}).status_code == 422
    AffiliationFactory(user=card.user)
    assert "Hidden Example" in Client().get(path).content.decode()


@pytest.mark.parametrize("said", ["", "perhaps", "team", "0000000000001", "\x00", "9" * 30, "a" * 100_000])
def test_an_answer_that_is_none(said):
    card, path = asked()
    response = Client().post(path, {"answer": said})
    assert response.status_code == 422
    assert "Choose an answer" in response.content.decode()
    assert Contact.objects.get(pk=card.pk).archived_on is None


def test_replay_is_harmless():
    card, path = asked()
    Client().post(path, {"answer": "still"})
    Contact.objects.filter(pk=card.pk).update(verified_on=OLD)
    for said in ("still", "moved", ""):
        response = Client().post(path, {"answer": said})
        assert (response.status_code, "This was answered" in response.content.decode()) == (200, True)
    card.refresh_from_db()
    assert (card.verified_on, card.archived_on) == (OLD, None)


def test_of_two_answers_at_once_the_first_counts():
    from networks.still_you import answer, prompt_for

    card, _path = asked()
    prompt = CardPrompt.objects.get()
    one, other = (prompt_for(card.pk, prompt.thread) for _number in range(2))
    assert one
    assert other
    assert answer(prompt=one, said="still")
    assert not answer(prompt=other, said="moved")
    assert Contact.objects.get(pk=card.pk).archived_on is None


def test_a_link_of_the_last_half_year_opens_no_new_question(now):
    card, path = asked()
    CardPrompt.objects.update(times=2, asked_on=OLD)
    ask_still_you(today=TODAY)
    assert path_of(card) != path
    assert "This was answered" in Client().get(path).content.decode()


def test_run_out(now):
    card, path = asked()
    now.return_value = noon(TODAY + datetime.timedelta(days=91))
    for response in (Client().get(path), Client().post(path, {"answer": "moved"})):
        assert (response.status_code, "has run out" in response.content.decode()) == (410, True)
    assert Contact.objects.get(pk=card.pk).archived_on is None


def test_forged():
    card, path = asked()
    changed = path[:-3] + ("a" if path[-3] != "a" else "b") + path[-2:]
    other = LINK.__class__("has left", 42).token_for(card.pk, CardPrompt.objects.get().thread)
    for address in (changed, f"/card/answer/{other}/", "/card/answer/guess/", "/card/answer/a.b/"):
        assert Client().get(address).status_code == 404
        assert Client().post(address, {"answer": "moved"}).status_code == 404


def test_another_method():
    _card, path = asked()
    assert Client().put(path).status_code == 405


# --- Who comes after ------------------------------------------------------------------------------------------------


def test_the_line_of_those_who_came_after():
    last = ContactFactory(verified_on=TODAY)
    middle = ContactFactory(deputy=last, archived_on=TODAY)
    first = ContactFactory(deputy=middle, archived_on=TODAY)
    assert heir(first) == last
    Contact.objects.filter(pk=last.pk).update(archived_on=TODAY, deputy=first)
    assert heir(Contact.objects.get(pk=first.pk)) is None


def test_down_once():
    card = contact()
    assert archive(contact=card)
    assert not archive(contact=card)
