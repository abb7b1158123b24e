"""What people type and send, one file a noun."""

from .reading import DETAILS, OrganisationsForm, PlanForm, PlanOptionsForm
from .report import AnswerForm, ReplyForm, ReportForm, SentReplyForm

__all__ = [
    "DETAILS",
    "AnswerForm",
    "OrganisationsForm",
    "PlanForm",
    "PlanOptionsForm",
    "ReplyForm",
    "ReportForm",
    "SentReplyForm",
]
