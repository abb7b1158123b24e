"""The custodian's page: who wrote a confidential story, shown once, for a reason that the author is told."""

import pytest

from learning_portal.common.models import AuditEvent, Message, Role
from stories.choices import Status, Voice
from stories.models import AuthorLink, Decision, RelayMessage, Story
from tests.cast import give_role
from tests.factories import AffiliationFactory, UserFactory, make_story

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
URL = "/custody/"
REASON = "A child is named as being at risk, and only the author knows who."


@pytest.fixture
def custodian(client):
    person = UserFactory()
    give_role(person, Role.CUSTODIAN)
    client.force_login(person, backend=BACKEND)
    return person


@pytest.fixture
def author():
    return AffiliationFactory().user


def told(author, **fields) -> Story:
    return make_story(**{"author": author, "voice": Voice.CONFIDENTIAL, "status": Status.SUBMITTED, **fields})


def ask(client, story: Story | str, reason: str = REASON, **form: str):
    key = story if isinstance(story, str) else story.public_id
    return client.post(URL, {"key": key, "reason": reason, "sure": "on", **form})


def test_a_custodian_learns_it_and_the_author_is_told(client, custodian, author):
    story = told(author)
    response = ask(client, story)
    page = response.content.decode()
    assert response.status_code == 200
    for words in (author.email, str(author), REASON):
        assert words in page
    assert "no-store" in response["Cache-Control"]
    assert REASON in RelayMessage.objects.get(story=story).text
    assert Message.objects.get(user=author).kind == "message_waiting"
    assert [decision.verb for decision in Decision.objects.filter(story=story)] == ["revealed"]


def test_the_name_stands_nowhere_but_on_that_page(client, custodian, author):
    ask(client, told(author))
    page = client.get(URL).content.decode()
    assert author.email not in page
    assert REASON in page
    assert custodian.email in page
    assert author.email not in str(list(AuditEvent.objects.values()))
    assert author.email not in str(dict(client.session))


def test_a_reference_may_be_typed_in_capitals_with_blanks(client, custodian, author):
    assert ask(client, f" {told(author).public_id.upper()} ").status_code == 200


@pytest.mark.parametrize(
    "fields",
    [{"voice": Voice.ANONYMOUS}, {"voice": Voice.NAMED}, {"status": Status.DRAFT}],
    ids=["anonymous", "named", "draft"],
)
def test_what_cannot_be_learnt_looks_like_what_is_not_there(client, custodian, author, fields):
    story = told(author, **fields)
    answers = [ask(client, key) for key in (story.public_id, "7zzzzzzzzzzzz")]
    assert [answer.status_code for answer in answers] == [422, 422]
    refused, absent = (answer.content.decode().split("<main")[1] for answer in answers)
    assert without_token(refused).replace(story.public_id, "KEY") == without_token(absent).replace(
        "7zzzzzzzzzzzz", "KEY"
    )
    assert author.email not in refused
    assert not Message.objects.exists()


def without_token(page: str) -> str:
    return page.split('name="csrfmiddlewaretoken"')[0] + page.split('name="csrfmiddlewaretoken"')[1].partition(">")[2]


def test_not_after_the_link_is_erased(client, custodian, author):
    story = told(author)
    AuthorLink.objects.all().delete()
    assert ask(client, story).status_code == 422


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"key": ""}, "Give the reference"),
        ({"key": "no such"}, "A reference has 13 letters"),
        ({"reason": " "}, "Write down why"),
        ({"reason": "x" * 1001}, "Shorten this to 1,000 characters"),
        ({"sure": ""}, "Say that you know"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(client, custodian, author, form, says):
    story = told(author)
    sent = {"key": story.public_id, "reason": REASON, "sure": "on", **form}
    response = client.post(URL, sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert sent["reason"].strip() in page
    assert author.email not in page
    assert not AuditEvent.objects.filter(verb="revealed an author").exists()


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.PROGRAMME_TEAM])
def test_nobody_else_finds_the_page(client, author, role):
    person = UserFactory(is_staff=True, is_superuser=True)
    if role:
        give_role(person, role)
    client.force_login(person, backend=BACKEND)
    assert client.get(URL).status_code == 404
    assert ask(client, told(author)).status_code == 404
    assert URL not in client.get("/account/").content.decode()


def test_a_lost_role_holds_at_the_next_request(client, custodian, author):
    assert URL in client.get("/account/").content.decode()
    custodian.groups.clear()
    assert ask(client, told(author)).status_code == 404


def test_a_visitor_and_other_methods(client, custodian):
    assert client.put(URL).status_code == 405
    client.logout()
    led_to = client.get(URL)
    assert (led_to.status_code, led_to["Location"]) == (302, f"/sign-in/?next={URL}")
