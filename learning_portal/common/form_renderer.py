"""The one form renderer: GOV.UK markup around Django's own widgets.

It changes the templates of forms, formsets and fields, and leaves those of widgets alone, so that the admin and
django-allauth keep working. What a widget itself must carry (its class, its ids) is put on it by the bound field.
"""

import dataclasses
from pathlib import Path
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input, Widget
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

PROJECT_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
DJANGO_TEMPLATES = Path(forms.__file__).parent / "templates"

# The first that fits counts: CheckboxSelectMultiple is a RadioSelect, FileInput is an Input.
WIDGET_CLASSES: tuple[tuple[type[Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.HiddenInput, ""),
    (forms.MultiWidget, ""),
    (Input, "govuk-input"),
)

# govuk-frontend puts the number where %{count} stands, and looks for the plural form of the page's language.
COUNT_MESSAGES = {
    "words": {
        "words-under-limit.one": _("You have %{count} word left"),
        "words-under-limit.other": _("You have %{count} words left"),
        "words-at-limit": _("You have 0 words left"),
        "words-over-limit.one": _("You have %{count} word too many"),
        "words-over-limit.other": _("You have %{count} words too many"),
    },
    "characters": {
        "characters-under-limit.one": _("You have %{count} character left"),
        "characters-under-limit.other": _("You have %{count} characters left"),
        "characters-at-limit": _("You have 0 characters left"),
        "characters-over-limit.one": _("You have %{count} character too many"),
        "characters-over-limit.other": _("You have %{count} characters too many"),
    },
}

COUNT_HINTS = {
    "words": _("You can enter up to %(limit)s words"),
    "characters": _("You can enter up to %(limit)s characters"),
}

ERROR_CLASSES = frozenset({"govuk-textarea", "govuk-select", "govuk-file-upload", "govuk-input"})
"""Those with a red border of their own; radios and checkboxes show the error beside their group."""


def widget_class(widget: Widget) -> str:
    """The GOV.UK class of a widget's control, or the empty string."""
    return next((name for kind, name in WIDGET_CLASSES if isinstance(widget, kind)), "")


@dataclasses.dataclass(frozen=True)
class ChoiceGroup:
    """Choices that are rows of a table with groups, as topics are: all at once they fill ten screens of a phone."""

    name: str
    """Empty for choices without groups."""
    choices: list[BoundWidget]

    @property
    def chosen(self) -> str:
        """In words, beside the name of a group that is folded."""
        return ", ".join(str(choice.choice_label) for choice in self.choices if choice.data["selected"])


class PortalBoundField(BoundField):
    """A field that knows the classes and ids that GOV.UK components need."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Adds the class; takes away what stops people without a word (`required`, a textarea's `maxlength`)."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        if css := self._css(widget):
            attrs["class"] = f"{css} {widget.attrs.get('class', '')}".strip()
        # False leaves an attribute out. A placeholder vanishes as soon as somebody types: hints do not.
        if isinstance(widget, forms.Textarea):
            attrs["maxlength"] = False
        if "placeholder" in widget.attrs:
            attrs["placeholder"] = False
        return attrs

    def _css(self, widget: Widget) -> str:
        base = widget_class(widget)
        error = f" {base}--error" if self.errors and base in ERROR_CLASSES else ""
        count = " govuk-js-character-count" if self.count else ""
        return base + error + count

    @cached_property
    def kind(self) -> str:
        """Which markup the field template gives it: "radios", "checkboxes", "checkbox", "group" or "control"."""
        widget = self.field.widget
        if isinstance(widget, forms.CheckboxSelectMultiple):
            return "checkboxes"
        if isinstance(widget, forms.RadioSelect):
            return "radios"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        return "group" if self.use_fieldset else "control"

    @cached_property
    def count(self) -> tuple[str, int] | None:
        """The limit that a textarea counts down from: ("words", n) or ("characters", n).

        Words come from the field's `max_words`, characters from its `max_length`.
        """
        if not isinstance(self.field.widget, forms.Textarea):
            return None
        for unit, attribute in (("words", "max_words"), ("characters", "max_length")):
            if limit := getattr(self.field, attribute, None):
                return unit, limit
        return None

    @property
    def count_attributes(self) -> dict[str, object]:
        """What the group around a counted textarea carries as data-…: its limit, the share of it in per cent from which
        the count is shown (`count_from` of the field), and the script's words."""
        if not self.count:
            return {}
        unit, limit = self.count
        messages = {f"i18n.{key}": text for key, text in COUNT_MESSAGES[unit].items()}
        threshold = {"threshold": share} if (share := getattr(self.field, "count_from", 0)) else {}
        return {"maxlength": limit, "count-type": unit, **threshold, **messages}

    @property
    def count_hint(self) -> str:
        """The limit in words, for readers without the script."""
        if not self.count:
            return ""
        unit, limit = self.count
        return COUNT_HINTS[unit] % {"limit": number_format(limit)}

    @property
    def aria_describedby(self) -> str | None:
        """Hint, error and count, in the order in which they are read."""
        described = super().aria_describedby
        if described is None or not self.count:
            return described
        return f"{described} {self.count_id}".strip()

    @property
    def count_id(self) -> str:
        """govuk-frontend finds the message of a character count by this id."""
        return f"{self.id_for_label}-info"

    @cached_property
    def choice_groups(self) -> list[ChoiceGroup]:
        """The choices under the names of their groups, in the order of these; within one by their words."""
        found: dict[str, list[BoundWidget]] = {}
        for choice in self.subwidgets:
            found.setdefault(_group_of(choice), []).append(choice)
        if not any(found):
            return [ChoiceGroup("", self.subwidgets)]
        return [ChoiceGroup(name, sorted(found[name], key=_words)) for name in sorted(found, key=_places(self).index)]

    @property
    def opened(self) -> ChoiceGroup | None:
        """The group that stands open where something is wrong: the first with a choice, else the first."""
        if not self.errors or not self.subwidgets:
            return None
        return next((group for group in self.choice_groups if group.chosen), self.choice_groups[0])

    @property
    def first_id(self) -> str:
        """The id of the control that an error summary leads to: for a group, its first."""
        if self.kind in {"radios", "checkboxes"} and self.subwidgets:
            return (self.opened or self.choice_groups[0]).choices[0].id_for_label
        if self.kind == "group":
            return f"{self.auto_id}_0"
        return self.id_for_label

    @property
    def in_a_row(self) -> bool:
        """Whether its choices, which are short, stand beside each other: `in_a_row` of the field."""
        return getattr(self.field, "in_a_row", False)

    @property
    def is_optional(self) -> bool:
        """Whether its label says "(optional)". A form whose fields are all filters sets `mark_optional = False`."""
        return not self.field.required and getattr(self.form, "mark_optional", True)


def _row(choice: BoundWidget) -> Any:
    """The row behind a choice of a table; None for any other."""
    return getattr(choice.data["value"], "instance", None)


def _group_of(choice: BoundWidget) -> str:
    row = _row(choice)
    return str(row.get_group_display()) if hasattr(row, "get_group_display") else ""


def _places(field: BoundField) -> list[str]:
    return [str(name) for _value, name in _row(field.subwidgets[0])._meta.get_field("group").choices]


def _words(choice: BoundWidget) -> str:
    return str(choice.choice_label).casefold()


class PortalFormRenderer(DjangoTemplates):
    """Set as FORM_RENDERER. The project's form templates first, then Django's own widgets, then those of the apps."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = PortalBoundField

    @cached_property
    def engine(self) -> Any:
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [PROJECT_TEMPLATES, DJANGO_TEMPLATES],
                "NAME": "djangoforms",
                "OPTIONS": {},
            }
        )
