"""What goes on in the demo's networks: who asks to join, what members say, what they are asked; and one that rests."""

from learning_portal.common.models import User
from networks import network_questions
from networks.models import Admission, Answer, Membership, Network, NetworkPost, Question, QuestionChoice
from networks.network_choices import HowToJoin, NetworkState
from stories.models import PostStory

from .events import CARE
from .stage import Stage

CONVENOR = "convenor@portal.example"
SAID: tuple[tuple[str, str, int, str], ...] = (
    # who, what, how many days ago, about which story
    (
        "Marcus Bell",
        "We tried the six beds. Ours filled with people whom nobody had a plan for, so we now take nobody without a "
        "date. It reads as harsh, and it is why the beds are free on Fridays.",
        33,
        "",
    ),
    (
        "Shabana Karim",
        "The folder story frightened me. I went and looked: we have two such folders, and one of them is mine.",
        21,
        "a-folder-called-unmatched",
    ),
    (
        "Eleri Vaughan",
        "Thank you, Shabana. Would you say on the next call how you found them? Five minutes, no slides.",
        20,
        "a-folder-called-unmatched",
    ),
    (
        "Shabana Karim",
        "Does anybody still have somebody at the ward desk after six? We lose an evening to each ambulance that comes "
        "at five to seven.",
        4,
        "",
    ),
)
QUESTION = "How would you rather hear from each other this winter?"
CHOICES = ("A call of half an hour", "A visit to one ward", "A coffee with one other member", "Written notes")
EARLIER = "When should the monthly call be?"
EARLIER_CHOICES = (("Monday at noon", 7), ("Wednesday at four", 12), ("Friday at nine", 2))


def load_life(stage: Stage) -> None:
    network = stage.networks[CARE]
    convenor = User.objects.get(email=CONVENOR)
    _talk(stage, network)
    _questions(stage, network, convenor)
    _at_the_door(stage, network, convenor)
    _resting(stage)
    Network.objects.exclude(how_to_join=HowToJoin.ELSEWHERE).filter(started_on=None).update(
        started_on=stage.day(-420), kept_on=stage.day(-60)
    )


def _talk(stage: Stage, network: Network) -> None:
    for number, (name, words, days_ago, story) in enumerate(SAID, 1):
        post = NetworkPost.objects.create(
            network=network,
            by=stage.user(name),
            words=words,
            on=stage.day(-days_ago),
            number=number,
            is_of_story=bool(story),
        )
        if story:
            PostStory.objects.create(post=post, story=stage.stories[story])


def _questions(stage: Stage, network: Network, convenor: User) -> None:
    """One that is open, with the answers of some, and one that was counted."""
    question = network_questions.pose(by=convenor, network=network, text=QUESTION, choices=CHOICES, language="en")
    Question.objects.filter(pk=question.pk).update(asked_on=stage.day(-6), closes_on=stage.day(22))
    choices = list(QuestionChoice.objects.filter(question=question))
    members = Membership.objects.current().filter(network=network, is_convenor=False).order_by("user__name", "pk")
    Answer.objects.bulk_create(
        Answer(question=question, user_id=membership.user_id, choice=choices[(0, 2, 2, 1, 2, 0, 1)[number % 7]])
        for number, membership in enumerate(members)
        if number % 4
    )
    earlier = Question.objects.create(
        network=network,
        by=convenor,
        text=EARLIER,
        asked_on=stage.day(-90),
        closes_on=stage.day(-62),
        is_counted=True,
    )
    QuestionChoice.objects.bulk_create(
        QuestionChoice(question=earlier, number=number, label=label, votes=votes)
        for number, (label, votes) in enumerate(EARLIER_CHOICES, 1)
    )


def _at_the_door(stage: Stage, network: Network, convenor: User) -> None:
    """Mared asks to join, and Owain is invited."""
    Admission.objects.create(
        network=network,
        user=stage.user("Mared Ellis"),
        kind=Admission.Kind.ASKED,
        words="I write the terms of a grant for getting people home. I would rather hear first what gets in the way.",
        asked_on=stage.day(-3),
    )
    Admission.objects.create(
        network=network,
        address="frontline@portal.example",
        kind=Admission.Kind.INVITED,
        by=convenor,
        asked_on=stage.day(-2),
    )


def _resting(stage: Stage) -> None:
    """Its convenors were asked in spring whether it goes on, and nobody answered."""
    network = Network.objects.create(
        slug="shared-buildings",
        name_en="Shared buildings",
        name_cy="Adeiladau a rennir",
        purpose_en="People who put two services under one roof, and found out who holds the keys.",
        purpose_cy="Pobl a roddodd ddau wasanaeth o dan yr un to, a gweld gan bwy y mae’r allweddi.",
        sectors="1|2|3|4",
        how_to_join=HowToJoin.OPEN,
        state=NetworkState.RESTING,
        started_on=stage.day(-700),
    )
    network.topics.set([stage.topics[slug] for slug in ("estate-closure", "co-location", "old-buildings")])
    for number, name in enumerate(("Aled Vaughan-Lloyd", "Colm Devenney", "Joanne Sweetland", "Hywel Probert")):
        Membership.objects.create(
            network=network, user=stage.user(name), is_convenor=number < 2, joined_on=stage.day(-690 + 40 * number)
        )
