"""What a custodian types to learn who wrote a story."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText
from learning_portal.common.public_ids import decode

from ..actions.reveal import LONGEST_REASON
from .report import SHORTEN


class RevealForm(forms.Form):
    """The reference of a story, why, and that the author will hear of it."""

    key = forms.CharField(
        label=_("Reference of the story"),
        help_text=_("13 letters and figures, from the moderator who asks you. They also end the story's address."),
        max_length=40,
        error_messages={"required": _("Give the reference of the story"), "max_length": SHORTEN},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = CountedText(
        label=_("Why you must know"),
        help_text=_("Who is in danger, and why nothing else can help. The author is told these words."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write down why you must know"), "max_length": SHORTEN},
    )
    sure = forms.BooleanField(
        label=_("I know that the author is told at once, and that my name and the reason are kept"),
        error_messages={"required": _("Say that you know the author is told")},
    )

    def clean_key(self) -> int:
        try:
            return decode(self.cleaned_data["key"].strip().lower())
        except ValueError:
            raise forms.ValidationError(_("A reference has 13 letters and figures. Copy it again")) from None

    def clean(self) -> dict:
        cleaned = super().clean()
        cleaned.pop("sure", None)
        return cleaned
