"""What people type and send, one file a noun."""

from .curate import CollectForm, CollectionForm, CurateForm
from .custody import RevealForm
from .pledge import PledgeForm
from .projects import ListForm, MatchForm
from .reading import DETAILS, OrganisationsForm, PlanForm, PlanOptionsForm
from .report import AnswerForm, ReplyForm, ReportForm, SentReplyForm

__all__ = [
    "DETAILS",
    "AnswerForm",
    "CollectForm",
    "CollectionForm",
    "CurateForm",
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
