from django.db import models

from learning_portal.common.public_ids import random_key

from .story import Story


class PostStory(models.Model):
    """The story that a member's words in a network are about: whoever may not open it does not see them."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    post = models.OneToOneField("networks.NetworkPost", models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.story_id)
