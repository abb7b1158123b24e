"""The kinds of mail about stories. Templates: `templates/mail/<name>.txt`."""

from django.utils.translation import gettext_lazy as _

from learning_portal.common.mail.kinds import Kind

REPORT_ANSWERED = Kind(
    "report_answered",
    label=_("Answers to what you reported"),
    reason=_("You get this mail because somebody gave this address for an answer when they reported a page."),
    answers=True,
)
STORY_HELPED = Kind(
    "story_helped",
    label=_("That a story of yours helped"),
    reason=_(
        "You get this mail because a story that you told under your name helped others. It comes monthly at most."
    ),
    priority=4,
)

OWN = (REPORT_ANSWERED, STORY_HELPED)
