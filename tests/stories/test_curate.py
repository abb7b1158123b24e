"""The programme team says what it knows of a story, in the service's own words."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from learning_portal.common.models import Role
from stories.actions import Refused, curate
from stories.choices import Audience, Evaluation, Status, Voice
from stories.models import Decision, Story
from tests.cast import give_role
from tests.factories import ProgrammeFactory, UserFactory, make_story

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def team(client):
    person = UserFactory()
    give_role(person, Role.PROGRAMME_TEAM)
    client.force_login(person, backend=BACKEND)
    return person


def address_of(story: Story) -> str:
    return reverse("stories:story-curate", args=[story.pk])


def test_all_of_it_stands_on_the_page_and_in_the_history(client, team):
    story, programme = make_story(), ProgrammeFactory(name_en="Fund for new ways")
    assert address_of(story) in client.get(story.get_absolute_url()).content.decode()
    form = {"evaluation": "own", "cross_sector": "on", "champion": "Ann Example, director", "programme": programme.pk}
    assert client.post(address_of(story), form).status_code == 302
    page = client.get(story.get_absolute_url()).content.decode()
    for words in ("Evaluated by the team itself", "Ann Example, director", "of use there too", "Fund for new ways"):
        assert words in page
    assert [decision.verb for decision in Decision.objects.all()] == ["curated"]


def test_nothing_new_is_no_decision(team):
    assert not curate.curate(by=team, story=make_story(), evaluation=Evaluation.NONE, cross_sector=False)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_a_story_without_a_name_has_neither_champion_nor_programme(client, team, voice):
    story = make_story(voice=voice)
    page = client.get(address_of(story)).content.decode()
    assert 'name="champion"' not in page
    assert 'name="programme"' not in page
    client.post(address_of(story), {"evaluation": "own", "champion": "Ann", "programme": ProgrammeFactory().pk})
    story.refresh_from_db()
    assert (story.evaluation, story.champion, story.programme) == ("own", "", None)
    with pytest.raises(Refused):
        curate.curate(by=team, story=story, evaluation="own", cross_sector=False, champion="Ann")
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.update(champion="Ann")


def test_what_the_team_says_of_a_story_without_a_name_is_not_signed(team):
    story = make_story(voice=Voice.ANONYMOUS)
    curate.curate(by=team, story=story, evaluation="own", cross_sector=True)
    decision = Decision.objects.get()
    assert decision.by_label == ""
    assert decision.on.weekday() == 0


@pytest.mark.parametrize("fields", [{"audience": Audience.MEMBERS}, {"status": Status.DRAFT}])
def test_the_role_opens_no_story(client, team, fields):
    story = make_story(**fields)
    assert client.get(address_of(story)).status_code == 404
    assert client.post(address_of(story), {"evaluation": "own"}).status_code == 404
    with pytest.raises(Refused):
        curate.curate(by=team, story=story, evaluation="own", cross_sector=False)


def test_nobody_else_curates(client):
    person, story = UserFactory(), make_story()
    client.force_login(person, backend=BACKEND)
    assert client.get(address_of(story)).status_code == 404
    assert address_of(story) not in client.get(story.get_absolute_url()).content.decode()
    with pytest.raises(Refused):
        curate.curate(by=person, story=story, evaluation="own", cross_sector=False)


def test_what_cannot_be_is_refused(client, team):
    story = make_story()
    for form in ({}, {"evaluation": "superb"}, {"evaluation": "own", "champion": "x" * 121}):
        assert client.post(address_of(story), form).status_code == 422
