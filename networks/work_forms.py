"""What people say about themselves when they come in, and may change later."""

from collections.abc import Sequence
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import MeetingFormat
from .models import Affiliation, Organisation, Preferences, Topic
from .resolve import LONGEST, resolve
from .widgets import OrganisationInput

MOST_TOPICS = 12


class CapacityField(forms.ChoiceField):
    """In which capacity; nothing is chosen beforehand."""

    def __init__(self):
        super().__init__(
            label=_("What are you there?"),
            help_text=_(
                "Some stories are for people who do the work. Elected members and contractors read everything else."
            ),
            choices=Affiliation.Capacity.choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose what you are there"), "invalid_choice": _("Choose from the list")},
        )


class WorkForm(forms.Form):
    """One of the bodies that have the domain of their address."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Where do you work?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose where you work"), "invalid_choice": _("Choose from the list")},
    )
    capacity = CapacityField()

    def __init__(self, *args, bodies: Sequence[Organisation], **kwargs):
        super().__init__(*args, **kwargs)
        keys = [body.pk for body in bodies]
        field = cast(forms.ModelChoiceField, self.fields["organisation"])
        field.queryset = Organisation.objects.filter(pk__in=keys).by_name()
        if len(keys) == 1:
            field.initial = keys[0]


class AskForm(forms.Form):
    """Where no domain says it."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Type your name: a colleague will be asked whether they know you")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = forms.CharField(
        label=_("Where do you work?"),
        help_text=_("For example, Powys, or BCUHB."),
        max_length=LONGEST,
        widget=OrganisationInput,
        error_messages={"required": _("Type the name of your organisation")},
    )
    capacity = CapacityField()
    sponsor = forms.EmailField(
        label=_("Work email address of a colleague who has an account here"),
        help_text=_("We ask them whether you work there. Without one the programme team looks into it."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_organisation(self) -> Organisation:
        found = resolve(self.cleaned_data["organisation"])
        if found is None:
            raise forms.ValidationError(_("We do not know that organisation. Check the spelling, or try its full name"))
        return found


class TopicsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, label):
        super().__init__(
            Topic.objects.none(),
            label=label,
            required=False,
            to_field_name="slug",
            error_messages=dict.fromkeys(["invalid_choice", "invalid_pk_value"], _("Choose topics from the list")),
        )

    def label_from_instance(self, topic: Topic) -> str:
        return topic.label

    def clean(self, value):
        found = super().clean(value)
        if len(found) > MOST_TOPICS:
            raise forms.ValidationError(_("Choose twelve at most: the ones that matter most to you"))
        return found


class InterestsForm(forms.Form):
    """Each may be left out."""

    knows = TopicsField(_("What do you know about?"))
    wants = TopicsField(_("What do you want to learn about?"))
    formats = forms.MultipleChoiceField(
        label=_("How do you like to learn from others?"),
        required=False,
        choices=MeetingFormat.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list")},
    )
    language = forms.ChoiceField(
        label=_("In which language do we write to you?"),
        choices=[("en", _("English")), ("cy", _("Welsh"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language"), "invalid_choice": _("Choose from the list")},
    )

    def __init__(self, *args, topics, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("knows", "wants"):
            cast(TopicsField, self.fields[name]).queryset = topics

    @staticmethod
    def initial_of(preferences: Preferences | None, language: str) -> dict:
        if preferences is None:
            return {"language": language}
        return {
            "knows": [topic.slug for topic in preferences.knows.all()],
            "wants": [topic.slug for topic in preferences.wants.all()],
            "formats": preferences.format_list,
            "language": language,
        }
