"""Synthetic stories for measuring speed: varied words, places and topics, from a fixed seed. Nothing of it is real."""

import datetime
import random

from networks.choices import Kind, Nation, Region
from networks.models import Organisation, Topic
from stories.actions import NewStory, shelve
from stories.choices import Audience, Delivery, Evaluation, Origin, Outcome, Stage
from stories.content import LessonsRecord
from stories.models import Story

SYLLABLES = [
    "ba",
    "co",
    "di",
    "fe",
    "gu",
    "la",
    "mo",
    "ni",
    "pe",
    "ra",
    "so",
    "ti",
    "vu",
    "wo",
    "ya",
    "che",
    "sha",
    "tre",
    "plo",
    "gri",
]
BATCH = 2_000
FIRST = datetime.date(2018, 1, 1)


def vocabulary(size: int, seed: random.Random) -> list[str]:
    return list(dict.fromkeys("".join(seed.choices(SYLLABLES, k=seed.randint(2, 4))) for _ in range(size)))


class Writer:
    """Writes stories of about 250 words whose words are as unevenly common as those of a language (Zipf)."""

    def __init__(self, seed: int = 7):
        self.random = random.Random(seed)
        self.words = vocabulary(20_000, self.random)
        self.cumulative = []
        total = 0.0
        for rank in range(1, len(self.words) + 1):
            total += 1 / rank
            self.cumulative.append(total)
        self.organisations = list(Organisation.objects.all())
        self.topics = list(Topic.objects.all())

    def text(self, length: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.cumulative, k=length)) + "."

    def story(self) -> NewStory:
        draw = self.random
        story = Story(
            kind="lessons",
            outcome=draw.choice(Outcome.values),
            audience=draw.choices([Audience.PUBLIC, Audience.MEMBERS, Audience.FRONT_LINE], [8, 1, 1])[0],
            origin=Origin.EXAMPLE,
            organisation=draw.choice(self.organisations),
            stage=draw.choice(Stage.values),
            delivery=draw.choice(Delivery.values),
            evaluation=draw.choice(Evaluation.values),
            cost=round(10 ** draw.uniform(3.5, 7.5)),
            months=draw.randint(2, 60),
            year=draw.randint(2010, 2026),
        )
        content = LessonsRecord(
            title=self.text(8),
            summary=self.text(30),
            happened=self.text(100),
            wrong=self.text(80),
            question=self.text(12),
        )
        return NewStory(story, content, topics=self._topics())

    def _topics(self) -> list[Topic]:
        by_group: dict[str, list[Topic]] = {}
        for topic in self.random.sample(self.topics, 30):
            by_group.setdefault(topic.group, []).append(topic)
        most = {"service": 1, "problem": 3, "users": 2, "constraint": 2, "method": 2}
        return [topic for group, found in by_group.items() for topic in found[: most[group]]]


def fill(number: int) -> None:
    """Put so many stories on the shelf, if they are not there yet."""
    writer = Writer()
    while (present := Story.objects.count()) < number:
        stories = [writer.story() for _ in range(min(BATCH, number - present))]
        shelve(stories=stories, published_on=FIRST + datetime.timedelta(weeks=present // BATCH), by="benchmark")


def organisations(number: int = 400, seed: int = 11) -> None:
    """Invented bodies, if there are none."""
    if Organisation.objects.exists():
        return
    draw = random.Random(seed)
    Organisation.objects.bulk_create(
        Organisation(
            code=f"B{index:04}",
            name_en=f"Body {index}",
            kind=draw.choice([kind for kind in Kind.values if kind]),
            nation=draw.choice(Nation.values),
            region=draw.choice(Region.values),
            population=round(10 ** draw.uniform(4.5, 6.5)),
            staff=round(10 ** draw.uniform(2.5, 4.5)),
            budget=round(10 ** draw.uniform(7, 9)),
            rurality=draw.randint(0, 3),
            deprivation=draw.randint(1, 5),
            is_example=True,
        )
        for index in range(number)
    )
