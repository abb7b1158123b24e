"""What readers and organisations say of a story, and what its moderators answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText
from networks.models import Organisation
from networks.resolve import LONGEST, resolve

from ..actions.report import fits_mail
from ..choices import ReportReason
from ..models.report import LONGEST_ANSWER, LONGEST_REPLY, LONGEST_REPORT
from .reading import OrganisationInput

SHORTEN = _("Shorten this to %(limit_value)s characters: it has %(show_value)s now")


class ReportForm(forms.Form):
    """What is wrong with a story. Nobody needs an account, and nobody is asked who they are."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what is wrong with it"),
            "invalid_choice": _("Choose what is wrong with it"),
        },
    )
    words = CountedText(
        label=_("Tell us more"),
        help_text=_("Which words are they, and why should they go or change?"),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Tell us which words are wrong, and why"), "max_length": SHORTEN},
    )
    address = forms.EmailField(
        label=_("Email address for the answer"),
        help_text=_("We use it for nothing else and erase it when we have answered. You need not give one."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("Write an email address like name@council.gov.uk, or leave it empty"),
            "max_length": SHORTEN,
        },
    )


class AnswerForm(forms.Form):
    """What a moderator answers to a report."""

    answer = CountedText(
        label=_("Your answer"),
        help_text=_("It is mailed as one paragraph. Say what was done, and nothing of who wrote the story."),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write an answer"), "max_length": SHORTEN},
    )

    def clean_answer(self) -> str:
        answer = self.cleaned_data["answer"]
        if not fits_mail(answer):
            raise forms.ValidationError(_("Shorten this a little: accents and symbols take more room in a mail"))
        return answer


class ReplyForm(forms.Form):
    """What an organisation replies to a story."""

    role = forms.CharField(
        label=_("Who speaks for it"),
        help_text=_("A role, for example: Director of Housing."),
        required=False,
        max_length=120,
        error_messages={"max_length": SHORTEN},
    )
    text = CountedText(
        label=_("The reply"),
        help_text=_("Name nobody. It is shown below the story with its date."),
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the reply"), "max_length": SHORTEN},
    )


class SentReplyForm(ReplyForm):
    """The same, put down by a moderator, who says whose it is."""

    organisation = forms.CharField(
        label=_("Which organisation replies?"),
        max_length=LONGEST,
        widget=OrganisationInput,
        error_messages={"required": _("Say which organisation replies"), "max_length": SHORTEN},
    )
    field_order = ["organisation", "role", "text"]

    def clean_organisation(self) -> Organisation:
        found = resolve(self.cleaned_data["organisation"].strip())
        if found is None:
            raise forms.ValidationError(_("We do not know that organisation. Check the spelling, or try its full name"))
        return found
