"""Ten events: past ones with who came, and some to come, one of them full, one called off, one in Welsh."""

import dataclasses

from django.utils import timezone

from learning_portal.common.models import User
from networks.choices import EventKind
from networks.models import Attendance, Event, Membership
from stories.models import AgendaItem

from .stage import Stage

TEAM = "programme@portal.example"
CARE = "health-and-care-operations"


@dataclasses.dataclass(frozen=True)
class Meeting:
    """An event so many days from the day of loading; `going` more people besides those who are named."""

    title: str
    description: str
    day: int
    hours: tuple[int, int]
    kind: str
    place: str = ""
    link: str = ""
    language: str = "en"
    network: str = ""
    by: str = TEAM
    body: str = ""
    places: int | None = None
    named: tuple[str, ...] = ()
    going: int = 0
    waiting: int = 0
    agenda: tuple[str, ...] = ()
    is_cancelled: bool = False


HOME_SOONER = "Getting people home: what we stopped doing"
RED_FLAGS = "The week before discharge"

EVENTS = (
    Meeting(
        HOME_SOONER,
        "Three wards and two councils say what they stopped, and what happened then. No slides. Each of us leaves with "
        "one thing to try, and says so aloud.",
        -105,
        (10, 15),
        EventKind.IN_PERSON,
        place="Community hospital, the old dining room",
        network=CARE,
        by="convenor@portal.example",
        named=("Eleri Vaughan", "Marcus Bell", "Shabana Karim"),
        going=30,
        agenda=("six-beds-to-go-home-from", "waiting-for-tablets-to-go-home", "visitors-for-the-first-week-home"),
    ),
    Meeting(
        RED_FLAGS,
        "An hour about the five days in which most plans to go home fall over. Bring one that did.",
        -47,
        (12, 13),
        EventKind.ONLINE,
        link="https://meet.example/week-before",
        network=CARE,
        by="convenor@portal.example",
        named=("Eleri Vaughan", "Shabana Karim"),
        going=24,
        agenda=("six-beds-to-go-home-from", "a-folder-called-unmatched"),
    ),
    Meeting(
        "We bought it before we rode along",
        "Two sergeants and a home care manager on what they would ask before the next contract. Questions from the "
        "first minute.",
        -20,
        (13, 14),
        EventKind.ONLINE,
        link="https://meet.example/rode-along",
        named=("Mared Ellis", "Owain Pugh", "Eleri Jarman", "Tamsin Curnow"),
        going=27,
        agenda=("the-notebook-in-the-other-pocket", "eight-houses-chose-the-phone"),
    ),
    Meeting(
        "Temporary accommodation: open books",
        "Four councils put their nightly rates, their voids and their worst week on one table. What is said there "
        "stays there; what you learn may go with you.",
        -5,
        (10, 16),
        EventKind.IN_PERSON,
        place="Town hall annexe, room 3",
        body="X-E15",
        named=("Owain Pugh", "Loveday Trewhitt", "Yusuf Adeleke"),
        going=11,
        agenda=("leasing-from-private-landlords", "a-front-door-and-a-worker-on-notice"),
    ),
    Meeting(
        "Rotas that night staff would choose",
        "Shanice Oduya shows the rota that the night staff took the weekends from, and the one that came after it.",
        5,
        (12, 13),
        EventKind.ONLINE,
        link="https://meet.example/rotas",
        network=CARE,
        by="convenor@portal.example",
        named=("Eleri Vaughan", "Shabana Karim", "Marcus Bell"),
        going=9,
        agenda=("night-staff-took-the-weekends", "sickness-absence-in-five-care-homes"),
    ),
    Meeting(
        "Mobile scanning: see it on a working day",
        "Watch a morning from the booking desk. Half of you will be in people’s way, which is the point: they will "
        "tell you what gets in theirs.",
        8,
        (9, 13),
        EventKind.VISIT,
        place="The scanning centre, above the car park. Level 2, not level 1.",
        body="X-W07",
        places=8,
        named=("Shabana Karim", "Geraint Mostyn", "Ffion Tudor"),
        going=5,
        waiting=4,
        agenda=("scans-in-a-shoe-shop", "the-right-day-and-the-wrong-car-park"),
    ),
    Meeting(
        "Open day at the housing front door",
        "Sit beside the duty desk for an hour, then have soup with the people who run it. Come alone or bring the "
        "colleague who says that it cannot be done here.",
        13,
        (9, 16),
        EventKind.OPEN_DAY,
        place="Kingsharrow housing office, ground floor",
        body="X-E08",
        places=40,
        named=("Owain Pugh", "Mared Ellis", "Loveday Trewhitt", "Carwyn Treharne"),
        going=12,
        agenda=("a-front-door-and-a-worker-on-notice", "handed-back-the-pool"),
    ),
    Meeting(
        "Gwasanaethau Cymraeg sy’n gweithio ar fore Llun",
        "Awr yn Gymraeg am y pethau bach: pwy sy’n ateb y ffôn, pwy sy’n ysgrifennu’r llythyr, a beth sy’n digwydd pan "
        "mae’r unig siaradwr ar wyliau. Croeso i ddysgwyr.",
        19,
        (10, 11),
        EventKind.ONLINE,
        link="https://meet.example/bore-llun",
        language="cy",
        named=("Mared Ellis", "Delyth Prosser", "Sioned Mair Breese", "Heledd Prydderch"),
        going=6,
        agenda=("cymraeg-digon-da-i-r-gweithdy", "uned-gyfieithu-ar-y-cyd"),
    ),
    Meeting(
        "Before you sign: a clinic for business cases",
        "Bring the figure that you trust least. Two people who got theirs wrong read it with you.",
        10,
        (14, 16),
        EventKind.ONLINE,
        link="https://meet.example/clinic",
        places=20,
        named=("Mared Ellis", "Prakash Solanki"),
        going=7,
        is_cancelled=True,
    ),
    Meeting(
        "What the second winter taught us",
        "A day for those whose project is in its second year, when the money and the person who began it have gone.",
        40,
        (10, 16),
        EventKind.IN_PERSON,
        place="Aberhelyg, the old library",
        body="X-W03",
        places=60,
        named=("Mared Ellis", "Eleri Vaughan"),
        going=16,
        agenda=("three-februaries-of-redundancy-letters", "who-looks-after-the-directory"),
    ),
)


