"""Each guard is taken out, and the check that should notice does.

A check returns what it found wrong: nothing, while all guards stand.
"""

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from learning_portal.common.models import User
from learning_portal.common.public_ids import encode
from learning_portal.site.views import home
from networks.models.affiliation import AffiliationQuerySet
from networks.models.contact import ContactQuerySet
from networks.models.network import MembershipQuerySet
from stories import access, deeds, events, filters, knowledge, meetings, network_talk, uptake
from stories.actions import watch
from stories.choices import Audience, Status, Voice
from stories.models import Story
from stories.views import (
    asking,
    browse,
    collections,
    curate,
    desk,
    history,
    moderation,
    organisations,
    people,
    promises,
    report,
    thanks,
    topics,
    watches,
)
from stories.views import events as event_views
from tests import faults, worlds
from tests.access_table import ROWS
from tests.asks import Ask, post, search
from tests.cast import EVENTS, READS, ROLES, Stage, build_stage
from tests.pages import LONG, PLAN, PLANS
from tests.pages_own import keep_own, own_pages
from tests.stories import test_moderation_list, test_visible_to
from tests.strength import FULL, each, marks
from tests.test_access import wrong_answers, wrong_for
from tests.test_two_worlds import differences, nothing, observe, told_at, with_hidden
from tests.worlds import SORTS, Sort, by_meaning, same_dice, savepoint

pytestmark = marks

Check = Callable[[Stage], list[str]]


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with worlds.kept(django_db_blocker), same_dice(), by_meaning():
        stage = build_stage()
        worlds.build_shelf(stage)
        keep_own(stage)
        worlds.settle()
        yield stage


# --- Checks ---------------------------------------------------------------------------------------------------------


def opens(role: str, audience: str = "", status: str = "") -> Check:
    """The rows of the table of stories for one role."""
    sorts = [sort for sort in SORTS if audience in {"", sort.audience} and status in {"", sort.status}]

    def check(stage: Stage) -> list[str]:
        with savepoint():
            stories = worlds.hide(stage, sorts, author=stage.users["author"])
            return wrong_for(stage, role, stories, methods=["GET"])

    return check


def gets(pattern: str, case: str) -> Check:
    """One row of the table of addresses, for everybody."""
    row = next(row for row in ROWS if (row.pattern, row.case) == (pattern, case))
    return lambda stage: wrong_answers(stage, row, list(itertools.product(ROLES, ("GET", "POST"))))


HIDDEN = [Sort(audience, Status.PUBLISHED, Voice.NAMED) for audience in Audience.values if audience != Audience.PUBLIC]


def shows(
    *asks: Ask | Callable[[Stage], Ask], role: str = "visitor", copies: int = 8, status: str = Status.PUBLISHED
) -> Check:
    """Whether a reader can tell that there are many hidden stories: published ones, or in another state."""
    hidden = [dataclasses.replace(sort, status=status) for sort in HIDDEN if sort.audience not in READS[role]]

    def check(stage: Stage) -> list[str]:
        wanted = [ask(stage) if callable(ask) else ask for ask in asks]
        worlds_seen = (observe(stage, role, change, wanted) for change in (nothing, with_hidden(hidden, copies)))
        return differences(wanted, *worlds_seen)

    return check


def names(*asks: Ask | Callable[[Stage], Ask], role: str = "visitor") -> Check:
    """Whether a reader can tell where the author of an unnamed story works."""

    def check(stage: Stage) -> list[str]:
        wanted = [ask(stage) if callable(ask) else ask for ask in asks]
        worlds_seen = (observe(stage, role, told_at(place), wanted) for place in ("here", "there"))
        return differences(wanted, *worlds_seen)

    return check


def rule(test: Callable[[], None]) -> Check:
    """A focussed test of `visible_to`."""

    def check(stage: Stage) -> list[str]:
        try:
            with savepoint():
                test()
        except AssertionError as error:
            return [str(error)]
        return []

    return check


