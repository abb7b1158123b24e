"""Browsers that hold the receipt of a story, for the tests of its own pages."""

from django.test import Client

from learning_portal.common.models import User
from stories.actions import tell
from stories.choices import Audience, ReceiptKind, Voice
from stories.models import Draft, Story
from stories.telling import words
from tests.factories import TopicFactory
from tests.stories.telling import start, teller

FULL = {
    "title": "The tablets had no signal",
    "expected": "An hour a day saved.",
    "wrong": "Half of the villages have no signal, and nobody had tried it there.",
    "differently": "Ride along on the longest round first.",
    "outcome": "failed",
}


def page(story: Story, name: str = "") -> str:
    return f"/tell/{story.public_id}/{name + '/' if name else ''}"


def with_receipt(story: Story, receipt: str = "") -> Client:
    """A browser that has the receipt's cookie and is signed in as nobody."""
    client = Client()
    client.cookies["receipt"] = receipt or tell.hand(story=story, kind=ReceiptKind.AUTHOR)
    return client


def begun(voice: str = Voice.NAMED, by: User | None = None, telling: str = "lessons", **fields) -> tuple[Story, Client]:
    """A story that was begun, and the browser of whoever did."""
    story = start(by or teller(), voice, **fields)
    tell.save_draft(story=story, words={"telling": telling}, read=0)
    return story, with_receipt(story)


def written(voice: str = Voice.NAMED, **more) -> tuple[Story, Client]:
    """The same, with page 2 filled in."""
    story, client = begun(voice)
    topic = TopicFactory(group="problem")
    write(story, {**FULL, "topic": topic.slug, **more})
    return story, client


def number(story: Story) -> int:
    return Draft.objects.get(story=story).number


def typed(story: Story) -> dict:
    return words.read(Draft.objects.get(story=story).words)


def write(story: Story, answers: dict) -> None:
    tell.save_draft(story=story, words={**typed(story), **answers}, read=number(story))


def form_of(story: Story, **answers) -> dict:
    """What a browser sends from the page as it stands."""
    return {"read": number(story), **answers}


def send(story: Story, client: Client, **answers):
    form = form_of(story, **{"audience": Audience.PUBLIC, **answers})
    return client.post(page(story, "check"), form)
