"""Roles with a place ("head of housing in Ceredigion"), and combinations of facts that few people share."""

import re
from collections.abc import Iterable, Iterator

from . import lists
from .bodies import common
from .kinds import Kind, Span
from .reading import Reading
from .shapes import CAP

ENGLISH = (
    r"head ?teacher|headmaster|headmistress|chief executive|chief constable|chief officer|chief fire officer"
    r"|chief nurse|chief whip|chief|head|director|leader|manager|officer|nurse|sister|matron|consultant"
    r"|social worker|caseworker|worker|planner|engineer|surveyor|architect|clerk"
    r"|caretaker|warden|inspector|co-?ordinator|lead|secretary|chair(?:man|woman|person)?|councillor|mayor"
    r"|cabinet member|portfolio holder|member|treasurer|accountant|auditor|lawyer|solicitor|monitoring officer"
    r"|teacher|principal|dean|lecturer"
    r"|doctor|GP|surgeon|psychiatrist|psychologist|therapist|midwife|paramedic|pharmacist|dentist"
    r"|health visitor|vet|librarian|archivist|curator|ranger|superintendent|commander|sergeant|constable"
    r"|detective|coroner|registrar|magistrate|judge"
    r"|adviser|advisor|analyst|developer|designer|researcher|translator|interpreter|supervisor|foreman|driver"
    r"|cook|cleaner|porter|carer|foster carer|apprentice|trainee|chaplain|vicar|lifeguard|conservator"
    r"|ecologist|chief of staff|commissioner|governor|receptionist|technician|buyer|firefighter|whistleblower"
    r"|resident|tenant|partner|whistle-blower"
)
JOINED = r"(?:,? (?:in|at|for|of|from|with|within|across|covering|to|responsible for|based in|based at)(?: the)? |,? )"
BEFORE_PLACE = lists.bounded(
    rf"(?<![\w'-])(?P<role>(?:(?:the|our|a|an|their|its|my) (?:[\w'&-]+ ){{0,2}}?)?(?:(?:deputy|assistant"
    r"|acting|interim|former|associate|executive|senior|principal|strategic|corporate|group|lead|only|sole"
    rf"|first) ){{0,3}}(?:{ENGLISH})s?"
    rf"(?:,? (?:of|for) (?:[\w'&-]+,? ){{0,5}}?[\w'&-]+)??){JOINED}$",
    re.IGNORECASE,
)
AFTER_PLACE = lists.bounded(
    r"^(?:'s?)? (?:(?!and |or |in |at |was |is |where |when |had |has |who |that |the |a |to "
    rf"|we )[\w&-]+ ){{0,3}}?(?:(?:head|director|leader|chair|chief|manager|cabinet member) (?:of"
    rf"|for) [\w&-]+(?: and [\w&-]+)?|(?:{ENGLISH})\b(?! (?:of|in) ))",
    re.IGNORECASE,
)
WELSH = (
    r"(?:p|b|ph|m)?h?ennaeth|(?:g|ch|ngh|c)?yfarwydd(?:wr|wraig)|r?h?eol(?:wr|wraig)|swyddog(?:ion)?|(?:p|b"
    r"|ph)rif (?:weithredwr|weithredwraig|gwnstabl|swyddog|nyrs|lyfrgellydd)|(?:p|b|ph)rif(?:athro|athrawes)"
    r"|arweinydd|(?:c|g|ch|ngh)adeirydd|aelod(?: o'r)?(?: cabinet)?"
    r"|(?:c|g|ch|ngh)ynghorydd|(?:c|g|ch)lerc|nyrs|[mf]eddyg|g?weith(?:iwr|wraig|wyr)|ysgrifenn?ydd(?:es)?"
    r"|athro|athrawes|d?dirprwy|(?:c|g|ch|ngh)ydlynydd|ymgynghorydd|[wg]?warden|arolygydd|(?:p|b|ph)eiriannydd"
    r"|(?:c|g|ch)ynllunydd|(?:th|t)erapydd|llyfrgellydd|lyfrgellydd|(?:g)?ofalwr|(?:g)?ofalwraig"
    r"|metron|trysorydd|maer|faer|gyrrwr|yrrwr|cogydd|gogydd|cyfieithydd|gyfieithydd|cyfreithiwr|gyfreithiwr"
    r"|seiciatrydd|seicolegydd|bydwraig|fydwraig|parafeddyg|barafeddyg|uwch-?arolygydd|rheithor|crwner"
    r"|cofrestrydd|gofrestrydd|hyfforddwr|comisiynydd|gomisiynydd|ceidwad|geidwad|tenant|denant|diffoddwr tân"
    r"|penseir|pensaer|bensaer|syrfëwr|cyfrifydd|gyfrifydd"
)
WELSH_BEFORE = lists.bounded(
    r"(?<![\w'-])(?P<role>(?:(?:dirprwy|ddirprwy|cyn|gyn|uwch|is|unig|hunig|prif|brif"
    rf"|phrif) ?-?){{0,2}}(?:{WELSH})(?: [\w'&-]+){{0,5}}?),? (?:(?:yng|yn|ym|o|i|ar|dros|ar gyfer|gyda|gan"
    r"|mewn|ar draws)(?: y| yr)? )?(?:[Cc]yngor |[Gg]yngor |[Ss]ir |y |yr )?$",
    re.IGNORECASE,
)
AGE = lists.bounded(
    r"\b[0-9]{1,3}[- ]years?[- ]olds?\b|\b(?:aged|age|was|turned) [0-9]{1,2}\b(?! (?:of|per|people|days|weeks"
    r"|hours))|\b[0-9]{1,3}(?: mlwydd|-mlwydd)? oed\b|\b[0-9]{1,3} (?:m?b?lwydd|blwydd|flwydd) oed\b"
    r"|\b(?:in (?:her|his|their) (?:(?:early|mid|late)[- ])?(?:twenties|thirties|forties|fifties|sixties"
    r"|seventies|eighties|nineties))\b"
    r"|\byn (?:ei|eu) (?:hugeiniau|ugeiniau|dri ?degau|thri ?degau|bedwardegau|phedwardegau|bumdegau|phumdegau"
    r"|chwedegau|saithdegau|wythdegau|nawdegau)\b",
    re.IGNORECASE,
)
CONDITION = lists.bounded(rf"\b(?:{lists.either('conditions')})\b", re.IGNORECASE)
PERSON = lists.bounded(
    r"\b(?:[0-9]{1,3}[- ]year[- ]old )?(?:woman|man|mother|father|mum|teenager|boy|girl|toddler|baby|pensioner"
    r"|widow|widower|pupil|child|patient|tenant|couple|twins?|tad|dad|mam|mother|merch|ferch|bachgen|fachgen"
    r"|dyn|ddyn|menyw|fenyw|gwraig|wraig|babi|fabi|plentyn|blentyn|disgybl|claf|glaf)\b",
    re.IGNORECASE,
)
UNKNOWN_PLACE = lists.bounded(rf"\b(?:in|at|on|from|near|yn|ym|yng|ar|o) (?P<name>{CAP}(?: {CAP})?)")
NEAR_PLACE = lists.bounded(
    r"\b(?:in|of|from|on|at) (?:our|the|a|this|that) (?:small |only |same |next )?(?:village|hamlet|island"
    r"|valley|estate|street|cul-de-sac|close|ward|school|parish)\b|\b(?:yn|o|ar|mewn) (?:y |yr |ein "
    r"|'r )?(?:pentref|bentref|ynys|cwm|ystad|stad|stryd|ward|ysgol)\b",
    re.IGNORECASE,
)
FEW = (
    r"the only|[\w]+'s only|[\w]+'s one|our only|their only|its only|the sole|our sole|(?:our|the"
    r"|their) one(?: remaining| and only)?|(?:our|the) last (?:remaining)|(?:the|our) (?:first|youngest|oldest"
    r"|longest[- ]serving)(?: ever)? (?:female|woman|black|asian|muslim|sikh|hindu|jewish|gay|deaf|blind"
    r"|disabled|trans|polish|welsh[- ]speaking)"
)
WELSH_FEW = r"(?:yr? |ein |eu |ei |fy |'r |i |gan )?h?unig"
BETWEEN = r"(?:(?!and\b|or\b|to\b|for\b|in\b|of\b|who\b|that\b|thing\b|way\b|un\b|the\b|a\b)[\w'-]+ )"
ONLY = lists.bounded(
    rf"\b(?:{FEW}) {BETWEEN}{{0,3}}?(?:{ENGLISH}|speaker)\b(?:,? (?:that |whom )?we (?:have|had|employ"
    r"|employed)|,? (?:in|on|at|for|within) (?:the |our )?[\w'-]+)?"
    rf"|\b{WELSH_FEW} {BETWEEN}{{0,2}}?(?:{WELSH}|siaradwr)\b(?: (?:[\w'-]+ )?(?:y|yr|yn y|yn yr|sydd gennym"
    rf"|gennym|o fewn|ar y) [\w'-]+|(?: [\w'-]+){{0,3}}? (?:sydd gennym|ei hiaith|ei iaith))?",
    re.IGNORECASE,
)
RELATIVE = (
    r"(?:ex-|step-?)?(?:spouse|fiance|in-laws|godson|goddaughter|twin|daughter-in-law|wife|husband|son"
    r"|daughter|brother|sister|mother|father|partner|cousin|nephew|niece|uncle|aunt|neighbour|girlfriend"
    r"|boyfriend|grandson|granddaughter|stepson|stepdaughter|fiancée?)(?:-in-law)?"
)
FAMILY = lists.bounded(
    rf"\b(?:the |a )?{RELATIVE} (?:of|to) (?:the|our|my|their|a) (?:[\w-]+ ){{0,3}}?(?:{ENGLISH})\b"
    rf"|\b(?:married|engaged|related) to (?:the|our|my|their|a) (?:[\w-]+ ){{0,3}}?(?:{ENGLISH})\b"
    rf"|\b(?:[\w-]+ ){{0,2}}(?:{ENGLISH}) and (?:her|his|their) {RELATIVE}\b|\bwhose {RELATIVE} (?:was|is"
    r"|chaired|chairs|sat|ran|runs) (?:on )?(?:the|our|a) [\w-]+(?: [\w-]+)?"
    rf"|\bbriod â'?r? (?:[\w-]+ )?(?:{WELSH})|\bpriod â'?r? (?:[\w-]+ )?(?:{WELSH})"
    rf"|\b(?:the|our|my|their) (?:[\w-]+ ){{0,2}}?(?:[\w-]+ [0-9]{{1,3}} )?(?:{ENGLISH})'s (?:[a-z]+ )?{RELATIVE}\b"
    r"|\b(?:g?wraig|g?ŵr|mab|fab|merch|ferch|brawd|frawd|chwaer|mam|fam|tad|dad|cefnder|gefnder|cyfnither"
    r"|gyfnither|nai|nith|partner|bartner|cymar|gymar|cymydog|gymydog|ewythr|modryb"
    r"|fodryb)(?:-yng-nghyfraith)?(?: (?:hynaf|ieuengaf|ifanc|iau|hŷn))?(?: (?:y|yr|ein|eu|fy)"
    rf"|'r) (?:[\w-]+ )?(?:{WELSH})\b(?: \w+ [0-9]{{1,3}})?",
    re.IGNORECASE,
)
GROUPS = (
    r"(?:[Cc]ommittee|[Ss]crutiny|[Pp]anel|[Bb]oard|[Ff]orum|[Gg]overnors|[Tt]rustees|[Cc]abinet"
    r"|[Aa]ssociation|[Cc]ouncil|[Aa]udit|[Pp]lanning|[Ll]icensing)"
)
CHAIR = lists.bounded(
    r"\b(?:the |our )?(?:[Dd]eputy |[Aa]cting |[Ff]ormer )?(?:[Vv]ice-?)?(?:[Cc]hair(?:man|woman|person)?"
    r"|[Cc]onvenor|[Cc]onvener|[Pp]resident|[Ss]ecretary) of (?:the "
    rf"|our )?(?:[\w'&-]+ ){{0,5}}?{GROUPS}(?: [Cc]ommittee| [Pp]anel| [Bb]oard)?\b"
    rf"|\b(?:the|our|its) (?:{CAP}(?: and)? ){{0,2}}(?:Planning|Audit|Scrutiny|Licensing|Cabinet|Finance"
    r"|Governors|Trustees|Board|Council|Committee|Education|Housing|Pensions?|Standards|Health|Care|Panel"
    r"|Forum|Schools|Children's|Services|Group|Trust) (?:[Vv]ice-?)?[Cc]hair(?:man|woman|person)?\b"
    r"|\b(?:[Ii]s-?)?(?:[Cc]|[Gg]|[Cc]h|[Nn]gh)adeirydd (?:y |yr |ein )?(?:[Pp]wyllgor|[Ff]forwm|[Bb]wrdd"
    rf"|[Pp]anel|[Cc]yngor|[Gg]rŵp|[Cc]raffu|[Ll]lywodraethwyr)(?: {CAP}){{0,3}}|\b[Ii]s-?(?:g"
    rf"|ch)adeirydd(?: {CAP}){{1,3}}"
    rf"|\b[Ll]?l?ywydd (?:y |yr )?(?:[Pp]wyllgor|[Ff]forwm|[Bb]wrdd|[Pp]anel|[Cc]yngor|[Cc]ymdeithas)(?: {CAP}){{0,3}}"
)
PORTFOLIO = lists.bounded(
    r"\b(?:[Tt]he |[Oo]ur )?(?:[Dd]eputy |[Ff]ormer )?(?:[Cc]abinet (?:member|lead)|[Pp]ortfolio holder"
    r"|[Ll]ead (?:member|councillor)|[Ss]hadow (?:member|spokes\w+)|[Mm]ember champion"
    rf"|[Cc]hampion) for (?:the )?(?:{CAP}|[a-z]+)(?: (?:and |& )?{CAP}){{0,3}}"
    r"|\b(?:[Tt]he |[Oo]ur )?(?:[Dd]eputy )?[Ll]eader of (?:the |our )?(?:[Cc]ouncil|[Oo]pposition"
    rf"|(?:{CAP} )?[Gg]roup)|\b(?:the |our )?(?:[Cc]ouncillor|[Mm]ember|[Pp]erson|man|woman|one|lay member"
    r"|governor) who (?:chairs|chaired|was chairing|is chair of|led"
    rf"|leads) (?:the )?(?:[\w'-]+ ){{0,3}}?(?:{CAP}|[Cc]ommittee|[Pp]anel|[Bb]oard|group|scrutiny|audit"
    r"|planning)"
    rf"|\b(?:{CAP}(?: and)? ){{1,3}}(?:Committee|Panel|Board|Forum|Group)'s (?:new |vice-?|deputy )?(?:chair\w*"
    r"|convener|secretary|clerk)|\b(?:the )?(?:[Vv]ice-?|[Dd]eputy )?[Cc]hair(?:man|woman"
    rf"|person)? of (?:the )?(?:{CAP}(?: and| &)? ?){{1,4}}"
    r"|\b(?:[Cc]hair(?:man|woman|person)?|[Vv]ice-?[Cc]hair|[Cc]onvener|[Cc]lerk) (?:of|to) (?:the "
    r"|our )?(?:governors|trustees|board|council|school governors|parish council|town council"
    r"|community council)"
    r"|\b(?:[Aa]elod|[Dd]eilydd)(?: o'r)? (?:[Cc]abinet|[Pp]ortffolio)(?: (?:dros|ar gyfer"
    rf"|â chyfrifoldeb (?:dros|am)|yr|y|am))? (?:{CAP}|[a-zâêîôû]+)(?: (?:a |ac )?{CAP}){{0,2}}"
    rf"|\b[Aa]rweinydd (?:y |yr )(?:[Cc]yngor|[Ww]rthblaid|[Gg]rŵp(?: {CAP})?)"
    r"|\b(?:sy'n|oedd yn|a fu'n|yn) (?:cadeirio|arwain)(?:'r| y| yr)? (?:[Pp]wyllgor|[Ff]forwm|[Bb]wrdd"
    rf"|[Pp]anel|[Cc]raffu|{CAP})(?: {CAP}){{0,2}}|\b(?:[Ii]s-?)?(?:[Cc]|[Gg]|[Cc]h"
    rf"|[Nn]gh)adeirydd(?:es)? (?:y |yr |ein )?{CAP}(?: {CAP}){{0,2}}"
)
COURT = lists.bounded(
    r"\b(?:[Tt]he )?(?:[Cc]oroner's )?(?:[Ii]nquest|(?:[Ee]mployment |[Ff]irst-tier |[Ll]ands )?[Tt]ribunal"
    r"|(?:[Cc]rown|[Cc]ounty|[Mm]agistrates'?|[Ff]amily|[Hh]igh) [Cc]ourt|[Pp]ublic [Ii]nquiry"
    r"|[Cc]oroner(?:'s [Cc]ourt)?|[Hh]earing)(?: (?:at|in|into the death of|into|for"
    rf"|of))(?: the)? (?P<place>{CAP}(?: {CAP}){{0,2}})"
    rf"|\b(?P<where>{CAP} (?:{CAP} )?)(?:Crown Court|County Court|Magistrates'? Court|Family Court"
    r"|Employment Tribunal|Coroner's Court|Assizes|inquest)\b"
    r"|\b(?:y |yr )?(?:[CcGg]h?west|(?:[Tt]|[Dd]|[Tt]h|[Nn]h)ribiwnlys(?: Cyflogaeth)?|[Ll]lys (?:y Goron"
    r"|Ynadon|Sirol|y Crwner)|[Yy]mchwiliad [Cc]yhoeddus)(?: (?:yn|yng|ym|i farwolaeth|ar farwolaeth|i"
    rf"|ar))? (?P<lle>{CAP}(?: {CAP}){{0,2}})"
)
INSPECTORS = (
    "Ofsted|CQC|HMICFRS|HMIC|HMI|Estyn|CIW|HIW|AGC|AGIC|Audit Wales|Audit Scotland|Archwilio "
    "Cymru|NAO|SYG|the Ombudsman|Ombudsman|Ombwdsmon|Care Inspectorate|Care Quality Commission|Grant "
    "Thornton|ICO|Healthcare Inspectorate Wales|Care Inspectorate Wales|Arolygiaeth Gofal Cymru|Arolygiaeth "
    "Gofal Iechyd Cymru"
)
WHEN = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|Ionawr"
    r"|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr|Fawrth|Fai|Fehefin"
    r"|Orffennaf|Fedi|Dachwedd|Ragfyr|spring|summer|autumn|winter) )?(?:19|20)[0-9]{2}(?:[/-][0-9]{2,4})?"
)
FINDING = (
    r"(?:follow-up|findings|rating|grade|judgements|thematic review|re-inspection|national report"
    r"|public interest report|section 114 notice|inspection(?: report)?|report|review|judgement|judgment"
    r"|letter|rating|monitoring visit|visit)"
)
INSPECTION = lists.bounded(
    rf"\b(?:the |our )?(?:{INSPECTORS})(?:'s)? (?:{WHEN} )?{FINDING}(?: (?:of|in|from|dated) {WHEN})?|\b(?:the "
    rf"|our )?(?:{WHEN} )?(?:{INSPECTORS}) {FINDING}|\b(?:the |our )?{FINDING} (?:by"
    rf"|from) (?:{INSPECTORS}) (?:of|in|from) {WHEN}"
    r"|\b(?:adroddiad|arolygiad|arolwg|llythyr|adolygiad|barn|ymweliad)(?: arolygu)? (?:(?:gan|o|yr"
    rf"|y) )?(?:{INSPECTORS})(?: (?:yn|ym|o|ar gyfer|am|dyddiedig|mis))*? {WHEN}"
)
ATTRIBUTE = lists.bounded(
    r"\b(?:a|an|the|our|one|their) (?:(?:openly|young|older|retired|former|single) )?(?:Muslim|Sikh|Hindu"
    r"|Jewish|Quaker|gay|lesbian|trans(?:gender)?|deaf|blind|disabled|black|Black|Asian|Polish|Roma|Traveller"
    rf"|Syrian|Afghan|Ukrainian|pregnant|non-binary|autistic) (?:[\w-]+ ){{0,2}}?(?:{ENGLISH}|woman|man|mother"
    rf"|father|family|couple|pupil|student)\b(?:,? [\w'-]+){{0,5}}? (?:in|at|from|on|for|of)(?: the)? $"
)
ROLE_WORDS = (
    r"(?:[Hh]ead|[Dd]irector|[Ll]eader|[Cc]hief|[Cc]abinet member|[Mm]anager|[Oo]fficer|[Cc]aretaker"
    r"|[Hh]ead ?teacher|[Ll]ibrarian|[Cc]lerk|[Nn]urse|[Ss]ister|[Pp]lanner|[Ee]ngineer|[Ww]arden"
    r"|[Cc]o-?ordinator|[Ss]ocial worker|[Mm]idwife|[Mm]atron|[Cc]hief executive|[Cc]oroner|[Tt]eacher"
    r"|[Ss]upervisor|[Ss]uperintendent|[Cc]onsultant|[Ss]ecretary|GP|[Ii]nspector|[Ss]ergeant)"
)
IN_UNKNOWN = lists.bounded(
    r"\b(?:(?:the|our|a|an|their|its"
    rf"|my) (?:[\w'-]+ ){{0,3}}?)?{ROLE_WORDS}(?: of (?:[\w-]+ ){{0,3}}?[\w-]+)?? (?:in|at"
    rf"|for) (?P<name>{CAP}(?: {CAP}){{0,2}})"
)
OF_UNKNOWN = lists.bounded(
    rf"\b(?P<name>{CAP}(?: {CAP})?)'s (?:(?!and\b|had\b|was\b)[\w'-]+ ){{0,3}}?{ROLE_WORDS}(?: of [a-z]+)?\b"
)
UNITS = (
    r"(?:payroll|finance|reception|housing|planning|procurement|legal|accounts|communications|HR|IT|personnel"
    r"|stores|catering|facilities|security|social care|highways|parks|benefits|revenues"
    r"|(?:[\w-]+ ){0,2}(?:desk|team|office|ward|department|depot|shop|unit|floor|room|line|counter|yard"
    r"|kitchen|stores|section|library|school|switchboard|night shift|day shift))"
)
AFTER_NAME = lists.bounded(
    rf"^(?:,? (?:from|in|on|at) (?:the |our )?{UNITS}\b|,? from (?:the )?[a-z]{{4,}}\b|,? (?:who|that) (?:runs"
    r"|ran|does|did|works|worked|drives|drove|cleans|cleaned|keeps|kept|manages|managed) (?:in |on "
    rf"|at )?(?:the |our )?[a-z]+(?: [a-z]+)?\b|,? the (?:[a-z]+ )?(?:{ENGLISH})\b|, the [a-z]+ [a-z]+(?=,)"
    r"|,? (?:sy'n|oedd yn|a oedd yn) (?:gweithio|rhedeg|gyrru|glanhau|cadw|rheoli|gofalu)(?:'r| y| yr| yn y"
    rf"| am y)? [a-zâêîôûŵŷ]+|,? yr? (?:{WELSH})\b|,? (?:o'r|o|yn y|yn yr|ar y|ar yr|o) (?:adran|tîm|ddesg"
    r"|dderbynfa|swyddfa|siop|ward|depo|gegin|switsfwrdd|shifft|gyflogres|cyflogau|stordy"
    r"|llyfrgell)(?: (?:gyflogau|flaen|gyllid|cyllid|TG|AD|[a-zŵŷâêîôû]+))?"
    rf"|, (?:our|the|my|their) (?:[\w'-]+ ){{0,3}}?(?:{ENGLISH})\b)"
)
BEFORE_NAME = lists.bounded(
    rf"(?<![\w'-])(?:our|my|their|her|his|the|ein|fy|eu|ei|y|yr) (?:[\w'-]+ ){{0,2}}?(?:{ENGLISH}"
    rf"|{WELSH})(?: [a-zŵŷâêîôû]+)?,? $",
    re.IGNORECASE,
)
WIDEST = 120
"""Characters that a combination may take: facts far from each other are not read as one."""
SENTENCE = lists.bounded(r"(?:[^.!?\n]|[.!?](?=\S)){1,600}")


