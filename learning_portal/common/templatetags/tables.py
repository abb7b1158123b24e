"""Tables that a phone shows as cards: one for each row, with the heading of its column before what each cell says."""

import re
from html import unescape

from django import template
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

HEADING = re.compile(r'<th scope="col"[^>]*>(.*?)</th>', re.DOTALL)
START = re.compile(r"<(table|thead|tbody|tr|th|td)\b([^>]*)>")
"""What people wrote is escaped: each tag of these is the template's own."""
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}


@register.simple_block_tag
def cards(content: str) -> SafeString:
    """`{% cards %}<table class="govuk-table">...</table>{% endcards %}`, around one table without spans.

    The styles lay the parts of the table out as blocks where there is little room, and browsers then forget that it is
    a table: so each part says what it is. Each cell carries the heading of its column, which the styles show.
    """
    labels = [escape(unescape(strip_tags(found)).strip()) for found in HEADING.findall(content)]
    column = 0

    def say(match: re.Match[str]) -> str:
        nonlocal column
        tag, attributes = match.groups()
        if tag == "tr":
            column = 0
        role = ROLES.get(tag) or ("columnheader" if 'scope="col"' in attributes else "rowheader")
        label = ""
        if tag in {"th", "td"}:
            label = f' data-label="{labels[column]}"' if tag == "td" else ""
            column += 1
        return f'<{tag} role="{role}"{attributes}{label}>'

    return mark_safe(f'<div class="lp-cards">{START.sub(say, content)}</div>')
