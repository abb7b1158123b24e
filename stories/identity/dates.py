"""Exact dates, in figures and in words, in English and Welsh; and sums of unusual precision."""

import re
from collections.abc import Iterator

from .kinds import Kind, Span
from .reading import Reading

ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WELSH = [
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
]
CHANGED = {
    "Fawrth": "Mawrth",
    "Fai": "Mai",
    "Fehefin": "Mehefin",
    "Orffennaf": "Gorffennaf",
    "Fedi": "Medi",
    "Dachwedd": "Tachwedd",
    "Ragfyr": "Rhagfyr",
    "Nhachwedd": "Tachwedd",
}
"""Months after "o", and what they are."""
SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ion|Chwe|Ebr|Meh|Gorff|Hyd|Tach|Rhag"
MONTH = "(?P<month>" + "|".join([*ENGLISH, *WELSH, *CHANGED, rf"(?:{SHORT})\b\.?"]) + ")"
WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\.?"
    r"|[Dd]?[Dd]ydd (?:Llun|Mawrth|Mercher|Iau|Gwener|Sadwrn|Sul)|[Nn]os (?:Lun|Fawrth|Fercher|Iau|Wener|Sadwrn|Sul))"
)
ENGLISH_DAY = (
    r"(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third"
    r"|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth"
    r"|nineteenth|twentieth|thirtieth"
)
WELSH_DAY = (
    r"(?:cyntaf|ail|trydydd|pedwerydd|pumed|chweched|seithfed|wythfed|nawfed|degfed|unfed|deuddegfed"
    r"|pymthegfed|deunawfed|ugeinfed|deg)"
    r"(?: (?:ar ddeg|ar bymtheg|ar hugain))?(?: ar hugain)?|(?:dydd|diwrnod) (?:cyntaf|olaf)"
)
FIGURE = r"(?:0?[1-9]|[12][0-9]|3[01])"
SUFFIX = r"(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)"
DAY = rf"(?:{FIGURE}{SUFFIX}?|{ENGLISH_DAY}|{WELSH_DAY})"
YEAR = r"(?:,? (?P<year>(?:19|20)[0-9]{2}|'[0-9]{2}|[0-9]{2}(?= *[.,;)]| *$))\b)?"
RANGE = rf"(?:{DAY}(?: ?- ?| and | to | & | or | a | ac | i | neu )(?:the |y )?)?"
DAY_FIRST = re.compile(
    rf"(?<![\w£.,/])(?:{WEEKDAY},? (?:the |y |yr )?)?{RANGE}(?:{FIGURE}{SUFFIX}? ?(?:of |o(?: fis)? )?|(?:{ENGLISH_DAY}"
    rf"|{WELSH_DAY}) (?:of |o(?: fis)? )){MONTH}(?!\w){YEAR}",
    re.IGNORECASE,
)
MONTH_WITH_DAY = re.compile(rf"\b{WEEKDAY},? {MONTH}(?: the| y| yr)? {FIGURE}{SUFFIX}?\b(?![-/.][0-9]|:)")
MONTH_FIRST = re.compile(
    rf"\b(?:{WEEKDAY},? )?{MONTH}(?: the| y| yr)? (?:{FIGURE}{SUFFIX}\b{YEAR}|{FIGURE},? (?P<later>(?:19"
    rf"|20)[0-9]{{2}})\b"
    rf"|{FIGURE}(?= ?(?:[;)!?]|[.,:](?![0-9])|$))|(?:{ENGLISH_DAY}|{WELSH_DAY})(?= ?(?:[.,;:)!?]|$)))"
)
IN_FIGURES = re.compile(
    r"(?<![\w./-])(?:0?[1-9]|[12][0-9]|3[01]) ?(?P<spaced>[/.-]) ?(?:0?[1-9]|1[0-2]"
    r"|[ivx]{1,4}) ?(?P=spaced) ?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![\w/-]|\.[0-9])|(?<![\w./-])(?:19"
    r"|20)[0-9]{2}[/.](?:0?[1-9]|1[0-2])[/.](?:0?[1-9]|[12][0-9]|3[01])(?![\w/-])"
    r"|(?<![\w./£,-])20[0-3][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![\w,])"
    r"|(?<=\bon )(?:[1-9]|[12][0-9]|3[01])/(?:0?[1-9]|1[0-2])(?![\w/])|(?<=\bar )(?:[1-9]|[12][0-9]"
    r"|3[01])/(?:0?[1-9]|1[0-2])(?![\w/])"
    r"|(?<![\w./-])(?:(?:0?[1-9]|[12][0-9]|3[01])(?P<mark>[./-])(?:0?[1-9]|1[0-2])(?P=mark)(?:(?:19"
    r"|20)[0-9]{2}|[0-9]{2})"
    r"|(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?![\w/-]|\.[0-9])"
)
NUMBERED_DAY = re.compile(rf"\b{WEEKDAY},? (?:the |y |yr )?{FIGURE}{SUFFIX}\b(?! {MONTH})")
FEAST = re.compile(
    r"\b(?:Christmas (?:Eve|Day)|Boxing Day|New Year's (?:Eve|Day)|Good Friday|(?:Easter|Whit) (?:Sunday"
    r"|Monday)|St David's Day|Halloween|Bonfire Night|Remembrance Sunday"
    r"|(?:[Dd]dydd|[Dd]ydd|[Nn]oswyl) (?:Nadolig|Calan|Gŵyl Dewi|Gŵyl San Steffan|Llun y Pasg)"
    r"|Sul y (?:Pasg|Blodau|Mamau|Cofio)|Llun y (?:Pasg|Sulgwyn)|Gŵyl (?:San Steffan|Dewi)"
    r"|Noson Tân Gwyllt|Noswyl Nadolig|Gwener y Groglith|Nos Galan),? (?:in |yn )?(?:19|20)[0-9]{2}\b"
)
SUM = re.compile(
    r"(?<![\w£])(?:£|€|\$|GBP|EUR|USD) ?(?P<figures>[0-9]{1,3}(?:,[0-9]{3}){1,4}"
    r"|[0-9]{1,12})(?P<pence>\.[0-9]{1,9})?(?![0-9])(?: ?(?P<unit>k|m|bn|million|billion|miliwn"
    r"|biliwn)\b)?(?!,[0-9]{3})",
    re.IGNORECASE,
)
PRECISE = 4
"""Figures that matter, from which on a sum is nobody else's."""
WORDS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
    r"|million|and|un|dau|dwy|tri|tair|pedwar|pedair|pum|pump|chwe|chwech|saith|wyth|naw|deg|cant|gant|mil|fil"
    r"|ddau|dri|bedwar|bum|ddeg|ddwy|dair|bedair|gan|chan|deng|ddeng|hugain|ugain|deugain|hanner|pymtheg|bymtheg"
    r"|deuddeg|ddeuddeg|geiniog|ceiniog|pence|penny|bunnoedd|pounds|o|ar|a|ac)"
)
SAID = re.compile(
    rf"(?<![\w£$€.,])(?:(?P<figures>[0-9]{{1,3}}(?:[, ][0-9]{{3}}){{1,4}}"
    rf"|[0-9]{{4,12}})(?P<pence>[.,][0-9]{{1,2}})?(?P<unit>) ?(?:pounds|o bunnoedd|o bunnau|punt|euros|p\b))"
    rf"|\b(?:{WORDS}[ -]){{4,14}}(?:pounds|o bunnoedd|o bunnau|punt|bunt|pence|ceiniog"
    rf"|geiniog)(?: and (?:{WORDS}[ -]){{1,3}}pence| ac? (?:{WORDS}[ -]){{1,4}}[cg]einiog(?: ar ddeg| ar hugain)?"
    rf"| ar ddeg)?\b"
    rf"|£[0-9]{{1,3}}(?: [0-9]{{3}}){{1,3}}(?:\.[0-9]{{2}})?",
    re.IGNORECASE,
)
"""Sums told in words, or with the pounds behind."""
SMALL = 100
"""Pounds under which pence are a price."""


