from .affiliation import Affiliation
from .contact import Contact
from .network import Membership, Network
from .organisation import Organisation
from .pledge import Pledge
from .topic import Topic

__all__ = ["Affiliation", "Contact", "Membership", "Network", "Organisation", "Pledge", "Topic"]
