"""What people said they would do: left at an event, looked after, asked about later, and counted."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from networks.models import Action, ActionFollowUp, Membership
from networks.promises import FOLLOW_UP
from stories import learning
from stories.actions.meeting import used_by_answer
from stories.choices import Audience, Voice
from stories.models import AgendaItem, Reuse, StoryAction
from tests.factories import (
    TODAY,
    ActionFactory,
    AffiliationFactory,
    AttendanceFactory,
    EventFactory,
    MembershipFactory,
    NetworkFactory,
    UserFactory,
    lessons,
    make_story,
)

pytestmark = pytest.mark.django_db
ACTIONS = reverse("stories:action-list")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(client, user):
    client.force_login(user, backend=BACKEND)
    return client


def in_a_month() -> str:
    return f"{timezone.localdate() + datetime.timedelta(days=30):%d/%m/%Y}"


# --- Left at an event -----------------------------------------------------------------------------------------------


@pytest.fixture
def event():
    now = timezone.now()
    return EventFactory(starts_at=now - datetime.timedelta(hours=1), ends_at=now + datetime.timedelta(hours=1))


@pytest.fixture
def reader(event):
    return AttendanceFactory(event=event).user


def leaving(event) -> str:
    return reverse("stories:event-action", args=[event.pk])


def test_one_is_left_with_a_story_of_the_agenda(client, event, reader):
    story, hidden = make_story(content=lessons(title="Signal")), make_story(audience=Audience.MEMBERS)
    for position, each in enumerate((story, hidden)):
        AgendaItem.objects.create(event=event, story=each, position=position)
    page = signed_in(client, reader).get(leaving(event)).content.decode()
    assert "Signal" in page
    assert hidden.public_id not in page
    typed = {"text": "Ride along", "due_on": in_a_month(), "agenda": story.public_id, "story": ""}
    assert client.post(leaving(event), typed)["Location"] == ACTIONS
    action = Action.objects.get()
    assert (action.owner, action.event, StoryAction.objects.get().story) == (reader, event, story)
    assert client.get(leaving(event))["Location"] == ACTIONS
    assert client.post(leaving(event), typed)["Location"] == ACTIONS
    assert Action.objects.count() == 1


def test_or_with_any_other_by_its_address(client, event, reader):
    story = make_story()
    typed = {"text": "Ride along", "due_on": in_a_month(), "story": story.get_absolute_url()}
    assert signed_in(client, reader).post(leaving(event), typed).status_code == 302
    assert StoryAction.objects.get().story == story


def test_or_with_none(client, event, reader):
    signed_in(client, reader).post(leaving(event), {"text": "Ring Mared", "due_on": in_a_month()})
    assert Action.objects.get().text == "Ring Mared"
    assert not StoryAction.objects.exists()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("text", ""),
        ("text", "x" * 301),
        ("text", "\x00"),
        ("text", "😀" * 100_000),
        ("due_on", ""),
        ("due_on", "soon"),
        ("due_on", "1/1/2020"),
        ("due_on", "1/1/2999"),
        ("story", "nothing"),
        ("story", "0123456789abc"),
        ("story", "x" * 100_000),
        ("agenda", "9" * 30),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(client, event, reader, field, wrong):
    AgendaItem.objects.create(event=event, story=make_story(), position=1)
    typed = {"text": "Ride along", "due_on": in_a_month(), field: wrong}
    answer = signed_in(client, reader).post(leaving(event), typed)
    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {field})
    assert not Action.objects.exists()
    assert field == "text" or "Ride along" in answer.content.decode()


def test_a_story_that_one_may_not_read_is_none(client, event, reader):
    hidden = make_story(audience=Audience.MEMBERS)
    typed = {"text": "Ride along", "due_on": in_a_month(), "story": hidden.public_id}
    assert signed_in(client, reader).post(leaving(event), typed).status_code == 422


def test_whoever_was_not_there_has_no_such_page(client, event):
    for user in (UserFactory(), AttendanceFactory(event=event, state="waiting", turn=900).user):
        assert signed_in(client, user).get(leaving(event)).status_code == 404
        assert client.post(leaving(event), {"text": "T", "due_on": in_a_month()}).status_code == 404


def test_the_event_s_page_leads_there(client, event, reader):
    signed_in(client, reader)
    assert leaving(event) in client.get(event.get_absolute_url()).content.decode()
    client.post(leaving(event), {"text": "Ring Mared", "due_on": in_a_month()})
    page = client.get(event.get_absolute_url()).content.decode()
    assert "Ring Mared" in page
    assert leaving(event) not in page


# --- One's own ------------------------------------------------------------------------------------------------------


def page_of(action) -> str:
    return reverse("stories:action-detail", args=[action.pk])


def test_one_s_own_are_listed_and_nobody_else_s(client):
    mine = ActionFactory(text="Mine")
    ActionFactory(text="Theirs")
    ActionFactory(text="Long done", owner=mine.owner, state="done")
    visible, hidden = make_story(content=lessons(title="Seen")), make_story(audience=Audience.MEMBERS)
    StoryAction.objects.create(action=mine, story=visible)
    StoryAction.objects.create(action=ActionFactory(text="Other", owner=mine.owner), story=hidden)
    page = signed_in(client, mine.owner).get(ACTIONS).content.decode()
    assert all(words in page for words in ("Mine", "Long done", "Seen", "Other"))
    assert "Theirs" not in page
    assert hidden.public_id not in page


@pytest.mark.parametrize(("do", "state"), [("done", "done"), ("drop", "dropped")])
def test_it_is_settled_with_one_button(client, do, state):
    action = ActionFactory()
    signed_in(client, action.owner)
    assert client.post(page_of(action), {"do": do})["Location"] == ACTIONS
    action.refresh_from_db()
    assert action.state == state
    assert client.post(page_of(action), {"do": do}).status_code == 404


def test_what_a_convenor_wrote_may_be_declined_and_nothing_else(client):
    own, recorded = ActionFactory(), ActionFactory(network=NetworkFactory(), is_recorded=True)
    assert signed_in(client, own.owner).post(page_of(own), {"do": "decline"}).status_code == 422
    signed_in(client, recorded.owner).post(page_of(recorded), {"do": "decline"})
    assert list(Action.objects.order_by("is_recorded").values_list("state", flat=True)) == ["open", "declined"]


def test_another_day(client):
    action = ActionFactory()
    signed_in(client, action.owner)
    assert client.get(page_of(action)).status_code == 200
    assert client.post(page_of(action), {"due_on": in_a_month()}).status_code == 302
    action.refresh_from_db()
    assert action.due_on == timezone.localdate() + datetime.timedelta(days=30)
    assert client.post(page_of(action), {"due_on": "soon"}).status_code == 422


def test_somebody_else_s_is_not_there(client):
    action = ActionFactory()
    signed_in(client, UserFactory())
    assert client.get(page_of(action)).status_code == 404
    assert client.post(page_of(action), {"do": "done"}).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_of_the_list(client, number, django_assert_num_queries):
    user = UserFactory()
    for _number in range(number):
        StoryAction.objects.create(action=ActionFactory(owner=user), story=make_story())
    signed_in(client, user)
    client.get(ACTIONS)
    with django_assert_num_queries(8):
        client.get(ACTIONS)


# --- Asked later ----------------------------------------------------------------------------------------------------


def asked_of(action, months: int = 1) -> tuple[ActionFollowUp, str]:
    follow_up = ActionFollowUp.objects.create(action=action, months=months, asked_on=TODAY)
    token = FOLLOW_UP.token_for(follow_up.pk, action.owner_id)
    return follow_up, reverse("stories:action-asked", args=[token])


def test_to_look_changes_nothing_and_a_button_answers_without_signing_in():
    follow_up, address = asked_of(ActionFactory(text="Ride along"))
    visitor = Client()
    answer = visitor.get(address)
    assert "Ride along" in answer.content.decode()
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex", True)
    follow_up.refresh_from_db()
    assert follow_up.answer == ""
    assert "You said: I am doing it" in visitor.post(address, {"answer": "doing"}).content.decode()
    assert "answered already: I am doing it" in visitor.post(address, {"answer": "helped"}).content.decode()
    assert "answered already" in visitor.get(address).content.decode()
    follow_up.refresh_from_db()
    assert follow_up.answer == "doing"


def test_nothing_came_of_it():
    action = ActionFactory()
    _follow_up, address = asked_of(action)
    assert "We ask no more" in Client().post(address, {"answer": "nothing"}).content.decode()
    action.refresh_from_db()
    assert action.state == "dropped"
    for answer in ("nothing", "doing"):
        assert "We ask no more" in Client().post(address, {"answer": answer}).content.decode()
    assert ActionFollowUp.objects.get().answer == ""


@pytest.mark.parametrize("wrong", ["", "perhaps", "\x00", "x" * 100_000])
def test_an_unknown_answer_is_none(wrong):
    follow_up, address = asked_of(ActionFactory())
    assert Client().post(address, {"answer": wrong}).status_code == 422
    follow_up.refresh_from_db()
    assert follow_up.answer == ""


def test_a_link_that_has_run_out_says_so_and_does_nothing(monkeypatch):
    follow_up, address = asked_of(ActionFactory(text="Ride along"))
    now = timezone.now() + datetime.timedelta(days=61)
    monkeypatch.setattr(timezone, "now", lambda: now)
    for answer in (Client().get(address), Client().post(address, {"answer": "doing"})):
        assert answer.status_code == 410
        assert "has run out" in answer.content.decode()
        assert "Ride along" not in answer.content.decode()
    follow_up.refresh_from_db()
    assert follow_up.answer == ""


def test_a_forged_one_or_somebody_else_s_opens_nothing():
    follow_up, address = asked_of(ActionFactory())
    other = FOLLOW_UP.token_for(follow_up.pk, UserFactory().pk)
    for path in (address[:-2] + "x/", reverse("stories:action-asked", args=[other]), "/actions/asked/guess/"):
        assert Client().get(path).status_code == 404
        assert Client().post(path, {"answer": "doing"}).status_code == 404


def test_form_tokens_are_asked_for():
    _follow_up, address = asked_of(ActionFactory())
    assert Client(enforce_csrf_checks=True).post(address, {"answer": "doing"}).status_code == 403


@pytest.mark.parametrize(
    ("answer", "audience", "used"),
    [
        ("doing", Audience.PUBLIC, True),
        ("helped", Audience.PUBLIC, True),
        ("passed", Audience.PUBLIC, False),
        ("learning", Audience.PUBLIC, False),
        ("doing", Audience.MEMBERS, False),
    ],
)
def test_who_does_it_uses_the_story(answer, audience, used):
    action, story = ActionFactory(), make_story(audience=audience)
    StoryAction.objects.create(action=action, story=story)
    follow_up, address = asked_of(action)
    Client().post(address, {"answer": answer})
    follow_up.refresh_from_db()
    found = used_by_answer(follow_up=follow_up)
    assert (found is not None) == used
    if found:
        assert (found.by, found.story) == (action.owner, story)
    plain, _address = asked_of(ActionFactory())
    assert used_by_answer(follow_up=plain) is None


def test_who_does_it_starts_an_uptake_record_of_their_organisation():
    job = AffiliationFactory()
    story = make_story()
    for answer, months, how in (("learning", 1, None), ("doing", 3, "adapting"), ("helped", 6, "adopted")):
        action = ActionFactory(owner=job.user)
        StoryAction.objects.create(action=action, story=story)
        _follow_up, address = asked_of(action, months=months)
        Client().post(address, {"answer": answer})
        found = Reuse.objects.filter(organisation=job.organisation, story=story).first()
        assert (found.how if found else None) == how


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_no_uptake_record_of_a_story_without_a_name(voice):
    action = ActionFactory(owner=AffiliationFactory().user)
    StoryAction.objects.create(action=action, story=make_story(voice=voice))
    _follow_up, address = asked_of(action)
    Client().post(address, {"answer": "doing"})
    assert not Reuse.objects.exists()


# --- Counted --------------------------------------------------------------------------------------------------------


def answers(number: int, answer: str, *, story=None, months: int = 1, **fields) -> None:
    for _number in range(number):
        action = ActionFactory(**fields)
        if story:
            StoryAction.objects.create(action=action, story=story)
        ActionFollowUp.objects.create(action=action, months=months, asked_on=TODAY, answer=answer, answered_on=TODAY)


def test_beside_its_story_from_five_up_and_by_the_last_answer(client):
    story = make_story()
    answers(4, "doing", story=story)
    answers(7, "passed", story=story)
    page = client.get(story.get_absolute_url()).content.decode()
    assert "What others did with this" in page
    assert "Passed it on: 5 or more" in page
    assert "Doing it" not in page
    late = StoryAction.objects.filter(story=story).values_list("action", flat=True)[:7]
    for action in Action.objects.filter(pk__in=list(late)):
        ActionFollowUp.objects.create(action=action, months=6, asked_on=TODAY, answer="helped", answered_on=TODAY)
    assert learning.of_story(story) == [("It helped them", 5)]


def test_nothing_is_said_below_five(client):
    story = make_story()
    answers(4, "doing", story=story)
    answers(4, "helped", story=story)
    assert "What others did" not in client.get(story.get_absolute_url()).content.decode()


def test_the_convenor_sees_whether_learning_is_happening(client):
    convenor = MembershipFactory(is_convenor=True)
    answers(6, "doing", network=convenor.network)
    answers(4, "helped", network=convenor.network, months=6)
    answers(9, "helped")
    address = reverse("stories:network-learning", args=[convenor.network.slug])
    answer = signed_in(client, convenor.user).get(address)
    assert [dict(month.stages)["Doing it"] for month in answer.context["months"]] == [5, 0, 0]
    assert all(dict(month.stages)["It helped them"] == 0 for month in answer.context["months"])
    assert answer.content.decode().count(">fewer than five<") == 11


@pytest.mark.parametrize("page", ["network-learning", "network-actions"])
def test_only_its_convenors(client, page):
    convenor = MembershipFactory(is_convenor=True)
    address = reverse(f"stories:{page}", args=[convenor.network.slug])
    for user in (MembershipFactory(network=convenor.network).user, MembershipFactory(is_convenor=True).user):
        assert signed_in(client, user).get(address).status_code == 404
    Membership.objects.filter(pk=convenor.pk).update(left_on=timezone.localdate())
    assert signed_in(client, convenor.user).get(address).status_code == 404
    assert client.get(reverse(f"stories:{page}", args=["none-such"])).status_code == 404


def test_a_convenor_writes_down_and_sees_how_it_stands(client):
    convenor = MembershipFactory(is_convenor=True)
    member = MembershipFactory(network=convenor.network).user
    address = reverse("stories:network-actions", args=[convenor.network.slug])
    typed = {"owner": str(member.pk), "text": "Send the rota", "due_on": in_a_month()}
    assert signed_in(client, convenor.user).post(address, typed).status_code == 302
    ActionFactory(owner=member, network=convenor.network, text="My own affair")
    page = client.get(address).content.decode()
    assert "Send the rota" in page
    assert member.email not in page
    assert "My own affair" not in page
    Membership.objects.filter(user=member).update(left_on=timezone.localdate())
    assert "Send the rota" not in client.get(address).content.decode()


def met(convenor, days: int, title: str):
    then = timezone.now() - datetime.timedelta(days=days)
    hour = datetime.timedelta(hours=1)
    return EventFactory(network=convenor.network, title=title, starts_at=then, ends_at=then + hour)


def test_it_is_written_down_at_the_latest_meeting_unless_another_is_chosen(client):
    convenor = MembershipFactory(is_convenor=True)
    address = reverse("stories:network-actions", args=[convenor.network.slug])
    assert "At which meeting" not in signed_in(client, convenor.user).get(address).content.decode()
    earlier, latest, to_come = met(convenor, 60, "In spring"), met(convenor, 2, "In May"), met(convenor, -9, "In June")
    page = client.get(address).content.decode()
    assert f'<option value="{latest.pk}" selected>' in page
    assert page.index("In May") < page.index("In spring")
    assert to_come.title not in page
    typed = {"owner": str(convenor.user.pk), "text": "Send the rota", "due_on": in_a_month()}
    for event, chosen in ((earlier, str(earlier.pk)), (None, "")):
        assert client.post(address, {**typed, "event": chosen}).status_code == 302
        assert Action.objects.get(event=event).text == "Send the rota"
    assert client.post(address, {**typed, "event": str(to_come.pk)}).status_code == 422
    assert earlier.get_absolute_url() in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("owner", ""),
        ("owner", "1" * 30),
        ("owner", "\x00"),
        ("text", ""),
        ("text", "x" * 301),
        ("due_on", "soon"),
        ("event", "1" * 30),
        ("event", "\x00"),
        ("event", "x" * 100_000),
    ],
)
def test_bad_input_of_a_convenor(client, field, wrong):
    convenor = MembershipFactory(is_convenor=True)
    met(convenor, 1, "Yesterday")
    address = reverse("stories:network-actions", args=[convenor.network.slug])
    typed = {"owner": str(convenor.user.pk), "text": "T", "due_on": in_a_month(), field: wrong}
    assert signed_in(client, convenor.user).post(address, typed).status_code == 422


def test_somebody_outside_is_no_choice(client):
    convenor = MembershipFactory(is_convenor=True)
    address = reverse("stories:network-actions", args=[convenor.network.slug])
    typed = {"owner": str(UserFactory().pk), "text": "T", "due_on": in_a_month()}
    assert signed_in(client, convenor.user).post(address, typed).status_code == 422


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_of_a_network_s_actions(client, number, django_assert_num_queries):
    convenor = MembershipFactory(is_convenor=True)
    for days in range(number):
        member = MembershipFactory(network=convenor.network).user
        event = met(convenor, days, "A meeting")
        ActionFactory(owner=member, network=convenor.network, event=event, is_recorded=True)
    signed_in(client, convenor.user)
    address = reverse("stories:network-actions", args=[convenor.network.slug])
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)
