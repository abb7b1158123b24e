"""A network's stories, and what its members say of them: for its members alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from learning_portal.common.models import User
from networks.faces import Face, faces_of
from networks.models import Membership, Network, NetworkPost, Question
from networks.network_posts import say

from .choices import Audience
from .models import PostStory, Story, StoryNetwork


def stories_of(network: Network, user: User) -> QuerySet[Story]:
    """Those that were told for its members and that this reader may open, the newest first."""
    named = StoryNetwork.objects.filter(story=OuterRef("pk"), network=network)
    found = Story.objects.visible_to(user).published().filter(Exists(named), audience=Audience.NETWORK)
    return found.order_by("-published_on", "pk")


def posts_of(network: Network, user: User) -> QuerySet[NetworkPost]:
    """What members said, the newest first; of a story only where this reader may open it."""
    about = PostStory.objects.filter(post=OuterRef("pk"), story__in=Story.objects.visible_to(user).published())
    return NetworkPost.objects.filter(network=network).filter(Q(is_of_story=False) | Exists(about)).select_related("by")


@dataclasses.dataclass(frozen=True)
class Said:
    """One post as it is shown."""

    post: NetworkPost
    face: Face
    story: Story | None
    may_remove: bool


def talk(posts: Sequence[NetworkPost], membership: Membership) -> list[Said]:
    """The posts of a page with their authors, of whom those who left have their name still, and their stories. The
    posts have passed `posts_of` in the same request."""
    links = PostStory.objects.filter(post__in=[post.pk for post in posts]).values_list("post", "story")
    story_of = dict(links)
    stories = {story.pk: story for story in Story.objects.cards_of(list(set(story_of.values())))}
    writers = [Membership(network=membership.network, user=post.by) for post in posts]
    faces = {face.membership.user_id: face for face in faces_of(writers, membership.user) if face.membership}
    return [
        Said(
            post,
            faces[post.by_id],
            stories.get(story_of.get(post.pk, 0)),
            membership.is_convenor or post.by_id == membership.user_id,
        )
        for post in posts
    ]


@transaction.atomic
def say_of(*, by: User, network: Network, words: str, language: str, story: Story | None = None) -> NetworkPost:
    """Say something to the members, of a story of theirs or of anything. The caller has found the story by
    `stories_of`. Raises Refused like `say`."""
    post = say(by=by, network=network, words=words, language=language, is_of_story=story is not None)
    if story is not None:
        PostStory.objects.create(post=post, story=story)
    return post


def questions_of(network: Network) -> list[tuple[Question, bool]]:
    """The newest of what it asked its members, and whether each is open."""
    today = timezone.localdate()
    return [(question, question.is_open(today)) for question in Question.objects.filter(network=network)[:10]]
