"""Events with the stories on their agendas, and who else comes."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from learning_portal.common.models import Role
from networks import company
from networks.choices import Kind
from networks.event_actions import join
from networks.models import Attendance, Event, Membership, Preferences
from stories.actions import Refused
from stories.actions.meeting import put_on_agenda
from stories.choices import Audience
from stories.models import AgendaItem, Story
from tests.cast import give_role
from tests.factories import (
    AffiliationFactory,
    AttendanceFactory,
    ContactFactory,
    EventFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    TopicFactory,
    UserFactory,
    lessons,
    make_story,
)

pytestmark = pytest.mark.django_db
EVENTS = reverse("stories:event-list")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(client, user):
    client.force_login(user, backend=BACKEND)
    return client


def words_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def past(**fields) -> Event:
    ends = timezone.now() - datetime.timedelta(days=3)
    return EventFactory(starts_at=ends - datetime.timedelta(hours=2), ends_at=ends, **fields)


def goes(event: Event, **fields):
    user = AffiliationFactory(**fields).user
    Attendance.objects.create(
        event=event, user=user, state="going", turn=Attendance.objects.filter(event=event).count() + 1
    )
    return user


def put(event: Event, *stories: Story) -> None:
    for position, story in enumerate(stories):
        AgendaItem.objects.create(event=event, story=story, position=position)


# --- The list -------------------------------------------------------------------------------------------------------


def test_what_is_to_come_each_once_and_what_was_with_its_agenda(client):
    member = MembershipFactory()
    joined = EventFactory(title="Joined one")
    AttendanceFactory(event=joined, user=member.user)
    EventFactory(title="Of ours", network=member.network)
    EventFactory(title="Of others", network=NetworkFactory())
    EventFactory(title="For everybody one")
    put(past(title="Was one"), make_story(content=lessons(title="Talked about")))
    answer = signed_in(client, member.user).get(EVENTS)
    found = {name: [card.event.title for card in cards] for name, cards in answer.context["coming"].items()}
    assert found == {"mine": ["Joined one"], "networks": ["Of ours"], "all": ["For everybody one"]}
    page = answer.content.decode()
    assert "Was one" in page
    assert "Talked about" in page
    assert "Of others" not in page


def test_a_visitor_sees_those_for_all(client):
    EventFactory(title="For everybody one")
    EventFactory(title="Of a network", network=NetworkFactory())
    page = words_of(client, EVENTS)
    assert "For everybody one" in page
    assert "Of a network" not in page


@pytest.mark.parametrize("kind", ["online", "", "party", "\x00", "x" * 3_000])
def test_by_kind(client, kind):
    EventFactory(title="A visit", kind="visit")
    EventFactory(title="A call", kind="online")
    page = client.get(EVENTS, {"kind": kind}).content.decode()
    assert "A call" in page
    assert ("A visit" in page) == (kind != "online")


def test_a_cancelled_one_is_told_to_who_had_joined(client):
    event = EventFactory(title="Called off", cancelled_on=timezone.localdate())
    assert "Called off" not in words_of(client, EVENTS)
    page = words_of(signed_in(client, AttendanceFactory(event=event).user), EVENTS)
    assert "Called off" in page
    assert "Cancelled" in page


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_of_the_list(client, number, django_assert_num_queries):
    member = MembershipFactory()
    story = make_story()
    for _number in range(number):
        for event in (EventFactory(network=member.network), EventFactory(), past(network=member.network)):
            AttendanceFactory(event=event, user=member.user)
            put(event, story)
    signed_in(client, member.user)
    client.get(EVENTS)
    with django_assert_num_queries(11):
        client.get(EVENTS)


# --- One event ------------------------------------------------------------------------------------------------------


def test_everybody_sees_the_facts_of_one_for_all(client):
    event = EventFactory(
        title="Rounds", place="Depot 4", link="https://meet.example/x", places=3, description="First.\n\nSecond."
    )
    page = words_of(client, event.get_absolute_url())
    for words in ("Rounds", "Depot 4", "Sign in to join", "First.", "Those who are going see the link here"):
        assert words in page
    assert "meet.example" not in page


def test_one_of_a_network_is_not_there_for_others(client):
    event = EventFactory(network=NetworkFactory())
    assert client.get(event.get_absolute_url()).status_code == 404
    signed_in(client, AffiliationFactory().user)
    assert client.get(event.get_absolute_url()).status_code == 404
    member = MembershipFactory(network=event.network)
    answer = signed_in(client, member.user).get(event.get_absolute_url())
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
    Membership.objects.update(left_on=timezone.localdate())
    assert client.get(event.get_absolute_url()).status_code == 404


def test_before_one_joins_the_page_says_who_will_see_one_s_name(client):
    event = EventFactory()
    page = words_of(signed_in(client, AffiliationFactory().user), event.get_absolute_url())
    assert "Everybody who is going sees the name of everybody else" in page
    assert page.index("Everybody who is going") < page.index('value="join"')


def test_who_is_not_verified_is_led_to_where_one_says_where_one_works(client):
    page = words_of(signed_in(client, UserFactory()), EventFactory().get_absolute_url())
    assert reverse("networks:work") in page
    assert 'value="join"' not in page


def test_the_link_is_for_those_who_go_and_for_who_runs_it(client):
    event = EventFactory(link="https://meet.example/x", places=1)
    going, waiting, team = goes(event), AffiliationFactory().user, UserFactory()
    join(by=waiting, event=event)
    give_role(team, Role.PROGRAMME_TEAM)
    for user, sees in ((going, True), (waiting, False), (team, True), (AffiliationFactory().user, False)):
        assert ("meet.example" in words_of(signed_in(client, user), event.get_absolute_url())) == sees


def test_a_full_one_offers_the_waiting_list_and_says_how_long_it_is(client):
    event = EventFactory(places=1)
    goes(event)
    user = AffiliationFactory().user
    page = words_of(signed_in(client, user), event.get_absolute_url())
    assert "Join the waiting list" in page
    join(by=AffiliationFactory().user, event=event)
    join(by=user, event=event)
    assert "You are number 2 on the waiting list" in words_of(client, event.get_absolute_url())


def test_each_reader_sees_the_stories_that_they_may_read(client):
    event = EventFactory()
    put(
        event,
        make_story(content=lessons(title="For everybody")),
        make_story(content=lessons(title="For members"), audience=Audience.MEMBERS),
        make_story(content=lessons(title="A draft"), status="draft"),
    )
    page = words_of(client, event.get_absolute_url())
    assert ("For everybody" in page, "For members" in page, "A draft" in page) == (True, False, False)
    page = words_of(signed_in(client, AffiliationFactory().user), event.get_absolute_url())
    assert ("For members" in page, "A draft" in page) == (True, False)


def test_a_hostile_title_is_only_words(client):
    event = EventFactory(title="<script>alert(1)</script>", description="<b>x</b>", place="<i>y</i>")
    page = words_of(client, event.get_absolute_url())
    assert "<script>alert" not in page
    assert "&lt;b&gt;x" in page


# --- Who else comes -------------------------------------------------------------------------------------------------


def knows(user, *topics, wants=()):
    kept = Preferences.objects.create(user=user)
    kept.knows.set(topics)
    kept.wants.set(wants)


def test_who_goes_sees_who_else_goes_and_why_they_should_meet(client):
    event, signal, rotas = EventFactory(), TopicFactory(name="Poor signal"), TopicFactory(name="Rotas")
    reader, expert, learner, other = (goes(event) for _number in range(4))
    knows(reader, rotas, wants=[signal])
    knows(expert, signal)
    knows(learner, wants=[rotas])
    found = company.company_of(event, reader)
    assert [one.name for one in found.to_meet] == sorted([expert.name, learner.name])
    assert [one.name for one in found.also] == [other.name]
    page = words_of(signed_in(client, reader), event.get_absolute_url())
    assert f"Ask {expert.name} about: Poor signal" in page
    assert f"{learner.name} would like to learn what you know about: Rotas" in page
    assert other.email not in page


def test_a_name_leads_to_the_card_that_one_may_see(client):
    event = EventFactory()
    reader, seen, hidden = goes(event), goes(event), goes(event)
    cards = [
        ContactFactory(user=user, audience=audience, verified_on=timezone.localdate())
        for user, audience in ((seen, "members"), (hidden, "networks"))
    ]
    shown, kept = (reverse("stories:person-detail", args=[card.pk]) for card in cards)
    page = words_of(signed_in(client, reader), event.get_absolute_url())
    assert shown in page
    assert kept not in page
    assert hidden.name in page


def test_a_full_event_tells_a_visitor_that_they_would_wait(client):
    event = EventFactory(places=1)
    assert "Sign in to join</a>" in words_of(client, event.get_absolute_url())
    goes(event)
    assert "Sign in to join the waiting list" in words_of(client, event.get_absolute_url())


def test_nobody_else_sees_names(client):
    event = EventFactory(places=4)
    going, waiting = goes(event), AffiliationFactory().user
    join(by=waiting, event=event)
    Attendance.objects.filter(user=waiting).update(state="waiting")
    assert going.name not in words_of(client, event.get_absolute_url())
    for user in (waiting, AffiliationFactory().user):
        assert going.name not in words_of(signed_in(client, user), event.get_absolute_url())


def test_who_waits_or_went_back_is_not_named(client):
    event = EventFactory()
    reader, waiting, back = goes(event), goes(event), goes(event)
    Attendance.objects.filter(user=waiting).update(state="waiting")
    Attendance.objects.filter(user=back).update(state="back")
    page = words_of(signed_in(client, reader), event.get_absolute_url())
    assert waiting.name not in page
    assert back.name not in page


@pytest.mark.parametrize("audience", ["public", "members", "networks"])
def test_a_card_is_shown_as_far_as_its_owner_lets(client, audience):
    event, topic = EventFactory(), TopicFactory(name="Poor signal")
    reader, other = goes(event), goes(event)
    knows(reader, wants=[topic])
    card = ContactFactory(
        user=other, role="Head of rounds", audience=audience, verified_on=timezone.localdate(), name=other.name
    )
    card.can_help_with.add(topic)
    page = words_of(signed_in(client, reader), event.get_absolute_url())
    assert other.name in page
    assert ("Head of rounds" in page) == (audience != "networks")
    assert ("about: Poor signal" in page) == (audience != "networks")


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_of_one_event(client, number, django_assert_num_queries):
    event, topic = EventFactory(), TopicFactory()
    reader = goes(event)
    knows(reader, wants=[topic])
    for _number in range(number):
        user = goes(event)
        knows(user, topic)
        ContactFactory(user=user, verified_on=timezone.localdate()).can_help_with.add(topic)
        put(event, make_story())
    signed_in(client, reader)
    client.get(event.get_absolute_url())
    with django_assert_num_queries(19):
        client.get(event.get_absolute_url())


# --- From which sectors ---------------------------------------------------------------------------------------------


def sectors(*, councils: int = 0, boards: int = 0, police: int = 0) -> list[tuple[str, int]]:
    event = EventFactory()
    for kind, number in ((Kind.COUNCIL, councils), (Kind.HEALTH_BOARD, boards), (Kind.POLICE_FORCE, police)):
        body = OrganisationFactory(kind=kind)
        for _number in range(number):
            goes(event, organisation=body)
    return company.sectors_of(event)


def test_sectors_are_told_in_steps_of_five_and_the_rest_together_or_not_at_all():
    assert sectors(councils=4) == []
    assert sectors(councils=7, boards=4) == [("Local government", 5)]
    assert sectors(councils=5, boards=11) == [("Health", 10), ("Local government", 5)]
    assert sectors(councils=5, boards=3, police=2) == [("Local government", 5), ("Others", 5)]
    assert sectors(councils=4, boards=4) == [("Others", 5)]


# --- The agenda -----------------------------------------------------------------------------------------------------


@pytest.fixture
def convenor():
    return MembershipFactory(is_convenor=True)


@pytest.fixture
def event(convenor):
    return EventFactory(network=convenor.network)


def agenda(event: Event) -> str:
    return reverse("stories:event-agenda", args=[event.pk])


def test_the_organiser_puts_stories_on_and_takes_them_off(client, convenor, event):
    first, second = make_story(), make_story()
    signed_in(client, convenor.user)
    for story in (first, second, first):
        address = f"https://portal.example{story.get_absolute_url()}?plan=x"
        assert client.post(agenda(event), {"do": "add", "story": address}).status_code == 302
    assert list(AgendaItem.objects.values_list("story", "position")) == [(first.pk, 1), (second.pk, 2)]
    client.post(agenda(event), {"do": "remove", "story": first.public_id})
    assert AgendaItem.objects.get().story == second


@pytest.mark.parametrize("wrong", ["", "nothing", "\x00", "x" * 100_000, "0000000000000", "9" * 30, "😀"])
def test_what_is_no_story_is_told(client, convenor, event, wrong):
    assert signed_in(client, convenor.user).post(agenda(event), {"do": "add", "story": wrong}).status_code == 422


def test_what_the_organiser_may_not_read_is_no_story_and_stays_where_it_is(client, convenor, event):
    hidden = make_story(audience=Audience.MEMBERS)
    signed_in(client, convenor.user)
    answers = [
        client.post(agenda(event), {"do": "add", "story": story}) for story in (hidden.public_id, "0123456789abc")
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    put(event, hidden)
    client.post(agenda(event), {"do": "remove", "story": hidden.public_id})
    assert AgendaItem.objects.count() == 1
    with pytest.raises(Refused):
        put_on_agenda(by=convenor.user, event=event, story=hidden)


def test_nobody_else_changes_it(client, event):
    member = MembershipFactory(network=event.network).user
    assert signed_in(client, member).get(agenda(event)).status_code == 404
    with pytest.raises(Refused):
        put_on_agenda(by=member, event=event, story=make_story())


def test_twelve_stories_at_most_and_hidden_ones_do_not_count(client, convenor, event):
    put(event, *(make_story(audience=Audience.MEMBERS) for _number in range(3)))
    for _number in range(12):
        put_on_agenda(by=convenor.user, event=event, story=make_story())
    with pytest.raises(Refused, match="twelve"):
        put_on_agenda(by=convenor.user, event=event, story=make_story())


def test_in_welsh(client):
    client.cookies["django_language"] = "cy"
    year = timezone.localdate().year + 1
    event = EventFactory(starts_at=timezone.make_aware(datetime.datetime(year, 3, 31, 10)))
    page = words_of(client, event.get_absolute_url())
    assert f"31 Mawrth {year}, 10:00 tan 12:00" in page
    assert "Mewngofnodi i ymuno" in page
    assert "Digwyddiadau" in words_of(client, EVENTS)
