"""What stories show that somebody knows counts in coffee rounds: only what everybody may read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks import evidence
from networks.coffee_pages import to_talk_about
from networks.coffee_people import interests_of
from networks.meeting import Knows
from networks.models import CoffeeSeat, Contact, Preferences
from stories.choices import Audience, Status, Voice
from stories.evidence import shown_to_all
from tests.coffee import couples, it_is, members, network_of, previewed, sent
from tests.factories import TODAY, ContactFactory, TopicFactory, UserFactory, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return TopicFactory(name="Poor signal")


def knows(user) -> dict[int, int]:
    return dict(interests_of([user.pk])[user.pk].knows)


def test_a_contact_counts_most_then_an_author_then_who_says_so(topic):
    contact, author, both, says_so, none = (ContactFactory(user=UserFactory()) for _ in range(5))
    make_story(topics=[topic], contacts=[contact, both])
    make_story(topics=[topic], author=author.user)
    make_story(topics=[topic], author=both.user)
    for card in (author, says_so):
        card.can_help_with.add(topic)
    found = [knows(card.user).get(topic.pk) for card in (contact, both, author, says_so, none)]
    assert found == [1000, 1000, 800, 600, None]


def test_what_they_say_beside_it_stays(topic):
    card, other = ContactFactory(user=UserFactory()), TopicFactory()
    card.can_help_with.add(other)
    make_story(topics=[topic], contacts=[card])
    assert knows(card.user) == {topic.pk: 1000, other.pk: 600}


def test_what_they_know_moves_with_them_to_a_new_card(topic):
    user = UserFactory()
    newest = ContactFactory(user=user)
    second = ContactFactory(user=None, moved_to=newest, archived_on=TODAY)
    first = ContactFactory(user=None, moved_to=second, archived_on=TODAY)
    make_story(topics=[topic], contacts=[first])
    assert knows(user) == {topic.pk: 1000}
    assert knows(UserFactory()) == {}


@pytest.mark.parametrize(
    "hidden",
    [
        {"audience": Audience.MEMBERS},
        {"audience": Audience.FRONT_LINE},
        {"status": Status.SUBMITTED},
        {"status": Status.WITHDRAWN},
        {"voice": Voice.CONFIDENTIAL},
    ],
)
def test_a_story_that_not_everybody_may_read_shows_nothing(topic, hidden):
    card = ContactFactory(user=UserFactory())
    make_story(topics=[topic], author=card.user, **hidden)
    if "voice" not in hidden:
        make_story(topics=[topic], contacts=[card], **hidden)
    assert knows(card.user) == {}


def test_who_has_no_card_or_took_it_down_is_not_looked_up(topic):
    author, left = UserFactory(), ContactFactory(user=UserFactory(), archived_on=TODAY)
    make_story(topics=[topic], author=author)
    make_story(topics=[topic], author=left.user, contacts=[left])
    assert shown_to_all([author.pk, left.user_id]) == {}


def test_the_floor_below_asks_whoever_answers_once(monkeypatch):
    monkeypatch.setattr(evidence, "_sources", [])

    def one(users):
        return {user: {1: Knows.CONTRIBUTED, 2: Knows.CONTACT} for user in users}

    def another(users):
        return {5: {1: Knows.CONTACT, 2: Knows.SAYS_SO}}

    for source in (one, another, one):
        evidence.register(source)
    assert evidence.evidence_of([5, 6]) == {
        5: {1: Knows.CONTACT, 2: Knows.CONTACT},
        6: {1: Knows.CONTRIBUTED, 2: Knows.CONTACT},
    }
    assert len(evidence._sources) == 2
    monkeypatch.setattr(evidence, "_sources", [])
    assert evidence.evidence_of([5]) == {5: {}}


def test_pairs_are_made_by_it_and_it_is_a_thing_to_talk_about(topic, monkeypatch):
    it_is(monkeypatch)
    network = network_of(6)
    learner, *others = sorted((one.user for one in members(network).select_related("user")), key=lambda user: user.pk)
    Preferences.objects.create(user=learner).wants.add(topic)
    expert = others[-1]
    for other in others:
        ContactFactory(user=other)
    makes_a_pair = {seed: (learner.pk, expert.pk) in couples(previewed(network, seed=seed)) for seed in "abcdefgh"}
    assert not all(makes_a_pair.values())
    make_story(topics=[topic], contacts=[Contact.objects.get(user=expert)])
    for seed in makes_a_pair:
        assert (learner.pk, expert.pk) in couples(previewed(network, seed=seed))
    sent(network)
    assert "about: Poor signal" in to_talk_about(CoffeeSeat.objects.get(user=learner))[0]


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries(topic, number):
    users = []
    for _ in range(number):
        card = ContactFactory(user=UserFactory())
        make_story(topics=[topic], contacts=[card], author=card.user)
        users.append(card.user_id)
    with CaptureQueriesContext(connection) as found:
        assert len(shown_to_all(users)) == number
    assert len(found) == 5
