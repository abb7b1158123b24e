from .affiliation import Affiliation
from .contact import Contact
from .network import Membership, Network
from .organisation import Organisation
from .pledge import Pledge
from .preferences import Preferences
from .sponsorship import Sponsorship
from .succession import CardPrompt, LeftReport
from .topic import Topic

__all__ = [
    "Affiliation",
    "CardPrompt",
    "Contact",
    "LeftReport",
    "Membership",
    "Network",
    "Organisation",
    "Pledge",
    "Preferences",
    "Sponsorship",
    "Topic",
]
