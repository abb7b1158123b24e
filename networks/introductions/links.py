"""The links in mails about meetings."""

from learning_portal.common.one_button import Purpose

ANSWER = Purpose("meeting answer", 60)
"""By which a host answers; `who` is the card that is asked."""
TOGETHER = Purpose("meeting", 120)
"""By which a host without an account opens the page about a meeting; `who` is their card."""
AFTERWARDS = Purpose("meeting afterwards", 90)
"""By which they say what came of it; `who` is the host's card, or 0 for whoever asked."""
