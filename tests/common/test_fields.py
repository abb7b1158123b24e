"""Form fields that speak of figures and days as readers write them."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError

from learning_portal.common.fields import CountedText, DayField, HourField


class OneForm(forms.Form):
    text = CountedText(
        max_length=1_000,
        error_messages={"max_length": "At most %(limit_value)s: it has %(show_value)s", "required": "Say something"},
    )


def errors_of(text: str) -> list[str]:
    return OneForm({"text": text}).errors.get("text", [])


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("Fine", []),
        ("a" * 1_000, []),
        ("a" * 1_001, ["At most 1,000: it has 1,001"]),
        ("a" * 123_456, ["At most 1,000: it has 123,456"]),
        ("", ["Say something"]),
        ("\x00", ["Null characters are not allowed."]),
        ("\U0001f600" * 1_001, ["At most 1,000: it has 1,001"]),
    ],
    ids=lambda value: repr(value)[:12],
)
def test_limits_are_said_with_separators(text, errors):
    assert errors_of(text) == errors


def test_it_is_a_box_of_several_lines():
    assert "<textarea" in str(OneForm()["text"])


@pytest.mark.parametrize("typed", ["31/3/2027", "31/03/2027", "31 3 2027", "31.3.2027", "31-3-2027", "2027-03-31"])
def test_a_day_is_read_as_people_write_it_and_shown_so(typed):
    field = DayField()
    assert field.clean(typed) == datetime.date(2027, 3, 31)
    assert field.widget.format_value(field.clean(typed)) == "31/03/2027"


@pytest.mark.parametrize("typed", ["3/31/2027", "31/3/27", "soon", "30/2/2027", "\x00", "9" * 30])
def test_what_is_no_day_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match="31/3/2027"):
        DayField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "hour"), [("9:30", "09:30"), ("09:30", "09:30"), ("9.30", "09:30"), ("14:00", "14:00"), ("14", "14:00")]
)
def test_an_hour_is_read_as_people_write_it_and_shown_so(typed, hour):
    field = HourField()
    assert field.widget.format_value(field.clean(typed)) == hour


@pytest.mark.parametrize("typed", ["", "noon", "25:00", "9:60", "930", "9:30 pm", "\x00", "9" * 30])
def test_what_is_no_hour_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match="such as 9:30 or 14:00"):
        HourField().clean(typed)
