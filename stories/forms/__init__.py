"""What people type and send, one file a noun."""

from .curate import CollectForm, CollectionForm, CurateForm
from .custody import RevealForm
from .people import AwayForm, InviteForm
from .pledge import PledgeForm
from .projects import ListForm, MatchForm
from .reading import DETAILS, OrganisationsForm, PlanForm, PlanOptionsForm
from .report import AnswerForm, ReplyForm, ReportForm, SentReplyForm

__all__ = [
    "DETAILS",
    "AnswerForm",
    "AwayForm",
    "CollectForm",
    "CollectionForm",
    "CurateForm",
    "InviteForm",
    "ListForm",
    "MatchForm",
    "OrganisationsForm",
    "PlanForm",
    "PlanOptionsForm",
    "PledgeForm",
    "ReplyForm",
    "ReportForm",
    "RevealForm",
    "SentReplyForm",
]
