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

# --- Networks -------------------------------------------------------------------------------------------------------

_MEMBER = _("You get this mail because you are a member of a network.")
_CONVENOR = _("You get this mail because you convene a network.")
NETWORK_ASKED = Kind(
    "network_asked",
    label=_("Requests to join a network that you convene"),
    reason=_CONVENOR,
    needs_answer=True,
    priority=3,
)
NETWORK_ANSWERED = Kind(
    "network_answered",
    label=_("Answers to what you asked of a network"),
    reason=_("You get this mail because you asked to join a network, or proposed one."),
    answers=True,
)
NETWORK_INVITED = Kind(
    "network_invited",
    label=_("Invitations to join a network"),
    reason=_("You get this mail because a convenor of a network gave this address."),
    needs_answer=True,
    priority=3,
)
NETWORK_CONVENE = Kind(
    "network_convene",
    label=_("Invitations to convene a network"),
    reason=_MEMBER,
    needs_answer=True,
    priority=3,
)
NETWORK_FOUND = Kind(
    "network_found",
    label=_("Invitations to start a network"),
    reason=_("You get this mail because somebody who wants to start a network gave this address."),
    needs_answer=True,
    priority=3,
)
NETWORK_REMOVED = Kind(
    "network_removed",
    label=_("That your membership of a network has ended"),
    reason=_("You get this mail because you were a member of a network."),
    priority=4,
)
NETWORK_QUIET = Kind(
    "network_quiet",
    label=_("Whether a network that you convene goes on"),
    reason=_CONVENOR,
    needs_answer=True,
    priority=4,
)
NETWORK_MERGED = Kind(
    "network_merged",
    label=_("That a network of yours goes into another"),
    reason=_MEMBER,
    needs_answer=True,
    priority=4,
)
NETWORK_QUESTION = Kind(
    "network_question",
    label=_("Questions that a network asks its members"),
    reason=_MEMBER,
    priority=6,
)
NETWORKS = (
    NETWORK_ANSWERED,
    NETWORK_ASKED,
    NETWORK_CONVENE,
    NETWORK_FOUND,
    NETWORK_INVITED,
    NETWORK_MERGED,
    NETWORK_QUESTION,
    NETWORK_QUIET,
    NETWORK_REMOVED,
)
OWN = (SPONSOR_ASKED, WORK_ANSWERED, *NETWORKS)
