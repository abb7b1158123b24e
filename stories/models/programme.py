from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text


class Programme(models.Model):
    """A fund or programme that stories belong to."""

    slug = models.SlugField(max_length=60, unique=True)
    name_en = models.CharField(_("Name in English"), max_length=120)
    name_cy = models.CharField(_("Name in Welsh"), max_length=120, blank=True)

    class Meta:
        ordering = ["name_en", "pk"]
        constraints = bounded_text("programme", {"slug": 60, "name_en": 120, "name_cy": 120})

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_cy if get_language() == "cy" and self.name_cy else self.name_en
