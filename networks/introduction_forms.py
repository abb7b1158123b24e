"""What somebody asks, and what a host answers."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText, DayField, HourField

from .choices import MeetingFormat, Weekday
from .introductions import Proposal, Request
from .models import Contact
from .models.block import LONGEST_REPORT
from .models.introduction import LONGEST_PLACE, LONGEST_PLAN, LONGEST_QUESTION, LONGEST_WORDS, Holder

SHORTEN = _("Shorten this to %(limit_value)s characters or fewer")
CHOOSE = {"required": _("Choose one"), "invalid_choice": _("Choose from the list")}
DAYS_AHEAD = 60
NOT_SOON = _("Propose a day after today, within the next 60 days")
PASS_TO = {
    Holder.DEPUTY: _("Their deputy"),
    Holder.TEAM: _("The mailbox of their team"),
    Holder.CONVENOR: _("The convenor of a network that we are both in"),
}


class LineField(forms.CharField):
    """Some words on one line."""

    def __init__(self, *, label, limit: int, **kwargs):
        messages = {"max_length": SHORTEN, **kwargs.pop("error_messages", {})}
        super().__init__(label=label, max_length=limit, error_messages=messages, **kwargs)

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value).split())


class WeekdaysField(forms.MultipleChoiceField):
    """Working days to tick, or none."""

    in_a_row = True

    def __init__(self, **kwargs):
        widget = forms.CheckboxSelectMultiple
        super().__init__(choices=Weekday.choices, required=False, widget=widget, error_messages=CHOOSE, **kwargs)


def is_soon(day: datetime.date, today: datetime.date) -> bool:
    """Whether a meeting may be on this day."""
    return today < day <= today + datetime.timedelta(days=DAYS_AHEAD)


class MeetForm(forms.Form):
    """A request to meet, as short as can be: one question and a way to meet."""

    name = LineField(
        label=_("Your name"),
        limit=120,
        error_messages={"required": _("Type your name: they see who asks")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    question_1 = LineField(
        label=_("Your first question"),
        help_text=_("One that they can answer in a conversation, such as: how did you get staff to use it?"),
        limit=LONGEST_QUESTION,
        error_messages={"required": _("Write one question at least")},
    )
    question_2 = LineField(label=_("A second question"), limit=LONGEST_QUESTION, required=False)
    question_3 = LineField(label=_("A third question"), limit=LONGEST_QUESTION, required=False)
    format = forms.ChoiceField(
        label=_("How would you like to meet?"),
        widget=forms.RadioSelect,
        error_messages={**CHOOSE, "required": _("Choose how you would like to meet")},
    )
    days = WeekdaysField(label=_("Which days suit you?"), help_text=_("If you choose none, any day will do."))
    plan = CountedText(
        label=_("What you are planning"),
        max_length=LONGEST_PLAN,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": SHORTEN},
    )
    with_plan = forms.BooleanField(required=False)
    may_pass_to = forms.MultipleChoiceField(
        label=_("Who else may see this if they cannot answer?"),
        help_text=_("We ask them after five working days, one after the other, and then our matching desk."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )

    def __init__(self, *args, host: Contact, name: str = "", plan: str = "", shares_network: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan_words = plan[:LONGEST_PLAN]
        if name:
            del self.fields["name"]
        if plan:
            del self.fields["plan"]
            self.fields["with_plan"].label = _("Send with it what I said about my plan")
            self.fields["with_plan"].help_text = escape(self.plan_words)  # hints are markup
        else:
            del self.fields["with_plan"]
        self._choose("format", _formats(host))
        may = _pass_to(host, shares_network)
        if may:
            self._choose("may_pass_to", may)
        else:
            del self.fields["may_pass_to"]

    def _choose(self, name: str, choices: list) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def labels(self) -> dict[str, Any]:
        """What was chosen, in words."""
        told = self.cleaned_data
        return {
            "format": MeetingFormat(told["format"]).label,
            "days": [Weekday(day).label for day in told["days"]],
            "pass_to": [PASS_TO[Holder(whom)] for whom in told.get("may_pass_to", [])],
        }

    def request(self, topics=()) -> Request:
        """What was asked."""
        told = self.cleaned_data
        questions = (told["question_1"], told["question_2"], told["question_3"])
        return Request(
            questions=tuple(question for question in questions if question),
            format=told["format"],
            days=tuple(told["days"]),
            plan=self.plan_words if told.get("with_plan") else told.get("plan", ""),
            may_pass_to=tuple(told.get("may_pass_to", ())),
            topics=tuple(topics),
            name=told.get("name", ""),
        )


def _formats(host: Contact) -> list[tuple[str, Any]]:
    """Those that the host offers; a call or a video call where they said nothing."""
    offered = [value for value in MeetingFormat.values if value in host.formats.split("|")]
    return [(value, MeetingFormat(value).label) for value in offered or (MeetingFormat.CALL, MeetingFormat.VIDEO)]


def _pass_to(host: Contact, shares_network: bool) -> list[tuple[str, Any]]:
    there = {
        Holder.DEPUTY: bool(host.deputy_id),
        Holder.TEAM: bool(host.team_mailbox and host.user_id),
        Holder.CONVENOR: shares_network,
    }
    return [(str(whom), PASS_TO[whom]) for whom, is_there in there.items() if is_there]


# --- The host -------------------------------------------------------------------------------------------------------

ANSWERS = [
    ("yes", _("Yes, let us meet")),
    ("colleague", _("Somebody else is the right person")),
    ("not_now", _("Not now: they may ask again in three months")),
    ("no", _("No, I cannot help with this")),
]


class HostForm(forms.Form):
    """A host's answer. A day and a time are needed for a yes, and a name for a colleague: to call them optional would
    be wrong, so the labels say when."""

    mark_optional = False

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={**CHOOSE, "required": _("Choose an answer")},
    )
    day = DayField(
        label=_("If yes, on which day?"), help_text=_("Within the next 60 days, such as 31/3/2027."), required=False
    )
    time = HourField(label=_("If yes, at what time?"), help_text=_("Such as 14:30."), required=False)
    place = LineField(
        label=_("If yes, where, or how do they reach you?"),
        help_text=_("An address, a link to a video call or a telephone number. They see nothing else of yours."),
        limit=LONGEST_PLACE,
        required=False,
    )
    is_for_all = forms.BooleanField(label=_("Offer this day to everybody who waits for me"), required=False)
    colleague = forms.ModelChoiceField(
        Contact.objects.none(),
        label=_("If somebody else, who?"),
        empty_label=_("Nobody on this list"),
        required=False,
        error_messages={"invalid_choice": _("Choose from the list")},
    )
    words = LineField(
        label=_("A line for them"),
        help_text=_("Such as whom else they might ask. You may leave it empty."),
        limit=LONGEST_WORDS,
        required=False,
    )

    def __init__(self, *args, colleagues, waiting: int, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        if colleagues.exists():
            cast(forms.ModelChoiceField, self.fields["colleague"]).queryset = colleagues
        else:
            del self.fields["colleague"]
        if waiting < 3:
            del self.fields["is_for_all"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("answer") == "yes":
            self._clean_yes(told)
        if told.get("answer") == "colleague" and not told.get("colleague") and not told.get("words"):
            self.add_error("words", _("Say here whom they should ask"))
        return told

    def _clean_yes(self, told: dict[str, Any]) -> None:
        day = told.get("day")
        if "day" not in self.errors:
            if not day:
                self.add_error("day", _("Propose a day"))
            elif not is_soon(day, self.today):
                self.add_error("day", NOT_SOON)
        if "time" not in self.errors and not told.get("time"):
            self.add_error("time", _("Propose a time"))
        if not told.get("place") and "place" not in self.errors:
            self.add_error("place", _("Say where you meet, or how they reach you"))

    def proposal(self) -> Proposal:
        told = self.cleaned_data
        meets_at = timezone.make_aware(datetime.datetime.combine(told["day"], told["time"]))
        return Proposal(meets_at, told["place"], told["words"], told.get("is_for_all", False))


class PauseForm(forms.Form):
    until = DayField(label=_("Do not ask me until after"), error_messages={"required": _("Write a day")})

    def __init__(self, *args, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> datetime.date:
        until = self.cleaned_data["until"]
        if not self.today <= until <= self.today + datetime.timedelta(days=366):
            raise forms.ValidationError(_("Write a day from today on, within a year"))
        return until


class ReportForm(forms.Form):
    report = CountedText(
        label=_("What is wrong with this request?"),
        help_text=_("The programme team reads it. The person who asked is not told."),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tell us what is wrong"), "max_length": SHORTEN},
    )


def colleagues_of(host: Contact, today: datetime.date):
    """The cards of those who work with this host, as far as the host may see them."""
    cards = Contact.objects.visible_to(host.user or AnonymousUser()).living(today)
    return cards.filter(organisation=host.organisation_id).exclude(pk=host.pk).order_by("name", "pk")
