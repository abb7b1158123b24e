"""What a reader did before they ask for the pages of a told story, for the table of every address."""

from django.test import Client

from learning_portal.common.models import User
from networks.models import Topic
from stories.actions import change, tell
from stories.choices import ReceiptKind, Status
from stories.models import Draft, Receipt, Story
from tests.cast import Stage
from tests.factories import TODAY

WORDS = {
    "telling": "lessons",
    "title": "The tablets had no signal",
    "expected": "An hour a day saved.",
    "wrong": "Half of the villages have no signal.",
    "differently": "Ride along first.",
    "outcome": "failed",
}


def hold(client: Client) -> Story:
    """Begin a story and keep its receipt in this browser, whoever is signed in there."""
    by = User.objects.get(email="front_line@portal.example")
    story, receipt = tell.start_story(by=by, kind="lessons", voice="named", language="en")
    client.cookies["receipt"] = receipt
    return story


def hold_written(client: Client) -> Story:
    story = hold(client)
    topic = Topic.objects.filter(group="problem").first()
    tell.save_draft(story=story, words={**WORDS, "topic": topic.slug if topic else ""}, read=0)
    return story


def hold_two_versions(client: Client) -> None:
    Draft.objects.filter(story=hold_written(client)).update(other_words='{"title":"Another"}')


def hold_sent(client: Client) -> None:
    story = hold_written(client)
    client.post(f"/tell/{story.public_id}/check/", {"audience": "public", "read": "1"})


def hold_changing(client: Client) -> None:
    """What was told is published, and its change is begun. The receipt is that of the story."""
    hold_sent(client)
    story = Receipt.objects.get(kind=ReceiptKind.AUTHOR).story
    version = story.versions().first()
    Story.objects.filter(pk=story.pk).update(
        status=Status.PUBLISHED, published_version=version, published_on=TODAY, approved_sha256=version.sha256
    )
    change.begin(story=story)


def let_change_go(client: Client) -> None:
    hold_changing(client)
    del client.cookies["receipt"]


def of_change(page: str = ""):
    """The address of a page of the one change."""

    def path(stage: Stage) -> str:
        return f"/tell/{Story.objects.get(revises__isnull=False).public_id}/{page}"

    return path


def let_go(client: Client) -> None:
    """Begin one, and lose its receipt."""
    hold(client)
    del client.cookies["receipt"]


def held(page: str = ""):
    """The address of a page of the one story that has a receipt."""

    def path(stage: Stage) -> str:
        return f"/tell/{Receipt.objects.get(kind=ReceiptKind.AUTHOR).story.public_id}/{page}"

    return path
