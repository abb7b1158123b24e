"""What organisers say of an event."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText, DayField, HourField
from learning_portal.common.mail.rhythm import LONDON

from .models import Event, Network, Organisation
from .models.event import LANGUAGES, LONGEST_DESCRIPTION
from .resolve import LONGEST, resolve
from .widgets import OrganisationInput

SHORTEN = _("Shorten this to %(limit_value)s characters: it has %(show_value)s now")
MOST_PLACES = 5_000
LATEST = datetime.timedelta(days=2 * 365)
LONGEST_EVENT = datetime.timedelta(days=31)
"""From its first day to its last: a day that was mistyped is rather longer."""
FOR_ALL = "all"


class EventForm(forms.Form):
    """One place, and one day or several. An event of a network stays with it: `networks` are those to choose from, with
    None for all, and nothing is asked where there is one."""

    network = forms.ChoiceField(
        label=_("For whom is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for whom it is"), "invalid_choice": _("Choose from the list")},
    )
    title = forms.CharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Give it a title"), "max_length": SHORTEN}
    )
    kind = forms.ChoiceField(
        label=_("What sort of event is it?"),
        choices=Event.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what sort of event it is"), "invalid_choice": _("Choose from the list")},
    )
    day = DayField(
        label=_("Day"),
        help_text=_("For example, 31/3/2027"),
        error_messages={"required": _("Write the day, such as 31/3/2027")},
    )
    starts = HourField(label=_("It starts at"))
    last_day = DayField(
        label=_("Last day"),
        help_text=_("Only if it goes on for several days."),
        required=False,
    )
    ends = HourField(label=_("It ends at"))
    place = forms.CharField(
        label=_("Where is it?"),
        help_text=_("A building and an address, so that people find it. Everybody who sees the event sees this."),
        required=False,
        max_length=200,
        error_messages={"max_length": SHORTEN},
    )
    link = forms.CharField(
        label=_("Link for taking part online"),
        help_text=_("Only those who are going see it. You can add it later."),
        required=False,
        max_length=300,
        error_messages={"max_length": SHORTEN},
    )
    organisation = forms.CharField(
        label=_("Who hosts it?"),
        help_text=_("An organisation, for example Powys, or BCUHB."),
        required=False,
        max_length=LONGEST,
        widget=OrganisationInput,
        error_messages={"max_length": SHORTEN},
    )
    places = forms.IntegerField(
        label=_("How many people have a place?"),
        help_text=_("Others wait in the order in which they ask. Leave it empty if there is room for all."),
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off", "inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write a whole number, such as 30"),
            "min_value": _("Write a number from 1 to 5,000"),
            "max_value": _("Write a number from 1 to 5,000"),
        },
    )
    language = forms.ChoiceField(
        label=_("In which language is it held?"),
        choices=LANGUAGES,
        initial="en",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language"), "invalid_choice": _("Choose from the list")},
    )
    description = CountedText(
        label=_("What is it about?"),
        help_text=_("What people will see or talk about, and what they should bring."),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": SHORTEN},
    )

    def __init__(self, *args, networks: Sequence[Network | None], **kwargs):
        super().__init__(*args, **kwargs)
        self.networks = {str(network.pk) if network else FOR_ALL: network for network in networks}
        choices = [(key, network.name if network else _("Everybody")) for key, network in self.networks.items()]
        self.fields["network"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            del self.fields["network"]

    def clean_network(self) -> Network | None:
        return self.networks[self.cleaned_data["network"]]

    def clean_link(self) -> str:
        link = self.cleaned_data["link"]
        if link:
            URLValidator(schemes=["https", "http"], message=_("Paste a link that begins with https://"))(link)
        return link

    def clean_organisation(self) -> Organisation | None:
        typed = self.cleaned_data["organisation"].strip()
        found = resolve(typed) if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("We do not know that organisation. Check the spelling, or try its full name"))
        return found

    def clean_description(self) -> str:
        return self.cleaned_data["description"].replace("\r\n", "\n").replace("\r", "\n")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if {"day", "starts", "last_day", "ends"} <= found.keys():
            self._check_time(found)
        if found.get("kind") not in {None, Event.Kind.ONLINE} and "place" in found and not found["place"]:
            self.add_error("place", _("Say where it is"))
        return found

    def _check_time(self, found: dict[str, Any]) -> None:
        starts, ends = self._times(found)
        last = found["last_day"] or found["day"]
        if last < found["day"]:
            self.add_error("last_day", _("The last day comes before the first. Leave it empty if it is one day"))
        elif last - found["day"] > LONGEST_EVENT:
            self.add_error("last_day", _("Choose a last day within a month of the first"))
        elif ends <= starts:
            self.add_error("ends", _("It has to end later than it starts"))
        elif starts <= timezone.now():
            self.add_error("day", _("Choose a day that is still to come"))
        elif starts > timezone.now() + LATEST:
            self.add_error("day", _("Choose a day within the next two years"))

    @staticmethod
    def _times(found: dict[str, Any]) -> tuple[datetime.datetime, datetime.datetime]:
        """When it starts and ends: on its only day, if no last one is given."""
        return (
            datetime.datetime.combine(found["day"], found["starts"], LONDON),
            datetime.datetime.combine(found["last_day"] or found["day"], found["ends"], LONDON),
        )

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of the event; without its network, which never changes."""
        kept = ("title", "kind", "place", "link", "organisation", "places", "language", "description")
        starts, ends = self._times(self.cleaned_data)
        return {**{name: self.cleaned_data[name] for name in kept}, "starts_at": starts, "ends_at": ends}

    @property
    def network_chosen(self) -> Network | None:
        if "network" in self.fields:
            return self.cleaned_data["network"]
        return next(iter(self.networks.values()))

    @staticmethod
    def initial_of(event: Event) -> dict[str, Any]:
        kept = ("title", "kind", "place", "link", "places", "language", "description")
        starts, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
        return {
            **{name: getattr(event, name) for name in kept},
            "organisation": event.organisation.name if event.organisation else "",
            "day": starts.date(),
            "starts": starts.time(),
            "last_day": None if event.is_one_day else ends.date(),
            "ends": ends.time(),
        }


class CameForm(forms.Form):
    """Who was there, of those who were going."""

    came = forms.MultipleChoiceField(
        label=_("Tick who was there"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list")},
    )
    mark_optional = False

    def __init__(self, *args, going, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["came"]
        field.choices = [(one.public_id, one.user.name or _("A member without a name")) for one in going]  # type: ignore[attr-defined]
        field.initial = [one.public_id for one in going if one.came is not False]
