from django.db import models
from django.db.models import Max, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from learning_portal.common.constraints import bounded_text, one_of

from ..choices import GROUP_SIZE, TopicGroup

HIGHEST_BIT = 62
"""A mask of 63 bits fits the databases' largest whole number."""


class Topic(TagBase):
    """A word of the controlled vocabulary. People propose one, the team adds it: there are no free tags.

    `bit` is the topic's place in the mask by which stories are compared: unique in its group and never reused.
    A service area also has a `code`, 8 * group + area, so that two areas of one group count as half alike.
    """

    group = models.CharField(_("Group"), max_length=10, choices=TopicGroup)
    bit = models.PositiveSmallIntegerField(_("Bit"))
    code = models.PositiveSmallIntegerField(_("Service code"), null=True, blank=True)
    name_cy = models.CharField(_("Name in Welsh"), max_length=100)
    meaning_en = models.CharField(_("Meaning"), max_length=200)
    meaning_cy = models.CharField(_("Meaning in Welsh"), max_length=200)
    words_en = models.CharField(_("Other words for it"), max_length=600, blank=True, help_text=_("Separated by |"))
    words_cy = models.CharField(_("Other words in Welsh"), max_length=600, blank=True, help_text=_("Separated by |"))

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["group", "name", "pk"]
        constraints = [
            models.UniqueConstraint("group", "bit", name="topic_bit_once_a_group"),
            models.UniqueConstraint("code", name="topic_code_once"),
            models.CheckConstraint(name="topic_bit_fits_a_mask", condition=Q(bit__range=(0, HIGHEST_BIT))),
            models.CheckConstraint(
                name="topic_service_has_code",
                condition=Q(group=TopicGroup.SERVICE, code__isnull=False)
                | (~Q(group=TopicGroup.SERVICE) & Q(code=None)),
            ),
            one_of("topic", "group", TopicGroup),
            *bounded_text(
                "topic",
                {
                    "slug": 100,
                    "name": 100,
                    "name_cy": 100,
                    "meaning_en": 200,
                    "meaning_cy": 200,
                    "words_en": 600,
                    "words_cy": 600,
                },
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return self.label_in(get_language())

    def label_in(self, language: str | None) -> str:
        """Its name in this language: whoever needs the names of all topics asks once which it is."""
        return self.name_cy if language == "cy" else self.name

    @property
    def meaning(self) -> str:
        return self.meaning_cy if get_language() == "cy" else self.meaning_en

    @property
    def all_words(self) -> str:
        """Every name and synonym, in both languages: what search indexes beside a story."""
        return " ".join([self.name, self.name_cy, self.words_en, self.words_cy]).replace("|", " ")

    @classmethod
    def next_bit(cls, group: str) -> int | None:
        """The bit of the next topic of a group; None when all are given: they are never given twice."""
        last = cls.objects.filter(group=group).aggregate(last=Max("bit", default=-1))["last"]
        return last + 1 if last < HIGHEST_BIT else None

    @classmethod
    def next_code(cls, beside: int) -> int | None:
        """The code of the next service area that is half like the one of this code; None when its eight are given."""
        first = beside // GROUP_SIZE * GROUP_SIZE
        last = cls.objects.filter(code__range=(first, first + GROUP_SIZE - 1)).aggregate(last=Max("code"))["last"]
        return last + 1 if last + 1 < first + GROUP_SIZE else None
