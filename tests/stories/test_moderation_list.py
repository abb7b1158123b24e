"""The work list of whoever moderates."""

import datetime

import pytest
from django.urls import reverse

from learning_portal.common.models import Role, User
from stories import worklist
from stories.actions import moderate, respond
from stories.choices import Audience, Status, Voice
from stories.models import Handling, Story
from tests.cast import give_role
from tests.factories import AffiliationFactory, MembershipFactory, UserFactory, lessons, make_story
from tests.stories.telling import approved, fresh, moderators, on, send, sent, start, teller

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
URL = "/moderation/"
MONDAY = datetime.date(2026, 11, 2)
LATER = datetime.date(2026, 11, 12)


def page(client, person: User, query: str = "") -> str:
    client.force_login(person, backend=BACKEND)
    response = client.get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def main_of(text: str) -> str:
    return text.split("<main")[1].split("</main")[0]


def row_of(text: str, story: Story) -> str:
    """The words of the row of one story."""
    return text.split(f"/moderation/{story.public_id}/")[1].split("</tr>")[0]


def test_what_waits_with_its_age_marks_state_pool_and_holder(client):
    people = moderators(2)
    with on(MONDAY):
        words = lessons(title="The rota", wrong="Mrs Rhiannon Prydderch lost our only map of it.")
        story = send(start(teller()), words)
    with on(LATER):
        row = row_of(page(client, people[0]), story)
    holder = Handling.objects.get(story=story).user
    for words in ("The rota", "8 working days", "late", "Submitted", ">1</td>", "Moderators", str(holder)):
        assert words in row


def test_the_oldest_that_waits_for_a_moderator_is_first(client):
    author, people = teller(), moderators(2)
    with on(MONDAY):
        returned = sent(author)
        moderate.send_back(by=people[0], story=returned, reason="Please shorten it.")
    with on(LATER):
        new = send(start(author), lessons(title="New"))
    with on(MONDAY + datetime.timedelta(days=1)):
        old = send(start(author), lessons(title="Old"))
    hidden = approved(send(start(author), lessons(title="Hidden")), people)
    found = list(worklist.waiting_for(people[0]))
    assert [story.pk for story in found] == [old.pk, new.pk, returned.pk, hidden.pk]
    with on(LATER):
        text = page(client, people[0])
    assert "2 stories wait for a moderator." in text
    assert "With their authors: 1. Approved, and waiting for their day: 1." in text


def test_only_what_is_handed_to_me(client):
    people = moderators(2)
    stories = [send(start(teller()), lessons(title=f"Number {number}")) for number in range(2)]
    mine = Handling.objects.get(user=people[0]).story
    other = next(story for story in stories if story.pk != mine.pk)
    text = page(client, people[0], "?handed=me")
    assert mine.public_id in text
    assert other.public_id not in text
    assert "Handed to me (1)" in text
    assert "Show all" in text


def test_nothing_waits(client):
    person = moderators(1)[0]
    assert "Nothing waits. Thank you." in page(client, person)
    assert "Nothing is handed to you." in page(client, person, "?handed=me")


def test_ones_own_is_never_there(client):
    people = moderators(3)
    story = sent(people[0])
    assert story.public_id not in page(client, people[0])
    assert story.public_id in page(client, people[1])


def test_ones_own_waits_for_others():
    people = moderators(3)
    story = sent(people[0], Voice.CONFIDENTIAL)
    found = [person for person in people if worklist.waiting_for(person).filter(pk=story.pk).exists()]
    assert found == people[1:], "Whoever wrote a story does not moderate it."


def test_an_anonymous_story_needs_two_and_says_who_has_done_their_part(client):
    people = moderators(3)
    story = sent(teller(), Voice.ANONYMOUS)
    assert "Needs two moderators" in row_of(page(client, people[0]), story)
    moderate.approve(by=people[0], story=story, sha256=story.versions()[0].sha256)
    assert "You approved it: one more has to" in row_of(page(client, people[0]), story)
    assert "Needs two moderators" in row_of(page(client, people[1]), story)


