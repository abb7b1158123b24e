"""Whom to meet: everything here lives in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from networks.choices import MeetingFormat

from .reading import LenientChoice, LenientSlug, LenientTopics, with_any

DISTANCES = [("25", _("25 kilometres")), ("50", _("50 kilometres")), ("100", _("100 kilometres"))]


class MeetForm(forms.Form):
    """About which topics, for which plan or story, in which way, and how far away."""

    mark_optional = False

    topic = LenientTopics(required=False)
    plan = LenientSlug(required=False, max_length=20)
    story = LenientSlug(required=False, max_length=13)
    format = LenientChoice(label=_("How to meet"), required=False, choices=lambda: with_any(MeetingFormat.choices))
    within = LenientChoice(label=_("How far I would travel"), required=False, choices=lambda: with_any(DISTANCES))

    def clean_within(self) -> int | None:
        return int(self.cleaned_data["within"]) if self.cleaned_data["within"] else None
