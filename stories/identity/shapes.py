"""What is known by its shape alone: addresses of mail and web, numbers, postcodes, plates, streets."""

import re
from collections.abc import Callable, Iterator

from . import lists, references
from .kinds import Kind, Span
from .reading import Reading

# Every repetition is bounded or starts at a boundary, so that no text makes a search slow.
EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+'-]{1,64} ?@ ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|(?<![\w.+-])[\w.+'-]{1,64} ?[\[({<] ?(?:at|@) ?[\])}>] ?[\w-]{1,63}(?:(?:\.| ?[\[({<] ?dot ?[\])}>] ?"
    r"| dot )[\w-]{1,63}){1,5}"
    r"|(?<![\w.+-])[\w.+'-]{1,64} at [\w-]{1,63}(?: dot [\w-]{1,63}){1,5}\b",
    re.IGNORECASE,
)
WEB = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"]{3,500}(?<![.,;:!?)'])"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:gov\.uk|co\.uk|org\.uk|ac\.uk|nhs\.uk|police\.uk|llyw\.cymru"
    r"|gov\.wales|nhs\.wales"
    r"|cymru|wales|com|org|net|scot|uk|london|info|io|example|test|invalid|ly|be|me|eu|tv|blog|app|dev|online"
    r"|site|ac|sch\.uk|police|health|care|social|gl|co)\b(?:/[^\s<>\"]{0,300}(?<![.,;:!?)']))?"
    r"|(?<![\w@./-])[a-z][\w-]{1,40}(?:\.[\w-]{2,30}){1,4}/[\w./?=&%-]{2,200}(?<![.,])",
    re.IGNORECASE,
)
HANDLE = re.compile(
    r"(?<![\w/.])[ur]/\w{3,30}|(?<![\w/.])\w{2,30}(?:#[0-9]{4})\b"
    r"|(?<![\w./-])(?=[a-z]*_)[A-Za-z]\w*_\w{2,30}(?![\w/.])|(?<![\w@./])[\w.]{3,30}(?= on (?:Instagram|TikTok"
    r"|Twitter|X|Snapchat|Facebook|Nextdoor|Mastodon|Bluesky|YouTube)\b)(?<![a-z] [a-z]{3})|"
    r"(?<![\w@./])@[A-Za-z][\w.]{2,30}(?<!\.)|(?<![\w#&])#[A-Za-z]\w{3,40}|\b(?:[Ff]acebook|[Ww]hats[Aa]pp"
    r"|[Nn]extdoor|[Tt]witter|[Ii]nstagram|[Tt]ik[Tt]ok)(?: (?:group|page|account|forum|feed|channel"
    r"|profile))?,? (?:called |named |o'r enw |for )?[\"'“]?(?!and\b|or\b)[A-ZÀ-ÖØ-ÞŴŶ][\w'-]{2,30}(?: (?:in"
    r"|of|for|and|y|yr|yn|o)(?= [A-ZŴŶ])| [A-ZŴŶ][\w'-]{1,30}){0,5}|///\w{2,20}\.\w{2,20}\.\w{2,20}"
)
PLATFORMS = (
    r"(?:[Ff]acebook|FB|fb|[Ii]nsta(?:gram)?|IG|ig|[Tt]witter|[Tt]ik[Tt]ok|[Ss]nap(?:chat)?|[Bb]luesky|[Mm]astodon"
    r"|[Yy]ou[Tt]ube|[Ll]inked[Ii]n|[Tt]hreads|[Rr]eddit|[Dd]iscord|[Tt]elegram|[Nn]ext[Dd]oor|[Ww]hats[Aa]pp"
    r"|[Tt]rydar|[Gg]weplyfr)"
)
ACCOUNT = re.compile(
    rf"(?<![\w.]){PLATFORMS}(?: (?:account|page|handle|user(?:name)?|profile|cyfrif|tudalen|enw))?(?:: ?| )"
    r"(?=[\w.-]*[a-z0-9][._][a-z0-9]|[\w.-]*[a-z][0-9])[A-Za-z0-9][\w.-]{2,40}\w"
    rf"|(?<![\w.]){PLATFORMS}: ?@?[A-Za-z][\w.-]{{2,40}}\w"
    r"|(?<![\w@./])@[A-Za-z][\w.-]{1,40}(?:@[\w-]{1,40}(?:\.[\w-]{2,40}){1,3}|(?:\.[\w-]{2,40}){1,3})"
    rf"|\b(?!(?:The|Our|A|My|Their|Some|Local|Each|Every) )(?:[A-ZŴŶ][\w'-]{{1,30}} ){{1,5}}{PLATFORMS} (?:group"
    rf"|page|account|forum|feed|chat|channel)"
)
POSTED = re.compile(
    rf"{PLATFORMS}(?: (?:post|video|reel|thread|story|clip|account|user|neges|fideo|cyfrif))? (?:by|from|called"
    rf"|named|gan|o'r enw) "
    r"(?!the\b|our\b|a\b|an\b)([A-Za-z][\w.]{5,30})\b"
    rf"|\b((?:[A-ZŴŶ][\w'-]{{1,30}} (?:of |in |for |and |y |yr )?){{2,5}})(?:on|ar) {PLATFORMS}\b"
)
PHONE = re.compile(
    r"(?<![\w.,/+-])(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0[ ]?)(?:[0-9]\)?[ ./-]{0,2}){8,9}[0-9](?![0-9])"
    r"(?:,? ?(?:ext(?:ension)?\.?|x|est(?:yniad)?\.?) ?[0-9]{2,6})?",
    re.IGNORECASE,
)
EXTENSION = re.compile(r"\b(?:ext(?:ension)?\.?|estyniad|est\.) ?(?:number |rhif )?[0-9]{3,6}\b", re.IGNORECASE)
LOCAL_PHONE = re.compile(
    r"\b(?:phoned?|telephoned?|tel|call(?:ed)?|rang|ring|ffon(?:iwch|iodd|io)?|ffôn|rhif(?: ffôn)?|on|ar"
    r"|mobile|number|line|llinell)"
    r"[:.]? ?(?:(?:is|was|on|yw|oedd|ar) )?([0-9]{5,6}(?: [0-9]{3,6})?)(?![\w,.]*[0-9%])(?= |[.,;:)]|$)",
    re.IGNORECASE,
)
AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN "
    "EX FK FY G GL "
    "GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW "
    "OL OX PA PE PH "
    "PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF "
    "WN WR WS WV YO ZE"
)
AREA = "(?:" + "|".join(sorted(AREAS.split(), key=len, reverse=True)) + ")"
POSTCODE = re.compile(rf"\b{AREA}[0-9][0-9A-Z]?(?: {{0,2}}|[.-])[0-9][ABD-HJLNP-UW-Z]{{2}}\b", re.IGNORECASE)
OUTWARD = re.compile(
    rf"\b(?-i:{AREA} ?[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{{2}})\b"
    rf"|(?<=\bin )[BEGLMNSW][0-9]{{1,2}}[A-Z]?(?: [0-9])?(?![\w%])"
    rf"|\b(?:EC|WC|SW|SE|NW)[0-9][A-Z]\b|"
    rf"\b{AREA}[0-9]{{1,2}}(?: [0-9])?(?= (?:postcodes?|areas?|district|sector|\(?cod post))"
    rf"|(?<=postcode ){AREA}[0-9]{{1,2}}\b"
    rf"|(?<![\w-])(?=[A-Z]{{2}}){AREA}[0-9]{{1,2}}(?: [0-9](?:[A-Z*]{{2}}|[*X]{{1,2}})?)?(?![\w%/]| ?[-:]|[.,][0-9]"
    rf"| (?:of|out|per)\b)"
    rf"|(?<=cod post ){AREA}[0-9]{{1,2}}\b|(?<=ardal ){AREA}[0-9]{{1,2}}\b"
)
GRID = re.compile(
    r"\b(?:S[HJMNORSTUZ]|T[AFGLMQRV]|N[A-Z]|H[PTUWXYZ]) ?(?:[0-9]{3} ?[0-9]{3}|[0-9]{4} [0-9]{4}|[0-9]{5} ?[0-9]{5})\b"
)
DEGREES = re.compile(r"(?<![\w.])-?[0-9]{1,2}\.[0-9]{3,8}°?[NS]?,? {0,2}-?[0-9]{1,3}\.[0-9]{3,8}°?[EW]?")
PLATE = re.compile(
    r"\b(?:[A-Z]{2}[0-9]{2}[ .-]?[A-Z]{3}|[A-Z][0-9]{1,3}[ .-]?[A-Z]{3}|[A-Z]{3} ?[0-9]{1,3}[A-Z]"
    r"|[A-Z]{1,2}[IZ][A-Z]? [0-9]{1,4}|[A-Z]{2}Z[0-9]{3,4}|[A-Z]{3} [0-9]{1,3}"
    r"|[0-9]{1,4} [A-Z]{3})\b(?! ?[%])"
    r"|(?<!')\b(?!(?:of|in|at|by|to|on|we|is|it|as|an|or|up|no|so|do|my|he|be|go|us|if|am|yn|ar|ac|yr|ei|eu|ni|tâ)\b)"
    r"[A-Za-z]{2}[ .-]?[0-9]{2}[ .-]?(?!(?:and|the|for|per|day|out|who|yds|mph|gps|pcs|men|but|not|all|may|was|had|are"
    r"|yrs|min|hrs|oed|awr)\b)[A-Za-z]{3}\b(?<![ .-][A-Z][a-z]{2})"
    r"|\b[a-z]{2}[0-9]{2} ?[a-z]{3}\b|\b[a-hj-npr-y][0-9]{2,3} [a-hj-np-y]{3}\b"
    r"|\b[a-z][0-9]{1,3} [a-z]{3}\b(?= reg|,? (?:van|car|lorry|fan|lori))"
    r"|\b(?:registration|reg|number plate|plate|rhif cofrestru|cofrestriad|plât)(?: number| no\.?"
    r"| mark)?:? (?=[A-Z0-9]{0,4} ?[0-9])[A-Z0-9]{2,4}(?: [A-Z0-9]{1,4})?\b"
)
INSURANCE = re.compile(
    r"\b[A-Z]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{2}[ .-]?[A-DFMP]\b"
    r"|\b[A-Z]{2}[ .-][0-9]{2}[ .-][0-9]{2}[ .-][0-9]{2}\b"
    r"|(?:national insurance|NI|yswiriant gwladol|YG)(?: number| no\.?"
    r"| rhif)?:? ?[A-Z]{2} ?(?:[0-9]{2} ?){2,3}[A-D]?\b",
    re.IGNORECASE,
)
HEALTH = re.compile(
    r"(?<![\w.,+-])[1-9][0-9]{2}[ .-][0-9]{3}[ .-][0-9]{4}(?![\w-])|(?<![\w.,+-])[1-9][0-9]{9}(?![\w-])"
    r"|\b(?:NHS|GIG|CHI|H&C|hospital|patient|ysbyty|claf)(?: number| no\.?| rhif)?(?: is| was| yw"
    r"| oedd)?[:.]? ?#?[0-9](?:[ .-]?[0-9]){5,10}(?![\w-])",
    re.IGNORECASE,
)
BANK = re.compile(
    r"(?<![\w-])[0-9]{2}-[0-9]{2}-[0-9]{2}(?=\W{1,3}(?:[0-9]{8}|account|acc|a/c|cyfrif))"
    r"|(?<=[Ss]ort code )[0-9]{2}[- ]?[0-9]{2}[- ]?[0-9]{2}(?![\w-])"
    r"|(?<=[Cc]od didoli )[0-9]{2}[- ]?[0-9]{2}[- ]?[0-9]{2}(?![\w-])"
    r"|\b(?:account|acc|cyfrif)(?: number| no\.?)? ?[0-9]{8}\b"
    r"|\bGB[0-9]{2} ?[A-Z]{4}(?: ?[0-9]){14}\b"
)
INTERNET = re.compile(r"(?<![\w.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w.]*[0-9])")
CAPITALS = "A-ZÀ-ÖØ-ÞŁŚŴŶŻŽ"
CAP = rf"[{CAPITALS}][\w'-]{{0,30}}"
ROADS = (
    "Street|Road|Lane|Avenue|Close|Crescent|Drive|Terrace|Gardens|Grove|Square|Mews|Parade|Row|Walk|Way|Hill|View"
    "|Place|Court|Rise"
    "|Green|Brow|Fold|Croft|Wynd|Gate|Garth|Wharf|Mount|Bank"
    "|Meadows?|Buildings|Chase|Heights|Parc|Villas|Cottages|Embankment|Quay|St|Rd|Ave"
)
NUMBERED_STREET = re.compile(
    rf"\b(?:(?:Flat|Fflat|Unit|Uned|Apartment) [0-9]{{1,4}}[A-Za-z]?,? )?[0-9]{{1,4}}[A-Za-z]?,? (?:(?:{CAP}|y"
    rf"|yr|the|of|ar) ){{1,3}}(?:{ROADS})\b\.?"
)
WELSH_ROADS = (
    "Stryd|Stryt|Heol|Ffordd|Lôn|Rhodfa|Rhes|Clos|Cilgant|Teras|Sgwâr"
    "|Maes|Cae|Bryn|Tan|Trem|Rhiw|Pen|Parc|Llys|Tŷ|Min|Glan|Dôl"
)
AFTER_ROAD = rf"(?: (?:y|yr|'r|ar|ap|Y|Yr))?(?:[ -]{CAP}){{1,3}}"
WELSH_STREET = re.compile(rf"\b[0-9]{{1,4}}[A-Za-z]?,? (?:{WELSH_ROADS}){AFTER_ROAD}")
UNNUMBERED = re.compile(
    rf"\b(?!(?:The|Our|High|Main|This|That|A|One|Each|Every) )(?:{CAP} ){{1,2}}(?:Street|Road|Lane|Avenue"
    r"|Crescent|Terrace|Close|Drive)\b"
    rf"|\b(?:Stryd|Stryt|Heol|Ffordd|Lôn|Rhodfa|Cilgant|Teras|Sgwâr)(?! Fawr\b){AFTER_ROAD}"
)
HOUSE = re.compile(
    rf"(?<![\w.,£])[0-9]{{1,3}}[A-Za-z]?,? The {CAP}\b|"
    rf"\b(?:Flat|Fflat|Apartment|No\.?|number|rhif) [0-9]{{1,4}}[A-Za-z]?,? (?:the |The |y "
    rf"|Y )?{CAP}(?: {CAP}){{0,2}}|\b(?:{CAP} ){{1,2}}(?:Farm|Cottages?|Bungalow|Barn|Farmhouse|Caravan Site"
    rf"|Villa|Flats)\b|\b[0-9]{{1,3}}(?:[a-z]|-[0-9]{{1,3}}) {CAP}(?: {CAP}){{0,2}}"
    rf"|\b[0-9]{{1,3}},? {CAP} {CAP}, {CAP}"
)
SMALL_STREET = re.compile(
    r"\b[0-9]{1,4}[a-z]?,? (?!(?:mile|metre|new|main|minor|dual|side|way|one|private|public|local|other|more|of"
    r"|the|per|busy)\b)"
    r"(?:(?:st|the|old|new) )?[a-z'-]{3,20} (?:street|road|lane|avenue|close|drive|crescent|terrace|gardens|grove"
    r"|row|mews|st|rd|ave)\b"
    r"(?= ?(?:[.,;:)!?]|in\b|at\b|was\b|is\b|had\b|and\b|$))"
    r"|\b[0-9]{1,4}[a-z]?,? (?:stryd|stryt|heol|ffordd|lôn|rhodfa|rhes|clos|maes|teras)(?: (?:y|yr"
    r"|'r))? [a-zâêîôûŵŷ]{3,20}\b"
)
OUR_ROADS = (
    "Street|Road|Lane|Avenue|Crescent|Terrace|Close|Drive|Row|Walk|Way|Gardens|Mews|Grove|Square|Parade|Rise|Hill"
    "|Gate|Court|Place|View|Mount"
)
ON_STREET = re.compile(
    rf"\b(?:(?:the|a|our|that|one|number|no\.?) )?(?:[\w-]{{1,30}} ){{0,2}}?(?:houses?|flats?|shop|cottage|bungalow"
    rf"|unit|plot|property|home|end|corner"
    rf"|junction|top|bottom|terrace|one|site|depot|office|people|residents|neighbours|pub|chapel)"
    rf" (?:on|in|at|off|of|along|opposite|behind)(?: the)? {CAP}(?: {CAP})? (?:{OUR_ROADS})\b"
    rf"|(?<=\bon )(?:{CAP} ){{1,2}}(?:{OUR_ROADS})\b|(?<=\balong )(?:{CAP} ){{1,2}}(?:{OUR_ROADS})\b"
    rf"|\b(?:{CAP} ){{1,2}}(?:{OUR_ROADS}) and (?:{CAP} ){{1,2}}(?:{OUR_ROADS})\b"
    rf"|\b(?:corner|junction) of (?:{CAP} ){{1,3}}and (?:{CAP} ){{0,3}}{CAP}"
)
WELSH_HOUSE = re.compile(
    rf"(?<![\w.,£])[0-9]{{1,3}}[A-Za-z]?,? The {CAP}\b|"
    rf"\b(?:[BbFf]wthyn|[Tt]yddyn|[Ff]ferm|[Hh]endre|[Hh]afod|[Pp]las|T[yŷ]|D[yŷ]|[Ff]flat|[Rr]hif [0-9]{{1,3}}"
    rf"|[TtDd]ŷ pen)(?:'r| y| yr)? {CAP}(?:[ -]{CAP})?"
    rf"(?:,? (?:{WELSH_ROADS}){AFTER_ROAD})?"
    rf"|\b(?:tŷ|dŷ|fflat|siop|safle)(?: [a-zŵŷ]{{1,30}}){{0,2}} (?:yn|ar|ym|yng)(?: y)? (?:{WELSH_ROADS}){AFTER_ROAD}"
)
FIXED: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (EMAIL, Kind.EMAIL),
    (WEB, Kind.WEB),
    (HANDLE, Kind.WEB),
    (ACCOUNT, Kind.WEB),
    (POSTED, Kind.WEB),
    (PHONE, Kind.PHONE),
    (EXTENSION, Kind.PHONE),
    (LOCAL_PHONE, Kind.PHONE),
    (POSTCODE, Kind.POSTCODE),
    (OUTWARD, Kind.POSTCODE),
    (GRID, Kind.POSTCODE),
    (DEGREES, Kind.POSTCODE),
    (PLATE, Kind.PLATE),
    (INSURANCE, Kind.PERSONAL_NUMBER),
    (BANK, Kind.PERSONAL_NUMBER),
    (INTERNET, Kind.PERSONAL_NUMBER),
    *((pattern, Kind.REFERENCE) for pattern in references.PATTERNS),
    (NUMBERED_STREET, Kind.ADDRESS),
    (WELSH_STREET, Kind.ADDRESS),
    (UNNUMBERED, Kind.ADDRESS),
    (HOUSE, Kind.ADDRESS),
    (SMALL_STREET, Kind.ADDRESS),
    (ON_STREET, Kind.ADDRESS),
    (WELSH_HOUSE, Kind.ADDRESS),
)
DRIVES = re.compile(
    r"(?:Shared|Hard|Network|Google|Team|Flash|Pen|USB|Test|Backup|External|Public|Personal|Recruitment|Cloud) Drive"
    r"|(?:Memory|Fast|Slow) Lane|(?:Easy|Wall|Downing|Coronation|Civvy|Sesame) Street"
)
"""What only sounds like a street."""
YEAR = re.compile(r"[A-Z]{3,4} (?:19|20)[0-9]{2}")
NOBODYS: dict[Kind, Callable[[str], bool]] = {
    Kind.ADDRESS: lambda words: bool(DRIVES.search(words)),
    Kind.PLATE: lambda words: words[-3:] in lists.common_words() or bool(YEAR.fullmatch(words)),
}
"""By which finds of a kind are known to be nothing: "the Shared Drive", "AGIC 2021"."""
NEAR_HEALTH = re.compile(r"NHS|GIG", re.IGNORECASE)


def spans(reading: Reading) -> Iterator[Span]:
    for pattern, kind in FIXED:
        for match in pattern.finditer(reading.text):
            part = 1 if pattern.groups and match[1] else 0
            if kind is not Kind.REFERENCE or references.somebodys(match[0], match[part]):
                if kind in NOBODYS and NOBODYS[kind](match[0]):
                    continue
                yield Span(match.start() if kind is Kind.REFERENCE else match.start(part), match.end(part), kind)
    for match in HEALTH.finditer(reading.text):
        if (
            not match[0].isdigit()
            or valid_health_number(match[0])
            or NEAR_HEALTH.search(reading.before(match.start(), 40))
        ):
            yield Span(match.start(), match.end(), Kind.PERSONAL_NUMBER)


def valid_health_number(digits: str) -> bool:
    """Whether ten digits pass the check (modulo 11) of NHS numbers."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])