def page_of(place: str) -> Callable[[Stage], Ask]:
    return lambda stage: Ask(f"/organisations/{getattr(stage, place).code}/")


def on_shelf(number: int) -> Callable[[Stage], Ask]:
    return lambda stage: Ask(stage.shelf[number].get_absolute_url())


def hidden_one(stage: Stage) -> Ask:
    return Ask(Story(pk=worlds.key_of(f"{HIDDEN[0].name} 0")).get_absolute_url())


def of_hidden_one(page: str, **form: str) -> Callable[[Stage], Ask]:
    def ask(stage: Stage) -> Ask:
        path = f"{hidden_one(stage).path}{page}/"
        return post(path, **form) if form else Ask(path)

    return ask


def own(role: str, page: str) -> Check:
    """Whether this reader can tell by what they keep of their own, on pages that begin so."""

    def check(stage: Stage) -> list[str]:
        return shows(*(ask for ask in own_pages(role) if ask.path.startswith(page)), role=role)(stage)

    return check


def merge_into_hidden(stage: Stage) -> Ask:
    """A story that waits in every world, and one of a network that is not this moderator's."""
    into = next(sort for sort in HIDDEN if sort.audience == Audience.NETWORK)
    hidden = encode(worlds.key_of(f"{into.name} 0"))
    return post(f"/moderation/{stage.shelf[0].public_id}/", do="merge", seen="published", into=hidden)


TELLERS = [
    lambda stage, place=place: Ask(f"/admin/common/user/{stage.tellers[place].pk}/delete/")
    for place in ("here", "there")
]


# --- Which check notices which fault --------------------------------------------------------------------------------


def replaced(owner: object, name: str, by: object) -> faults.Plant:
    return lambda m: m.setattr(owner, name, by)


