"""Text with a limit in words, for whoever tells a story and for whoever makes its words safer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from ..content import words_in

LONGEST = 6_000
"""Characters of one answer, however short its words are: what is longer was not written for it."""


class LimitedWords(forms.CharField):
    """Text with a limit in words. Line ends count as one character, as the script counts them. What was longer
    `before`, as imports are, may stay as long."""

    def __init__(self, *, max_words: int, too_long: Promise | str, rows: int = 6, before: str = "", **kwargs):
        self.max_words = max(max_words, words_in(before))
        self.longest = max(LONGEST, len(before))
        self.too_long = too_long
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value) -> str:
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        count = words_in(value)
        if count > self.max_words or len(value) > self.longest:
            raise ValidationError(str(self.too_long) % {"limit": self.max_words, "count": count})
