"""The commands that set up, load, look after and serve the portal."""

import datetime
import gettext
import io
import re
import socket
from collections.abc import Iterator

import polib
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command, get_commands
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning_portal.common.actions import post
from learning_portal.common.models import AuditEvent, Message, Role, User
from learning_portal.site.demo import load
from learning_portal.site.demo.reader import read_rows, read_stories
from learning_portal.site.management.commands import load_demo, serve, tick
from networks import introductions
from networks.choices import EventKind
from networks.coffee_pairing import is_current
from networks.management.commands.load_register import REGISTER
from networks.management.commands.load_topics import TOPICS
from networks.models import (
    Action,
    ActionFollowUp,
    Admission,
    Affiliation,
    Attendance,
    CoffeeRound,
    CoffeeSeat,
    CoffeeSeries,
    Contact,
    Event,
    Introduction,
    IntroductionStep,
    Membership,
    Network,
    NetworkPost,
    Organisation,
    Question,
    Topic,
)
from networks.models.action import LearningStage
from networks.network_choices import HowToJoin, NetworkState
from stories import learning
from stories.actions import share_plan
from stories.choices import Origin, Voice
from stories.models import AgendaItem, SharedPlan, Story, StoryAction, StoryContact, StoryIntroduction, Watch
from stories.models.search import Embedding, Posting, SearchDocument, Term
from stories.plans import Plan
from stories.search import embedding, index, rank
from tests.cast import give_role
from tests.factories import OrganisationFactory, TopicFactory, UserFactory, lessons, make_story
from tests.worlds import kept

FILES = read_stories()


def run(*arguments, **options) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def locale(settings, tmp_path):
    """One Welsh word to translate, in a folder of its own."""
    folder = tmp_path / "locale" / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8", "Language": "cy"}
    catalogue.append(polib.POEntry(msgid="Stories", msgstr="Straeon"))
    catalogue.save(str(folder / "django.po"))
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return folder


# --- compile_translations -------------------------------------------------------------------------------------------


def test_translations_are_compiled_without_a_system_tool(locale):
    run("compile_translations")
    with (locale / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Stories") == "Straeon"


def test_translations_are_compiled_where_they_differ(locale):
    run("compile_translations")
    compiled, made = (locale / "django.mo").read_bytes(), (locale / "django.mo").stat().st_mtime_ns
    run("compile_translations")
    assert (locale / "django.mo").stat().st_mtime_ns == made
    (locale / "django.mo").write_bytes(b"of another catalogue, and newer")
    run("compile_translations")
    assert (locale / "django.mo").read_bytes() == compiled


# --- prepare and load_demo ------------------------------------------------------------------------------------------


def shelf() -> dict[str, int]:
    kinds = (Story, Organisation, Topic, User, Affiliation, Membership, StoryContact, *MEETING)
    return {model.__name__: model.objects.count() for model in kinds}


MEETING = (
    Network,
    NetworkPost,
    Question,
    Event,
    Attendance,
    Introduction,
    IntroductionStep,
    CoffeeRound,
    CoffeeSeat,
    Action,
    ActionFollowUp,
    AgendaItem,
    StoryIntroduction,
    StoryAction,
    Watch,
)
"""What the people of the demo do together."""


@pytest.mark.django_db
def test_an_empty_portal_is_made_ready_and_the_second_time_is_left_alone_with_what_was_corrected(locale):
    run("prepare")
    first = shelf()
    assert first["Topic"] == len(read_rows(TOPICS))
    assert first["Organisation"] == len(read_rows(REGISTER)) + len(read_rows(load_demo.ORGANISATIONS))
    assert first["Story"] == len(FILES)
    emails = {email for email, *_rest in load.PEOPLE}
    assert first["User"] == len(load.PEOPLE) + 1 + Contact.objects.exclude(user__email__in=emails).count()
    assert Contact.objects.living(load.PUBLISHED).exclude(user=None).count() >= 60
    assert (locale / "django.mo").exists()
    Topic.objects.filter(slug="poor-signal").update(name="No signal")
    Organisation.objects.filter(code="W06000023").update(name_en="Powys", population=1)
    assert run("prepare") == ""
    assert shelf() == first
    assert Topic.objects.get(slug="poor-signal").name == "No signal"
    assert Organisation.objects.get(code="W06000023").population == 1


@pytest.mark.django_db
@pytest.mark.parametrize("loaded", ["load_topics", "load_register", "load_roles"])
def test_what_was_loaded_by_hand_keeps_nothing_else_away(locale, loaded):
    run(loaded)
    make_story(organisation=OrganisationFactory(is_example=True))  # which keeps the demo away
    run("prepare")
    assert Topic.objects.count() == len(read_rows(TOPICS))
    assert Organisation.objects.filter(is_example=False).count() == len(read_rows(REGISTER))
    assert Group.objects.filter(name__in=Role.values).count() == len(Role)


@pytest.mark.django_db
def test_roles_are_made_once_and_without_the_demo():
    assert run("load_roles") == "Roles: moderator, programme team, custodian added.\n"
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)
    assert AuditEvent.objects.get().subject == "moderator, programme team, custodian"
    assert run("load_roles") == ""
    Group.objects.get(name="custodian").delete()
    assert run("load_roles") == "Roles: custodian added.\n"


