"""Who moderates which story, and who takes over when too few are there."""

import datetime

import pytest

from learning_portal.common.models import Away
from stories.access import in_pool, people_of
from stories.actions import Refused, deciding, hand_on, moderate, tell
from stories.choices import Audience, Pool, Status, Voice
from stories.models import Handling, Story
from stories.pools import choose
from tests.factories import TODAY, AffiliationFactory, MembershipFactory, NetworkFactory, UserFactory, lessons
from tests.stories.telling import fresh, moderators, on, send, sent, start, teller

CHOICES = [
    ("public", "named", {"moderators": 2}, "moderators"),
    ("public", "named", {"moderators": 1, "front_line": 5, "network": 5}, None),
    ("members", "confidential", {"moderators": 2}, "moderators"),
    ("public", "anonymous", {"moderators": 2}, None),
    ("public", "anonymous", {"moderators": 3}, "moderators"),
    ("front_line", "named", {"front_line": 2}, "front_line"),
    ("front_line", "named", {"front_line": 1, "moderators": 9}, None),
    ("network", "named", {"network": 2, "front_line": 9}, "network"),
    ("network", "named", {"network": 1, "front_line": 2}, "front_line"),
    ("network", "named", {"network": 1, "front_line": 1, "moderators": 9}, None),
    ("network", "anonymous", {"network": 2, "front_line": 3}, "front_line"),
]


@pytest.mark.parametrize(("audience", "voice", "sizes", "expected"), CHOICES)
def test_the_pool_of_an_audience(audience, voice, sizes, expected):
    assert choose(audience, voice, {Pool(name): size for name, size in sizes.items()}) == expected


pytestmark = pytest.mark.django_db


def away(user, until=datetime.date(2999, 1, 1)) -> None:
    Away.objects.create(user=user, until=until)


def test_a_pool_in_which_all_but_one_are_away_is_not_offered():
    people = moderators(3)
    story = start(teller())
    away(people[0])
    assert tell.pool_for(story=story, audience=Audience.PUBLIC) == Pool.MODERATORS
    away(people[1])
    assert tell.pool_for(story=story, audience=Audience.PUBLIC) is None
    with pytest.raises(Refused):
        send(story)
    assert fresh(story).status == Status.DRAFT
    assert not story.versions().exists()


def test_whoever_is_back_counts_again():
    people = moderators(2)
    away(people[0], until=TODAY)
    story = start(teller())
    with on(TODAY):
        assert tell.pool_for(story=story, audience=Audience.PUBLIC) is None
    with on(TODAY + datetime.timedelta(days=1)):
        assert tell.pool_for(story=story, audience=Audience.PUBLIC) == Pool.MODERATORS


def test_the_author_does_not_count():
    people = moderators(2)
    assert tell.pool_for(story=start(people[0]), audience=Audience.PUBLIC) is None
    assert tell.pool_for(story=start(teller()), audience=Audience.PUBLIC) == Pool.MODERATORS


def test_any_of_three_may_be_the_author_of_an_anonymous_story():
    people = moderators(2)
    story = start(people[0], Voice.ANONYMOUS)
    assert tell.pool_for(story=story, audience=Audience.PUBLIC) is None
    moderators(1)
    assert tell.pool_for(story=story, audience=Audience.PUBLIC) == Pool.MODERATORS


def test_front_line_moderators_take_over_for_a_network_with_one_convenor():
    network, people = NetworkFactory(), moderators(2)
    convenor = MembershipFactory(network=network, is_convenor=True).user
    story = sent(teller(), audience=Audience.NETWORK, networks=[network])
    assert fresh(story).pool == Pool.FRONT_LINE
    assert not Story.objects.filter(in_pool(convenor)).exists()
    with pytest.raises(Refused):
        moderate.approve(by=convenor, story=story, sha256=story.versions().first().sha256)
    moderate.approve(by=people[0], story=story, sha256=story.versions().first().sha256)


def test_a_network_story_names_its_network():
    moderators(2)
    with pytest.raises(Refused):
        sent(teller(), audience=Audience.NETWORK)


@pytest.mark.parametrize("pool", Pool.values)
def test_who_is_of_a_pool_is_said_alike_to_one_and_of_all(pool):
    """`in_pool` asks of one reader, `people_of` of everybody."""
    ours, theirs = NetworkFactory(), NetworkFactory()
    moderators(2)
    for network in (ours, theirs):
        MembershipFactory(network=network, is_convenor=True)
        MembershipFactory(network=network)
        MembershipFactory(network=network, is_convenor=True, left_on=TODAY)
    elected = moderators(1)[0]
    type(AffiliationFactory()).objects.filter(user=elected).update(capacity="elected")
    inactive = moderators(1)[0]
    inactive.is_active = False
    inactive.save()
    story = sent(teller(), audience=Audience.NETWORK, networks=[ours])
    Story.objects.filter(pk=story.pk).update(pool=pool)
    story = fresh(story)
    everybody = type(inactive).objects.filter(is_active=True)
    found = {user.pk for user in everybody if Story.objects.filter(in_pool(user), pk=story.pk).exists()}
    assert found == {user.pk for user in people_of(Pool(pool), [ours])}
    assert found
    assert all(deciding.may_moderate(by=user, story=story) == (user.pk in found) for user in everybody)


def test_an_item_goes_to_the_next_after_five_working_days():
    moderators(3)
    with on(TODAY):  # a Monday
        story = sent(teller())
    first = Handling.objects.get(story=story).user
    assert hand_on(today=TODAY + datetime.timedelta(days=7)) == 0
    assert hand_on(today=TODAY + datetime.timedelta(days=8)) == 1
    assert Handling.objects.get(story=story).user != first
    assert hand_on(today=TODAY + datetime.timedelta(days=8)) == 0


def test_an_item_of_which_only_the_week_is_known_waits_from_its_friday():
    moderators(3)
    with on(TODAY + datetime.timedelta(days=4)):
        story = sent(teller(), Voice.CONFIDENTIAL)
    assert Handling.objects.get(story=story).since == TODAY
    assert hand_on(today=TODAY + datetime.timedelta(days=11)) == 0
    assert hand_on(today=TODAY + datetime.timedelta(days=14)) == 1


def test_an_item_goes_on_at_once_when_its_moderator_is_away():
    moderators(3)
    with on(TODAY):
        story = sent(teller())
    away(Handling.objects.get(story=story).user)
    assert hand_on(today=TODAY) == 1


def test_whoever_adds_to_a_story_while_it_waits_loses_no_place():
    moderators(3)
    with on(TODAY):
        story = sent(teller())
    before = Handling.objects.values().get(story=story)
    with on(TODAY + datetime.timedelta(days=4)):
        send(story, lessons(question="Which rounds?"))
    assert Handling.objects.values().get(story=story) == before


def test_work_is_shared_out():
    people = moderators(3)
    for _number in range(6):
        sent(teller())
    assert sorted(Handling.objects.values_list("user", flat=True)) == sorted([person.pk for person in people] * 2)


def test_nobody_is_handed_their_own():
    people = moderators(3)
    story = sent(people[0])
    assert Handling.objects.get(story=story).user != people[0]


def test_somebody_without_a_role_is_of_no_pool():
    story = sent_with_moderators()
    assert not deciding.may_moderate(by=UserFactory(), story=story)


def sent_with_moderators() -> Story:
    moderators(2)
    return sent(teller())
