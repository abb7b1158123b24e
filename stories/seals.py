"""Who decided, without saying who: the same moderator has the same seal on one story, and another on every other."""

from django.utils.crypto import salted_hmac

from learning_portal.common.models import User


def seal(story: int, user: User) -> str:
    """64 hexadecimal digits that only this service can make anew from the key of a story and its moderator. A change
    has the key of the story that it changes: its decisions become the story's (`Story.root_id`)."""
    return salted_hmac("stories.seals", f"{story}|{user.pk}", algorithm="sha256").hexdigest()
