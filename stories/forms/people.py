"""Who moderates, and when they are away."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import DayField

from .report import SHORTEN


class AwayForm(forms.Form):
    """Until when somebody is away."""

    until = DayField(
        label=_("Away until"),
        help_text=_("The last day on which you are away. For example, 31/3/2027."),
        error_messages={"required": _("Write the last day on which you are away")},
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
