"""What may be added while a story waits: sections, three human questions, links and facts. All of it optional."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..choices import FIRST_YEAR, LAST_YEAR, Delivery, Stage, StoryKind
from ..content import ANSWER_LIMIT, HUMAN_QUESTIONS, KINDS, LINK_LIMIT, SECTION_LIMIT
from ..forms.reading import with_blank
from . import words
from .forms import limited
from .kinds import ANSWERS, MORE

LINKS_LABEL = _("Links to documents, pictures, video or audio")
HUMAN = 3
"""How many of the eleven human questions one may answer: a page of them would be an interrogation."""
LINKS = 10
MOST_POUNDS = 10**11
MOST_MONTHS = 600
OF_ANY_VOICE = ("delivery", "stage")
OF_NAMED = ("year", "months", "cost")
HINTS = {
    "question": _("One question, before you started, that would have changed things."),
    "happened": _("Tell it in order, with figures where you have them."),
    "past": _("Or where it stands now."),
    "involved": _("Who was asked, when, and what it changed."),
    "adapt": _("What would have to be different in a larger, smaller, richer or more rural place?"),
    "next_steps": _("What is planned, and by when."),
}
FACT_LABELS = {
    "delivery": _("Who did the work?"),
    "stage": _("How far did it get?"),
    "year": _("In which year did it begin?"),
    "months": _("How many months did it last?"),
    "cost": _("What did it cost, in pounds?"),
}


class MoreForm(forms.Form):
    """Which sections and facts, the story's kind and voice say."""

    def __init__(self, *args, kind: str, named: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.sections = MORE[kind]
        self.facts = (*OF_ANY_VOICE, *(OF_NAMED if named else ()))
        labels = {section.key: section.label for section in KINDS[kind].sections}
        for key in self.sections:
            self.fields[key] = limited(labels[key], SECTION_LIMIT, rows=4, help_text=HINTS[key], required=False)
        for number in range(1, HUMAN + 1):
            self._add_human(number)
        self.fields["links"] = LinksField()
        for key in self.facts:
            self.fields[key] = _fact(key)

    def _add_human(self, number: int) -> None:
        choices = [("", _("Choose a question")), *((question.key, question.label) for question in HUMAN_QUESTIONS)]
        message = _("Choose a question from the list")
        self.fields[f"human_{number}"] = forms.ChoiceField(
            label=_("A question about people"),
            choices=choices,
            required=False,
            error_messages={"invalid_choice": message},
        )
        self.fields[f"reply_{number}"] = limited(_("Your answer"), ANSWER_LIMIT, rows=3, required=False)

    def clean(self):
        cleaned = super().clean() or {}
        chosen: list[str] = []
        for number in range(1, HUMAN + 1):
            question, reply = cleaned.get(f"human_{number}", ""), cleaned.get(f"reply_{number}", "")
            if reply and not question:
                self.add_error(f"human_{number}", _("Choose the question that you answer"))
            if question and question in chosen:
                self.add_error(f"human_{number}", _("Choose another question: you answer this one above"))
            chosen.append(question)
        return cleaned

    def as_words(self) -> words.Words:
        """What a draft keeps of it: empty where nothing is said, so that an answer can be taken back."""
        said = self.cleaned_data
        replies = {said[f"human_{n}"]: said[f"reply_{n}"] for n in range(1, HUMAN + 1) if said[f"human_{n}"]}
        facts = {key: "" if said[key] in (None, "") else str(said[key]) for key in self.facts}
        return {
            **{key: said[key] for key in self.sections},
            **{f"answer_{key}": replies.get(key, "") for key in ANSWERS},
            words.LINES: said["links"],
            **facts,
        }


def initial_of(kept: Mapping[str, object]) -> dict[str, str]:
    """What the form shows of a draft."""
    answered = [key for key in ANSWERS if words.text_of(kept, f"answer_{key}")][:HUMAN]
    pairs: dict[str, str] = {}
    for number, key in enumerate(answered, start=1):
        pairs |= {f"human_{number}": key, f"reply_{number}": words.text_of(kept, f"answer_{key}")}
    texts = {key: words.text_of(kept, key) for key in (*MORE[StoryKind.LESSONS], *MORE[StoryKind.SUMMARY])}
    facts = {key: words.text_of(kept, key) for key in (*OF_ANY_VOICE, *OF_NAMED)}
    return {**texts, **pairs, **facts, words.LINES: "\n".join(words.list_of(kept, words.LINES))}


def facts_in(kept: Mapping[str, object]) -> dict[str, int]:
    """The facts of a draft, as a story states them."""
    texts = {key: words.text_of(kept, key) for key in (*OF_ANY_VOICE, *OF_NAMED)}
    return {key: int(text) for key, text in texts.items() if text.isascii() and text.isdigit()}


class LinksField(forms.Field):
    """Addresses, one a line. Nobody opens them here: only http and https, and no name or password in them."""

    def __init__(self):
        super().__init__(
            label=LINKS_LABEL,
            help_text=_("One address a line, ten at most. Readers open them; we never do, and keep no copy."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        )

    def to_python(self, value) -> list[str]:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def validate(self, value: list[str]) -> None:
        if len(value) > LINKS:
            raise ValidationError(_("Give ten links at most"))
        for line in value:
            if len(line) > LINK_LIMIT or not _is_address(line):
                raise ValidationError(_("Begin every link with https:// or http://, one address a line"))

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value


def _is_address(line: str) -> bool:
    try:
        parts = urlsplit(line)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = not any(character.isspace() or not character.isprintable() or character in "<>\"'" for character in line)
    return parts.scheme in {"http", "https"} and "." in host and "@" not in parts.netloc and plain


def _fact(key: str) -> forms.Field:
    if key in OF_ANY_VOICE:
        choices = with_blank(Delivery.choices if key == "delivery" else Stage.choices)
        message = _("Choose from the list")
        return forms.ChoiceField(
            label=FACT_LABELS[key], choices=choices, required=False, error_messages={"invalid_choice": message}
        )
    lowest, highest = {"year": (FIRST_YEAR, LAST_YEAR), "months": (1, MOST_MONTHS), "cost": (0, MOST_POUNDS)}[key]
    message = _("Write a whole number, or leave it empty")
    return forms.IntegerField(
        label=FACT_LABELS[key],
        required=False,
        min_value=lowest,
        max_value=highest,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": message, "min_value": message, "max_value": message},
    )
