"""Form controls of more than one floor."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


class OrganisationInput(forms.TextInput):
    """A plain box that suggests organisations where JavaScript runs."""

    def __init__(self):
        super().__init__()
        self.attrs = {
            "autocomplete": "off",
            "data-module": "lp-organisation",
            "data-source": reverse_lazy("stories:organisation-suggest"),
            "data-no-results": _("No organisation found"),
            "data-too-short": _("Type two letters for suggestions"),
            "data-results": _("%s organisations found."),
            "data-how": _("When suggestions appear use the up and down arrows to look at them and enter to choose."),
        }
