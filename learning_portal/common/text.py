"""Plain text out of what a spreadsheet or an old system held: HTML, entities, control characters, odd spaces. Pure."""

import html
import re
import unicodedata

import nh3

ROUNDS = 8
"""Layers of escaping that are taken off: "&amp;lt;b&amp;gt;" has two. Deeper ones stay, as text."""

_ELEMENTS = (
    "a|abbr|address|article|aside|b|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|details"
    "|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i"
    "|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|math|meta|nav|noscript|object|ol|option|p|param|pre|q"
    "|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template"
    "|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|video|wbr|xml"
)
_INSIDE = r"""(?:[^<>"']|"[^"]*"|'[^']*')*+"""
_TAG = rf"/?(?:{_ELEMENTS})(?=[\s/>]){_INSIDE}>|!doctype\b{_INSIDE}>|\?xml\b{_INSIDE}>"
_NOT_A_TAG = re.compile(rf"<(?!{_TAG})", re.IGNORECASE)
"""A "<" that opens no HTML element: "stress < 335 ksi", "List<Tmax>". It is kept as the character that it is."""
_NOT_AN_ENTITY = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")

_UNREAD = re.compile(
    r"<!--(?:(?!<!--|-->).)*+-->"
    r"|<(script|style|template)(?=[\s>])[^<>]*>(?:(?!</?\1).)*+</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
"""What a browser does not show. One that is never closed is only a stray tag: the words after it stay."""
_STRAY_TEMPLATE = re.compile(r"</?template(?=[\s/>])[^<>]*>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p\s*>", re.IGNORECASE)
_LINK = re.compile(r"""<a\s[^<>]*?href\s*=\s*["']?(https?://[^\s"'<>]+)[^<>]*>([^<]*)</a\s*>""", re.IGNORECASE)
_PICTURE = re.compile(rf"""<img\s(?=[^<>]*?\balt\s*=\s*(?:"([^"]*)"|'([^']*)')){_INSIDE}>""", re.IGNORECASE)
_BREAKS = (
    (re.compile(r"<br\s*/?(?:>|(?=\s|$))", re.IGNORECASE), "\n"),
    (re.compile(r"<li(?=[\s>])[^<>]*>", re.IGNORECASE), "\n\n• "),
    (re.compile(r"</?(?:td|th)(?=[\s>])[^<>]*>", re.IGNORECASE), " "),
    (re.compile(r"</?(?:tr|dt|dd|hr|option)(?=[\s/>])[^<>]*>", re.IGNORECASE), "\n"),
    (
        re.compile(
            r"</?(?:p|div|h[1-6]|ul|ol|dl|table|blockquote|pre|section|article|header|footer|figure)(?=[\s>])[^<>]*>",
            re.IGNORECASE,
        ),
        "\n\n",
    ),
)

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\u2028\u2029]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\ud800-\udfff]"
)
"""Control characters, invisible breaks, marks that turn the direction of writing, halves of characters."""
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""C1 controls are nearly always Windows-1252 read as Latin-1: the quotation marks and dashes that they were."""
_BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8), "•")
"""What a word processor's symbol font calls a bullet."""
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_LINE_ENDS = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")


def clean_text(raw: str) -> str:
    """The text in NFC with paragraphs kept as blank lines, no markup, no control characters, no double spaces.

    HTML elements go and their words stay (script and style go whole); a link keeps its address in brackets, a picture
    its description, a list item its bullet. A "<" or "&" that is no markup stays. Cleaning what is clean changes
    nothing.
    """
    text = _tidy(raw)
    for _ in range(ROUNDS):
        if "<" not in text and "&" not in text:
            break
        text, before = _tidy(_without_markup(text)), text
        if text == before:
            break
    return text


def clean_line(raw: str) -> str:
    """The same on one line: for names, titles and codes."""
    return " ".join(clean_text(raw).split())


def first_words(text: str, limit: int) -> str:
    """At most so many words on one line; an ellipsis says that there are more."""
    words = text.split()
    if len(words) <= limit:
        return " ".join(words)
    return " ".join(words[:limit]).rstrip(".,;:–-… ") + "…"


def _without_markup(text: str) -> str:
    text = _STRAY_TEMPLATE.sub("", _UNREAD.sub(" ", text))
    if _PARAGRAPH_END.search(text):  # where paragraphs are marked up, line ends are only spaces
        text = text.replace("\n", " ")
    text = _LINK.sub(_link_in_words, text)
    text = _PICTURE.sub(lambda match: f" [{match[1] or match[2] or ''}] " if match[1] or match[2] else " ", text)
    for pattern, space in _BREAKS:
        text = pattern.sub(space, text)
    text = _NOT_AN_ENTITY.sub("&amp;", _NOT_A_TAG.sub("&lt;", text))
    return html.unescape(nh3.clean(text, tags=set(), clean_content_tags=set(), link_rel=None))


def _link_in_words(match: re.Match) -> str:
    address, words = match[1], match[2]
    return words if address in words else f"{words} ({address})"


def _tidy(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text).translate(_C1 | _BULLETS)
    text = unicodedata.normalize("NFC", _HIDDEN.sub("", text))
    text = _AROUND_LINE_ENDS.sub("\n", _SPACES.sub(" ", text))
    return _EMPTY_LINES.sub("\n\n", text).strip()
