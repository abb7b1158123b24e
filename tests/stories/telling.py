"""People who tell stories and people who moderate them, for the tests of both."""

import datetime
from unittest import mock

from django.utils import timezone

from learning_portal.common.models import Role, User
from networks.models import Organisation
from stories.actions import moderate, respond, tell
from stories.choices import Audience, Status, Voice
from stories.content import Content
from stories.models import Draft, Story
from tests.cast import give_role
from tests.factories import AffiliationFactory, OrganisationFactory, lessons


def place() -> Organisation:
    """A council that shares its band with four others."""
    return OrganisationFactory.create_batch(5)[0]


def teller(organisation: Organisation | None = None) -> User:
    return AffiliationFactory(organisation=organisation or place()).user


def moderators(count: int = 3) -> list[User]:
    """Moderators with a front-line affiliation, so of both pools."""
    people = [AffiliationFactory().user for _number in range(count)]
    for person in people:
        give_role(person, Role.MODERATOR)
    return people


def start(by: User, voice: str = Voice.NAMED, **fields) -> Story:
    return tell.start_story(**{"by": by, "kind": "lessons", "voice": voice, "language": "en", **fields})[0]


def send(story: Story, content: Content | None = None, **fields) -> Story:
    """Send it in as the form of the newest draft would."""
    token = Draft.objects.get(story=story).number
    given = {"content": content or lessons(), "audience": Audience.PUBLIC, "token": token, **fields}
    return tell.submit(story=story, **given)


def sent(by: User, voice: str = Voice.NAMED, **fields) -> Story:
    return send(start(by, voice), **fields)


def fresh(story: Story) -> Story:
    return Story.objects.get(pk=story.pk)


def approved(story: Story, people: list[User]) -> Story:
    """Both sides say yes to the newest words."""
    sha256 = story.versions().first().sha256
    for person in people[: 2 if story.voice == Voice.ANONYMOUS else 1]:
        moderate.approve(by=person, story=story, sha256=sha256)
    if fresh(story).status != Status.APPROVED:
        respond.approve(story=story, sha256=sha256)
    return fresh(story)


def on(day: datetime.date):
    """The portal's clock shows noon of this day."""
    noon = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
    return mock.patch.object(timezone, "now", return_value=noon)
