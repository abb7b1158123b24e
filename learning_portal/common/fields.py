"""Form fields that speak of figures, days and hours as readers write them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _


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


class DayField(forms.DateField):
    """A day, typed as people write it here; shown again in the same way."""

    widget = forms.DateInput(format="%d/%m/%Y", attrs={"class": "govuk-input--width-10", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write the date as day, month and year, such as 31/3/2027")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%d/%m/%Y", "%d %m %Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"], **kwargs)


WRITE_TIME = _("Write the time with hours and minutes, such as 9:30 or 14:00")


class HourField(forms.TimeField):
    """A time of day, typed as people write it here: 9:30, 9.30 or 9."""

    widget = forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5", "autocomplete": "off"})
    default_error_messages = {"required": WRITE_TIME, "invalid": WRITE_TIME}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H"], **kwargs)
