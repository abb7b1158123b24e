"""What somebody's organisation makes of a story now."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText

from ..choices import Uptake
from ..models import Reuse
from ..models.reuse import LONGEST_WHY

SHORTEN = _("Shorten this to %(limit_value)s characters: it has %(show_value)s now")
CHOOSE = _("Choose how it goes now")


class UseForm(forms.Form):
    how = forms.ChoiceField(
        label=_("How does it go now?"),
        choices=Uptake.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    why = CountedText(
        label=_("If you stopped, or it is not for you: why?"),
        help_text=_("Only the author of the story reads it, without your name and that of your organisation."),
        max_length=LONGEST_WHY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": SHORTEN},
    )
    may_be_named = forms.BooleanField(
        label=_("Name my organisation on the page of the story, while we use it"), required=False
    )

    def __init__(self, data=None, *, use: Reuse):
        super().__init__(data, initial={"how": use.how, "why": use.why, "may_be_named": use.may_be_named})
