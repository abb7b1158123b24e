"""A card, section by section."""

from collections.abc import Iterable, Sequence
from typing import cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import DayField
from learning_portal.common.models import User
from learning_portal.common.public_ids import decode

from .choices import CardAudience, Language, MeetingFormat, TopicGroup, Weekday
from .domains import declares, domain_of
from .models import Contact, Membership, Organisation, Topic
from .work_forms import TopicsField

ASKED_ABOUT = (TopicGroup.PROBLEM, TopicGroup.SERVICE)
LONGEST_PAUSE_DAYS = 366
MOST_MEETINGS = 31
NOT_ON_LIST = {"invalid_choice": _("Choose from the list")}


class _WithAudience(forms.Form):
    """Who sees the card. Nothing is chosen beforehand."""

    user: User

    audience = forms.ChoiceField(
        label=_("Who may see your card?"),
        choices=CardAudience.choices,
        widget=forms.RadioSelect,
        error_messages={**NOT_ON_LIST, "required": _("Choose who may see your card")},
    )

    def clean_audience(self) -> str:
        wanted = self.cleaned_data["audience"]
        if wanted == CardAudience.NETWORKS and not Membership.objects.current().filter(user=self.user).exists():
            raise forms.ValidationError(
                _("You are in no network, so nobody would see your card. Choose another answer")
            )
        return wanted


class AudienceForm(_WithAudience):
    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user


class WhoForm(forms.Form):
    """Name, role, where, and who comes after."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Type your name"), "max_length": _("Shorten your name to 120 characters")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = forms.CharField(
        label=_("Your role"),
        help_text=_(
            "What you do, as a colleague elsewhere would understand it. For example, “Runs the home care rota”."
        ),
        max_length=120,
        error_messages={"required": _("Type your role"), "max_length": _("Shorten your role to 120 characters")},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("At which organisation?"),
        to_field_name="code",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            **NOT_ON_LIST,
            "required": _("Choose at which organisation"),
            "invalid_pk_value": _("Choose from the list"),
        },
    )
    team_mailbox = forms.EmailField(
        label=_("Team mailbox"),
        help_text=_("We never show it. We write to it about your stories when you have left."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    deputy = forms.ChoiceField(
        label=_("Who comes after you"),
        help_text=_("A colleague with a card here. They are asked about your stories when you have left."),
        required=False,
        error_messages=NOT_ON_LIST,
    )

    def __init__(self, *args, user: User, places: Sequence[Organisation], deputies: Sequence[Contact], **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.places = user, places
        self.deputies = {deputy.public_id: deputy for deputy in deputies}
        chosen = cast(forms.ModelChoiceField, self.fields["organisation"])
        chosen.queryset = Organisation.objects.filter(pk__in=[place.pk for place in places]).by_name()
        if len(places) == 1:
            del self.fields["organisation"]
        names = [(key, f"{deputy.name}, {deputy.role}") for key, deputy in self.deputies.items()]
        cast(forms.ChoiceField, self.fields["deputy"]).choices = [("", _("Nobody yet")), *names]

    def clean_team_mailbox(self) -> str:
        """Of their own organisation: nobody has others mailed through us."""
        address = self.cleaned_data["team_mailbox"].strip().lower()
        domain = domain_of(address)
        own = domain == domain_of(self.user.email) or any(
            declares(place.email_domains, domain) for place in self.places
        )
        if address and not (domain and own):
            raise forms.ValidationError(_("Type a mailbox at your own organisation, or leave it empty"))
        if address == self.user.email:
            raise forms.ValidationError(_("This is your own address: it goes when you go. Type your team’s, or none"))
        return address

    def clean_deputy(self) -> Contact | None:
        return self.deputies.get(self.cleaned_data["deputy"])

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        cleaned.setdefault("organisation", self.places[0] if len(self.places) == 1 else None)
        deputy, place = cleaned.get("deputy"), cleaned["organisation"]
        if deputy and place and deputy.organisation_id != place.pk:
            self.add_error("deputy", _("Choose somebody at the same organisation"))
        return cleaned


class FirstForm(_WithAudience, WhoForm):
    """The first time, and when a card goes up again: also who sees it."""

    field_order = ("name", "role", "organisation", "audience", "team_mailbox", "deputy")


class _CardTopicsForm(forms.Form):
    def __init__(self, *args, card: Contact, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            has = getattr(card, name).values("pk")
            cast(TopicsField, field).queryset = Topic.objects.filter(group__in=ASKED_ABOUT) | Topic.objects.filter(
                pk__in=has
            )


class HelpForm(_CardTopicsForm):
    can_help_with = TopicsField(_("What can you help with? Twelve at most."))


class LearnForm(_CardTopicsForm):
    wants_to_learn = TopicsField(_("What do you want to learn about? Twelve at most."))


class SeveralField(forms.MultipleChoiceField):
    """Several of a fixed list, kept in one column in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices: Sequence[tuple[str, object]], **kwargs):
        super().__init__(choices=choices, required=False, error_messages=NOT_ON_LIST, **kwargs)
        self.in_order = [key for key, _label in choices]

    def clean(self, value) -> str:
        chosen = super().clean(value)
        return "|".join(key for key in self.in_order if key in chosen)


class HowForm(forms.Form):
    """How and when one likes to meet."""

    formats = SeveralField(MeetingFormat.choices, label=_("How do you like to meet?"))
    monthly_limit = forms.IntegerField(
        label=_("How many meetings a month, at most?"),
        help_text=_("You are never asked for more. 0 means that nobody can ask you."),
        min_value=0,
        max_value=MOST_MEETINGS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Type a whole number from 0 to 31")
        ),
    )
    working_days = SeveralField(Weekday.choices, label=_("On which days do you work?"))
    languages = SeveralField(Language.choices, label=_("In which languages can you talk?"))
    paused_until = DayField(
        label=_("Do not ask me until"),
        help_text=_("Your card says so, and nobody can ask you before. For example, 31/3/2027."),
        required=False,
    )

    def clean_paused_until(self):
        day = self.cleaned_data["paused_until"]
        ahead = (day - timezone.localdate()).days if day else 1
        if not 0 < ahead <= LONGEST_PAUSE_DAYS:
            raise forms.ValidationError(_("Write a day within the next twelve months, or leave it empty"))
        return day


def chosen_card(cards: Iterable[Contact], public_id: str) -> Contact | None:
    """The card of this public id among those that were offered."""
    try:
        key = decode(public_id)
    except ValueError:
        return None
    return next((card for card in cards if card.pk == key), None)
