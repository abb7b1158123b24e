from django.db import models

from .story import Story


class SearchDocument(models.Model):
    """The searchable words of a published version, as stems: the one table that both engines index.

    `search.index.reindex` is its one writer. Word statistics count rows with `is_public` only, so that a story which a reader may
    not see never shows in the ranking of those that they may.
    """

    story = models.OneToOneField(Story, models.CASCADE, related_name="+", primary_key=True)
    title = models.TextField()
    summary = models.TextField()
    body = models.TextField()
    tags = models.TextField()
    organisation = models.TextField()
    length = models.PositiveIntegerField()
    is_public = models.BooleanField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.story_id)


class Term(models.Model):
    """In how many public stories a stem stands, and the commonest word that has it. Rewritten by `tick`."""

    stem = models.CharField(max_length=64, primary_key=True)
    word = models.CharField(max_length=64)
    documents = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.stem


class Embedding(models.Model):
    """The meaning of a published version as a unit vector of float32 bytes. Stale while its hash differs from the document's."""

    story = models.OneToOneField(Story, models.CASCADE, related_name="+", primary_key=True)
    sha256 = models.CharField(max_length=64)
    change = models.PositiveBigIntegerField(db_index=True)
    vector = models.BinaryField()

    def __str__(self) -> str:
        return str(self.story_id)