def load_events(stage: Stage) -> None:
    for number, meeting in enumerate(EVENTS):
        event = _event(stage, meeting)
        _attend(stage, meeting, event, number)
        AgendaItem.objects.bulk_create(
            AgendaItem(event=event, story=stage.stories[slug], position=place)
            for place, slug in enumerate(meeting.agenda, 1)
        )


def _event(stage: Stage, meeting: Meeting) -> Event:
    first, last = meeting.hours
    return Event.objects.create(
        title=meeting.title,
        description=meeting.description,
        language=meeting.language,
        kind=meeting.kind,
        starts_at=stage.at(meeting.day, first),
        ends_at=stage.at(meeting.day, last),
        place=meeting.place,
        link=meeting.link,
        network=stage.networks[meeting.network] if meeting.network else None,
        organisation=stage.bodies[meeting.body] if meeting.body else None,
        places=meeting.places,
        by=User.objects.get(email=meeting.by),
        cancelled_on=stage.day(-2) if meeting.is_cancelled else None,
    )


def _attend(stage: Stage, meeting: Meeting, event: Event, number: int) -> None:
    """Those who are named, then others from the list of people, each event from another place in it. Of a past event
    somebody wrote down who came: one in seven did not."""
    named = [stage.user(name) for name in meeting.named]
    others = [user for user in _who_may(stage, meeting) if user not in named]
    start = 13 * number % max(1, len(others))
    others = (others[start:] + others[:start])[: meeting.going + meeting.waiting]
    is_over = event.has_ended(timezone.now())
    Attendance.objects.bulk_create(
        Attendance(
            event=event,
            user=user,
            turn=turn,
            state=Attendance.State.GOING if turn <= len(named) + meeting.going else Attendance.State.WAITING,
            came=(turn <= len(named) or bool(turn % 7)) if is_over else None,
        )
        for turn, user in enumerate([*named, *others], 1)
    )


def _who_may(stage: Stage, meeting: Meeting) -> list[User]:
    if not meeting.network:
        return [stage.user(name) for name in sorted(stage.cards)]
    members = Membership.objects.current().filter(network__slug=meeting.network).select_related("user")
    return [membership.user for membership in members.order_by("user__name", "pk")]
