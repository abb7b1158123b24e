from .affiliation import Affiliation
from .coffee import CoffeeChoice, CoffeeRound, CoffeeSeat, CoffeeSeries
from .contact import Contact
from .network import Membership, Network
from .organisation import Organisation
from .pledge import Pledge
from .preferences import Preferences
from .sponsorship import Sponsorship
from .topic import Topic

__all__ = [
    "Affiliation",
    "CoffeeChoice",
    "CoffeeRound",
    "CoffeeSeat",
    "CoffeeSeries",
    "Contact",
    "Membership",
    "Network",
    "Organisation",
    "Pledge",
    "Preferences",
    "Sponsorship",
    "Topic",
]
