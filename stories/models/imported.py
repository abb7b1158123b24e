from django.db import models

from .story import Story


class ImportedFacts(models.Model):
    """What the source of an imported story said of it at the last import, its topics as slugs.

    The next import takes only what the source says anew, so that what was corrected here stays.
    """

    story = models.OneToOneField(Story, models.CASCADE, related_name="+", primary_key=True)
    facts = models.JSONField()

    def __str__(self) -> str:
        return str(self.story_id)