def spans(reading: Reading, places: Iterable[Span]) -> Iterator[Span]:
    """Roles beside one of `places` (places, bodies and sites found before), and rare combinations."""
    known = sorted(places, key=lambda span: span.start)
    for place in known:
        yield from _role(reading, place)
    yield from _combinations(reading, known)
    for match in ONLY.finditer(reading.text):
        yield _to_place(match, known)
    for pattern, kind in (
        (FAMILY, Kind.RARE),
        (CHAIR, Kind.ROLE),
        (PORTFOLIO, Kind.ROLE),
        (INSPECTION, Kind.RARE),
        (COURT, Kind.RARE),
    ):
        for match in pattern.finditer(reading.text):
            where = next((name for name in (match.groupdict().values()) if name), "")
            if not where or not common(where.split()[0]):
                yield Span(match.start(), match.end(), kind)
    for pattern in (IN_UNKNOWN, OF_UNKNOWN):
        for match in pattern.finditer(reading.text):
            if not common(match["name"].split()[0]):
                yield Span(match.start(), match.end(), Kind.ROLE)


def _role(reading: Reading, place: Span) -> Iterator[Span]:
    before = reading.before(place.start)
    start = place.start - len(before)
    for pattern, kind in ((ATTRIBUTE, Kind.RARE), (BEFORE_PLACE, Kind.ROLE), (WELSH_BEFORE, Kind.ROLE)):
        if match := pattern.search(before):
            yield Span(start + match.start(), place.end, kind)
            return
    if match := AFTER_PLACE.match(reading.after(place.end)):
        yield Span(place.start, place.end + match.end(), Kind.ROLE)


