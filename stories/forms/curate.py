"""What the programme team says of stories, and its collections."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText
from learning_portal.common.public_ids import decode

from ..choices import Evaluation
from ..models import Programme, Story
from ..models.collection import LONGEST_INTRODUCTION
from .report import SHORTEN


class CurateForm(forms.Form):
    """The service's own words about a story."""

    evaluation = forms.ChoiceField(
        label=_("Evaluation"),
        choices=Evaluation.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether it was evaluated"),
            "invalid_choice": _("Say whether it was evaluated"),
        },
    )
    cross_sector = forms.BooleanField(label=_("Of use in other sectors too"), required=False)
    champion = forms.CharField(
        label=_("Champion"),
        help_text=_("Somebody who speaks for what was learnt, with their role. Ask them first."),
        required=False,
        max_length=120,
        error_messages={"max_length": SHORTEN},
    )
    programme = forms.ModelChoiceField(
        Programme.objects.all(),
        label=_("Programme"),
        empty_label=_("None"),
        required=False,
        error_messages={"invalid_choice": _("Choose a programme from the list")},
    )
    mark_optional = False

    def __init__(self, *args, story: Story, **kwargs):
        names = ("evaluation", "cross_sector", "champion", "programme")
        super().__init__(*args, initial={name: getattr(story, name) for name in names}, **kwargs)
        if not story.is_named:  # either could tell whose it is
            del self.fields["champion"], self.fields["programme"]


def _title(label) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=120, error_messages={"required": _("Give it a title"), "max_length": SHORTEN}
    )


def _introduction(label) -> CountedText:
    return CountedText(
        label=label,
        max_length=LONGEST_INTRODUCTION,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write a few sentences that lead into it"), "max_length": SHORTEN},
    )


class CollectionForm(forms.Form):
    """A collection, introduced in both languages."""

    title_en = _title(_("Title in English"))
    title_cy = _title(_("Title in Welsh"))
    introduction_en = _introduction(_("Introduction in English"))
    introduction_cy = _introduction(_("Introduction in Welsh"))


class CollectForm(forms.Form):
    """A story by its address or its reference: what one may not read is not found, like what does not exist."""

    story = forms.CharField(
        label=_("Address or reference of a story"),
        max_length=300,
        error_messages={"required": _("Paste the address of a story"), "max_length": SHORTEN},
    )

    def __init__(self, *args, visible, **kwargs):
        super().__init__(*args, **kwargs)
        self.visible = visible

    def clean_story(self) -> Story:
        typed = self.cleaned_data["story"].strip().split("?")[0].rstrip("/").rpartition("/")[2].lower()
        try:
            found = self.visible.filter(pk=decode(typed)).first()
        except ValueError:
            found = None
        if found is None:
            raise forms.ValidationError(_("We find no such story. Copy the address from its page"))
        return found
