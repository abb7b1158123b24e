"""The questions of telling. Each has messages of its own, and no more is required than the design requires."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import DayField
from networks.choices import TopicGroup
from networks.models import Network, Topic

from ..choices import Audience, Outcome
from ..content import KINDS, SECTION_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT
from ..forms.limited import LimitedWords
from ..forms.reading import topic_choices
from .kinds import Telling
from .voices import Hinted, HintedBoxes

HINTS: dict[str, Promise] = {
    "title": _("In plain words, as you would say it to a colleague. For example, “The tablets had no signal”."),
    "summary": _("What the card shows before somebody opens the story."),
    "aim": _("The need, and what you hoped would change."),
    "did": _("The main steps, in order."),
    "came": _("With costs and savings, where you know them."),
    "lessons": _("What you would tell somebody who starts tomorrow. Do not name anyone."),
    "expected": _("What were you trying to do, and why did you think that it would work?"),
    "wrong": _("Describe decisions and circumstances. Do not name anyone."),
    "differently": _("What would you do first, or not at all, if you began again?"),
}
EXAMPLES: dict[str, Promise] = {
    "title": _("“The tablets had no signal” · “Nobody asked the night shift” · “Three payrolls before one”"),
    "expected": _(
        "“We thought that carers would save an hour a day if they could write their notes in the client's home instead "
        "of in the evening. A pilot in town had gone well.”"
    ),
    "wrong": _(
        "“Half of our villages have no signal, and the app did not work offline. The pilot had been in town, so nobody "
        "noticed. By the third week most carers wrote on paper and typed it up at night, which took longer than ever.”"
    ),
    "differently": _(
        "“Ride along on the longest round before buying anything. Ask the supplier to show the app working with the "
        "signal switched off.”"
    ),
    "summary": _("“Tablets for home carers failed in the valleys because nobody had tried them without a signal.”"),
    "aim": _("“Carers spent their evenings typing up visits. We wanted the notes written once, at the client's side.”"),
    "did": _("“We bought 60 tablets, trained two teams and ran both ways side by side for a month.”"),
    "came": _("“Notes are now there the same day for two thirds of visits. It cost £41,000; we had planned £25,000.”"),
    "lessons": _("“The pilot was in the easiest place. Start in the hardest.”"),
}
TITLES: dict[str, Promise] = {"title": _("Give it a title"), "summary": _("In one sentence")}
STOPPED_LABELS: dict[str, Promise] = {
    "expected": _("What you set out to do"),
    "wrong": _("Why it stopped"),
    "differently": _("What the next place should know"),
}
MISSING: dict[str, Promise] = {
    "title": _("Give it a title"),
    "expected": _("Say what you set out to do"),
    "wrong": _("Say what went wrong, and why"),
    "differently": _("Say what you would do differently"),
    "did": _("Say what you did"),
    "lessons": _("Say what you learnt the hard way"),
    "topic": _("Choose the problem that it is about"),
    "outcome": _("Choose how it turned out"),
}


def labels_of(telling: Telling) -> dict[str, Promise | str]:
    """What each question of the page of words is called."""
    sections = {section.key: section.label for section in KINDS[telling.kind].sections}
    own: Mapping[str, Promise] = STOPPED_LABELS if telling.outcome == Outcome.STOPPED else {}
    person: Mapping[str, Promise] = {"title": _("What can people ask you about?")} if telling.in_person else {}
    return {**sections, **TITLES, **own, **person}


def limited(label, limit: int, **kwargs) -> LimitedWords:
    too_long = format_lazy("{}: {}", label, _("shorten it to %(limit)s words. It has %(count)s now"))
    return LimitedWords(label=label, max_words=limit, too_long=too_long, **kwargs)


def _title(label, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=HINTS["title"],
        max_length=TITLE_LIMIT,
        required=required,
        error_messages={
            "required": MISSING["title"],
            "max_length": _("Shorten the title to %(limit_value)d characters: it has %(show_value)d now"),
        },
    )


def _choice(label, choices, missing, required: bool, widget=forms.RadioSelect) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        widget=widget,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class WordsForm(forms.Form):
    """Page 2: what happened. Which questions, `telling` says."""

    def __init__(self, *args, telling: Telling, **kwargs):
        super().__init__(*args, **kwargs)
        labels = labels_of(telling)
        for key in telling.asked:
            self.fields[key] = self._field(key, labels, key not in telling.optional)
            self.fields[key].example = EXAMPLES.get(key, "")

    @staticmethod
    def _field(key: str, labels: Mapping[str, Promise | str], required: bool) -> forms.Field:
        if key == "title":
            return _title(labels[key], required)
        if key == "outcome":
            return _choice(_("How did it turn out?"), Outcome.choices, MISSING[key], required)
        if key == "topic":
            choices = [("", _("Choose a topic")), *topic_choices([TopicGroup.PROBLEM])[TopicGroup.PROBLEM]]
            return _choice(_("The problem that it is about"), choices, MISSING[key], required, forms.Select)
        limit, rows = (SUMMARY_LIMIT, 3) if key == "summary" else (SECTION_LIMIT, 6)
        field = limited(labels[key], limit, rows=rows, help_text=HINTS.get(key, ""), required=required)
        field.error_messages["required"] = MISSING.get(key, field.error_messages["required"])
        return field

    def typed(self) -> dict[str, str]:
        """What was typed, whether it can be sent or not: a draft keeps half sentences and too many words."""
        return {name: _typed(self.data.get(name, "")) for name in self.fields}


CONTROLS = dict.fromkeys(code for code in range(32) if chr(code) not in "\n\t")


def _typed(value: object) -> str:
    return str(value).replace("\r\n", "\n").translate(CONTROLS)


class AudienceForm(forms.Form):
    """Page 3: who may read it, from narrowest to widest, none chosen before; and whether it may go as it is."""

    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        widget=Hinted,
        error_messages={
            "required": _("Choose who may read it"),
            "invalid_choice": _("Choose who may read it from the list"),
        },
    )
    networks = forms.MultipleChoiceField(
        label=_("Which networks?"),
        help_text=_("Only if you chose members of networks."),
        required=False,
        widget=HintedBoxes,
        error_messages={"invalid_choice": _("Choose networks from the list")},
    )
    publish_unchanged = forms.BooleanField(
        label=_("Publish it as I wrote it if nothing is changed"),
        help_text=_("Otherwise we ask you to approve the final text, whatever happens."),
        required=False,
    )
    not_before = DayField(
        label=_("Not before"),
        help_text=_("If it must wait for a date, such as the end of a consultation. For example, 31/3/2027."),
        required=False,
    )

    def __init__(
        self, *args, audiences: Iterable[tuple[str, object]], networks: Sequence[tuple[str, object]], **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = list(audiences)
        self.fields["networks"].choices = list(networks)
        if not networks:
            del self.fields["networks"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("audience") == Audience.NETWORK and not cleaned.get("networks"):
            self.add_error("networks", _("Choose at least one network"))
        return cleaned

    def chosen_networks(self) -> list[Network]:
        slugs = self.cleaned_data.get("networks") if self.cleaned_data.get("audience") == Audience.NETWORK else []
        return list(Network.objects.shown().filter(slug__in=slugs or []))


def topics_of(slugs: Iterable[str]) -> list[Topic]:
    """The topics of these slugs; one that is not there any more is left out."""
    return list(Topic.objects.filter(slug__in=[slug for slug in slugs if slug]))
