"""The kinds of mail that this floor sends."""

from django.utils.translation import gettext_lazy as _

from learning_portal.common.mail.kinds import Kind

SPONSOR_ASKED = Kind(
    "sponsor_asked",
    label=_("A colleague asks you to confirm where they work"),
    reason=_("You get this mail because somebody named you as a colleague at your organisation."),
    needs_answer=True,
    priority=3,
)
WORK_ANSWERED = Kind(
    "work_answered",
    label=_("Whether it was confirmed where you work"),
    reason=_("You get this mail because you asked for it to be confirmed where you work."),
    answers=True,
)
OWN = (SPONSOR_ASKED, WORK_ANSWERED)
