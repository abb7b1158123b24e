from .affiliation import Affiliation
from .block import Block, Report
from .contact import Contact
from .introduction import Introduction, IntroductionStep
from .network import Membership, Network
from .organisation import Organisation
from .pledge import Pledge
from .preferences import Preferences
from .sponsorship import Sponsorship
from .topic import Topic

__all__ = [
    "Affiliation",
    "Block",
    "Contact",
    "Introduction",
    "IntroductionStep",
    "Membership",
    "Network",
    "Organisation",
    "Pledge",
    "Preferences",
    "Report",
    "Sponsorship",
    "Topic",
]
