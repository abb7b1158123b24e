"""Verbs that write across models: keyword-only, `by=`, in a transaction, never a request."""

from .follow import follow_register
from .share import erase_expired_plans, find_shared_plan, share_plan
from .shelve import NewStory, revise, shelve

__all__ = ["NewStory", "erase_expired_plans", "find_shared_plan", "follow_register", "revise", "share_plan", "shelve"]
