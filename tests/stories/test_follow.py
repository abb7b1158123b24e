"""Follow a project: a mail when it stands differently."""

import datetime

import pytest

from learning_portal.common.models import Message
from stories.actions import Refused, following
from stories.choices import Audience, Status, Voice
from stories.models import Follow, ProgressUpdate
from tests.factories import TODAY, AffiliationFactory, UserFactory, make_story

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def reader(client):
    person = AffiliationFactory().user
    client.force_login(person, backend=BACKEND)
    return person


def project(stands: str, **fields):
    story = make_story(**fields)
    moves(story, stands)
    return story


def moves(story, status: str, days: int = 0) -> None:
    on = TODAY + datetime.timedelta(days=days)
    ProgressUpdate.objects.create(story=story, on=on, status=status, line="So it goes.")


def told(user) -> int:
    return Message.objects.filter(user=user, kind="story_moved").count()


def test_what_one_follows_is_listed_while_one_may_read_it(client, reader):
    story, other = project("on_track"), project("stuck")
    client.post(f"{story.get_absolute_url()}follow/")
    page = client.get("/watches/").content.decode()
    assert story.get_absolute_url() in page
    assert other.get_absolute_url() not in page
    story.audience = Audience.NETWORK
    story.save()
    assert "Projects that you follow" not in client.get("/watches/").content.decode()


def test_one_mail_for_each_change(client, reader):
    story = project("on_track")
    page = client.post(f"{story.get_absolute_url()}follow/", follow=True).content.decode()
    assert "We mail you when it stands differently" in page
    assert "Stop following" in page
    assert following.tell_followers() == 0
    moves(story, "on_track", 1)
    assert following.tell_followers() == 0
    moves(story, "stuck", 2)
    assert following.tell_followers() == 1
    assert following.tell_followers() == 0
    assert told(reader) == 1


def test_stop(client, reader):
    story = project("on_track")
    client.post(f"{story.get_absolute_url()}follow/")
    client.post(f"{story.get_absolute_url()}follow/", {"do": "stop"})
    moves(story, "stuck", 1)
    assert following.tell_followers() == told(reader) == 0


def test_twice_is_once_and_fifty_at_most(client, reader):
    story = project("on_track")
    for _ in range(2):
        client.post(f"{story.get_absolute_url()}follow/")
    assert Follow.objects.count() == 1
    Follow.objects.bulk_create([Follow(user=reader, story=make_story(), seen="stuck") for _ in range(49)])
    with pytest.raises(Refused):
        following.follow(by=reader, story=project("on_track"))


@pytest.mark.parametrize("hidden", [{"audience": Audience.NETWORK}, {"status": Status.SUBMITTED}])
def test_not_what_one_may_not_read(client, reader, hidden):
    story = project("on_track", **hidden)
    assert client.post(f"{story.get_absolute_url()}follow/").status_code == 404
    assert not Follow.objects.exists()


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_not_a_story_without_a_name(client, reader, voice):
    story = make_story(voice=voice)
    client.post(f"{story.get_absolute_url()}follow/")
    assert not Follow.objects.exists()


def test_who_may_not_read_it_any_more_hears_nothing(client):
    job = AffiliationFactory()
    client.force_login(job.user, backend=BACKEND)
    story = project("on_track", audience=Audience.MEMBERS)
    client.post(f"{story.get_absolute_url()}follow/")
    job.ended_on = TODAY
    job.save()
    moves(story, "stuck", 1)
    assert following.tell_followers() == told(job.user) == 0
    assert not Follow.objects.exists()


def test_a_visitor_signs_in_first_and_wrong_methods(client):
    story = project("on_track")
    assert client.post(f"{story.get_absolute_url()}follow/").status_code == 302
    assert not Follow.objects.exists()
    client.force_login(UserFactory(), backend=BACKEND)
    assert client.get(f"{story.get_absolute_url()}follow/").status_code == 405


def test_a_story_without_updates_has_no_button(client, reader):
    assert "follow/" not in client.get(make_story().get_absolute_url()).content.decode()
    assert "follow/" in client.get(project("on_track").get_absolute_url()).content.decode()
