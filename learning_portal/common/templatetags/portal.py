"""What templates need and Django does not bring: the current section, money, and the pages to link to."""

from collections.abc import Iterable
from decimal import Decimal
from html import escape
from typing import Protocol

from django import template
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

MILLION = 1_000_000


@register.simple_tag(takes_context=True)
def current_section(context: template.Context, url: str, also: str = "") -> str:
    """The value of aria-current for a link in the navigation: "page", "true" for a page below it or below `also`, or
    nothing.

    Pages that render without a request (the error pages) are in no section.
    """
    # A variable that is missing reaches an include as the empty string.
    request: HttpRequest | None = context.get("request") or None
    if request is None:
        return ""
    if request.path == url:
        return "page"
    # The home page is a prefix of everything.
    sections = [section for section in (url, also) if section not in {"", "/"}]
    return "true" if request.path.startswith(tuple(sections)) else ""


@register.filter
def pounds(amount: int | Decimal | None) -> str:
    """Money in pounds with separators: "£185,000", "£2.4 million". Nothing for nothing."""
    if not isinstance(amount, int | Decimal):
        return ""
    whole = Decimal(amount)
    if abs(whole) < MILLION:
        return f"£{number_format(whole, 0, use_l10n=True, force_grouping=True)}"
    millions = round(whole / MILLION, 1)
    places = 0 if millions == millions.to_integral_value() else 1
    return _("£%(amount)s million") % {"amount": number_format(millions, places, use_l10n=True, force_grouping=True)}


@register.filter
def grouped(letters: str) -> str:
    """Four letters at a time, as a key is read out and typed."""
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def two_digits(value: float) -> int:
    """A figure as roughly as figures are compared: 133,030 is 130,000, and 26.4 is 26."""
    digits = max(0, len(str(int(value))) - 2)
    return int(round(value / 10**digits) * 10**digits)


@register.filter
def elided_pages(page: Page) -> Iterable[int | str]:
    """Page numbers to link to around this one; Paginator.ELLIPSIS stands for those left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def is_ellipsis(entry: int | str) -> bool:
    return entry == Paginator.ELLIPSIS


class Choice(Protocol):
    value: str
    label: str
    count: int
    selected: bool


BOX = (
    '<div class="govuk-checkboxes__item">'
    '<input class="govuk-checkboxes__input" id="id_{0}_{1}" name="{0}" type="checkbox" value="{1}"{2}>'
    '<label class="govuk-label govuk-checkboxes__label" for="id_{0}_{1}">{3} '
    '<span class="lp-facet__count">({4:,})</span></label></div>'
)


@register.simple_tag
def filter_boxes(name: str, choices: Iterable[Choice]) -> SafeString:
    """The boxes of one facet, with the count beside each. Two hundred stand on the page of all stories, over which a
    template takes ten times as long, and `format_html` three times. `name` is one of ours."""
    boxes = (
        BOX.format(
            name, escape(choice.value), " checked" if choice.selected else "", escape(choice.label), choice.count
        )
        for choice in choices
    )
    return mark_safe("".join(boxes))


class Topic(Protocol):
    slug: str

    def label_in(self, language: str | None) -> str: ...


OPTION = '<option value="{}"{}>{}</option>'


@register.simple_tag
def topic_options(topics: Iterable[Topic], chosen: str = "") -> SafeString:
    """The options of one group of topics: two hundred stand on each answer to a plan, and above the list of people."""
    language = get_language()
    options = (
        OPTION.format(escape(topic.slug), " selected" if topic.slug == chosen else "", escape(topic.label_in(language)))
        for topic in topics
    )
    return mark_safe("".join(options))