PLANNED_HERE = post("/plan/", text=PLANS[0], organisation="Cyngor Valley 2")
PLAN_PAGES = (PLANNED_HERE, *(Ask(f"{PLAN}?topic=problem-0&topic=users-0&dial={dial}") for dial in (20, 40, 70)))
PEOPLE = [Ask(f"/people/meet/?topic={name}") for name in ("problem-0", "problem-1", "users-0", "service-0", "method-1")]
FAULTS: dict[str, tuple[faults.Plant, Check]] = {
    "everything is visible": (faults.door(lambda self, user: self.all()), opens("visitor", status=Status.DRAFT)),
    "the state is forgotten": (
        faults.door(lambda self, user: self.filter(audience=Audience.PUBLIC)),
        opens("visitor", Audience.PUBLIC),
    ),
    "who saw it once sees it for ever": (
        faults.cached_door,
        rule(test_visible_to.test_loss_of_membership_holds_at_once_and_rejoining_too),
    ),
    "member of any network": (faults.any_network, opens("lapsed", Audience.NETWORK)),
    "who left a network still counts": (
        replaced(MembershipQuerySet, "current", lambda self: self),
        opens("lapsed", Audience.NETWORK),
    ),
    "a job that ended still counts": (
        replaced(AffiliationQuerySet, "verified", lambda self: self.exclude(verified_on=None)),
        opens("lapsed", Audience.MEMBERS),
    ),
    "a job that nobody verified counts": (
        replaced(AffiliationQuerySet, "verified", lambda self: self.filter(ended_on=None)),
        rule(test_visible_to.test_an_account_alone_makes_nobody_a_member),
    ),
    "contractors are front line": (
        replaced(AffiliationQuerySet, "front_line", faults.capacity_ignored),
        opens("member", Audience.FRONT_LINE),
    ),
    "whoever shares a domain with a department is front line": (
        replaced(AffiliationQuerySet, "front_line", faults.shared_domain_ignored),
        rule(test_visible_to.test_a_domain_that_a_department_has_too_makes_nobody_front_line),
    ),
    "departments are front line": (
        replaced(AffiliationQuerySet, "front_line", faults.kind_ignored),
        opens("government", Audience.FRONT_LINE),
    ),
    "moderators open every state": (
        replaced(access, "IN_POOL", Status.values),
        opens("moderator", Audience.MEMBERS),
    ),
    "everybody sees who moderates": (
        replaced(people, "check_team", lambda request: None),
        gets("moderation/people/", ""),
    ),
    "whoever is asked need not be who answers": (
        replaced(User, "has_proved_address", True),
        gets("moderation/invited/", "asked, and not proved"),
    ),
    "moderators are in every pool": (faults.every_pool, opens("moderator", status=Status.SUBMITTED)),
    "every member of a network moderates": (faults.any_member_moderates, opens("network", Audience.NETWORK)),
    "the programme team reads": (faults.door(faults.team_reads), opens("programme_team", status=Status.PUBLISHED)),
    "anonymous authors are linked": (replaced(Story, "may_link", True), opens("author", status=Status.DRAFT)),
    "a refusal is a 403": (faults.when_refused(faults.forbid), opens("visitor", Audience.MEMBERS)),
    "a refusal is logged": (faults.when_refused(faults.say_so), shows(hidden_one)),
    "a refusal is mailed to the author": (faults.when_refused(faults.write_to_author), shows(hidden_one)),
    "a 404 carries a token": (faults.token_on_404, opens("visitor", Audience.MEMBERS)),
    "noindex is dropped": (faults.no_noindex, opens("front_line", Audience.FRONT_LINE)),
    "browse lists all": (faults.without_door(browse), shows(Ask("/stories/"))),
    "facets count all": (faults.counts_all(filters), shows(Ask("/stories/"))),
    "topics count all": (faults.counts_all(topics), shows(Ask("/topics/"))),
    "home counts all": (faults.counts_all(home), shows(Ask("/"))),
    "home shows what is new to all": (faults.without_door(home), shows(Ask("/"))),
    "word statistics of all": (faults.statistics_of_all, shows(search(LONG), search("tabblets"), search("wekends"))),
    "search is cut before the hidden go": (faults.cut_before_hidden_go, shows(search("tablets"))),
    "the best score is a hidden one's": (faults.best_of_all, shows(*PLAN_PAGES)),
    "related to all": (faults.beside("keys_like"), shows(*map(on_shelf, range(8)))),
    "the project's records for all": (faults.beside("keys_of_project"), shows(*map(on_shelf, range(3)))),
    "a body lists all": (faults.without_door(organisations), shows(page_of("here"), page_of("there"))),
    "people are known by every story": (faults.without_door(knowledge), shows(*PEOPLE)),
    "people are known by what they told without their name": (
        replaced(knowledge, "Voice", SimpleNamespace(NAMED="confidential")),
        names(*PEOPLE),
    ),
    "bodies are counted and come first by all": (faults.without_door(organisations), shows(Ask("/organisations/"))),
    "a body lists what its people told": (
        faults.body_lists_what_its_people_told,
        names(page_of("here"), page_of("there")),
    ),
    "the place is the body": (faults.place_is_the_body, names(Ask("/stories/?q=told"), role="front_line")),
    "unnamed stories have their body's figures": (
        faults.context_of_the_body,
        names(PLANNED_HERE, Ask("/stories/?order=like-mine")),
    ),
    "unnamed stories are found by their body's name": (
        faults.name_of_the_body_indexed,
        names(search("Cyngor Valley 0"), search("Cyngor Valley 1")),
    ),
    "a moderator gets the reports of every pool": (
        faults.reports_of_all,
        shows(Ask("/moderation/reports/"), role="moderator"),
    ),
    "the work list is of every pool": (
        faults.pool_of_all,
        shows(Ask("/moderation/"), Ask("/moderation/?handed=me"), role="moderator", status=Status.SUBMITTED),
    ),
    "a moderator decides about every story": (
        faults.pool_of_all,
        gets("moderation/<public_id:pk>/", "front line"),
    ),
    "moderators see their own": (
        faults.own_too,
        rule(test_moderation_list.test_ones_own_waits_for_others),
    ),
    "pages for moderators are there for all": (
        replaced(moderation, "check_moderates", lambda request: None),
        gets("moderation/<public_id:pk>/", "unknown"),
    ),
    "a moderator merges into what they may not read": (
        faults.without_door(deeds),
        shows(merge_into_hidden, role="moderator"),
    ),
    "what one may not read can be reported": (faults.without_door(report), shows(of_hidden_one("report"))),
    "what one may not read can be thanked for": (
        faults.without_door(thanks),
        shows(of_hidden_one("helped", kind="thanks"), role="lapsed"),
    ),
    "collections show all": (
        faults.without_door(collections),
        shows(Ask("/collections/"), Ask("/collections/unseen/"), Ask("/collections/seen/")),
    ),
    "agendas show all": (
        faults.without_door(events),
        shows(Ask("/events/"), *(Ask(f"/events/{encode(key)}/") for key in EVENTS)),
    ),
    "what one will do leads to all": (faults.without_door(promises), shows(Ask("/actions/"), role="author")),
    "an organiser puts on an agenda what they may not read": (
        faults.without_door(event_views),
        shows(
            lambda stage: post(f"/events/{encode(EVENTS[0])}/agenda/", do="add", story=hidden_one(stage).path),
            role="programme_team",
        ),
    ),
    "who follows a story follows it for ever": (faults.without_door(watches), own("lapsed", "/watches/")),
    "what was found for a plan stays found": (faults.without_door(watch), own("lapsed", "/watches/")),
    "a meeting leads to all": (faults.without_door(meetings), own("lapsed", "/meet/")),
    "the desk plans with all": (faults.without_door(desk), own("programme_team", "/desk/")),
    "members speak of all": (faults.without_door(network_talk), own("network", "/networks/")),
    "what one's body uses stays open": (faults.without_door(uptake), own("front_line", "/actions/")),
    "the programme team curates all": (
        faults.without_door(curate),
        shows(of_hidden_one("curate"), role="programme_team"),
    ),
    "histories are for all who moderate anything": (
        replaced(history, "may_read_history", lambda user, story: user.is_authenticated),
        gets("stories/<public_id:pk>/history/", "front line"),
    ),
    "staff see whose stories go with a person": (faults.staff_delete_people, names(*TELLERS, role="staff")),
    "anybody has every plan": (faults.plans_for_all, gets("plan/<str:key>/", "somebody else's")),
    "a told story opens without its receipt": (
        faults.receipts_for_all,
        gets("tell/<public_id:pk>/words/", "without its receipt"),
    ),
    "one receipt opens every story": (faults.anybodys_receipt, gets("tell/<public_id:pk>/words/", "guessed")),
    "what one may not read can be asked about": (
        faults.without_door(asking),
        gets("stories/<public_id:pk>/ask/", "members"),
    ),
    "hidden cards can be asked": (
        replaced(ContactQuerySet, "visible_to", lambda self, user: self),
        gets("people/<public_id:key>/ask/", "hidden"),
    ),
    "meetings are for all": (faults.meetings_for_all, gets("meet/<public_id:key>/", "agreed")),
    "a link in a mail is good for everything": (
        faults.one_purpose,
        gets("meet/answer/<str:token>/", "of another purpose"),
    ),
    "a shared plan never expires": (faults.plans_for_ever, gets("plan/shared/<str:token>/", "expired")),
}


@each("name", list(FAULTS), 8)
def test_a_fault_is_noticed(stage, monkeypatch, name, request):
    plant, check = FAULTS[name]
    if FULL:  # `make test` has asked for the same in test_access and test_two_worlds
        assert check(stage) == []
    plant(monkeypatch)
    assert check(stage) != []
    worlds.count(request, "planted faults caught", 1)


def test_every_fault_can_be_planted():
    """What it replaces is still there, also for those whose turn it is not."""
    for plant, _check in FAULTS.values():
        with pytest.MonkeyPatch.context() as m:
            plant(m)


def test_there_are_enough_faults():
    assert len(FAULTS) >= 30
