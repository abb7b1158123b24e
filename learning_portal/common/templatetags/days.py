"""Days in mails: the context of a mail holds them as text (2027-03-31)."""

import datetime

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.filter
def day(value: str) -> str:
    """As readers write it, in their language: 31 March 2027."""
    return date_format(datetime.date.fromisoformat(value), "j F Y")
