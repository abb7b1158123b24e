"""Form fields that say their limits as readers write figures."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format


class CountedText(forms.CharField):
    """Text with a limit. Its `max_length` message shows the figures with separators: use %(limit_value)s, not %d."""

    widget = forms.Textarea

    def run_validators(self, value: str) -> None:
        try:
            super().run_validators(value)
        except ValidationError as error:
            for each in error.error_list:
                each.params = {name: _in_words(param) for name, param in (each.params or {}).items()}
            raise


def _in_words(param: object) -> object:
    return number_format(param) if isinstance(param, int) else param
