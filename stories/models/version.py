from django.db import models
from django.utils.functional import cached_property

from learning_portal.common.constraints import bounded_text, exactly, one_of
from learning_portal.common.public_ids import random_key

from ..choices import Audience, Voice
from ..content import Content, parse, sha256
from .story import Story


class Version(models.Model):
    """The words of a story at one time. Append-only: words change by a new row, and the hash says which were
    approved."""

    class Writer(models.TextChoices):
        AUTHOR = "author"
        MODERATOR = "moderator"
        IMPORT = "import"

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    sha256 = models.CharField(max_length=64)
    voice = models.CharField(max_length=12, choices=Voice)
    audience = models.CharField(max_length=10, choices=Audience)
    band = models.CharField(max_length=80, blank=True)
    written_by = models.CharField(max_length=10, choices=Writer)

    class Meta:
        constraints = [
            models.UniqueConstraint("story", "number", name="version_number_once"),
            one_of("version", "voice", Voice),
            one_of("version", "audience", Audience),
            models.CheckConstraint(name="version_hashed", condition=exactly("sha256", 64)),
            *bounded_text("version", {"words": 250_000, "band": 80}),
        ]

    def __str__(self) -> str:
        return f"{self.story} {self.number}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValueError("A version is never changed: write a new one.")
        super().save(*args, **kwargs)

    @cached_property
    def content(self) -> Content:
        return parse(self.words)

    @classmethod
    def of(cls, story: Story, content: Content, *, number: int, written_by: str) -> "Version":
        """A new version, not saved, of this content under the story's present voice, audience and band."""
        words = content.canonical()
        return cls(
            story=story,
            number=number,
            words=words,
            sha256=sha256(words),
            voice=story.voice,
            audience=story.audience,
            band=story.band,
            written_by=written_by,
        )
