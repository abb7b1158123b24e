"""A progress update: a status and a line, on one's own published project summary that bears a name."""

import pytest

from stories.actions import update
from stories.choices import Progress
from stories.models import ProgressUpdate
from tests.factories import UserFactory, lessons, make_story, summary
from tests.nasty import NASTY
from tests.stories.test_tell_begin import signed_in
from tests.strength import each

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


def project(user, content=None, **fields):
    return make_story(content=content or summary(), author=user, **fields)


def add(user, story, **form):
    given = {"story": story.public_id, "status": "stuck", "line": "The supplier has gone quiet.", **form}
    return signed_in(user).post("/tell/progress/", given)


def test_an_update_stands_on_the_story(user):
    story = project(user)
    client = signed_in(user)
    assert story.content.title in client.get("/tell/progress/").content.decode()
    assert add(user, story)["Location"] == story.get_absolute_url()
    found = ProgressUpdate.objects.get()
    assert (found.status, found.line) == (Progress.STUCK, "The supplier has gone quiet.")
    assert "The supplier has gone quiet." in client.get(story.get_absolute_url()).content.decode()


def test_sent_twice_it_is_one(user):
    story = project(user)
    for _time in range(2):
        add(user, story)
    assert ProgressUpdate.objects.count() == 1


def test_only_on_ones_own_named_published_summary(user):
    others = project(UserFactory())
    confidential = project(user, voice="confidential")
    unpublished = project(user, status="submitted")
    record = project(user, content=lessons())
    for story in (others, confidential, unpublished, record):
        assert add(user, story).status_code == 422
        with pytest.raises(update.Refused):
            update.add_progress(by=user, story=story, status="stuck", line="Stuck.")
    assert not ProgressUpdate.objects.exists()
    assert "you have none yet" in signed_in(user).get("/tell/progress/").content.decode()


def test_without_its_guard_it_would_stand_on_anybodys(user, monkeypatch):
    """Planted: everybody's summaries count as one's own."""
    others = project(UserFactory())
    monkeypatch.setattr(update, "updatable_by", lambda user: type(others).objects.all())
    assert add(user, others).status_code == 302


@pytest.mark.parametrize("form", [{"status": ""}, {"status": "fine"}, {"line": ""}, {"line": "x" * 251}])
def test_what_is_missing_is_said(user, form):
    assert add(user, project(user), **form).status_code == 422
    assert not ProgressUpdate.objects.exists()


@each("value", NASTY, 4)
def test_nasty_lines_are_text(user, value):
    story = project(user)
    assert add(user, story, line=value).status_code in {302, 422}
    assert "<script>alert" not in signed_in(user).get(story.get_absolute_url()).content.decode()


def test_one_signs_in_first(client):
    assert client.get("/tell/progress/")["Location"] == "/sign-in/?next=/tell/progress/"
