"""Pages of a list. A page that does not exist becomes the nearest one: a 30-digit number is a calm last page."""

from collections.abc import Sequence

from django.core.paginator import Page, Paginator

LONGEST_NUMBER = 9


def page_of(items: Sequence, number: str | None, size: int, total: int | None = None) -> Page:
    """The page that the address asks for; the first for nonsense, the last for too high a number. `total` is how many
    items there are, where that is known, so that the database need not count them."""
    paginator = Paginator(items, size)
    if total is not None:
        paginator.count = total
    digits = (number or "").strip()
    if not digits.isascii() or not digits.isdigit():
        return paginator.page(1)
    figures = digits.lstrip("0")
    wanted = int(figures or 1) if len(figures) <= LONGEST_NUMBER else paginator.num_pages
    return paginator.page(min(max(wanted, 1), paginator.num_pages))
