"""Places that no list has, by the form of their names: "Stow-on-the-Wold", "Kelderbeck", "Llanfihangel-y-fedw"."""

import re
from collections.abc import Iterator

from . import lists
from .bodies import common
from .kinds import Kind, Span
from .reading import Reading
from .shapes import CAP, CAPITALS

FIRST = rf"[{CAPITALS}][\w']{{0,30}}"
LINKED = re.compile(rf"\b{FIRST}[- ](?:on|upon|in|le|under|by|super|cum|y|yr|ar)-[\w-]{{2,30}}")
COMPOUND = re.compile(
    rf"\b(?:(?:Isle|Vale|Forest|Borough|Port|Bay) of (?:the )?{CAP}|(?:Market|Chipping|Kirkby|Great|Upper|Lower"
    rf"|Nether|Higher|Saint|St\.?) {CAP}"
    r"|(?:Cwm|Dyffryn|Bro|Nant|Ynys|Glan|Porth|Rhos|Pen|Betws|Capel|Llan|Gwm|Ddyffryn|Fro|Nghwm|Nyffryn"
    rf"|Ystrad)(?: y| yr)? {CAP})(?: {CAP})?"
)
ENDINGS = (
    "(?:ton|ham|bury|ford|shire|by|thorpe|wick|mouth|pool|dale|field|worth|chester|caster|cester|stow|stead|burgh"
    "|borough|combe|minster|wold|beck|hurst|ley|den|bridge|gate|head|sea|cliffe"
    "|haven|holme|bourne|brook|market|well|wells|wood|moor|mere|ness|port|hithe|wyke|holt)"
)
LIKE_TOWN = re.compile(rf"[A-Z][a-z]{{2,12}}{ENDINGS}")
SURE_TOWN = re.compile(
    r"[A-Z][a-z]{3,12}(?:beck|thorpe|caster|chester|cester|mouth|dale|borough|burgh|combe|shire|bury|worth"
    r"|stow|hurst|wick|ington|ingham|minster)"
)
WELSH_TOWN = re.compile(
    r"(?:Ll?an|Aber|Caer|Pont|Bont|Tre|Dre|Rhos|Blaen|Flaen|Porth|Borth|Ynys|Cwm|Gwm|Nant|Bryn|Pen|Ben|Phen"
    r"|Mhen|Mhont|Nhre|Nghaer|Gaer|Betws|Fetws|Ystrad|Rhyd|Glan|Cefn|Gefn|Dol|Ddol|Dyffryn"
    r"|Coed)[a-zâêîôûŵŷ-]{4,18}"
)
BEFORE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Aa]round|outside|across|to|[Yy]ng?|[Yy]m|o|i|ger|yn ardal|rhwng) $"
)
SURE_WELSH_TOWN = re.compile(r"(?!Aberth|Llan(?:ast|w|c|n))(?:Llan|Aber|Caer|Nghaer|Chaer)[a-zâêîôûŵŷ-]{4,18}")
"""Welsh towns without a word before them that brings them in."""
TAIL = re.compile(r"[ -](?:Uchaf|Isaf|Ganol|Fawr|Fach|Bach|Mawr|Newydd|Wledig)\b")
"""Which of several places with one name."""
NOT_TOWNS = lists.named("places.not_towns")


def spans(reading: Reading) -> Iterator[Span]:
    for pattern in (LINKED, COMPOUND):
        for match in pattern.finditer(reading.text):
            if not all(common(word) or word == "Porth" for word in re.findall(CAP, match[0])):
                yield Span(match.start(), match.end(), Kind.PLACE)
    for word in reading.words:
        text = word.text[: len(word.stem)]
        if not word.titled or word.stem in NOT_TOWNS or common(word.text):
            continue
        brought_in = bool(BEFORE.search(reading.text[max(0, word.start - 12) : word.start]))
        likely = LIKE_TOWN.fullmatch(text) or WELSH_TOWN.fullmatch(text)
        if (brought_in and likely) or (
            not word.opens and (SURE_TOWN.fullmatch(text) or SURE_WELSH_TOWN.fullmatch(text))
        ):
            tail = TAIL.match(reading.text, word.stem_end)
            yield Span(word.start, tail.end() if tail else word.stem_end, Kind.PLACE)
