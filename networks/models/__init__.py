from .admission import Admission
from .affiliation import Affiliation
from .contact import Contact
from .network import Membership, Network
from .network_post import NetworkPost
from .organisation import Organisation
from .pledge import Pledge
from .preferences import Preferences
from .question import Answer, Question, QuestionChoice
from .sponsorship import Sponsorship
from .topic import Topic

__all__ = [
    "Admission",
    "Affiliation",
    "Answer",
    "Contact",
    "Membership",
    "Network",
    "NetworkPost",
    "Organisation",
    "Pledge",
    "Preferences",
    "Question",
    "QuestionChoice",
    "Sponsorship",
    "Topic",
]
