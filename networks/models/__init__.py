from .action import Action, ActionFollowUp
from .admission import Admission
from .affiliation import Affiliation
from .block import Block, Report
from .coffee import CoffeeChoice, CoffeeRound, CoffeeSeat, CoffeeSeries
from .contact import Contact
from .event import Attendance, CalendarFeed, Event
from .introduction import Introduction, IntroductionStep
from .network import Membership, Network
from .network_post import NetworkPost
from .organisation import Organisation
from .pledge import Pledge
from .preferences import Preferences
from .question import Answer, Question, QuestionChoice
from .sponsorship import Sponsorship
from .succession import CardPrompt, LeftReport
from .topic import Topic

__all__ = [
    "Action",
    "ActionFollowUp",
    "Admission",
    "Affiliation",
    "Answer",
    "Attendance",
    "Block",
    "CalendarFeed",
    "CardPrompt",
    "CoffeeChoice",
    "CoffeeRound",
    "CoffeeSeat",
    "CoffeeSeries",
    "Contact",
    "Event",
    "Introduction",
    "IntroductionStep",
    "LeftReport",
    "Membership",
    "Network",
    "NetworkPost",
    "Organisation",
    "Pledge",
    "Preferences",
    "Question",
    "QuestionChoice",
    "Report",
    "Sponsorship",
    "Topic",
]
