from .action import Action, ActionFollowUp
from .affiliation import Affiliation
from .contact import Contact
from .event import Attendance, CalendarFeed, Event
from .network import Membership, Network
from .organisation import Organisation
from .pledge import Pledge
from .preferences import Preferences
from .sponsorship import Sponsorship
from .topic import Topic

__all__ = [
    "Action",
    "ActionFollowUp",
    "Affiliation",
    "Attendance",
    "CalendarFeed",
    "Contact",
    "Event",
    "Membership",
    "Network",
    "Organisation",
    "Pledge",
    "Preferences",
    "Sponsorship",
    "Topic",
]
