"""Factories that give a valid row with nothing passed."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from learning_portal.common.models import User
from networks.choices import EventKind, Kind, Nation, Region, TopicGroup
from networks.models import (
    Action,
    Admission,
    Affiliation,
    Attendance,
    Block,
    CoffeeChoice,
    CoffeeRound,
    CoffeeSeat,
    CoffeeSeries,
    Contact,
    Event,
    Introduction,
    IntroductionStep,
    Membership,
    Network,
    NetworkPost,
    Organisation,
    Question,
    QuestionChoice,
    Report,
    Topic,
)
from stories.actions import NewStory, shelve
from stories.choices import Audience, Origin, Outcome, Status, StoryKind, Voice
from stories.content import LessonsRecord, ProjectSummary
from stories.models import AuthorLink, Collection, Programme, Story
from stories.pools import usual

TODAY = datetime.date(2026, 11, 2)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence("person{}@council.example".format)
    name = factory.Sequence("Person {}".format)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    code = factory.Sequence("T{:04}".format)
    name_en = factory.Sequence("Example Council {}".format)
    kind = Kind.COUNCIL
    nation = Nation.WALES
    region = Region.WALES
    population = 92_000
    rurality = 2


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = Affiliation

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    verified_on = TODAY
    verified_by = "test"


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    name = factory.Sequence("Topic {}".format)
    name_cy = factory.Sequence("Pwnc {}".format)
    slug = factory.Sequence("topic-{}".format)
    group = TopicGroup.PROBLEM
    bit = factory.Sequence(lambda number: number % 63)
    meaning_en = "What it means."
    meaning_cy = "Beth mae'n ei olygu."


class NetworkFactory(DjangoModelFactory):
    class Meta:
        model = Network

    slug = factory.Sequence("network-{}".format)
    name_en = factory.Sequence("Network {}".format)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    network = factory.SubFactory(NetworkFactory)
    user = factory.SubFactory(UserFactory)
    joined_on = TODAY


class AdmissionFactory(DjangoModelFactory):
    class Meta:
        model = Admission

    network = factory.SubFactory(NetworkFactory)
    user = factory.SubFactory(UserFactory)
    kind = Admission.Kind.ASKED


class NetworkPostFactory(DjangoModelFactory):
    class Meta:
        model = NetworkPost

    network = factory.SubFactory(NetworkFactory)
    by = factory.SubFactory(UserFactory)
    words = factory.Sequence("Words of a member {}.".format)
    number = factory.Sequence(lambda number: number)


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    network = factory.SubFactory(NetworkFactory)
    text = factory.Sequence("What do you like best {}?".format)


class QuestionChoiceFactory(DjangoModelFactory):
    class Meta:
        model = QuestionChoice

    question = factory.SubFactory(QuestionFactory)
    number = factory.Sequence(lambda number: number + 1)
    label = factory.Sequence("Choice {}".format)


class CoffeeChoiceFactory(DjangoModelFactory):
    class Meta:
        model = CoffeeChoice

    network = factory.SubFactory(NetworkFactory)
    user = factory.SubFactory(UserFactory)
    part = "yes"


class CoffeeSeriesFactory(DjangoModelFactory):
    class Meta:
        model = CoffeeSeries

    network = factory.SubFactory(NetworkFactory)
    rhythm = "monthly"
    seed = "seed"
    starts_on = TODAY
    next_on = TODAY


class CoffeeRoundFactory(DjangoModelFactory):
    class Meta:
        model = CoffeeRound

    series = factory.SubFactory(CoffeeSeriesFactory)
    number = 1
    seed = "seed-1"
    made_on = TODAY


class CoffeeSeatFactory(DjangoModelFactory):
    class Meta:
        model = CoffeeSeat

    round = factory.SubFactory(CoffeeRoundFactory)
    group = 1
    user = factory.SubFactory(UserFactory)


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    name = factory.Sequence("Contact {}".format)
    role = "Service manager"
    organisation = factory.SubFactory(OrganisationFactory)


class IntroductionFactory(DjangoModelFactory):
    class Meta:
        model = Introduction

    asker = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    host = factory.SubFactory(ContactFactory)
    questions = "How did you find the time?"
    format = "call"
    sent_on = TODAY
    asked_on = TODAY


class IntroductionStepFactory(DjangoModelFactory):
    class Meta:
        model = IntroductionStep

    introduction = factory.SubFactory(IntroductionFactory)
    number = 1
    verb = "asked"
    contact = factory.SelfAttribute("introduction.host")
    on = TODAY


class BlockFactory(DjangoModelFactory):
    class Meta:
        model = Block

    contact = factory.SubFactory(ContactFactory)
    user = factory.SubFactory(UserFactory)
    on = TODAY


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    introduction = factory.SubFactory(IntroductionFactory)
    contact = factory.SelfAttribute("introduction.host")
    words = "This is not a question about our work."
    on = TODAY


def in_days(days: int, hour: int = 10) -> datetime.datetime:
    """So many days from now, at a full hour in London."""
    day = timezone.localtime() + datetime.timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


class EventFactory(DjangoModelFactory):
    """An event for all, in a month."""

    class Meta:
        model = Event

    title = factory.Sequence("Open day {}".format)
    kind = EventKind.OPEN_DAY
    starts_at = factory.LazyFunction(lambda: in_days(30))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + datetime.timedelta(hours=2))
    place = "Depot 4"


class AttendanceFactory(DjangoModelFactory):
    """Somebody who is going; not necessarily somebody who may."""

    class Meta:
        model = Attendance

    event = factory.SubFactory(EventFactory)
    user = factory.SubFactory(UserFactory)
    state = Attendance.State.GOING
    turn = factory.Sequence(lambda number: number + 1)


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    owner = factory.SubFactory(UserFactory)
    text = "Ride along on the longest round"
    due_on = TODAY


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    slug = factory.Sequence("programme-{}".format)
    name_en = factory.Sequence("Programme {}".format)


class CollectionFactory(DjangoModelFactory):
    class Meta:
        model = Collection

    slug = factory.Sequence("collection-{}".format)
    title_en = factory.Sequence("Collection {}".format)
    title_cy = factory.Sequence("Casgliad {}".format)
    introduction_en = "Why they belong together."
    introduction_cy = "Pam maen nhw'n perthyn i'w gilydd."


def lessons(**words) -> LessonsRecord:
    """The content of a lessons record, each part of it findable by its own words."""
    return LessonsRecord(
        **{
            "title": "Tablets that stayed in the van",
            "summary": "Home carers got tablets and did not use them.",
            "expected": "We expected visits to be filed on the spot.",
            "happened": "Forty tablets were handed out in spring.",
            "wrong": "Nobody asked which rounds had a signal. The upper valley has none.",
            "past": "We bought an offline form.",
            "differently": "Ride along on the worst round before writing the specification.",
            "question": "Which rounds lose the signal, and for how long?",
            **words,
        }
    )


def summary(**words) -> ProjectSummary:
    return ProjectSummary(
        **{
            "title": "One front door for families",
            "summary": "A joint team for early help.",
            "aim": "One team.",
            **words,
        }
    )


BAND = "kind=8/nation=1"


def make_story(
    *,
    content=None,
    topics=(),
    networks=(),
    contacts=(),
    updates=(),
    author: User | None = None,
    status: str = Status.PUBLISHED,
    organisation: Organisation | None = None,
    **fields,
) -> Story:
    """A story on the shelf; published unless another status is given."""
    voice = fields.setdefault("voice", Voice.NAMED)
    fields.setdefault("outcome", Outcome.FAILED)
    fields.setdefault("audience", Audience.PUBLIC)
    fields.setdefault("origin", Origin.EXAMPLE)
    fields.setdefault("pool", usual(fields["audience"]))
    content = content or lessons()
    if voice == Voice.NAMED:
        fields["organisation"] = organisation or OrganisationFactory()
    else:
        fields.setdefault("band", BAND)
    story = Story(kind=StoryKind(content.kind), **fields)
    shelve(
        stories=[NewStory(story, content, topics, networks, contacts, updates, author)],
        published_on=TODAY,
        by="test",
    )
    if status != Status.PUBLISHED:
        unpublish(story, status)
    return story


def unpublish(story: Story, status: str) -> None:
    """Take a story back to a state before, or after, publication: nothing of it may be found any more."""
    from stories.search.index import reindex

    story.status = status
    if status != Status.HIDDEN:
        story.published_version = None
    story.save()
    reindex(story)


def draft_author(story: Story, user: User) -> AuthorLink:
    return AuthorLink.objects.create(story=story, user=user)
