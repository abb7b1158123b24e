"""What people of the demo said that they would do, and what they answered after one and after three months."""

import dataclasses

from networks.models import Action, ActionFollowUp, Attendance, Event
from networks.models.action import LearningStage
from networks.promises import months_before
from stories.models import Story, StoryAction

from .events import CARE, HOME_SOONER, RED_FLAGS
from .stage import DAY, Stage

PASSED, LEARNING, DOING, HELPED = LearningStage
FIRST_MONTH = (PASSED, LEARNING, DOING, LEARNING, PASSED, LEARNING, HELPED, DOING, PASSED, LEARNING, PASSED, HELPED)
THIRD_MONTH = (DOING, HELPED, LEARNING, DOING, PASSED, DOING, HELPED, LEARNING, PASSED)

FROM_HOME_SOONER = (
    "Ask on one ward who could go home today if nobody had to sign",
    "Walk from bed to car with one patient, and write down every wait",
    "Show the six beds to our finance lead before the winter plan is written",
    "Ring the care home on the day before, not on the day",
    "Find out who writes the prescription, and at what time",
    "Sit in on one discharge meeting and count who speaks",
    "Try one shared form for a fortnight, on paper",
    "Ask three families what we told them, and when",
)
FROM_RED_FLAGS = (
    "Look at last week’s five failed discharges with the ambulance desk",
    "Put one name on each plan to go home, with a telephone number",
    "Stop the second assessment for people who come back to the same home",
    "Ask the pharmacist to the Monday meeting",
    "Tell the night staff what was agreed at four o’clock",
)


@dataclasses.dataclass(frozen=True)
class Own:
    """An action of somebody whom one signs in as; how many days ago, and until when."""

    owner: str
    text: str
    days_ago: int
    due: int
    story: str = ""
    network: str = ""
    state: str = Action.State.OPEN.value
    answers: tuple[str, ...] = ()


OWN = (
    Own(
        "Mared Ellis",
        "Ride along with one inspector before we publish the specification",
        20,
        10,
        "the-notebook-in-the-other-pocket",
    ),
    Own(
        "Mared Ellis",
        "Ask two bidders to show it in a kitchen, not in our meeting room",
        72,
        -12,
        "eight-houses-chose-the-phone",
        state=Action.State.DONE.value,
        answers=(DOING,),
    ),
    Own(
        "Owain Pugh",
        "Put our nightly rates beside those of the other three councils",
        5,
        24,
        "leasing-from-private-landlords",
    ),
    Own(
        "Owain Pugh",
        "Write one page on what the last team leader knew, before she forgets it",
        100,
        -40,
        "three-februaries-of-redundancy-letters",
        state=Action.State.DONE.value,
        answers=(LEARNING, HELPED),
    ),
    Own("Eleri Vaughan", "Send round the list of who signs what on each ward", 6, 15, network=CARE),
    Own("Shabana Karim", "Count who waits for the ambulance after six, for one week", 6, 12, network=CARE),
    Own("Marcus Bell", "Bring two home carers to the next meeting", 40, -6, network=CARE),
)


def load_actions(stage: Stage) -> None:
    story = stage.stories["six-beds-to-go-home-from"]
    _of_event(stage, HOME_SOONER, FROM_HOME_SOONER, story, 30)
    _of_event(stage, RED_FLAGS, FROM_RED_FLAGS, None, 25)
    for own in OWN:
        _own(stage, own)


def _of_event(stage: Stage, title: str, texts: tuple[str, ...], story: Story | None, due: int) -> None:
    """Each who came left one. Those who are asked after three months answered after one as well."""
    event = Event.objects.get(title=title)
    went = Attendance.objects.filter(event=event).present().select_related("user").order_by("turn")
    made_on = event.starts_at.date()
    for number, user in enumerate([attendance.user for attendance in went]):
        is_done = made_on + due * DAY < stage.today
        action = Action.objects.create(
            owner=user,
            event=event,
            network=event.network,
            text=texts[number % len(texts)],
            due_on=made_on + due * DAY,
            made_on=made_on,
            state=Action.State.DONE if is_done else Action.State.OPEN,
        )
        if story:
            StoryAction.objects.create(action=action, story=story)
        _answers(stage, action, (FIRST_MONTH[number % len(FIRST_MONTH)], THIRD_MONTH[number % len(THIRD_MONTH)]))


def _answers(stage: Stage, action: Action, answers: tuple[str, ...]) -> None:
    """What was answered after one and after three months, as far as these are over."""
    for months, answer in zip((1, 3), answers, strict=False):
        waited = stage.today - months_before(stage.today, months)
        asked = action.made_on + waited
        if asked <= stage.today:
            said = min(stage.today, asked + 2 * DAY)
            ActionFollowUp.objects.create(action=action, months=months, asked_on=asked, answer=answer, answered_on=said)


def _own(stage: Stage, own: Own) -> None:
    """Of a network: written down by a convenor, at its latest meeting. Whoever is late has been reminded."""
    due_on, made_on = stage.day(own.due), stage.day(-own.days_ago)
    network = stage.networks[own.network] if own.network else None
    action = Action.objects.create(
        owner=stage.user(own.owner),
        text=own.text,
        network=network,
        event=Event.objects.begun_by(made_on).filter(network=network).first() if network else None,
        is_recorded=bool(own.network),
        due_on=due_on,
        made_on=made_on,
        state=own.state,
        reminded_on=stage.day(-3) if own.due < 7 and own.state == Action.State.OPEN else None,
    )
    if own.story:
        StoryAction.objects.create(action=action, story=stage.stories[own.story])
    _answers(stage, action, own.answers)
    if not own.answers and action.made_on <= months_before(stage.today, 1):
        ActionFollowUp.objects.create(action=action, months=1, asked_on=stage.day(-4))
