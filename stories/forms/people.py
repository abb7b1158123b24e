"""Who moderates, and when they are away."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .report import SHORTEN


class AwayForm(forms.Form):
    """Until when somebody is away."""

    until = forms.DateField(
        label=_("Away until"),
        help_text=_("The last day on which you are away. For example, 2027-03-31."),
        widget=forms.DateInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={
            "required": _("Write the last day on which you are away"),
            "invalid": _("Write the date as year, month and day, such as 2027-03-31"),
        },
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )


class InviteForm(forms.Form):
    """Whom to ask to moderate."""

    address = forms.EmailField(
        label=_("Their email address"),
        help_text=_("The one with which they sign in, or would."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Give the email address of whom you invite"),
            "invalid": _("Write an email address like name@council.gov.uk"),
            "max_length": SHORTEN,
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        help_text=_("Otherwise that of their account, or English."),
        required=False,
        choices=[("en", _("English")), ("cy", _("Welsh"))],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose from the list")},
    )
