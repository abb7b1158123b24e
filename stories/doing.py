"""What the page of a story offers beside its words: who replied to it, and what this reader may do with it."""

from typing import Any

from learning_portal.common.team import is_team

from . import learning, uptake
from .access import Reader, authored_by
from .actions import recognise
from .actions.report import may_reply
from .choices import Audience, HelpedKind, Origin, Status
from .models import Collection, Follow, Reply, Story
from .surroundings import Surroundings


def with_story(story: Story, user: Reader, there: Surroundings, *, has_updates: bool = False) -> dict[str, Any]:
    """For the template. All that can be done with a story that is not published is to read its history."""
    if story.status != Status.PUBLISHED:
        return {"doing": {"history": True}}
    return {
        "others_did": learning.of_story(story) if there.actions else [],
        "in_use": uptake.of_story(story) if there.uses else None,
        "own_use": uptake.own_use(user, story),
        "replies": replies_to(story) if there.replies else [],
        "doing": {
            "report": True,
            "follow": following_of(story, user) if has_updates else "",
            "reply": user.is_authenticated and may_reply(user, story),
            "licence": licence_of(story),
            "history": may_read_history(user, story),
            "curate": is_team(user),
            "collections": collections_of(story) if there.collections else [],
            **recognition(story, user),
        },
    }


def replies_to(story: Story) -> list[Reply]:
    return list(Reply.objects.filter(story=story, shown=True).with_change().select_related("organisation"))


def collections_of(story: Story) -> list[Collection]:
    return list(Collection.objects.showing(Story.objects.filter(pk=story.pk)))


def following_of(story: Story, user: Reader) -> str:
    """Whether this reader may "follow" a named project that has updates, or "stop"; nothing otherwise."""
    if not user.is_authenticated:
        return ""
    return "stop" if Follow.objects.filter(user=user, story=story).exists() else "follow"


def may_read_history(user: Reader, story: Story) -> bool:
    """Whether this reader wrote the story or moderates it."""
    if not user.is_authenticated:
        return False
    moderates = Story.objects.looked_after_by(user).filter(pk=story.pk).exists()
    return moderates or Story.objects.filter(authored_by(user), pk=story.pk).exists()


def recognition(story: Story, user: Reader) -> dict[str, Any]:
    """The two buttons, or what the author has been told of them. Behind an import is nobody who could hear of it."""
    if not user.is_authenticated or story.origin == Origin.IMPORTED:
        return {}
    if Story.objects.filter(authored_by(user), pk=story.pk).exists():
        told = recognise.told_of(story)
        labels = [(HelpedKind(kind).label, told[kind]) for kind in HelpedKind if kind in told]
        return {"own": True, "reasons": uptake.reasons_of(story), "told": labels}
    said = recognise.said_by(user, story)
    return {"buttons": [(kind, kind.label, kind in said) for kind in HelpedKind]}


def licence_of(story: Story) -> str:
    """Under which licence a story told here may be used: "open", "learning", or none: an imported one names its own."""
    if story.origin == Origin.IMPORTED:
        return ""
    return "open" if story.audience == Audience.PUBLIC else "learning"
