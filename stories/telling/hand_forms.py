"""Forms of links: whom one is for, when it ends, whom it is mailed to, and what somebody says who looks."""

import datetime
from collections.abc import Mapping

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText, DayField

from ..choices import ReceiptKind
from ..models.handed import LONGEST_COMMENT
from ..receipt_rights import DAYS, USUAL_DAYS

KINDS: Mapping[str, Promise] = {
    ReceiptKind.INTERVIEW: _("A colleague asks me and writes it down. I check it and send it."),
    ReceiptKind.LEAVING: _("Somebody who leaves soon writes it, without an account. I check it and send it."),
    ReceiptKind.COLLEAGUE: _("A manager, partner or union looks at it and comments, and changes nothing."),
}


class HandForm(forms.Form):
    """For what a link is handed to somebody else, and for how long."""

    kind = forms.ChoiceField(
        label=_("What is the link for?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what the link is for"),
            "invalid_choice": _("Choose what the link is for"),
        },
    )
    days = forms.ChoiceField(
        label=_("How long does it open the story?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose how long the link opens the story")},
    )

    def __init__(self, *args, kinds: list[ReceiptKind], ends: Mapping[int, datetime.date], **kwargs):
        """`kinds`: those that the state of the story allows; `ends`: the last day of a link for so many days."""
        super().__init__(*args, **kwargs)
        kind, days = self.fields["kind"], self.fields["days"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(days, forms.ChoiceField)
        kind.choices = [(one, KINDS[one]) for one in KINDS if one in kinds]
        usual = ("", gettext("As long as usual: 28 days to write, 14 days to look"))
        days.choices = [usual, *((str(number), _until(number, ends[number])) for number in DAYS)]

    def chosen_days(self) -> int:
        return int(self.cleaned_data["days"] or USUAL_DAYS[self.cleaned_data["kind"]])


def _until(days: int, end: datetime.date) -> str:
    return gettext("%(days)d days, until %(day)s") % {"days": days, "day": date_format(end, "DATE_FORMAT")}


class LeaverForm(forms.Form):
    """Whom to mail a link before their contract ends."""

    address = forms.EmailField(
        label=_("Their email address"),
        help_text=_("We mail the link and one reminder. The address is erased when the contract ends, or sooner."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write their email address"),
            "invalid": _("Write an email address like name@council.gov.uk"),
            "max_length": _("Write an email address of %(limit_value)d characters at most"),
        },
    )
    ends_on = DayField(
        label=_("On which day does their contract end?"),
        help_text=_(
            "The link goes four weeks before, or on the next working morning if that is past. For example, 31/3/2027."
        ),
        error_messages={"required": _("Write the day on which their contract ends")},
    )
    language = forms.ChoiceField(
        label=_("In which language do we write to them?"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language"), "invalid_choice": _("Choose a language")},
    )


class CommentForm(forms.Form):
    """What somebody says to whom a story was shown."""

    text = CountedText(
        label=_("Your comment"),
        help_text=_("Its author alone reads it. They do not learn from us who you are."),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write your comment"),
            "max_length": _("Shorten your comment to %(limit_value)s characters: it has %(show_value)s now"),
        },
    )
