"""Forms of one or two questions: a word to the moderators, a receipt, how a project goes."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText

from ..choices import Progress, ReceiptKind


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


class HandForm(forms.Form):
    """For what a link is handed to somebody else."""

    kind = forms.ChoiceField(
        label=_("What is the link for?"),
        choices=[
            (ReceiptKind.INTERVIEW, _("A colleague asks me and writes it down. I check it and send it.")),
            (ReceiptKind.LEAVING, _("Somebody who leaves soon writes it, without an account. I check it and send it.")),
            (ReceiptKind.COLLEAGUE, _("A manager, partner or union looks at it and comments, and changes nothing.")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what the link is for"),
            "invalid_choice": _("Choose what the link is for"),
        },
    )


class CommentForm(forms.Form):
    """What somebody says to whom a story was shown."""

    text = CountedText(
        label=_("Your comment"),
        help_text=_("Its author reads it, and so do the moderators."),
        max_length=1_800,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write your comment"),
            "max_length": _("Shorten your comment to %(limit_value)s characters: it has %(show_value)s now"),
        },
    )


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
