"""What a moderator types: questions, reasons, another story, and safer words."""

import dataclasses

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText
from learning_portal.common.public_ids import decode

from ..content import (
    ANSWER_LIMIT,
    LINK_LIMIT,
    LINKS_LIMIT,
    SECTION_LIMIT,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
    Content,
)
from ..models import Story
from ..worklist import all_parts
from .limited import LimitedWords
from .report import SHORTEN

LONGEST_QUESTION = 2_000
LONGEST_REASON = 1_000


class AskForm(forms.Form):
    """A question to the author, who answers behind their receipt."""

    text = CountedText(
        label=_("Your question"),
        help_text=_("The author reads it where they follow their story. They do not learn who asks."),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your question"), "max_length": SHORTEN},
    )


def _reason(*, required: bool) -> CountedText:
    return CountedText(
        label=_("Reason"),
        help_text=_("The author reads it, and it stays in the history of the story. Name nobody."),
        required=required,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why"), "max_length": SHORTEN},
    )


class ReasonForm(forms.Form):
    """Why something is done that its author would ask about."""

    reason = _reason(required=True)


class MaybeReasonForm(forms.Form):
    reason = _reason(required=False)


class MergeForm(forms.Form):
    """The story that tells the same. One that this moderator may not read is not found, like one that is not there."""

    into = forms.CharField(
        label=_("Reference or address of the other story"),
        help_text=_("This one is closed, and its history says which one stays."),
        max_length=300,
        error_messages={"required": _("Paste the reference of the other story"), "max_length": SHORTEN},
    )

    def __init__(self, *args, visible, **kwargs):
        super().__init__(*args, **kwargs)
        self.visible = visible

    def clean_into(self) -> Story:
        typed = self.cleaned_data["into"].strip().split("?")[0].rstrip("/").rpartition("/")[2].lower()
        try:
            found = self.visible.filter(pk=decode(typed)).first()
        except ValueError:
            found = None
        if found is None:
            raise ValidationError(_("We find no such story. Copy the reference from its page"))
        return found


# --- Safer words ----------------------------------------------------------------------------------------------------


class SaferForm(forms.Form):
    """The parts of a story that have words, each to be made safer or clearer; and those for which something was typed:
    they may have lost their words meanwhile."""

    mark_optional = False

    def __init__(self, *args, content: Content, **kwargs):
        self.content = content
        typed = (args[0] if args else None) or {}
        self.parts = {key: part for key, part in all_parts(content).items() if part[1] or typed.get(key, "").strip()}
        super().__init__(*args, initial={key: text for key, (_label, text) in self.parts.items()}, **kwargs)
        for key, (label, text) in self.parts.items():
            self.fields[key] = _field(key, label, text)

    def clean_links(self) -> list[str]:
        links = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(links) > max(LINKS_LIMIT, len(self.content.links)):
            raise ValidationError(_("Keep at most %(limit)d links") % {"limit": LINKS_LIMIT})
        kept = set(self.content.links)
        if any(link not in kept and not _is_address(link) for link in links):
            raise ValidationError(_("Write each link on a line of its own. It begins with http:// or https://"))
        return links

    def safer(self) -> Content:
        """The content with what was typed. For a valid form."""
        typed = {key: self.cleaned_data[key] for key in self.parts}
        answers = dict(self.content.answers)
        for key in [key for key in typed if key.startswith("answer_")]:
            answers[key.removeprefix("answer_")] = typed.pop(key)
        return dataclasses.replace(self.content, **typed, answers={key: text for key, text in answers.items() if text})


def _field(key: str, label, text: str) -> forms.Field:
    if key == "title":
        messages = {"required": _("Give the story a title"), "max_length": SHORTEN}
        return forms.CharField(label=label, max_length=max(TITLE_LIMIT, len(text)), error_messages=messages)
    if key == "links":
        return forms.CharField(
            label=label,
            help_text=_("One a line."),
            required=False,
            max_length=LINKS_LIMIT * (LINK_LIMIT + 2) + len(text),
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"max_length": SHORTEN},
        )
    limit = {"summary": SUMMARY_LIMIT}.get(key, ANSWER_LIMIT if key.startswith("answer_") else SECTION_LIMIT)
    too_long = _("Shorten this to %(limit)d words: it has %(count)d now")
    rows = 4 + len(text) // 120
    return LimitedWords(label=label, max_words=limit, too_long=too_long, rows=rows, before=text, required=False)


def _is_address(link: str) -> bool:
    return link.startswith(("http://", "https://")) and len(link) <= LINK_LIMIT and " " not in link
