"""Form fields that say their limits as readers write figures."""

import pytest
from django import forms

from learning_portal.common.fields import CountedText


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
