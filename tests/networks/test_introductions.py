"""The life of a request to meet: who may ask whom, whom it goes to next, and what came of it."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from learning_portal.common.actions import stop_kinds
from learning_portal.common.mail.stopping import Subscriber
from learning_portal.common.models import User
from networks import introductions as verbs
from networks.introductions import NotAsked, Outcome, Proposal, Why
from networks.mail_kinds import MEETING_ASKED
from networks.models import Block, Contact, Introduction
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    IntroductionFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.networks.introducing import MONDAY, REQUEST, asked, days, make_asker, make_host, moment, on, tick, verbs_of

pytestmark = pytest.mark.django_db
NOON = moment(days(10), 12)


@pytest.fixture(autouse=True)
def today():
    with on(MONDAY):
        yield


def refused(host: Contact, by=None) -> Why:
    with pytest.raises(NotAsked) as caught:
        verbs.ask(by=by or make_asker(), host=host, request=REQUEST, today=MONDAY)
    assert Introduction.objects.exclude(questions="Before?").count() == 0
    return caught.value.why


def before(host: Contact, **fields) -> Introduction:
    return IntroductionFactory(host=host, questions="Before?", sent_on=MONDAY, asked_on=MONDAY, **fields)


def accept(introduction: Introduction, **fields) -> bool:
    proposal = Proposal(NOON, "By telephone", **fields)
    return verbs.accept(introduction=introduction, host=introduction.host, proposal=proposal, today=MONDAY)


# --- Asking ---------------------------------------------------------------------------------------------------------


def test_a_request_waits_for_its_host():
    host, asker = make_host(), make_asker()
    made = asked(host, asker, may_pass_to=("deputy", "team"), days=("0", "4"))
    made.refresh_from_db()
    assert (made.state, made.host, made.asker, made.due_on) == ("asked", host, asker, None)
    assert made.organisation is not None
    assert (made.may_pass_to, made.days) == ("deputy|team", "0|4")
    assert verbs_of(made) == ["asked"]


def test_a_host_at_the_limit_is_not_asked():
    host = make_host(monthly_limit=1)
    for _ in range(3):
        before(host)
    assert refused(host) == Why.BUSY


def test_the_third_place_is_given():
    host = make_host(monthly_limit=1)
    for _ in range(2):
        before(host)
    assert asked(host).state == "asked"


@pytest.mark.parametrize(
    "fields",
    [
        {"paused_until": MONDAY},
        {"archived_on": MONDAY},
        {"verified_on": None},
        {"verified_on": MONDAY - datetime.timedelta(days=730)},
        {"monthly_limit": 0},
        {"user": None},
        {"audience": "networks"},
    ],
    ids=str,
)
def test_who_is_not_there_is_not_asked(fields):
    assert refused(make_host(**fields)) == Why.BUSY


def test_who_blocked_somebody_reads_like_one_without_time():
    host, asker = make_host(), make_asker()
    Block.objects.create(contact=host, user=asker, on=MONDAY)
    assert refused(host, asker) == Why.BUSY


def test_nobody_asks_themselves_or_their_own_people():
    affiliation = AffiliationFactory()
    assert refused(make_host(user=affiliation.user), affiliation.user) == Why.SELF
    assert refused(make_host(organisation=affiliation.organisation), affiliation.user) == Why.OWN


@pytest.mark.parametrize(
    ("state", "why"),
    [("asked", Why.OPEN), ("accepted", Why.OPEN), ("not_now", Why.LATER), ("declined", Why.LATER), ("met", None)],
)
def test_asking_the_same_person_again(state, why):
    host, asker = make_host(), make_asker()
    before(host, asker=asker, state=state, ended_on=None if state in ("asked", "accepted") else MONDAY)
    if why:
        assert refused(host, asker) == why
    else:
        assert asked(host, asker).state == "asked"


def test_three_months_after_not_now_they_may_ask_again():
    host, asker = make_host(), make_asker()
    before(host, asker=asker, state="not_now", ended_on=MONDAY - datetime.timedelta(days=91))
    assert asked(host, asker).state == "asked"


def test_five_a_day():
    asker = make_asker()
    for _ in range(5):
        asked(by=asker)
    with pytest.raises(NotAsked) as caught:
        asked(by=asker)
    assert caught.value.why == Why.OFTEN
    assert asked(by=asker, day=days(1)).state == "asked"


def test_who_works_at_no_listed_body_reaches_the_desk_only():
    made = asked(by=UserFactory(email="somebody@supplier.example"))
    assert (made.state, made.host, verbs_of(made)) == ("at_desk", None, ["to_desk"])


def test_whose_domain_is_listed_reaches_a_host():
    body = OrganisationFactory(email_domains="listed.example")
    user = UserFactory(email="somebody@listed.example")
    EmailAddress.objects.filter(user=user).update(verified=True)
    made = asked(by=user)
    assert (made.state, made.organisation) == ("asked", body)


def test_a_host_who_stopped_such_mail_is_passed_over():
    host = make_host()
    stop_kinds(subscriber=Subscriber(host.user_id), names=[MEETING_ASKED.name])
    made = asked(host)
    assert (made.state, verbs_of(made)) == ("at_desk", ["asked", "away", "to_desk"])


def test_who_shares_a_domain_with_several_bodies_may_ask_any_of_them():
    one, _other = (OrganisationFactory(email_domains="shared.example") for _ in range(2))
    user = UserFactory(email="somebody@shared.example")
    EmailAddress.objects.filter(user=user).update(verified=True)
    made = asked(make_host(organisation=one), by=user)
    assert (made.state, made.organisation) == ("asked", None)


def test_an_account_that_was_closed_is_passed_over():
    made = asked()
    User.objects.filter(pk=made.host.user_id).update(is_active=False)
    tick(MONDAY)
    made.refresh_from_db()
    assert made.state == "at_desk"


# --- Passing on -----------------------------------------------------------------------------------------------------


def test_five_working_days_are_counted_from_the_day_on_which_the_mail_left():
    made = asked()
    tick(days(0))
    made.refresh_from_db()
    assert made.due_on is None
    tick(days(1))  # the mail leaves
    tick(days(1))
    made.refresh_from_db()
    assert made.due_on == days(8)
    tick(days(8))
    made.refresh_from_db()
    assert made.state == "asked"
    tick(days(9))
    made.refresh_from_db()
    assert made.state == "at_desk"
    assert verbs_of(made) == ["asked", "unanswered", "to_desk"]


def test_bank_holidays_of_the_hosts_nation_do_not_count():
    made = asked(day=datetime.date(2026, 12, 18))
    for day in (21, 21):
        tick(datetime.date(2026, 12, day))
    made.refresh_from_db()
    assert made.due_on == datetime.date(2026, 12, 30)  # Christmas Day and its substitute lie between


def until_desk(made: Introduction) -> list[str]:
    for number in range(1, 80):
        tick(days(number))
    made.refresh_from_db()
    assert made.state == "at_desk"
    return verbs_of(made)


def test_it_goes_to_deputy_team_and_convenor_and_then_to_the_desk():
    network, asker = NetworkFactory(), make_asker()
    deputy = make_host()
    host = make_host(deputy=deputy, team_mailbox="team@council.example")
    convenor = make_host()
    for user in (asker, host.user):
        MembershipFactory(network=network, user=user)
    MembershipFactory(network=network, user=convenor.user, is_convenor=True)
    made = asked(host, asker, may_pass_to=("deputy", "team", "convenor"))
    assert until_desk(made) == [
        *("asked", "unanswered", "asked", "unanswered", "team_asked", "unanswered", "asked", "unanswered", "to_desk")
    ]
    assert "team@council.example" in {to for sent in mail.outbox for to in sent.to}


def test_nobody_sees_it_whom_the_asker_did_not_tick():
    made = asked(make_host(deputy=make_host(), team_mailbox="team@council.example"))
    assert until_desk(made) == ["asked", "unanswered", "to_desk"]


def test_a_deputy_at_their_limit_is_left_alone():
    deputy = make_host(monthly_limit=0)
    made = asked(make_host(deputy=deputy), may_pass_to=("deputy",))
    assert until_desk(made) == ["asked", "unanswered", "to_desk"]


@pytest.mark.parametrize("fields", [{"archived_on": MONDAY}, {"paused_until": days(30)}], ids=str)
def test_from_a_host_who_left_or_paused_it_goes_on_at_once(fields):
    host = make_host(deputy=make_host())
    made = asked(host, may_pass_to=("deputy",))
    Contact.objects.filter(pk=host.pk).update(**fields)
    tick(MONDAY)
    made.refresh_from_db()
    assert (made.host, made.holder) == (host.deputy, "deputy")
    assert verbs_of(made) == ["asked", "away", "asked"]


def test_a_tick_twice_changes_nothing_more():
    made = asked(make_host(deputy=make_host()), may_pass_to=("deputy",))
    for day in (1, 1, 9, 9, 9):
        tick(days(day))
    assert verbs_of(made) == ["asked", "unanswered", "asked"]


def test_what_was_passed_on_is_not_the_first_hosts_to_answer():
    made = asked(make_host(deputy=make_host()), may_pass_to=("deputy",))
    first = made.host
    for day in (1, 1, 9):
        tick(days(day))
    made.refresh_from_db()
    proposal = Proposal(NOON, "Here")
    assert not verbs.accept(introduction=made, host=first, proposal=proposal, today=days(9))
    assert not verbs.not_now(introduction=made, host=first)
    assert accept(made)


def test_a_team_is_not_asked_for_somebody_whom_the_asker_has_asked_anew():
    """One open request to a card at a time: where the first has gone on to the deputy, the asker may ask again."""
    host = make_host(deputy=make_host(), team_mailbox="team@council.example")
    made = asked(host, may_pass_to=("deputy", "team"))
    for day in (1, 1, 9):
        tick(days(day))
    again = asked(host, made.asker, days(9))
    assert verbs.accept(introduction=again, host=host, proposal=Proposal(NOON, "Here"), today=days(9))
    for day in (16, 16, 25):
        tick(days(day))
    made.refresh_from_db()
    assert made.state == "at_desk"


# --- Answering ------------------------------------------------------------------------------------------------------


def test_a_yes_tells_both_at_once(django_capture_on_commit_callbacks):
    made = asked()
    with django_capture_on_commit_callbacks(execute=True):
        assert accept(made)
    made.refresh_from_db()
    assert (made.state, made.meets_at, made.place) == ("accepted", NOON, "By telephone")
    assert sorted(to for sent in mail.outbox for to in sent.to) == sorted([made.asker.email, made.host.user.email])
    assert made.public_id in mail.outbox[0].body


def test_an_answer_counts_once():
    made = asked()
    other = Introduction.objects.get(pk=made.pk)
    assert accept(made)
    assert not verbs.decline(introduction=other, host=other.host)
    assert not verbs.accept(introduction=other, host=other.host, proposal=Proposal(NOON, "There"))


def test_three_who_wait_get_one_visit_together_which_counts_once():
    host = make_host()
    rows = [asked(host) for _ in range(3)]
    assert accept(rows[1], is_for_all=True)
    visits = set(Introduction.objects.filter(host=host).values_list("state", "visit"))
    assert len(visits) == 1
    assert visits.pop()[0] == "accepted"
    assert Introduction.objects.loads(MONDAY) == {host.pk: 1}


@pytest.mark.parametrize(("verb", "state"), [(verbs.not_now, "not_now"), (verbs.decline, "declined")])
def test_a_no_ends_it_and_the_asker_is_told(verb, state, django_capture_on_commit_callbacks):
    made = asked()
    with django_capture_on_commit_callbacks(execute=True):
        assert verb(introduction=made, host=made.host, words="Try the county.")
    made.refresh_from_db()
    assert (made.state, made.ended_on, made.words) == (state, MONDAY, "Try the county.")
    assert [sent.to for sent in mail.outbox] == [[made.asker.email]]
    assert "county" not in mail.outbox[0].body


def test_a_colleague_is_asked_instead():
    host = make_host()
    colleague = make_host(organisation=host.organisation)
    made = asked(host)
    assert verbs.redirect(introduction=made, host=host, colleague=colleague)
    made.refresh_from_db()
    assert (made.host, made.holder, made.state) == (colleague, "colleague", "asked")
    assert verbs_of(made) == ["asked", "redirected", "asked"]


def test_nobody_at_another_body_or_without_room_is_a_colleague():
    host = make_host()
    made = asked(host)
    for colleague in (make_host(), make_host(organisation=host.organisation, monthly_limit=0)):
        with pytest.raises(NotAsked):
            verbs.redirect(introduction=made, host=host, colleague=colleague)
    made.refresh_from_db()
    assert (made.host, verbs_of(made)) == (host, ["asked"])


def test_a_deputy_cannot_hand_it_back():
    body = OrganisationFactory()
    deputy = make_host(organisation=body)
    made = asked(make_host(organisation=body, deputy=deputy), may_pass_to=("deputy",))
    first = made.host
    for day in (1, 1, 9):
        tick(days(day))
    made.refresh_from_db()
    assert made.host == deputy
    with pytest.raises(NotAsked):
        verbs.redirect(introduction=made, host=deputy, colleague=first)
    made.refresh_from_db()
    assert (made.state, made.host) == ("asked", deputy)


def test_whoever_asked_withdraws_it_and_nobody_else():
    made = asked()
    assert not verbs.withdraw(by=UserFactory(), introduction=made)
    assert verbs.withdraw(by=made.asker, introduction=made)
    assert not verbs.withdraw(by=made.asker, introduction=made)
    tick(days(1))
    assert mail.outbox == []


def test_once_agreed_both_hear_that_it_is_off(django_capture_on_commit_callbacks):
    made = agreed()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert verbs.withdraw(by=made.asker, introduction=made)
    assert sorted(sent.to for sent in mail.outbox) == sorted([[made.host.user.email], [made.asker.email]])


def test_the_desk_introduces_or_says_that_there_is_nobody():
    team, host = UserFactory(), make_host()
    made = asked(by=UserFactory(email="a@supplier.example"))
    assert verbs.hand_over(by=team, introduction=made, host=host)
    made.refresh_from_db()
    assert (made.state, made.holder, made.host) == ("asked", "desk", host)
    other = asked(by=UserFactory(email="b@supplier.example"))
    assert verbs.nobody_found(by=team, introduction=other)
    assert not verbs.nobody_found(by=team, introduction=other)
    assert Introduction.objects.get(pk=other.pk).state == "nobody"


def test_the_desk_asks_nobody_twice():
    host = make_host()
    made = asked(host)
    for day in (1, 1, 9):
        tick(days(day))
    made.refresh_from_db()
    with pytest.raises(NotAsked):
        verbs.hand_over(by=UserFactory(), introduction=made, host=host, today=days(9))


def test_block_and_report():
    made = asked()
    verbs.report(introduction=made, host=made.host, words="Rude.")
    verbs.report(introduction=made, host=made.host, words="Very rude.")
    verbs.block(introduction=made, host=made.host)
    made.refresh_from_db()
    assert made.state == "declined"
    assert Block.objects.filter(contact=made.host, user=made.asker).exists()


# --- Afterwards -----------------------------------------------------------------------------------------------------


def agreed(**request) -> Introduction:
    made = asked(**request)
    accept(made)
    made.refresh_from_db()
    return made


def test_both_are_asked_two_weeks_later_once():
    made = agreed()
    early = NOON + datetime.timedelta(days=13)
    assert verbs.follow_up(now=early) == 0
    late = NOON + datetime.timedelta(days=14)
    assert verbs.follow_up(now=late) == 1
    assert verbs.follow_up(now=late) == 0
    made.refresh_from_db()
    assert made.followed_up_on == late.date()


def test_what_the_asker_says_ends_it():
    made = agreed()
    assert verbs.say(introduction=made, outcome=Outcome(True, "using"), today=days(30))
    made.refresh_from_db()
    assert (made.state, made.result, made.meetings, made.ended_on) == ("met", "using", 1, days(30))
    assert verbs.say(introduction=made, outcome=Outcome(False), today=days(31))
    made.refresh_from_db()
    assert (made.state, made.result) == ("not_met", "")


def test_what_the_host_says_counts_until_the_asker_says_something():
    made = agreed()
    assert verbs.host_says(introduction=made, did_meet=True, today=days(30))
    assert not verbs.host_says(introduction=made, did_meet=False, today=days(30))
    assert verbs.say(introduction=made, outcome=Outcome(True, "helped"), today=days(31))
    made.refresh_from_db()
    assert (made.state, made.result, made.meetings) == ("met", "helped", 1)


def test_a_mentoring_has_three_meetings_and_counts_once():
    made = agreed(format="mentoring")
    for number in (1, 2):
        outcome = Outcome(True, "helped", NOON + datetime.timedelta(days=30 * number))
        assert verbs.say(introduction=made, outcome=outcome, today=days(30))
        assert (made.state, made.meetings) == ("accepted", number)
    assert Introduction.objects.loads(MONDAY) == {made.host_id: 1}
    assert verbs.say(introduction=made, outcome=Outcome(True, "helped", NOON), today=days(90))
    assert (made.state, made.meetings) == ("met", 3)


def test_of_which_nobody_says_anything_ends_too():
    made = agreed()
    verbs.follow_up(now=NOON + datetime.timedelta(days=14))
    assert verbs.close_unheard(today=days(10 + 14 + 55)) == 0
    assert verbs.close_unheard(today=days(10 + 14 + 56)) == 1
    made.refresh_from_db()
    assert made.state == "unheard"


def test_a_year_after_its_end_it_is_erased():
    made = agreed()
    verbs.say(introduction=made, outcome=Outcome(True, "helped"), today=MONDAY)
    assert verbs.erase_old_introductions(today=days(364)) == 0
    assert verbs.erase_old_introductions(today=days(365)) == 1


def test_no_mail_names_whoever_asks_or_says_what_they_ask():
    asker = make_asker(user=UserFactory(name="Visit spam.example now"))
    made = asked(make_host(deputy=make_host()), asker, may_pass_to=("deputy",))
    for number in range(1, 30):
        tick(days(number))
    made.refresh_from_db()
    words = " ".join(sent.body + sent.subject for sent in mail.outbox)
    assert "spam" not in words
    assert made.questions not in words
    assert len(mail.outbox) >= 3


def test_a_card_without_an_account_is_asked_by_its_team_mailbox():
    made = asked(ContactFactory(verified_on=MONDAY, team_mailbox="team@council.example"))
    tick(days(1))
    assert [sent.to for sent in mail.outbox] == [["team@council.example"]]
    assert verbs_of(made) == ["team_asked"]
