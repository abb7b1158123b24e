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
COFFEE_INVITED = Kind(
    "coffee_invited",
    label=_("Invitations to coffee rounds"),
    reason=_("You get this mail because you are a member of a network in which coffee rounds begin."),
    priority=5,
)
COFFEE_PAIR = Kind(
    "coffee_pair",
    label=_("Whom you meet in a coffee round"),
    reason=_("You get this mail because you said that you take part in coffee rounds."),
    needs_answer=True,
    priority=2,
)
COFFEE_WORDS = Kind(
    "coffee_words",
    label=_("Words from those you meet in a coffee round"),
    reason=_("You get this mail because you take part in coffee rounds, and one of those you meet wrote to you."),
    needs_answer=True,
    priority=2,
)
COFFEE_ANSWERED = Kind(
    "coffee_answered",
    label=_("Answers from those you meet in a coffee round"),
    reason=_("You get this mail because you wrote to those you meet in a coffee round, and one of them answers."),
    answers=True,
)
"""Goes to whoever wrote first, and only after they did."""
COFFEE_MET = Kind(
    "coffee_met",
    label=_("Whether you met after a coffee round"),
    reason=_("You get this mail because you were put together with somebody in a coffee round two weeks ago."),
    needs_answer=True,
    priority=4,
)
COFFEE_PREVIEW = Kind(
    "coffee_preview",
    label=_("Coffee rounds that are about to go out"),
    reason=_("You get this mail because you are a convenor of a network that has coffee rounds."),
    needs_answer=True,
    priority=3,
)
COFFEE_CHANGED = Kind(
    "coffee_changed",
    label=_("Coffee rounds that went out with other pairs than you were told of"),
    reason=_("You get this mail because you are a convenor of a network that has coffee rounds."),
    priority=4,
)
OWN = (
    COFFEE_ANSWERED,
    COFFEE_CHANGED,
    COFFEE_INVITED,
    COFFEE_MET,
    COFFEE_PAIR,
    COFFEE_PREVIEW,
    COFFEE_WORDS,
    SPONSOR_ASKED,
    WORK_ANSWERED,
)
