"""Forms about networks: finding and starting one, changing it, joining it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import Sector, TopicGroup
from .models import Network, Topic
from .network_choices import HERE, as_strict
from .network_fields import SHORTEN, AddressField, line, text
from .work_forms import TopicsField


def sectors_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Which sectors is it for?"),
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose sectors from the list")},
    )


class NarrowForm(forms.Form):
    """The directory's filters: what is not known is no filter."""

    topic = forms.ModelChoiceField(
        Topic.objects.all(), label=_("Topic"), to_field_name="slug", empty_label=_("Any topic"), required=False
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", _("Any sector")), *Sector.choices], required=False)
    mark_optional = False


class AboutForm(forms.Form):
    """What a network is about: the first step of a new one, and part of what is changed later."""

    topics = TopicsField(_("What is it about?"))
    sectors = sectors_field()
    mark_optional = False
    needs_topics = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        topics = cast(TopicsField, self.fields["topics"])
        topics.queryset = Topic.objects.exclude(group=TopicGroup.CONSTRAINT)
        topics.required = self.needs_topics
        topics.error_messages["required"] = _("Choose at least one topic")


class NamedForm(forms.Form):
    """A name and a purpose, in one language or in both."""

    name_en = line(_("Name in English"), 120)
    purpose_en = text(_("Purpose in English"), 300, hint=_("Who meets here, and about what. One or two sentences."))
    name_cy = line(_("Name in Welsh"), 120)
    purpose_cy = text(_("Purpose in Welsh"), 300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) or name in self.errors for name in ("name_en", "name_cy")):
            self.add_error("name_en", _("Give it a name in English or in Welsh"))
        for language in ("en", "cy"):
            purpose = f"purpose_{language}"
            if cleaned.get(f"name_{language}") and not cleaned.get(purpose) and purpose not in self.errors:
                self.add_error(purpose, _("Say what it is for"))
        return cleaned

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.fields if name not in NOT_WORDS}


NAMES_FIRST = ["name_en", "purpose_en", "name_cy", "purpose_cy"]
NOT_WORDS = {"topics", "sectors", "why_new", "address"}


def how_field(choices=HERE) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How do people join?"),
        help_text=_("You can make it stricter later, not more open: stories are told for those who can join now."),
        choices=[(how.value, how.label) for how in choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how people join"), "invalid_choice": _("Choose from the list")},
    )


class NewNetworkForm(NamedForm):
    """The second step: its words, and who convenes it too."""

    why_new = text(
        _("Why does none of these fit?"),
        400,
        required=_("Say why none of the networks above fits"),
        hint=_("Their convenors may welcome you, or your idea."),
    )
    how_to_join = how_field()
    address = AddressField(
        _("Work email address of a second convenor"),
        _("From another organisation. Until they say yes, nobody but the two of you sees this network."),
    )
    field_order = ["why_new"]

    def __init__(self, *args, has_others: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_others:
            del self.fields["why_new"]


class ChangeForm(NamedForm, AboutForm):
    """What convenors change."""

    how_to_join = how_field()
    mark_optional = True
    needs_topics = False
    field_order = NAMES_FIRST

    def __init__(self, *args, network: Network, **kwargs):
        super().__init__(*args, initial=initial_of(network), **kwargs)
        choices = as_strict(network.how_to_join)
        cast(forms.ChoiceField, self.fields["how_to_join"]).choices = [(how.value, how.label) for how in choices]


class ElsewhereForm(NamedForm, AboutForm):
    """A network that lives elsewhere, listed by the programme team."""

    elsewhere_url = forms.URLField(
        label=_("Address of its page"),
        max_length=300,
        assume_scheme="https",
        error_messages={
            "required": _("Give the address of its page"),
            "invalid": _("Type a full address, such as https://example.org/network"),
            "max_length": SHORTEN,
        },
    )
    joining_en = text(_("How to join, in English"), 300, hint=_("In a sentence: whom to ask, or what to fill in."))
    joining_cy = text(_("How to join, in Welsh"), 300)
    convenor_name = line(
        _("Who convenes it"), 120, required=_("Name somebody who convenes it"), hint=_("They agreed to be named here.")
    )
    convenor_role = line(_("Their role and organisation"), 120)
    mark_optional = True
    needs_topics = False
    field_order = NAMES_FIRST

    def __init__(self, *args, network: Network | None = None, **kwargs):
        super().__init__(*args, initial=initial_of(network) if network else None, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for language in ("en", "cy"):
            name = f"joining_{language}"
            if cleaned.get(f"name_{language}") and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Say how to join"))
        return cleaned

    def clean_elsewhere_url(self) -> str:
        url = self.cleaned_data["elsewhere_url"]
        if not url.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Type a full address, such as https://example.org/network"))
        return url


def initial_of(network: Network) -> dict[str, Any]:
    names = (*NamedForm.base_fields, *ElsewhereForm.base_fields, "how_to_join")
    plain = {name: getattr(network, name) for name in names if name not in {"topics", "sectors"}}
    return {
        **plain,
        "topics": [topic.slug for topic in network.topics.all()],
        "sectors": [sector for sector in network.sectors.split("|") if sector],
    }


class AskToJoinForm(forms.Form):
    words = text(
        _("Anything that its convenors should know"), 400, hint=_("They see your name, your organisation and this.")
    )


class AddressForm(forms.Form):
    address = AddressField(
        _("Work email address"),
        _("They get one mail, and join when they say yes. Nobody is told whether they have an account."),
    )


class SecondForm(forms.Form):
    address = AddressField(_("Work email address of a second convenor"), _("From another organisation."))


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Network.objects.none(),
        label=_("Into which network?"),
        help_text=_("Those that anybody can join, and those that you convene too."),
        to_field_name="slug",
        empty_label=_("Choose a network"),
        error_messages={"required": _("Choose a network"), "invalid_choice": _("Choose from the list")},
    )

    def __init__(self, *args, networks, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["into"]).queryset = networks
