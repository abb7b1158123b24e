from django.db import models

from .story import Story


class SearchDocument(models.Model):
    """What the index knows of a published story as a whole. `search.index` is its one writer.

    Word statistics count rows with `is_public` only, so that a story which a reader may not see never shows in the
    ranking of those that they may.
    """

    story = models.OneToOneField(Story, models.CASCADE, related_name="+", primary_key=True)
    words = models.TextField()
    """Its different words, in lower case with their accents: the source of spelling suggestions."""
    length = models.PositiveIntegerField()
    """How many words that say something stand in title, summary and body."""
    is_public = models.BooleanField()
    fingerprint = models.PositiveBigIntegerField()
    """40 bits of the hash of everything indexed: 8 million of them add up in 63 bits."""

    class Meta:
        indexes = [models.Index(fields=["is_public", "length", "fingerprint"], name="searchdocument_statistics")]

    def __str__(self) -> str:
        return str(self.story_id)


class Posting(models.Model):
    """That a stem stands in a story, and how heavily: one inverted index for both databases.

    A statement about a query reads nothing but this table's key (a migration makes it hold the other columns too), so
    that the story's length and `is_public` are repeated here. No row numbers: they would tell the order of publication.
    """

    pk = models.CompositePrimaryKey("stem", "story")
    stem = models.CharField(max_length=64)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    weight = models.PositiveSmallIntegerField()
    """How often the stem stands in the story, each time times the weight of the part in which it stands."""
    length = models.PositiveIntegerField()
    is_public = models.BooleanField()

    def __str__(self) -> str:
        return self.stem


class Term(models.Model):
    """A stem of the public stories: what ranking counts and spelling suggests. `search.vocabulary` alone writes it."""

    stem = models.CharField(max_length=64, primary_key=True)
    documents = models.PositiveIntegerField()
    """In how many public stories it stands."""
    words = models.TextField(blank=True)
    """The words that have it, the commonest first; none for a stem of labels only."""

    def __str__(self) -> str:
        return self.stem


class Vocabulary(models.Model):
    """One row: the public stories from which `Term` was made, as their number, their length and their fingerprints."""

    documents = models.PositiveBigIntegerField()
    length = models.PositiveBigIntegerField()
    """The sum of their lengths."""
    fingerprint = models.PositiveBigIntegerField()
    """The sum of their fingerprints: equal sums mean equal stories."""

    def __str__(self) -> str:
        return str(self.documents)


class Embedding(models.Model):
    """The meaning of a published version as a unit vector of float32 bytes. Stale while its hash is not the
    version's or its model not the one in use."""

    story = models.OneToOneField(Story, models.CASCADE, related_name="+", primary_key=True)
    sha256 = models.CharField(max_length=64)
    model = models.CharField(max_length=64)
    """The sha256 of the model that made it: vectors of two models do not compare."""
    change = models.PositiveBigIntegerField(unique=True)
    """Rises with every write. Unique: of two writers at once one fails and tries again: no cache misses a row."""
    vector = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["model", "change"], name="embedding_changes")]

    def __str__(self) -> str:
        return str(self.story_id)