def test_it_says_that_an_author_has_written(client):
    people = moderators(2)
    story = sent(teller())
    moderate.ask(by=people[0], story=story, text="Which spring was it?")
    assert "Its author has written" not in page(client, people[0])
    respond.answer(story=story, text="The first.")
    assert "Its author has written" in page(client, people[1])


def test_a_hidden_story_waits_since_it_was_hidden(client):
    people = moderators(2)
    story = make_story()
    with on(MONDAY):
        moderate.hide(by=people[0], story=story)
    with on(LATER):
        assert "8 working days" in row_of(page(client, people[1]), story)


def test_convenors_see_the_stories_of_their_network_only(client):
    convenor = MembershipFactory(is_convenor=True)
    theirs = make_story(audience=Audience.NETWORK, networks=[convenor.network], status=Status.SUBMITTED)
    public = make_story(status=Status.SUBMITTED)
    text = page(client, convenor.user)
    assert theirs.public_id in text
    assert public.public_id not in text
    assert "not known" in text


def test_the_front_line_pool_is_for_moderators_who_work_there(client):
    story = make_story(audience=Audience.FRONT_LINE, status=Status.SUBMITTED)
    elsewhere = UserFactory()
    give_role(elsewhere, Role.MODERATOR)
    assert story.public_id not in page(client, elsewhere)
    assert story.public_id in page(client, moderators(1)[0])


def test_it_is_not_there_for_anybody_else(client):
    member = AffiliationFactory().user
    team = UserFactory()
    give_role(team, Role.PROGRAMME_TEAM)
    absent = client.get("/no-such-page/").content
    for person in (member, team):
        client.force_login(person, backend=BACKEND)
        response = client.get(URL)
        assert (response.status_code, response.content) == (404, absent)
    assert client.post(URL).status_code == 405


def test_links_lead_there_from_the_navigation_and_the_account_page(client):
    person = moderators(1)[0]
    client.force_login(person, backend=BACKEND)
    account = client.get(reverse("common:account")).content.decode()
    assert f'href="{URL}"' in account.split("<main")[0]
    assert f'href="{URL}"' in main_of(account)
    client.force_login(AffiliationFactory().user, backend=BACKEND)
    assert f'href="{URL}"' not in client.get(reverse("common:account")).content.decode()


def test_nonsense_in_the_address_is_calm(client):
    person = moderators(1)[0]
    for query in ("?handed=%00", "?page=9999999999", "?page=<b>", "?handed=me&handed=you"):
        assert "<b>" not in page(client, person, query)


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_does_not_grow(client, number, django_assert_max_num_queries):
    person, author = moderators(2)[0], teller()
    for count in range(number):
        send(start(author), lessons(title=f"Number {count}"))
    page(client, person)
    with django_assert_max_num_queries(23):
        text = page(client, person)
    assert text.count("/moderation/") >= number
    assert "Number 0" in text


def test_a_story_that_was_answered_is_in_the_median(client):
    people, author = moderators(3), teller()
    for count in range(5):
        with on(MONDAY):
            story = send(start(author), lessons(title=f"Number {count}"))
        with on(MONDAY + datetime.timedelta(days=count)):
            moderate.ask(by=people[0], story=story, text="Why?")
        with on(LATER):
            told = "within 2 working days" in page(client, people[0])
        assert told == (count == 4)
    with on(LATER):
        for voice in (Voice.ANONYMOUS, Voice.CONFIDENTIAL):
            moderate.ask(by=people[0], story=sent(author, voice), text="Why?")
        assert worklist.median_wait(LATER).days == 2
    assert worklist.median_wait(LATER + datetime.timedelta(days=200)) is None
    assert fresh(story).status == Status.SUBMITTED
