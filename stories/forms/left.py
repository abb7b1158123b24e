"""What somebody says when a person has left."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LeftForm(forms.Form):
    words = forms.CharField(
        label=_("What do you know?"),
        help_text=_("One sentence, which their team will read. For example, “Her post went in the spring.”"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Shorten it to 200 characters")},
    )

    def clean_words(self) -> str:
        return " ".join(self.cleaned_data["words"].split())