@pytest.fixture(scope="class")
def demo(django_db_setup, django_db_blocker) -> Iterator[str]:
    with kept(django_db_blocker):
        call_command("load_topics", stdout=io.StringIO())
        yield run("load_demo")


class TestDemo:
    pytestmark = pytest.mark.django_db

    def test_every_story_is_published_and_found(self, demo):
        assert demo == f"{len(FILES)} example stories loaded.\n"
        assert Story.objects.published().filter(origin=Origin.EXAMPLE).count() == len(FILES)
        assert SearchDocument.objects.count() == len(FILES)
        assert Term.objects.filter(stem="tablet").exists()  # counted without waiting for a tick
        assert {story.content.title for story in Story.objects.for_cards()} == {item.content.title for item in FILES}

    def test_all_of_it_is_at_invented_bodies(self, demo):
        assert not Organisation.objects.filter(is_example=False).exists()
        assert not Story.objects.exclude(organisation=None).exclude(organisation__is_example=True).exists()

    def test_a_band_stands_for_at_least_five(self, demo):
        from stories.actions.shelve import bands_of

        bands = list(bands_of(Organisation.objects.all()).values())
        unnamed = Story.objects.exclude(voice=Voice.NAMED)
        assert unnamed.exists()
        assert all(bands.count(story.band) >= 5 for story in unnamed)

    def test_they_came_out_week_by_week_a_summary_before_its_records(self, demo):
        days = list(Story.objects.values_list("published_on", flat=True))
        assert max(days) == load.PUBLISHED
        assert max(map(days.count, days)) <= 3
        assert {day.weekday() for day in days} == {0}
        for record in Story.objects.exclude(project=None).select_related("project"):
            assert record.project_id

    def test_a_second_run_does_nothing(self, demo):
        before = shelf()
        assert run("load_demo") == "The demo is loaded already.\n"
        assert shelf() == before

    def test_a_person_for_each_role_who_can_read_and_sign_in(self, demo):
        for email, _name, role, kind, network in load.PEOPLE:
            user = User.objects.get(email=email)
            assert not user.has_usable_password()
            assert [group.name for group in user.groups.all()] == ([role.value] if role else [])
            assert Affiliation.objects.filter(user=user).verified().get().organisation.kind == kind
            assert Membership.objects.filter(user=user).current().count() == (1 if network else 0)
        assert User.objects.get(email=load.STAFF[0]).is_superuser
        assert set(Role) == {role for _email, _name, role, *_rest in load.PEOPLE if role}
        Client().post(reverse("account_request_login_code"), {"email": load.PEOPLE[0][0]})
        assert [message.to for message in mail.outbox] == [[load.PEOPLE[0][0]]]

    def test_restricted_stories_show_to_the_people_of_the_demo(self, demo):
        visible = {
            email: Story.objects.visible_to(User.objects.get(email=email)).published().count()
            for email in ("member@portal.example", "frontline@portal.example", "network@portal.example")
        }
        public = Story.objects.filter(audience="public").count()
        member, front_line, network = visible.values()
        assert public < member < front_line < network

    def test_the_greeting_is_true_of_what_each_person_reads(self, demo):
        for email, _name, _role, kind, network in load.PEOPLE:
            visible = Story.objects.visible_to(User.objects.get(email=email)).published()
            assert set(visible.values_list("audience", flat=True)) == set(serve.reads(kind, network)), email

    def test_networks_of_every_sort_one_of_which_rests(self, demo):
        assert Network.objects.active().count() == 6
        assert Network.objects.filter(state=NetworkState.RESTING).exists()
        assert set(Network.objects.values_list("how_to_join", flat=True)) == set(HowToJoin.values)
        elsewhere = Network.objects.get(how_to_join=HowToJoin.ELSEWHERE)
        assert elsewhere.convenor_name
        assert elsewhere.checked_on
        for network in Network.objects.active().here():
            convenors = Membership.objects.current().filter(network=network, is_convenor=True)
            bodies = {Affiliation.objects.verified().get(user=one.user).organisation_id for one in convenors}
            assert len(bodies) == 2, network

    def test_ten_events_that_were_and_are_to_come(self, demo):
        now = timezone.now()
        assert Event.objects.count() == 10
        assert Event.objects.past(now).count() == 4
        assert Event.objects.coming(now).count() == 6
        assert set(Event.objects.values_list("kind", flat=True)) == set(EventKind.values)
        assert set(Event.objects.values_list("language", flat=True)) == {"en", "cy"}
        assert Event.objects.exclude(cancelled_on=None).count() == 1
        full = Event.objects.get(pk__in=Attendance.objects.waiting().values("event"))
        assert Attendance.objects.filter(event=full).going().count() == full.places
        was_there = Attendance.objects.filter(event__in=Event.objects.past(now)).going()
        assert set(was_there.values_list("came", flat=True)) == {True, False}

    def test_an_introduction_in_every_state_and_with_every_holder_that_a_mail_reaches(self, demo):
        states, holders = Introduction.State, Introduction.Holder
        assert set(Introduction.objects.values_list("state", flat=True)) == set(states.values)
        passed = Introduction.objects.filter(state=states.ASKED).values_list("holder", flat=True)
        assert {holders.HOST, holders.DEPUTY, holders.COLLEAGUE, holders.DESK} == set(passed)
        assert Introduction.objects.filter(is_mentoring=True, meetings=1, state=states.ACCEPTED).exists()
        assert Introduction.objects.exclude(visit=None).values_list("visit", flat=True).distinct().count() == 1
        assert not Introduction.objects.filter(state=states.ASKED, due_on__lte=timezone.localdate()).exists()
        from_story = StoryIntroduction.objects.count()
        assert 0 < from_story < Introduction.objects.count()

    def test_the_matching_desk_has_requests_and_five_look_for_one_thing(self, demo):
        assert introductions.desk.at_desk().count() >= 5
        assert [topic.slug for topic in introductions.desk.unmet_topics(timezone.localdate())] == ["deaf-people"]

    def test_a_coffee_series_is_half_run(self, demo):
        series = CoffeeSeries.objects.running().get()
        rounds = CoffeeRound.objects.filter(series=series)
        assert rounds.held().count() == 2
        assert is_current(rounds.previews().get(), series)
        assert series.next_on > timezone.localdate()
        for seats in CoffeeSeat.objects.filter(round__in=rounds.held()).tallies().values():
            assert seats["yes"] >= 5
            assert seats["no"]

    def test_what_became_of_actions_shows_to_the_convenor_and_beside_the_story(self, demo):
        network = Network.objects.get(slug="health-and-care-operations")
        after_one, after_three, after_six = learning.of_network(network)
        assert all(number for _stage, number in (*after_one.stages, *after_three.stages))
        assert not any(number for _stage, number in after_six.stages)
        assert not Action.objects.recorded().filter(network=network, event=None).exists()
        told = ActionFollowUp.objects.filter(action__in=StoryAction.objects.values("action")).answered()
        assert set(told.values_list("answer", flat=True)) == set(LearningStage.values)
        story = Story.objects.get(pk__in=StoryAction.objects.filter(action__network=network).values("story"))
        assert len(learning.of_story(story)) == len(LearningStage)

    def test_those_whom_one_signs_in_as_meet_something(self, demo):
        mared, owain, eleri, tom = (
            User.objects.get(email=f"{name}@portal.example")
            for name in ("member", "frontline", "convenor", "programme")
        )
        for user in (mared, owain, eleri):
            assert Contact.objects.visible_to(mared).filter(user=user).exists()
            assert Attendance.objects.filter(user=user, event__in=Event.objects.coming(timezone.now())).exists()
            assert Action.objects.open().filter(owner=user).exists()
        waiting = Introduction.objects.filter(state=Introduction.State.ASKED)
        assert waiting.filter(host__user=owain).count() == 1
        assert waiting.filter(host__user=eleri).count() == 3  # who are offered one visit
        assert Introduction.objects.open().filter(asker=mared).count() == 2
        assert Admission.objects.get(user=mared).kind == Admission.Kind.ASKED
        assert Admission.objects.get(address=owain.email).kind == Admission.Kind.INVITED
        assert Watch.objects.filter(user=owain).exists()
        assert tom.has_role(Role.PROGRAMME_TEAM)

    def test_no_mail_of_the_past_waits_and_the_first_tick_queues_next_to_none(self, demo, caplog, monkeypatch):
        assert not Message.objects.exists()
        kept = [job for job in tick.JOBS if job.__module__ not in {embedding.__name__, index.__name__}]
        monkeypatch.setattr(tick, "JOBS", kept)
        run("tick")
        assert "failed" not in caplog.text
        assert set(Message.objects.values_list("kind", flat=True)) == {"desk_waiting"}
        assert Message.objects.count() <= 5
        assert not mail.outbox

    def test_it_is_marked_in_the_audit_trail(self, demo):
        assert AuditEvent.objects.filter(by=load.BY, verb="shelved stories").exists()


