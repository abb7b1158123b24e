"""Somebody deletes their account: they go, and what they told stays as they chose."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.urls import reverse

from learning_portal.common.actions import post, record
from learning_portal.common.models import Message, Role, User
from networks.models import Affiliation, Contact, Membership
from networks.pledges import pledge
from stories.actions import Refused, leave
from stories.choices import Status, Voice
from stories.models import AuthorLink, Helped, Story
from tests.cast import give_role
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    MembershipFactory,
    UserFactory,
    make_story,
)
from tests.stories.telling import approved, moderators, sent, start, teller

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE = "/account/delete/"


def article_of(client, story: Story) -> str:
    return client.get(story.get_absolute_url()).content.decode().split("<article")[1]


def whole_person() -> User:
    """Somebody with everything that hangs on a person."""
    person = AffiliationFactory(user__name="Carys Example").user
    MembershipFactory(user=person)
    ContactFactory(user=person, name="Carys Example")
    pledge(by=person, organisation=Affiliation.objects.get(user=person).organisation, name="Carys Example", role="Head")
    post(to=person, kind="mail_failing")
    return person


def test_it_asks_once_and_says_what_happens(client):
    client.force_login(whole_person(), backend=BACKEND)
    assert PAGE in client.get(reverse("common:account")).content.decode()
    page = client.get(PAGE).content.decode()
    for words in ("What goes", "What stays", "your published stories", "This cannot be undone."):
        assert words in page
    assert client.post(PAGE)["Location"] == "/"
    assert client.get(reverse("common:account")).status_code == 302
    assert not User.objects.exists()


def test_nothing_that_names_them_is_left():
    person = whole_person()
    contacted = make_story(contacts=[Contact.objects.get()])
    leave.delete_account(by=person)
    for model in (User, EmailAddress, Affiliation, Membership, Contact, Message, Session, AuthorLink):
        assert not model.objects.exists(), model
    assert Story.objects.get() == contacted


@pytest.mark.parametrize("voice", [Voice.NAMED, Voice.CONFIDENTIAL])
def test_stories_stay_as_their_author_chose(client, voice):
    person = UserFactory()
    story = make_story(author=person, voice=voice)
    before = article_of(client, story)
    leave.delete_account(by=person)
    assert article_of(client, story) == before
    assert not AuthorLink.objects.exists()


def test_drafts_that_nobody_has_seen_go(client):
    person = teller()
    start(person)
    client.force_login(person, backend=BACKEND)
    assert "1 draft that you have not sent" in client.get(PAGE).content.decode()
    leave.delete_account(by=person)
    assert not Story.objects.exists()


def test_what_is_on_its_way_stays_behind_its_receipt(client):
    person = teller()
    moderators(3)
    story = sent(person)
    client.force_login(person, backend=BACKEND)
    assert "1 story of yours is on its way" in client.get(PAGE).content.decode()
    leave.delete_account(by=person)
    assert Story.objects.get(pk=story.pk).status == Status.SUBMITTED


def test_an_approved_story_goes_on(client):
    person, people = teller(), moderators(3)
    story = sent(person)
    approved(story, people)
    leave.delete_account(by=person)
    assert Story.objects.get().status in {Status.APPROVED, Status.PUBLISHED}


def test_plans_go_from_every_browser(client):
    person = UserFactory()
    client.force_login(person, backend=BACKEND)
    client.post(reverse("stories:plan-create"), {"text": "We want to give tablets to carers"})
    leave.delete_account(by=person)
    assert not Session.objects.exists()


def test_other_peoples_things_stay(client):
    person, other = UserFactory(), whole_person()
    client.force_login(other, backend=BACKEND)
    Helped.objects.create(story=make_story(author=other), kind="thanks", seal="0" * 64)
    record(by=person.email, verb="did", subject="it")
    leave.delete_account(by=person)
    assert client.get(reverse("common:account")).status_code == 200
    assert Contact.objects.count() == AuthorLink.objects.count() == Helped.objects.count() == 1


# --- Who has to hand something over first ---------------------------------------------------------------------------


def kept_by(person: User, words: str, client) -> None:
    client.force_login(person, backend=BACKEND)
    for response in (client.get(PAGE), client.post(PAGE)):
        page = response.content.decode()
        assert words in page
        assert "Delete my account" not in page
    assert response.status_code == 422
    with pytest.raises(Refused):
        leave.delete_account(by=person)
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("role", list(Role))
def test_the_last_of_a_role_stays_until_there_is_another(client, role):
    person = UserFactory()
    give_role(person, role)
    closed = UserFactory(is_active=False)
    give_role(closed, role)
    kept_by(person, "Nobody else has this role", client)
    give_role(UserFactory(), role)
    leave.delete_account(by=person)


def test_the_last_superuser_stays(client):
    person = UserFactory(is_superuser=True, is_staff=True)
    kept_by(person, "You are the last who can give others their rights.", client)
    UserFactory(is_superuser=True, is_staff=True)
    leave.delete_account(by=person)


def test_the_only_convenor_stays(client):
    membership = MembershipFactory(is_convenor=True, network__name_en="Housing repairs")
    kept_by(membership.user, "You are the only convenor of Housing repairs.", client)
    MembershipFactory(network=membership.network, is_convenor=True)
    leave.delete_account(by=membership.user)


def test_visitors_sign_in_first(client):
    assert client.get(PAGE).status_code == client.post(PAGE).status_code == 302
