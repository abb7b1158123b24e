from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from .mail.kinds import Kind


class MailKindsForm(forms.Form):
    """The kinds of mail that one wants, of those that one may get and may stop."""

    kinds = forms.MultipleChoiceField(
        required=False,
        label=_("Once a week at most, write to me about"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the kinds of mail on the list.")},
    )
    mark_optional = False

    def __init__(self, *args, choices: Sequence[Kind], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind.name, kind.label) for kind in choices if not kind.answers]