@pytest.mark.django_db
def test_a_bad_row_stops_the_demo_before_anything_is_written(monkeypatch, tmp_path):
    lines = load_demo.ORGANISATIONS.read_text(encoding="utf-8").splitlines()
    bad = tmp_path / "organisations.csv"
    bad.write_text("\n".join([*lines, lines[1].replace("X-W01", "X-BAD").replace(",council,", ",castle,")]))
    monkeypatch.setattr(load_demo, "ORGANISATIONS", bad)
    with pytest.raises(CommandError, match="castle"):
        run("load_demo")
    assert not Organisation.objects.exists()
    assert not Story.objects.exists()


# --- tick -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_tick_does_the_late_work_once():
    make_story(content=lessons(title="Tablets"))
    share_plan(plan=Plan("Old"), query="")
    SharedPlan.objects.update(expires_on="2020-01-01")
    share_plan(plan=Plan("New"), query="")
    assert "erase_expired_plans: 1" in run("tick")
    assert SharedPlan.objects.get().text == "New"
    assert Term.objects.filter(stem="tablet").exists()
    assert Embedding.objects.count() == (1 if rank.has_meaning() else 0)
    assert run("tick") == ""


@pytest.mark.django_db
def test_tick_sends_what_is_due_once():
    user = UserFactory(email="sian@council.example")
    post(to=user, kind="message_waiting")
    assert "deliver_mail: 1" in run("tick")
    assert run("tick") == ""
    assert [message.to for message in mail.outbox] == [["sian@council.example"]]


