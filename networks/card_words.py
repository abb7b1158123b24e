"""A card in words, as its page and its owner's own page show it."""

import datetime
from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Contact, Topic

Row = tuple[str, str]


def rows_of(card: Contact, section: str) -> list[Row]:
    """Label and words of one section, for the card's owner: what is empty says so."""
    rows = {
        "who": lambda: _who(card),
        "help": lambda: [(_("Can help with"), labels(card.can_help_with.all()))],
        "learn": lambda: [(_("Wants to learn about"), labels(card.wants_to_learn.all()))],
        "how": lambda: how(card, timezone.localdate()),
        "audience": lambda: [(_("Who may see this card"), str(card.get_audience_display()))],
    }[section]()
    return [(label, words or _("Not said yet")) for label, words in rows]


def _who(card: Contact) -> list[Row]:
    return [
        (_("Name"), card.name),
        (_("Role"), card.role),
        (_("Organisation"), card.organisation.name),
        (_("Team mailbox"), _("given, and never shown") if card.team_mailbox else ""),
        (_("Who comes after you"), card.deputy.name if card.deputy and card.deputy.is_there else ""),
    ]


def how(card: Contact, today: datetime.date) -> list[Row]:
    """How and when somebody likes to meet."""
    paused = date_format(card.paused_until) if card.paused_until and card.is_paused(today) else ""
    return [
        (_("Ways to meet"), ", ".join(card.format_labels)),
        (_("Working days"), ", ".join(card.weekday_labels)),
        (_("Languages"), ", ".join(card.language_labels)),
        (_("Meetings a month, at most"), str(card.monthly_limit)),
        *([(_("Not to be asked until"), paused)] if paused else []),
    ]


def confirmed(card: Contact, today: datetime.date) -> str:
    """How recent it is: "Confirmed in October 2026"; the month is enough."""
    if card.verified_on is None:
        return _("Never confirmed")
    words = _("Confirmed in %(month)s") % {"month": date_format(card.verified_on, "F Y")}
    months = (today.year - card.verified_on.year) * 12 + today.month - card.verified_on.month
    if months < OLD_MONTHS:
        return words
    ago = ngettext("%(number)s month ago", "%(number)s months ago", months) % {"number": months}
    return f"{words}, {ago}"


OLD_MONTHS = 6
"""From here on it is said how long ago that was."""


def labels(topics: Iterable[Topic]) -> str:
    return ", ".join(sorted((topic.label for topic in topics), key=str.casefold))
