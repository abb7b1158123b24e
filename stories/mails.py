"""The kinds of mail about stories. Templates: `templates/mail/<name>.txt`."""

from django.utils.translation import gettext_lazy as _

from learning_portal.common.mail.kinds import Kind
from learning_portal.common.models import Role

REPORT_ANSWERED = Kind(
    "report_answered",
    label=_("Answers to what you reported"),
    reason=_("You get this mail because somebody gave this address for an answer when they reported a page."),
    answers=True,
)
REPORT_WAITING = Kind(
    "report_waiting",
    label=_("Reports that wait for an answer"),
    reason=_("You get this mail because you moderate stories."),
    needs_answer=True,
    priority=2,
    role=Role.MODERATOR,
)
MODERATION_WAITING = Kind(
    "moderation_waiting",
    label=_("Stories that wait for you to look at them"),
    reason=_("You get this mail because you moderate stories."),
    needs_answer=True,
    priority=2,
    role=Role.MODERATOR,
)
"""How many are handed to somebody: no word of any, and nothing of its voice."""
MODERATION_LATE = Kind(
    "moderation_late",
    label=_("Stories that have waited too long for a moderator"),
    reason=_("You get this mail because you are in the programme team."),
    priority=5,
    role=Role.PROGRAMME_TEAM,
)
MODERATOR_INVITED = Kind(
    "moderator_invited",
    label=_("Invitations to moderate stories"),
    reason=_("You get this mail because the programme team of the portal asks you to moderate."),
    needs_answer=True,
    priority=3,
)
STORY_HELPED = Kind(
    "story_helped",
    label=_("That a story of yours helped"),
    reason=_("You get this mail, monthly at most, because a story that you told under your name helped others."),
    priority=4,
)
LEAVING_LINK = Kind(
    "leaving_link",
    label=_("Links to tell about a project before you leave"),
    reason=_("You get this mail because somebody asked you to tell about a project before your contract ends."),
    needs_answer=True,
    priority=2,
)
WORDS_WAITING = Kind(
    "words_waiting",
    label=_("That somebody wrote a story for you"),
    reason=_("You get this mail because you handed somebody a link to write a story for you."),
    answers=True,
)
"""Of a named story only; no word of it."""
STORY_MOVED = Kind(
    "story_moved",
    label=_("How a project that you follow goes on"),
    reason=_("You get this mail because you follow a project."),
    priority=4,
)
"""Of a named story, and no word of it."""
WATCH_FOUND = Kind(
    "watch_found",
    label=_("New stories for a plan of yours"),
    reason=_("You get this mail because you asked to be told when somebody has tried what you plan."),
    priority=3,
)
"""How many, and no word of any."""
PROJECT_INVITED = Kind(
    "project_invited",
    label=_("Invitations to tell about a project"),
    reason=_("You get this mail because the programme team’s list of projects names you as the lead of one."),
    needs_answer=True,
    priority=3,
)

OWN = (
    LEAVING_LINK,
    MODERATION_LATE,
    MODERATION_WAITING,
    MODERATOR_INVITED,
    PROJECT_INVITED,
    REPORT_ANSWERED,
    REPORT_WAITING,
    STORY_HELPED,
    STORY_MOVED,
    WATCH_FOUND,
    WORDS_WAITING,
)
