"""Links from what people do together to the stories that it is about: each points down at its row of networks."""

from django.db import models

from learning_portal.common.public_ids import random_key

from .story import Story


class AgendaItem(models.Model):
    """A story that is talked about at an event. Each reader sees those that they may open."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    event = models.ForeignKey("networks.Event", models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("event", "story", name="agendaitem_once")]

    def __str__(self) -> str:
        return str(self.event_id)


class StoryAction(models.Model):
    """The story from which somebody took what they want to do."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    action = models.OneToOneField("networks.Action", models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.action_id)
