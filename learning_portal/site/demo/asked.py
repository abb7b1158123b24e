"""What people of the demo ask: the requests that wait for a host, and those that lie at the matching desk."""

from typing import NamedTuple

from networks.choices import MeetingFormat


class Asked(NamedTuple):
    """Who asks whom, how many days ago; nobody: the matching desk."""

    asker: str
    host: str
    days_ago: int
    questions: tuple[str, ...]
    format: str
    story: str = ""
    plan: str = ""
    topics: tuple[str, ...] = ()
    may_pass_to: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


WAITING = (
    Asked(
        "Carwyn Treharne",
        "Owain Pugh",
        3,
        ("Who decides on a Friday at four where a family sleeps?", "What does your team hand over on Monday?"),
        MeetingFormat.VIDEO,
        plan="We want one duty desk for adaptations and homelessness from April.",
        topics=("homelessness", "handover-between-teams"),
        may_pass_to=("team",),
        days=("1", "3"),
    ),
    Asked(
        "Tamsin Curnow",
        "Eleri Vaughan",
        4,
        ("How do you share a nurse between two islands without losing her?",),
        MeetingFormat.VISIT,
        topics=("travel-and-distance", "community-nursing"),
        may_pass_to=("deputy", "convenor"),
    ),
    Asked(
        "Prudence Ashworth-Lyle",
        "Eleri Vaughan",
        3,
        ("What did the consultants say in the first month?", "And in the sixth?"),
        MeetingFormat.VISIT,
        plan="Step-down beds in a care home, run together by the council and the hospital.",
        topics=("delayed-discharge", "professional-boundaries"),
    ),
    Asked(
        "Orla McGirr",
        "Eleri Vaughan",
        2,
        ("May two of our therapists come along on a home visit?",),
        MeetingFormat.VISIT,
        topics=("delayed-discharge", "older-people"),
        days=("2", "4"),
    ),
    Asked(
        "Mared Ellis",
        "Gethin Prosser",
        1,
        ("How did you tell streets that nobody had asked?",),
        MeetingFormat.CALL,
        story="bins-every-three-weeks",
        topics=("community-opposition",),
    ),
)

HEARING = ("deaf-people", "users-not-involved")
"""What six people look for: enough that the home page says so."""

DESK = (
    Asked(
        "Ffion Tudor",
        "",
        16,
        ("Has anybody let deaf patients book by text, and kept it going?",),
        MeetingFormat.VIDEO,
        plan="Our scanner unit rings people to book. Deaf patients find out from a letter that they missed the call.",
        topics=HEARING,
    ),
    Asked(
        "Marcus Delahaye",
        "",
        12,
        ("Who has a sign language interpreter on a screen at the front counter?", "What does it cost a month?"),
        MeetingFormat.CALL,
        plan="Deaf victims wait two days for an interpreter. We want one by video within the hour.",
        topics=("deaf-people", "video-remote-service"),
    ),
    Asked(
        "Debbie Hollingworth",
        "",
        9,
        ("Which captions did your deaf students say were worse than none?",),
        MeetingFormat.VIDEO,
        topics=("deaf-people", "students-learners"),
    ),
    Asked(
        "Naveed Hussain-Clarke",
        "",
        6,
        ("Did anybody keep a text line open after the pilot?",),
        MeetingFormat.CALL,
        plan="Our text line for deaf residents had nine users a week. Finance asks why it is there.",
        topics=("deaf-people", "pilot-not-scaled"),
    ),
    Asked(
        "Alasdair Kerr",
        "",
        3,
        ("What do deaf staff do when the fire alarm goes at night?",),
        MeetingFormat.VISIT,
        topics=("deaf-people", "old-buildings"),
    ),
    Asked(
        "Gwenllian Howells",
        "",
        2,
        ("Oes rhywun wedi cadw gwirfoddolwyr ar y mynydd dros ddau aeaf?",),
        MeetingFormat.VISIT,
        plan="Mae hanner ein gwirfoddolwyr llwybrau yn gadael cyn y gwanwyn. Rydym am wybod beth sy’n eu cadw.",
        topics=("volunteer-drop-off", "welsh-speakers"),
    ),
    Asked(
        "Siobhan McAteer",
        "",
        1,
        ("Has any finance team moved year end to October, and would they do it again?",),
        MeetingFormat.CALL,
        topics=("fixed-deadline", "finance"),
    ),
)

UNHELPED = (
    Asked(
        "Lowri Haddad",
        "",
        45,
        ("Who reads scan letters aloud, in sign?",),
        MeetingFormat.VIDEO,
        topics=HEARING,
    ),
    Asked(
        "Ian Pargeter",
        "",
        38,
        ("Has anybody dimmed lights where deaf people sign on the way home?",),
        MeetingFormat.CALL,
        topics=("deaf-people", "community-opposition"),
    ),
)
"""For which the desk found nobody."""
