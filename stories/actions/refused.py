"""What an action says when it is not allowed."""

from learning_portal.common.refused import Refused

__all__ = ["Refused", "Stale"]


class Stale(Refused):
    """Somebody else, or another window, was quicker: nothing was written over."""
