"""What people say they will do, and by when."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import DayField
from learning_portal.common.models import User
from networks.models import Event
from networks.models.action import LONGEST_ACTION
from networks.models.event import EventQuerySet

from ..models import Story
from .curate import CollectForm
from .report import SHORTEN

LATEST = datetime.timedelta(days=2 * 365)


class DueField(DayField):
    """A day from today on, within two years."""

    def __init__(self, label=None):
        super().__init__(
            label=label or _("By when?"),
            help_text=_("For example, 31/3/2027"),
            error_messages={"required": _("Write the day, such as 31/3/2027")},
        )

    def clean(self, value):
        day = super().clean(value)
        if not timezone.localdate() <= day <= timezone.localdate() + LATEST:
            raise forms.ValidationError(_("Choose a day from today on, within two years"))
        return day


class ActionField(forms.CharField):
    """One sentence on one line."""

    def __init__(self, label, help_text):
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=LONGEST_ACTION,
            error_messages={"required": _("Write what will be done"), "max_length": SHORTEN},
        )


class DueForm(forms.Form):
    due_on = DueField(_("By when will you do it?"))


class LeaveActionForm(forms.Form):
    """The one action that somebody leaves at an event. The stories of its agenda that they may read are offered, and
    any other may be given by its address."""

    text = ActionField(
        _("What will you do?"), _("For example: ride along on the longest round before we buy anything.")
    )
    due_on = DueField()
    agenda = forms.ChoiceField(
        label=_("Which story did it come from?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose from the list")},
    )
    story = forms.CharField(
        label=_("Address of the story that it came from"),
        help_text=_("Copy it from the story’s page. Nobody sees your action beside it: only numbers from five up."),
        required=False,
        max_length=300,
        error_messages={"max_length": SHORTEN},
    )

    def __init__(self, *args, visible, agenda: Sequence[Story], **kwargs):
        super().__init__(*args, **kwargs)
        self.visible, self.agenda = visible, {story.public_id: story for story in agenda}
        if agenda:
            choices = [(key, story.content.title) for key, story in self.agenda.items()]
            self.fields["agenda"].choices = [*choices, ("", _("None of these"))]  # type: ignore[attr-defined]
            self.fields["story"].label = _("Address of another story that it came from")
        else:
            del self.fields["agenda"]

    def clean_story(self) -> Story | None:
        typed = self.cleaned_data["story"]
        if not typed:
            return None
        found = CollectForm({"story": typed}, visible=self.visible)
        if not found.is_valid():
            raise forms.ValidationError(found.errors["story"])
        return found.cleaned_data["story"]

    @property
    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        data = self.cleaned_data
        chosen = data["story"] or self.agenda.get(data.get("agenda", ""))
        return {"text": data["text"], "due_on": data["due_on"], "story": chosen}


class RecordForm(forms.Form):
    """What a member took on at a network's meeting."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who took it on?"),
        empty_label=_("Choose a member"),
        error_messages={"required": _("Choose a member"), "invalid_choice": _("Choose a member from the list")},
    )
    text = ActionField(_("What will they do?"), _("One sentence. They are told, see your words and may decline."))
    due_on = DueField()
    event = forms.ModelChoiceField(
        Event.objects.none(),
        label=_("At which meeting?"),
        required=False,
        empty_label=_("At none of these"),
        error_messages={"invalid_choice": _("Choose a meeting from the list")},
    )

    def __init__(self, *args, members, meetings: EventQuerySet, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = members  # type: ignore[attr-defined]
        self.fields["owner"].label_from_instance = lambda user: user.name or _("A member without a name")  # type: ignore[attr-defined]
        if latest := meetings.first():
            self.fields["event"].queryset = meetings  # type: ignore[attr-defined]
            self.fields["event"].label_from_instance = _title_and_day  # type: ignore[attr-defined]
            self.fields["event"].initial = latest.pk
        else:
            del self.fields["event"]


def _title_and_day(event: Event) -> str:
    return f"{event.title}, {date_format(timezone.localdate(event.starts_at))}"
