from .affiliation import Affiliation
from .block import Block, Report
from .contact import Contact
from .introduction import Introduction, IntroductionStep
from .network import Membership, Network
from .organisation import Organisation
from .pledge import Pledge
from .preferences import Preferences
from .sponsorship import Sponsorship
from .succession import CardPrompt, LeftReport
from .topic import Topic

__all__ = [
    "Affiliation",
    "Block",
    "CardPrompt",
    "Contact",
    "Introduction",
    "IntroductionStep",
    "LeftReport",
    "Membership",
    "Network",
    "Organisation",
    "Pledge",
    "Preferences",
    "Report",
    "Sponsorship",
    "Topic",
]