@pytest.mark.django_db
def test_tick_tells_the_programme_team_of_mail_that_was_given_up():
    team = UserFactory()
    give_role(team, Role.PROGRAMME_TEAM)
    post(to="lead@supplier.example", kind="message_waiting")
    Message.objects.update(state="failed", not_before=4_000_000)
    run("tick")
    assert Message.objects.get(user=team).kind == "mail_failing"


@pytest.mark.django_db
def test_tick_erases_the_sessions_that_have_expired_and_the_plans_in_them():
    for days in (-1, 1):
        session = SessionStore()
        session["plans"] = {"key": {"text": f"Zorblax {days}"}}
        session.set_expiry(timezone.now() + datetime.timedelta(days=days))
        session.save()
    run("tick")
    assert [kept.get_decoded()["plans"]["key"]["text"] for kept in Session.objects.all()] == ["Zorblax 1"]


@pytest.mark.django_db
def test_what_fails_in_a_tick_keeps_nothing_else_from_being_done(monkeypatch, caplog):
    def broken():
        raise RuntimeError("the disc is full")

    monkeypatch.setattr(tick, "JOBS", (broken, *tick.JOBS))
    make_story(content=lessons(title="Xylophones"))
    run("tick")
    assert Term.objects.filter(stem="xylophon").exists()
    assert "broken" in caplog.text


