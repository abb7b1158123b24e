"""What members and convenors say about coffee rounds."""

import datetime

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText, DayField
from learning_portal.common.models import User

from . import coffee_dates
from .models.coffee import REACH, WORDS, Met, Part, Rhythm


class PartForm(forms.Form):
    """Whether somebody takes part, and how those they meet reach them."""

    part = forms.ChoiceField(
        label=_("Do you take part?"),
        choices=Part.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you take part"), "invalid_choice": _("Choose from the list")},
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Those you meet see it, and so do the convenors."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    reach = forms.CharField(
        label=_("How can those you meet reach you?"),
        help_text=_("In your own words, for example a telephone number. Only those you are put together with see it."),
        max_length=REACH,
        required=False,
        error_messages={"max_length": _("Say it in 200 characters at most")},
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        if user.name:
            del self.fields["name"]

    def clean(self) -> dict:
        found = super().clean() or {}
        takes_part = found.get("part") in {Part.YES, Part.SKIP}
        if takes_part and "name" in self.fields and not found.get("name") and "name" not in self.errors:
            self.add_error("name", _("Type your name: those you meet want to know who you are"))
        return found


class StartForm(forms.Form):
    """How often, and from when on."""

    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often"), "invalid_choice": _("Choose from the list")},
    )
    starts_on = DayField(
        label=_("When do the first pairs go out?"),
        help_text=_(
            "Two weeks from now at the earliest: members are asked in their weekly mail. For example, 31/3/2027."
        ),
        error_messages={"required": _("Write the day on which the first pairs go out")},
    )

    def __init__(self, *args, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["starts_on"].initial = coffee_dates.working_day_from(today + coffee_dates.USUAL_FIRST)

    def clean_starts_on(self) -> datetime.date:
        day = self.cleaned_data["starts_on"]
        first, last = self.today + coffee_dates.FIRST_AFTER, self.today + coffee_dates.LONGEST_AHEAD
        if not first <= day <= last:
            words = _("Choose a day from %(first)s to %(last)s")
            raise forms.ValidationError(words % {"first": date_format(first), "last": date_format(last)})
        return coffee_dates.working_day_from(day)


class WordsForm(forms.Form):
    """What one writes to those one meets."""

    words = CountedText(
        label=_("Propose two or three days"),
        help_text=_(
            "We mail it to them, and show it here. You can write once, so say when and how you would like to meet."
        ),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write when you could meet"),
            "max_length": _("Say it in %(limit_value)s characters at most"),
        },
    )


class MetForm(forms.Form):
    met = forms.ChoiceField(choices=Met.choices)