def spans(reading: Reading) -> Iterator[Span]:
    for pattern in (DAY_FIRST, MONTH_FIRST, MONTH_WITH_DAY):
        for match in pattern.finditer(reading.text):
            # "may" and "march" are words; a month has a capital. "Mawrth" is a day too.
            if match["month"][0].isupper() and not _weekday(reading, match):
                yield Span(match.start(), match.end(), Kind.DATE, _month(match))
    for pattern in (IN_FIGURES, FEAST, NUMBERED_DAY):
        for match in pattern.finditer(reading.text):
            yield Span(match.start(), match.end(), Kind.DATE)
    for match in SUM.finditer(reading.text):
        if significant(match) >= PRECISE:
            yield Span(match.start(), match.end(), Kind.SUM, _rounded(match))
    yield from _said(reading)


def _weekday(reading: Reading, match: re.Match[str]) -> bool:
    """Whether "Mawrth cyntaf" stands behind "dydd": the first Tuesday, not the first of March."""
    counted = not any(character.isdigit() for character in match[0])
    return counted and reading.text[max(0, match.start() - 5) : match.start()].lower().endswith(("dydd ", "nos "))


def _said(reading: Reading) -> Iterator[Span]:
    for match in SAID.finditer(reading.text):
        digits = "".join(character for character in match[0] if character.isdigit()).strip("0")
        if not digits or len(digits) >= PRECISE:
            yield Span(match.start(), match.end(), Kind.SUM)


def _month(match: re.Match[str]) -> str:
    """What is left of a date without its day: "March 2024"."""
    month = match["month"].rstrip(".")
    years = [year for name in ("year", "later") if (year := match.groupdict().get(name))]
    return " ".join([CHANGED.get(month, month), *years])


def significant(match: re.Match[str]) -> int:
    """How many figures of a sum matter: noughts at its end do not, and neither do the pence of a small price."""
    whole, pence = match["figures"].replace(",", ""), (match["pence"] or "")[1:]
    if pence.strip("0") and (match["unit"] or int(whole) >= SMALL):
        return len((whole + pence).strip("0"))
    return len(whole.strip("0"))


def _rounded(match: re.Match[str]) -> str:
    """The sum with two figures that matter: £11,437 is £11,000."""
    whole = match["figures"].replace(",", "")
    if match["unit"]:
        unit = match[0][max(match.end("figures"), match.end("pence")) - match.start() :]
        return f"£{float(whole + (match['pence'] or '')):.2g}{unit}" if len(whole) < 3 else f"£{int(whole):,}{unit}"
    return f"£{round(int(whole), 2 - len(whole)):,}"
