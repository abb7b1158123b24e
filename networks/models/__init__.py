from .admission import Admission
from .affiliation import Affiliation
from .block import Block, Report
from .coffee import CoffeeChoice, CoffeeRound, CoffeeSeat, CoffeeSeries
from .contact import Contact
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
    "Admission",
    "Affiliation",
    "Answer",
    "Block",
    "CardPrompt",
    "CoffeeChoice",
    "CoffeeRound",
    "CoffeeSeat",
    "CoffeeSeries",
    "Contact",
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