def _to_place(match: re.Match[str], known: list[Span]) -> Span:
    """The combination with the place that it ends at, if there is one."""
    end = next((place.end for place in known if 0 <= place.start - match.end() <= 6), match.end())
    return Span(match.start(), end, Kind.RARE)


def _combinations(reading: Reading, known: list[Span]) -> Iterator[Span]:
    """Age, diagnosis and place in one sentence."""
    at = 0
    for sentence in SENTENCE.finditer(reading.text):
        start, end = sentence.span()
        while at < len(known) and known[at].start < start:
            at += 1
        condition = CONDITION.search(reading.text, start, end)
        who = condition and (AGE.search(reading.text, start, end) or PERSON.search(reading.text, start, end))
        if not condition or not who:
            continue
        where = _where(reading, condition.end(), end, known[at : at + 8])
        if where and where[1] - min(who.start(), condition.start()) <= WIDEST:
            parts = [who.span(), condition.span(), where]
            yield Span(min(part[0] for part in parts), max(part[1] for part in parts), Kind.RARE)


def _where(reading: Reading, start: int, end: int, known: list[Span]) -> tuple[int, int] | None:
    """The first place between two points: one that is known, or looks like one, or "our village"."""
    within = next((span for span in known if start <= span.start and span.end <= end), None)
    if within:
        return within.start, within.end
    unknown = UNKNOWN_PLACE.search(reading.text, start, end)
    if unknown and not common(unknown["name"].split()[0]):
        return unknown.span()
    near = NEAR_PLACE.search(reading.text, start, end)
    return near.span() if near else None


def widened(reading: Reading, span: Span) -> Span:
    """A name with what goes with it: "our caretaker, Ron", "Becky on the front desk"."""
    if span.kind is not Kind.NAME:
        return span
    before, after = BEFORE_NAME.search(reading.before(span.start, 60)), AFTER_NAME.match(reading.after(span.end, 60))
    start = span.start - (len(before[0]) if before else 0)
    return Span(start, span.end + (after.end() if after else 0), Kind.NAME)
