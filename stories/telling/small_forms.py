"""Forms of one or two questions: a word to the moderators, a receipt, how a project goes."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText
from learning_portal.common.public_ids import decode

from ..choices import Progress
from ..models.asking import LONGEST


class AnswerForm(forms.Form):
    """A word to the moderators."""

    text = CountedText(
        label=_("Write to the moderators"),
        help_text=_("They read only what you write here. They do not learn who you are from us."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write your message"),
            "max_length": _("Shorten your message to %(limit_value)s characters: it has %(show_value)s now"),
        },
    )


class ReplyToReaderForm(forms.Form):
    """An author without a name answers a reader, once."""

    question = forms.CharField(max_length=13)
    reply = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": _("Write your answer"),
            "max_length": _("Shorten your answer to %(limit_value)d characters: it has %(show_value)d now"),
        },
    )

    def clean_question(self) -> int:
        try:
            return decode(self.cleaned_data["question"])
        except ValueError:
            raise forms.ValidationError(_("There is no such question")) from None


class ReceiptForm(forms.Form):
    """The receipt, typed from paper."""

    receipt = forms.CharField(
        label=_("Your receipt"),
        help_text=_("Six groups of five letters and figures. Capitals, spaces and dashes do not matter."),
        max_length=100,
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-30",
                "data-module": "lp-receipt",
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={
            "required": _("Enter your receipt"),
            "max_length": _("Enter your receipt: six groups of five letters and figures"),
        },
    )


class ProgressForm(forms.Form):
    """How a project goes: a status and a line."""

    story = forms.ChoiceField(
        label=_("Which project?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a project"), "invalid_choice": _("Choose a project from the list")},
    )
    status = forms.ChoiceField(
        label=_("How does it go?"),
        choices=Progress.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it goes"), "invalid_choice": _("Choose how it goes")},
    )
    line = forms.CharField(
        label=_("In one line"),
        help_text=_("It is published at once, under your organisation’s name. Do not name anyone."),
        max_length=250,
        error_messages={
            "required": _("Say in one line how it goes"),
            "max_length": _("Shorten the line to %(limit_value)d characters: it has %(show_value)d now"),
        },
    )

    def __init__(self, *args, projects: Sequence[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        story = self.fields["story"]
        assert isinstance(story, forms.ChoiceField)
        story.choices = projects

    def clean_line(self) -> str:
        return " ".join(self.cleaned_data["line"].split())
