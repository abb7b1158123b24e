"""What a verb says when it is not allowed."""


class Refused(ValueError):
    """Not allowed, or not any more. The message is for whoever asked, and marked for translation."""
