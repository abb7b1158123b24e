"""About a meeting that is agreed: another day for it, and what came of it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import WRITE_TIME, DayField, HourField

from .introduction_forms import CHOOSE, NOT_SOON, LineField, is_soon
from .introductions import Outcome
from .models import Introduction
from .models.introduction import LONGEST_PLACE, Result


class MoveForm(forms.Form):
    """Another day, time or place."""

    day = DayField(
        label=_("On which day?"),
        help_text=_("Within the next 60 days, such as 31/3/2027."),
        error_messages={"required": _("Propose a day")},
    )
    time = HourField(label=_("At what time?"))
    place = LineField(
        label=_("Where, or how do you reach each other?"),
        help_text=_("An address, a link to a video call or a telephone number."),
        limit=LONGEST_PLACE,
        error_messages={"required": _("Say where you meet, or how you reach each other")},
    )

    def __init__(self, data: Any, *, introduction: Introduction, today: datetime.date):
        self.today = today
        at = introduction.meets_at
        here = timezone.localtime(at) if at else None
        when = {"day": here.date(), "time": here.time()} if here else {}
        super().__init__(data, initial={"place": introduction.place, **when})

    def clean_day(self) -> datetime.date:
        day = self.cleaned_data["day"]
        if not is_soon(day, self.today):
            raise forms.ValidationError(NOT_SOON)
        return day

    @property
    def meets_at(self) -> datetime.datetime:
        told = self.cleaned_data
        return timezone.make_aware(datetime.datetime.combine(told["day"], told["time"]))


class OutcomeForm(forms.Form):
    """The asker: did you meet, did it help?"""

    answer = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[*Result.choices, ("not_met", _("We did not meet"))],
        widget=forms.RadioSelect,
        error_messages={**CHOOSE, "required": _("Choose what came of it")},
    )
    next_day = DayField(
        label=_("When do you meet next?"),
        help_text=_("A mentoring has up to three meetings. Leave it empty if this was the last."),
        required=False,
    )
    next_time = HourField(label=_("At what time?"), required=False)

    def __init__(self, *args, introduction: Introduction, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        if not introduction.is_mentoring or introduction.meetings >= 2:
            del self.fields["next_day"], self.fields["next_time"]

    def clean_next_day(self) -> datetime.date | None:
        day = self.cleaned_data["next_day"]
        if day and not self.today < day <= self.today + datetime.timedelta(days=366):
            raise forms.ValidationError(_("Write a day after today, within a year"))
        return day

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("next_day") and not told.get("next_time") and "next_time" not in self.errors:
            self.add_error("next_time", WRITE_TIME)
        return told

    def outcome(self) -> Outcome:
        told = self.cleaned_data
        answer, day = told["answer"], told.get("next_day")
        next_meeting = timezone.make_aware(datetime.datetime.combine(day, told["next_time"])) if day else None
        return Outcome(answer != "not_met", "" if answer == "not_met" else answer, next_meeting)


class MetForm(forms.Form):
    """The host: did you meet?"""

    answer = forms.ChoiceField(
        label=_("Did you meet?"),
        choices=[("yes", _("Yes, we met")), ("no", _("No, we did not meet"))],
        widget=forms.RadioSelect,
        error_messages={**CHOOSE, "required": _("Choose yes or no")},
    )
