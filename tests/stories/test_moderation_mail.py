"""Whoever is handed stories hears how many, and the programme team how many are late: weekly, and no word of any."""

import datetime

import pytest

from learning_portal.common.actions import deliver_mail
from learning_portal.common.models import Message, Role
from stories.actions import hand_on, keep, leave_dates, moderate, people, publish, tell_holders, tell_of_late
from stories.choices import Audience, Voice
from stories.models import Handling, Story
from stories.worklist import number_late
from tests.cast import give_role
from tests.factories import TODAY, MembershipFactory, NetworkFactory, UserFactory
from tests.mailing import at
from tests.stories.telling import moderators, on, sent, teller

pytestmark = pytest.mark.django_db

WEEK = datetime.timedelta(days=7)
LATE = TODAY + datetime.timedelta(days=21)
"""When anything sent in on TODAY, a Monday, is late, whatever its voice."""


def told(kind: str = "moderation_waiting") -> dict:
    return {found.user: found.context for found in Message.objects.waiting().filter(kind=kind).select_related("user")}


def team_member():
    person = UserFactory()
    give_role(person, Role.PROGRAMME_TEAM)
    return person


def tell(day: datetime.date) -> None:
    """What a tick of this day does."""
    moment = at(day.isoformat())
    hand_on(today=day)
    tell_holders(today=day, now=moment)
    tell_of_late(today=day, now=moment)


def test_whoever_is_handed_a_story_hears_how_many():
    moderators(2)
    with on(TODAY):
        story = sent(teller())
        tell(TODAY)
        holder = Handling.objects.get(story=story).user
        assert told() == {holder: {"number": 1}}
        for _number in range(3):
            sent(teller())
        tell(TODAY)
    assert sorted(context["number"] for context in told().values()) == [2, 2]
    assert Message.objects.count() == 2


def test_the_next_hears_of_what_is_handed_on_and_the_last_no_more():
    moderators(2)
    with on(TODAY):
        story = sent(teller())
        tell(TODAY)
    first = Handling.objects.get(story=story).user
    tell(TODAY + datetime.timedelta(days=8))
    second = Handling.objects.get(story=story).user
    assert second != first
    assert told() == {second: {"number": 1}}


@pytest.mark.parametrize("voice", Voice.values)
def test_the_mail_tells_nothing_of_a_story(voice, mailoutbox):
    moderators(3)
    with on(TODAY):
        story = sent(teller(), voice)
    tell(TODAY)
    deliver_mail(now=at("2026-11-03"))
    [mail] = mailoutbox
    assert mail.subject == "Stories wait for you"
    assert "1 story is handed to you" in mail.body
    assert "/moderation/" in mail.body
    words = f"{mail.body} {mail.alternatives}"
    assert story.public_id not in words
    assert "Tablets" not in words
    assert "nonymous" not in words
    assert "onfidential" not in words


def test_it_is_the_same_whatever_the_voice(mailoutbox):
    bodies = set()
    for voice in Voice.values:
        Story.objects.all().delete()
        Message.objects.all().delete()
        mailoutbox.clear()
        moderators(3)
        with on(TODAY):
            sent(teller(), voice)
        tell(TODAY)
        deliver_mail(now=at("2026-11-03"))
        bodies.add(mailoutbox[0].body.partition("If you")[0])
    assert len(bodies) == 1


def test_nobody_hears_who_is_away_or_moderates_no_more():
    first, second = moderators(2)
    with on(TODAY):
        sent(teller())
        tell(TODAY)
        [holder] = told()
        other = second if holder == first else first
        leave_dates.be_away(by=other, until=TODAY, today=TODAY)
        people.end_role(by=team_member(), person=holder)
        tell(TODAY)
    assert told() == {}


def test_what_an_ended_role_leaves_goes_to_another():
    moderators(3)
    with on(TODAY):
        story = sent(teller())
        holder = Handling.objects.get(story=story).user
        people.end_role(by=team_member(), person=holder)
        tell(TODAY)
    assert Handling.objects.get(story=story).user != holder
    assert holder not in told()


def test_convenors_hear_too():
    network = NetworkFactory()
    convenors = [MembershipFactory(network=network, is_convenor=True).user for _number in range(2)]
    with on(TODAY):
        sent(teller(), audience=Audience.NETWORK, networks=[network])
    tell(TODAY)
    assert set(told()) <= set(convenors)
    assert len(told()) == 1


def test_what_is_decided_is_told_no_more():
    person = moderators(2)[0]
    with on(TODAY):
        story = sent(teller())
        tell(TODAY)
        moderate.send_back(by=person, story=story, reason="Shorter, please.")
        tell(TODAY)
    assert told() == {}


# --- What is late, for the programme team ---------------------------------------------------------------------------


def test_the_team_hears_in_steps_of_five(mailoutbox):
    person = team_member()
    moderators(2)
    with on(TODAY):
        sent(teller())
    tell(TODAY)
    assert told("moderation_late") == {}
    tell(LATE)
    assert told("moderation_late") == {person: {"number": 0}}
    with on(TODAY):
        for _number in range(6):
            sent(teller())
    tell(LATE)
    assert number_late(LATE) == 7
    assert told("moderation_late") == {person: {"number": 5}}
    Message.objects.filter(kind="moderation_waiting").delete()
    deliver_mail(now=at((LATE + datetime.timedelta(days=1)).isoformat()))
    [mail] = mailoutbox
    assert mail.to == [person.email]
    assert "At least 5 stories have waited longer" in mail.body
    assert "/moderation/people/" in mail.body


def test_below_five_no_number_is_told(mailoutbox):
    team_member()
    moderators(2)
    with on(TODAY):
        sent(teller())
    tell_of_late(today=LATE, now=at(LATE.isoformat()))
    deliver_mail(now=at((LATE + datetime.timedelta(days=1)).isoformat()))
    assert "Fewer than five stories have waited longer" in mailoutbox[0].body


def test_once_a_week_at_most_however_often_the_tick_runs(mailoutbox):
    team_member()
    moderators(2)
    with on(TODAY):
        sent(teller())
    days = [LATE + datetime.timedelta(days=day) for day in range(14)]
    for day in days:
        for hour in (8, 9, 17):
            tell_of_late(today=day, now=at(day.isoformat(), hour))
            deliver_mail(now=at(day.isoformat(), hour))
    assert [mail.subject for mail in mailoutbox] == ["Stories wait too long for a moderator"] * 2


def test_nothing_is_late_any_more():
    team_member()
    moderators(2)
    with on(TODAY):
        story = sent(teller())
    tell_of_late(today=LATE)
    keep.erase_story(story=story)
    tell_of_late(today=LATE)
    assert told("moderation_late") == {}


def test_a_hidden_story_is_late_from_the_day_it_was_hidden():
    person = moderators(2)[0]
    with on(TODAY):
        story = sent(teller(), publish_unchanged=True)
        moderate.approve(by=person, story=story, sha256=story.versions().first().sha256)
        publish.publish_due()
    with on(TODAY + WEEK):
        moderate.hide(by=person, story=Story.objects.get(pk=story.pk), reason="")
    assert number_late(TODAY + WEEK) == 0
    assert number_late(TODAY + 3 * WEEK) == 1
