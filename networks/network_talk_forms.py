"""Forms of what members of a network say, ask and answer."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText

from .models import QuestionChoice
from .models.network_post import LONGEST
from .network_fields import SHORTEN, line
from .network_questions import FEWEST_CHOICES, MOST_CHOICES


class PostForm(forms.Form):
    """A few words for the other members."""

    words = CountedText(
        label=_("Say something to the members"),
        max_length=LONGEST,
        help_text=_("Your name stands beside it. Only members of this network see it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words"), "max_length": SHORTEN},
    )


class PoseForm(forms.Form):
    """A question with two to six choices."""

    text = line(_("Your question"), 200, required=_("Write a question"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_CHOICES + 1):
            label = _("Choice %(number)s") % {"number": number}
            required = _("Give at least two choices") if number <= FEWEST_CHOICES else ""
            self.fields[f"choice_{number}"] = line(label, 80, required=required)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [choice.casefold() for choice in self._choices(cleaned)]
        if len(given) != len(set(given)):
            self.add_error(None, _("Give each choice once"))
        return cleaned

    def choices(self) -> list[str]:
        return self._choices(self.cleaned_data)

    @staticmethod
    def _choices(cleaned: dict[str, Any]) -> list[str]:
        found = (cleaned.get(f"choice_{number}") for number in range(1, MOST_CHOICES + 1))
        return [choice for choice in found if choice]


class AnswerForm(forms.Form):
    choice = forms.ModelChoiceField(
        QuestionChoice.objects.none(),
        label=_("Your answer"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose one"), "invalid_choice": _("Choose from the list")},
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["choice"]).queryset = choices