@pytest.mark.django_db
def test_tick_follows_what_changed():
    run("tick")
    make_story(content=lessons(title="Xylophones"))
    run("tick")
    assert Term.objects.filter(stem="xylophon").exists()


# --- reindex --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_reindex_check_repairs_and_counts_what_was_out_of_step():
    stories = [make_story(topics=[TopicFactory()]) for _ in range(3)]
    assert run("reindex", check=True, no_meaning=True) == "0 stories were out of step, and are repaired.\n"
    Posting.objects.filter(story=stories[0].pk).delete()
    SearchDocument.objects.filter(pk=stories[1].pk).delete()
    assert run("reindex", check=True, no_meaning=True) == "2 stories were out of step, and are repaired.\n"
    assert run("reindex", check=True, no_meaning=True) == "0 stories were out of step, and are repaired.\n"
    assert Posting.objects.filter(story=stories[0].pk).exists()


@pytest.mark.django_db
def test_reindex_makes_the_index_anew():
    story = make_story()
    for model in (Posting, SearchDocument, Term):
        model.objects.all().delete()
    run("reindex", no_meaning=True)
    assert SearchDocument.objects.filter(pk=story.pk).exists()
    assert Term.objects.filter(stem="tablet").exists()


# --- What the documents say -------------------------------------------------------------------------------------------

DOCS = settings.BASE_DIR / "docs"
COMMAND = re.compile(r"manage\.py (\w+)")


@pytest.mark.parametrize("name", sorted(path.name for path in DOCS.glob("*.md")))
def test_every_command_that_a_document_names_is_there(name):
    assert set(COMMAND.findall((DOCS / name).read_text())) <= get_commands().keys()


def test_the_pictures_of_the_walk_through_are_there_and_small():
    named = set(re.findall(r"\]\((pictures/[\w-]+\.png)\)", (DOCS / "walk-through.md").read_text()))
    assert named == {f"pictures/{path.name}" for path in (DOCS / "pictures").iterdir()}
    assert 0 < len(named) <= 9
    assert all((DOCS / name).stat().st_size <= 120 * 1024 for name in named)


def test_the_walk_through_names_people_and_words_of_the_demo():
    text = " ".join((DOCS / "walk-through.md").read_text().split())
    assert set(re.findall(r"[\w-]+@portal\.example", text)) <= {email for email, *_rest in load.PEOPLE}
    assert any(story.content.title == "Volunteer visitors for the first week home from hospital" for story in FILES)


@pytest.mark.django_db
def test_after_the_first_start_there_are_roles_topics_bodies_and_somebody_who_may_look_after_them():
    section = (DOCS / "operations.md").read_text().split("## First start")[1].split("\n## ")[0]
    for line in re.findall(r"manage\.py ((?:load|create)\w+[^#\n]*)#?", section):
        run(*line.split())
    assert Group.objects.count() == len(Role)
    assert Topic.objects.count() == len(read_rows(TOPICS))
    assert Organisation.objects.filter(is_example=False).count() == len(read_rows(REGISTER))
    assert not Story.objects.exists()
    staff = User.objects.get()
    assert (staff.is_staff, staff.is_superuser, staff.has_usable_password()) == (True, True, False)


# --- serve ----------------------------------------------------------------------------------------------------------


def test_the_greeting_says_where_it_runs_and_whom_to_sign_in_as():
    words = serve.greeting(8001)
    assert "http://127.0.0.1:8001/" in words
    assert all(email in words for email, *_rest in load.PEOPLE)
    assert load.STAFF[0] in words
    people = [line for line in words.splitlines() if ", who reads what is for " in line]
    assert len(people) == len(load.PEOPLE)
    assert len({line.split(", who")[1] for line in people if "Reader" in line}) == 3


def test_a_port_that_is_taken_is_said_in_words():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="Choose another"):
            run("serve", port=taken.getsockname()[1])
