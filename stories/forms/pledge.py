from django import forms
from django.utils.translation import gettext_lazy as _

from .report import SHORTEN


class PledgeForm(forms.Form):
    """Who puts their name to it."""

    name = forms.CharField(
        label=_("Your name, as readers see it"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name"), "max_length": SHORTEN},
    )
    role = forms.CharField(
        label=_("Your role"),
        help_text=_("For example: Chief Executive."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": _("Write your role"), "max_length": SHORTEN},
    )
