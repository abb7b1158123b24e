from .context import StoryContext
from .imported import ImportedFacts
from .links import AuthorLink, ProgressUpdate, StoryContact, StoryNetwork
from .plan import SharedPlan
from .programme import Programme
from .search import Embedding, SearchDocument, Term
from .story import Story, StoryTopic
from .version import Version

__all__ = [
    "AuthorLink",
    "Embedding",
    "ImportedFacts",
    "Programme",
    "ProgressUpdate",
    "SearchDocument",
    "SharedPlan",
    "Story",
    "StoryContact",
    "StoryContext",
    "StoryNetwork",
    "StoryTopic",
    "Term",
    "Version",
]
