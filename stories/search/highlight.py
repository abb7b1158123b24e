"""Why a story was found: a few of its words around those that were looked for. Pure but for the marking as safe."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..content import Content
from .words import WORD, telling_stem

WORDS = 32
"""How long an excerpt is."""
BEFORE = 6
"""Words shown before the first that matched."""


def snippet(content: Content, stems: Collection[str]) -> SafeString:
    """The part of a story with most of these stems, escaped, each match in <mark>; empty when no text has any."""
    texts = [content.summary, *(text for _section, text in (*content.filled(), *content.answered()))]
    wanted = frozenset(stems)
    best, words = 0, None
    for text in texts:
        pieces = unicodedata.normalize("NFC", text).split()
        count, start = _densest(pieces, wanted)
        if count > best:
            best, words = count, (pieces, start)
    return _excerpt(*words, wanted) if words else mark_safe("")


def _densest(pieces: list[str], wanted: frozenset[str]) -> tuple[int, int]:
    """The window of `WORDS` words with most different stems: how many, and where it starts."""
    hits = [(place, found) for place, piece in enumerate(pieces) for found in _stems(piece) & wanted]
    best = (0, 0)
    for number, (place, _found) in enumerate(hits):
        inside = {found for other, found in hits[number:] if other < place + WORDS - BEFORE}
        if len(inside) > best[0]:
            best = (len(inside), max(0, place - BEFORE))
    return best


def _excerpt(pieces: list[str], start: int, wanted: frozenset[str]) -> SafeString:
    shown = pieces[start : start + WORDS]
    marked = " ".join(_marked(piece, wanted) for piece in shown)
    before = "… " if start else ""
    after = " …" if start + WORDS < len(pieces) else ""
    return mark_safe(f"{before}{marked}{after}")  # every piece is escaped in _marked


def _marked(piece: str, wanted: frozenset[str]) -> str:
    """One run of letters without a space, escaped, with the words in it that match marked."""
    parts, end = [], 0
    for match in WORD.finditer(piece):
        if telling_stem(match[0]) in wanted:
            parts += [escape(piece[end : match.start()]), f"<mark>{escape(match[0])}</mark>"]
            end = match.end()
    return "".join([*parts, escape(piece[end:])])


def _stems(piece: str) -> set[str]:
    return {stem for word in WORD.findall(piece) if (stem := telling_stem(word))}
