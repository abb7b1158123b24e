from .asking import StoryQuestion
from .collection import Collection, CollectionStory
from .context import StoryContext
from .decision import Decision
from .follow import Follow
from .handed import LeavingRequest, StoryComment
from .helped import Helped
from .imported import ImportedFacts
from .introduction import StoryIntroduction
from .links import AuthorLink, ProgressUpdate, StoryContact, StoryNetwork
from .meeting import AgendaItem, StoryAction
from .plan import SharedPlan
from .post import PostStory
from .programme import Programme
from .project import InvitedProject, ProjectList
from .report import Reply, StoryReport
from .reuse import Reuse
from .search import Embedding, SearchDocument, Term
from .story import Story, StoryTopic
from .telling import Draft, Handling, Receipt, RelayMessage
from .version import Version
from .watch import Watch, WatchFound

__all__ = [
    "AgendaItem",
    "AuthorLink",
    "Collection",
    "CollectionStory",
    "Decision",
    "Draft",
    "Embedding",
    "Follow",
    "Handling",
    "Helped",
    "ImportedFacts",
    "InvitedProject",
    "LeavingRequest",
    "PostStory",
    "Programme",
    "ProgressUpdate",
    "ProjectList",
    "Receipt",
    "RelayMessage",
    "Reply",
    "Reuse",
    "SearchDocument",
    "SharedPlan",
    "Story",
    "StoryAction",
    "StoryComment",
    "StoryContact",
    "StoryContext",
    "StoryIntroduction",
    "StoryNetwork",
    "StoryQuestion",
    "StoryReport",
    "StoryTopic",
    "Term",
    "Version",
    "Watch",
    "WatchFound",
]
