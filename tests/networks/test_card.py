"""One's own card: made when its owner saves it, edited by section, taken down, taken along to the next job."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning_portal.common.models import User
from networks.card_actions import NoCard, save_section, save_who
from networks.models import CardPrompt, Contact, Preferences
from networks.work_actions import NotTheirs, leave_work
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    MembershipFactory,
    OrganisationFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CARD, ACCOUNT = reverse("networks:card"), reverse("common:account")
WHO, HELP, LEARN, HOW, AUDIENCE = (
    reverse("networks:card-section", args=[slug]) for slug in ("who", "help", "learn", "how", "audience")
)
SAID = {"name": "Ann Example", "role": "Runs the rota", "audience": "members"}


@pytest.fixture
def council():
    return OrganisationFactory(name_en="Upland Council", email_domains="upland.example")


@pytest.fixture
def user(client, council) -> User:
    user = UserFactory(email="ann@upland.example", name="Ann Example")
    AffiliationFactory(user=user, organisation=council)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def card(user, council) -> Contact:
    return ContactFactory(
        user=user, organisation=council, name="Ann Example", audience="members", verified_on=timezone.localdate()
    )


def words(client, path: str) -> str:
    return client.get(path).content.decode()


def ticked(client, path: str) -> list[str]:
    return re.findall(r"<input[^>]*\bchecked\b", words(client, path))


# --- The first visit ------------------------------------------------------------------------------------------------


def test_to_look_makes_no_card(client, user):
    assert "Make my card" in words(client, CARD)
    assert "Ann Example" in words(client, WHO)
    assert not Contact.objects.exists()
    assert f'href="{CARD}"' in words(client, ACCOUNT)


def test_the_first_save_makes_one_with_what_was_said_before(client, user, council):
    one, two = TopicFactory(name="Poor signal"), TopicFactory(name="Rotas")
    liked = Preferences.objects.create(user=user, formats="call|visit")
    liked.knows.set([one])
    liked.wants.set([two])
    assert client.post(WHO, SAID)["Location"] == CARD
    made = Contact.objects.get()
    assert (made.user, made.organisation, made.name, made.role) == (user, council, "Ann Example", "Runs the rota")
    assert (made.formats, made.languages, made.audience) == ("call|visit", "en", "members")
    assert (list(made.can_help_with.all()), list(made.wants_to_learn.all())) == ([one], [two])
    assert made.verified_on == timezone.localdate()
    page = words(client, CARD)
    assert all(word in page for word in ("Poor signal", "Rotas", "Call, Visit", "Verified public servants"))


def test_who_sees_it_is_asked_the_first_time_and_nothing_is_chosen(client, user):
    assert words(client, WHO).count('name="audience"') == 3
    assert ticked(client, WHO) == []
    assert client.post(WHO, {**SAID, "audience": ""}).status_code == 422
    client.post(WHO, SAID)
    assert 'name="audience"' not in words(client, WHO)


def test_only_who_works_somewhere_has_a_card(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Say where you work" in words(client, CARD)
    assert client.get(WHO)["Location"] == CARD
    assert client.post(WHO, SAID)["Location"] == CARD
    with pytest.raises(NotTheirs):
        save_who(by=user, organisation=OrganisationFactory(), name="Ann", role="Chief")
    assert not Contact.objects.exists()


@pytest.mark.parametrize("page", [HELP, LEARN, HOW, AUDIENCE])
def test_without_a_card_there_is_no_other_part_of_it(client, user, page):
    assert client.get(page)["Location"] == CARD
    assert client.post(page, {"audience": "public", "monthly_limit": "2"})["Location"] == CARD
    with pytest.raises(NoCard):
        save_section(by=user, audience="public")


def test_no_such_part(client, user):
    assert client.get("/account/card/nothing/").status_code == 404


@pytest.mark.parametrize("page", [CARD, WHO, HELP])
def test_a_visitor_signs_in_first(page):
    assert Client().get(page)["Location"].startswith("/sign-in/")


# --- By section -----------------------------------------------------------------------------------------------------


def test_each_part_is_saved_shown_and_confirms_the_card(client, card):
    one, two = TopicFactory(name="Poor signal"), TopicFactory(name="Rotas")
    CardPrompt.objects.create(contact=card, asked_on=timezone.localdate())
    parts = {
        WHO: {"name": "Ann Other", "role": "Chief"},
        HELP: {"can_help_with": [one.slug]},
        LEARN: {"wants_to_learn": [two.slug]},
        HOW: {
            "formats": ["visit", "call"],
            "monthly_limit": "3",
            "working_days": ["4", "0"],
            "languages": ["cy", "en"],
            "paused_until": "",
        },
        AUDIENCE: {"audience": "public"},
    }
    for page, answers in parts.items():
        Contact.objects.update(verified_on="2026-01-01")
        assert client.post(page, answers).status_code == 302, page
        assert Contact.objects.get().verified_on == timezone.localdate()
    card.refresh_from_db()
    assert (card.name, card.role, card.formats, card.monthly_limit) == ("Ann Other", "Chief", "call|visit", 3)
    assert (card.working_days, card.languages, card.audience) == ("0|4", "en|cy", "public")
    page = words(client, CARD)
    assert all(word in page for word in ("Ann Other", "Poor signal", "Rotas", "Monday, Friday", "English, Welsh"))
    assert not CardPrompt.objects.exists()
    assert len(ticked(client, HOW)) == 6


def test_a_topic_of_another_group_stays(client, card):
    method = TopicFactory(group="method")
    card.can_help_with.set([method])
    assert method.slug in words(client, HELP)
    client.post(HELP, {"can_help_with": [method.slug]})
    assert list(card.can_help_with.all()) == [method]


BAD = [
    (WHO, {"name": "", "role": "Chief"}),
    (WHO, {"name": "A" * 121, "role": "Chief"}),
    (WHO, {"name": "Ann\x00", "role": "Chief"}),
    (WHO, {"name": "Ann", "role": ""}),
    (WHO, {"name": "Ann", "role": "x" * 100_000}),
    (WHO, {"name": "Ann", "role": "Chief", "deputy": "0000000000001"}),
    (WHO, {"name": "Ann", "role": "Chief", "deputy": "9" * 30}),
    (WHO, {"name": "Ann", "role": "Chief", "team_mailbox": "no address"}),
    (WHO, {"name": "Ann", "role": "Chief", "team_mailbox": "team@elsewhere.example"}),
    (WHO, {"name": "Ann", "role": "Chief", "team_mailbox": "team@not-upland.example"}),
    (WHO, {"name": "Ann", "role": "Chief", "team_mailbox": "ann@upland.example"}),
    (HELP, {"can_help_with": ["nothing"]}),
    (HELP, {"can_help_with": ["\x00"]}),
    (LEARN, {"wants_to_learn": ["9" * 30]}),
    (HOW, {"monthly_limit": "32"}),
    (HOW, {"monthly_limit": "-1"}),
    (HOW, {"monthly_limit": "9" * 30}),
    (HOW, {"monthly_limit": ""}),
    (HOW, {"monthly_limit": "2", "formats": ["fax"]}),
    (HOW, {"monthly_limit": "2", "working_days": ["7"]}),
    (HOW, {"monthly_limit": "2", "languages": ["fr"]}),
    (HOW, {"monthly_limit": "2", "paused_until": "1/1/2020"}),
    (HOW, {"monthly_limit": "2", "paused_until": "1/1/9999"}),
    (HOW, {"monthly_limit": "2", "paused_until": "soon"}),
    (AUDIENCE, {"audience": ""}),
    (AUDIENCE, {"audience": "everybody"}),
    (AUDIENCE, {"audience": "networks"}),
]


@pytest.mark.parametrize(("page", "answers"), BAD, ids=lambda value: str(value)[:60])
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(client, card, page, answers):
    before = Contact.objects.values().get()
    response = client.post(page, answers)
    assert response.status_code == 422
    assert "govuk-error-summary" in response.content.decode()
    assert Contact.objects.values().get() == before
    kept = [value for value in answers.values() if isinstance(value, str) and value.isalpha() and len(value) < 9]
    assert all(value in response.content.decode() for value in kept)


def test_twelve_topics_at_most(client, card):
    slugs = [TopicFactory(bit=number).slug for number in range(13)]
    assert client.post(HELP, {"can_help_with": slugs}).status_code == 422
    assert client.post(HELP, {"can_help_with": slugs[1:]}).status_code == 302


def folds(html: str) -> list[tuple[bool, str]]:
    """Of each fold whether it stands open, and its summary."""
    found = re.findall(r"<details([^>]*)>\s*<summary[^>]*>(.*?)</summary>", html, re.DOTALL)
    return [("open" in tag, " ".join(re.sub(r"<[^>]+>", " ", summary).split())) for tag, summary in found]


def test_topics_are_folded_by_group_and_what_is_chosen_stands_beside_its_name(client, card):
    """A hundred and twenty boxes would fill ten screens of a phone."""
    problem, area = TopicFactory(name="Late buses"), TopicFactory(name="Buses", group="service", code=8)
    assert folds(client.get(HELP).content.decode()) == [(False, "Problem"), (False, "Service area")]
    card.can_help_with.set([area])
    assert folds(client.get(HELP).content.decode()) == [(False, "Problem"), (False, "Service area Buses")]
    refused = client.post(HELP, {"can_help_with": [area.slug, problem.slug, "no such"]}).content.decode()
    assert folds(refused) == [(True, "Problem Late buses"), (False, "Service area Buses")]


def test_an_error_leads_into_the_fold_that_stands_open(client, card):
    TopicFactory(group="problem")
    areas = [TopicFactory(group="service", bit=number, code=8 + number) for number in range(13)]
    refused = client.post(HELP, {"can_help_with": [area.slug for area in areas]}).content.decode()
    assert [is_open for is_open, _summary in folds(refused)] == [False, True]
    assert 'href="#id_can_help_with_1"' in refused


def test_in_welsh_topics_are_in_the_order_of_their_welsh_names(client, card):
    for name, welsh in (("Ambulances", "Ymateb"), ("Wards", "Adrannau")):
        TopicFactory(name=name, name_cy=welsh)
    html = client.get(HELP, headers={"accept-language": "cy"}).content.decode()
    assert html.index("Adrannau") < html.index("Ymateb")


def test_a_member_of_a_network_may_show_it_to_networks(client, card, user):
    MembershipFactory(user=user)
    assert client.post(AUDIENCE, {"audience": "networks"}).status_code == 302


def test_a_pause_shows_until_it_is_over(client, card):
    until = timezone.localdate() + datetime.timedelta(days=30)
    client.post(HOW, {"monthly_limit": "2", "paused_until": until.strftime("%d/%m/%Y")})
    assert Contact.objects.get().paused_until == until
    assert "Not to be asked until" in words(client, CARD)


def test_the_team_mailbox_is_never_shown(client, card):
    client.post(WHO, {"name": "Ann", "role": "Chief", "team_mailbox": "Team@upland.example"})
    card.refresh_from_db()
    assert card.team_mailbox == "team@upland.example"
    assert "team@" not in words(client, CARD)
    assert "given, and never shown" in words(client, CARD)


def test_a_deputy_is_a_living_card_there_that_one_may_see(client, card, council):
    today = timezone.localdate()
    there = ContactFactory(organisation=council, name="Deputy There", verified_on=today)
    for other in (
        {"name": "Elsewhere", "verified_on": today},
        {"name": "Archived", "organisation": council, "verified_on": today, "archived_on": today},
        {"name": "Too old", "organisation": council, "verified_on": "2020-01-01"},
        {"name": "In networks", "organisation": council, "verified_on": today, "audience": "networks"},
    ):
        ContactFactory(**other)
    page = words(client, WHO)
    assert "Deputy There" in page
    assert not any(name in page for name in ("Elsewhere", "Archived", "Too old", "In networks"))
    client.post(WHO, {"name": "Ann", "role": "Chief", "deputy": there.public_id})
    card.refresh_from_db()
    assert card.deputy == there
    assert "Deputy There" in words(client, CARD)


# --- Down, up, and along to the next job ----------------------------------------------------------------------------


def test_confirm_with_one_button(client, card):
    Contact.objects.update(verified_on="2026-01-01")
    client.post(CARD, {"do": "confirm"})
    assert Contact.objects.get().verified_on == timezone.localdate()


@pytest.mark.parametrize("do", ["", "erase", "\x00"])
def test_a_button_that_is_none(client, card, do):
    assert client.post(CARD, {"do": do}).status_code == 422
    assert Contact.objects.get().archived_on is None


def test_taken_down_and_put_up_again(client, card, council):
    card.can_help_with.set([TopicFactory()])
    client.post(CARD, {"do": "down"})
    card.refresh_from_db()
    assert card.archived_on == timezone.localdate()
    assert not Contact.objects.living(timezone.localdate()).exists()
    assert "Put my card up again" in words(client, CARD)
    assert client.get(HELP)["Location"] == CARD
    client.post(CARD, {"do": "down"})
    assert client.post(WHO, SAID).status_code == 302
    card.refresh_from_db()
    assert (card.archived_on, card.can_help_with.count(), Contact.objects.count()) == (None, 1, 1)


def test_at_another_organisation_it_is_a_new_card_with_what_they_know(client, card, user):
    topic, deputy = TopicFactory(), ContactFactory(organisation=card.organisation, verified_on=timezone.localdate())
    card.can_help_with.set([topic])
    Contact.objects.filter(pk=card.pk).update(deputy=deputy, formats="visit", monthly_limit=1)
    leave_work(by=user, key=user_work(user))
    card.refresh_from_db()
    assert card.archived_on == timezone.localdate()
    assert "kept for your next one" in words(client, CARD)
    there = OrganisationFactory(name_en="Lowland Council")
    AffiliationFactory(user=user, organisation=there)
    assert "Lowland Council" in words(client, WHO)
    client.post(WHO, SAID)
    new = Contact.objects.get(user=user)
    card.refresh_from_db()
    assert (card.user, card.moved_to, card.deputy, card.organisation.name) == (None, new, deputy, "Upland Council")
    assert (new.organisation, new.deputy, new.formats, new.monthly_limit) == (there, None, "visit", 1)
    assert list(new.can_help_with.all()) == [topic]


def user_work(user: User) -> int:
    from networks.models import Affiliation

    return Affiliation.objects.get(user=user, ended_on=None).pk


def test_who_works_at_two_places_chooses(client, user, card):
    second = AffiliationFactory(user=user).organisation
    assert words(client, WHO).count('name="organisation"') == 2
    assert client.post(WHO, {"name": "Ann", "role": "Chief"}).status_code == 422
    assert client.post(WHO, {"name": "Ann", "role": "Chief", "organisation": "NONE"}).status_code == 422
    deputy = ContactFactory(organisation=card.organisation, verified_on=timezone.localdate())
    both = {"name": "Ann", "role": "Chief", "organisation": second.code}
    assert client.post(WHO, {**both, "deputy": deputy.public_id}).status_code == 422
    assert client.post(WHO, both).status_code == 302
    assert Contact.objects.get(user=user).organisation == second
