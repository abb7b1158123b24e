"""Fields that the forms of networks share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText

SHORTEN = _("Shorten it to %(limit_value)s characters or fewer")


def line(label, limit: int, *, required: str | Any = "", hint="") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        help_text=hint,
        required=bool(required),
        error_messages={"required": required, "max_length": SHORTEN},
    )


def text(label, limit: int, *, required: str | Any = "", hint="", rows: int = 3) -> CountedText:
    return CountedText(
        label=label,
        max_length=limit,
        help_text=hint,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required, "max_length": SHORTEN},
    )


class AddressField(forms.EmailField):
    def __init__(self, label, hint):
        super().__init__(
            label=label,
            help_text=hint,
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            error_messages={
                "required": _("Type a work email address"),
                "invalid": _("Type an email address, such as name@organisation.gov.uk"),
                "max_length": SHORTEN,
            },
        )
