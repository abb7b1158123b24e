from django.db import models

from .story import Story


class StoryIntroduction(models.Model):
    """The named story from which somebody asked to meet."""

    introduction = models.OneToOneField("networks.Introduction", models.CASCADE, related_name="+", primary_key=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.story_id)
