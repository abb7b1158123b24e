"""Combinations of facts that few people share, and events that all the papers had: inquests, inspections."""

import re
from collections.abc import Iterable, Iterator

from . import lists, mutations
from .bodies import common
from .kinds import Kind, Span
from .language import in_language
from .reading import Reading
from .role_words import AGENT, ENGLISH, LISTED, PERSONS, WELSH
from .shapes import CAP

AGE = lists.bounded(
    r"\b[0-9]{1,3}[- ]years?[- ]olds?\b|\b(?:aged|age|was|turned) [0-9]{1,2}\b(?! (?:of|per|people|days|weeks"
    r"|hours))|\b[0-9]{1,3}(?: mlwydd|-mlwydd)? oed\b|\b[0-9]{1,3} (?:m?b?lwydd|blwydd|flwydd) oed\b"
    r"|\b(?:in (?:her|his|their) (?:(?:early|mid|late)[- ])?(?:twenties|thirties|forties|fifties|sixties"
    r"|seventies|eighties|nineties))\b"
    r"|\b(?:over|dros|aged over|in (?:her|his|their)) [1-9]0s?\b(?! ?(?:%|per|people|cent|o |million|days|weeks"
    r"|hours|miles|minutes))"
    r"|\byn (?:ei|eu) (?:hugeiniau|ugeiniau|dri ?degau|thri ?degau|bedwardegau|phedwardegau|bumdegau|phumdegau"
    r"|chwedegau|saithdegau|wythdegau|nawdegau)\b",
    re.IGNORECASE,
)
CONDITION = lists.bounded(
    rf"\b(?:{lists.either('conditions')}|{mutations.either(lists.lines('conditions_cy'))})\b", re.IGNORECASE
)
PERSON = lists.bounded(
    rf"\b(?:[0-9]{{1,3}}[- ]year[- ]old )?(?:woman|man|mother|father|mum|teenager|boy|girl|toddler|baby|pensioner"
    rf"|widow|widower|pupil|child|patient|tenant|couple|twins?|brothers|sisters|user|{PERSONS}|{WELSH})\b",
    re.IGNORECASE,
)
UNKNOWN_PLACE = lists.bounded(rf"\b(?:in|at|on|from|near|yn|ym|yng|ar|o) (?:yr? )?(?P<name>{CAP}(?: {CAP})?)")
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
ROLES = mutations.either(lists.named("role_words.welsh"))
WELSH_FEW = r"(?:yr? |ein |eu |ei |fy |'r |i |gan )?h?unig"
BETWEEN = r"(?:(?!and\b|or\b|to\b|for\b|in\b|of\b|who\b|that\b|thing\b|way\b|un\b|the\b|a\b)[\w'-]+ )"
WELSH_BETWEEN = r"(?:(?!(?:i|o|at|ar|am|yn|y|yr|un|a|ac|wrth|gan|sy'n|sydd|oedd|sef)\b)[\w'-]+ )"
ONLY = lists.bounded(
    rf"\b(?:the|our|its|their|[\w]+'s) (?:last|single|one|sole|lone) {BETWEEN}{{0,3}}?(?:{ENGLISH})\b(?:,? (?:in|on"
    rf"|at|for|within) (?:the |our )?[\w'-]+)?"
    rf"|\b(?:the|our) only (?:[\w-]+ ){{1,3}}?(?:user|speaker|man|woman|family|pupil|applicant)(?:,? (?:in|on|at"
    rf"|for|within) (?:the |our )?[\w'-]+)?"
    rf"|\b(?:yr?|ein|eu) (?:un (?:{WELSH})|(?:{WELSH}) olaf)(?: \w+)? (?:yn yr|yn y|ar yr|ar y|sydd|oedd) \w+|"
    rf"\bdim ond un (?:{WELSH}|{PERSONS})\b(?: \w+)? (?:sydd|sy|oedd|yn|ar)(?: \w+){{1,3}}|"
    rf"\b(?:{FEW}) {BETWEEN}{{0,3}}?(?:{ENGLISH}|speaker)\b(?:,? (?:that |whom )?we (?:have|had|employ"
    r"|employed)|,? (?:in|on|at|for|within) (?:the |our )?[\w'-]+)?"
    rf"|\b{WELSH_FEW} (?:{WELSH_BETWEEN}{{0,2}}?(?:{LISTED}|siaradwr)|(?:(?:gyn|brif|uwch|is|ddirprwy)[ -]?)?(?:{AGENT}"
    rf"|{PERSONS}|{ROLES}))\b(?:'r [\w'-]+| (?:[\w'-]+ )?(?:y|yr|yn y|yn yr|sydd gennym"
    rf"|gennym|o fewn|ar y) [\w'-]+|(?: [\w'-]+){{0,3}}? (?:sydd gennym|ei hiaith|ei iaith))?",
    re.IGNORECASE,
)
RELATIVE = (
    r"(?:ex-|step-?)?(?:spouse|fiance|in-laws|godson|goddaughter|twin|daughter-in-law|wife|husband|son"
    r"|daughter|brother|sister|mother|father|partner|cousin|nephew|niece|uncle|aunt|neighbour|girlfriend"
    r"|boyfriend|grandson|granddaughter|stepson|stepdaughter|fiancée?)(?:-in-law)?"
)
FAMILY = lists.bounded(
    rf"\b(?:someone |somebody |a \w+ |who (?:was|is) )?(?:married|engaged|related) to (?:the|our|my|their"
    rf"|a) (?:[\w-]+ ){{0,3}}?(?:{ENGLISH})(?: of [\w-]+(?: and [\w-]+)?)?\b"
    rf"|\b(?:rhywun |rywun )?(?:sy'n |oedd yn |a oedd yn )?(?:b|p|m)riod (?:â'r|â|gyda"
    rf"|i'r) (?:[\w-]+ )?(?:{WELSH})(?: {CAP})?"
    rf"|\b(?:g?wraig|g?ŵr|mab|fab|merch|ferch|brawd|frawd|chwaer|mam|fam|tad|dad|cefnder|gefnder|(?:c|g|ch)yfnither"
    rf"|nai|nith|partner|bartner|cymar|ewythr|modryb|fodryb|ffrind) (?:i'r|i) (?:[\w-]+ )?(?:{WELSH})(?: {CAP})?\b|"
    rf"\b(?:the |a )?{RELATIVE} (?:of|to) (?:the|our|my|their|a) (?:[\w-]+ ){{0,3}}?(?:{ENGLISH})\b"
    rf"|\b(?:married|engaged|related) to (?:the|our|my|their|a) (?:[\w-]+ ){{0,3}}?(?:{ENGLISH})\b"
    rf"|\b(?:[\w-]+ ){{0,2}}(?:{ENGLISH}) and (?:her|his|their) {RELATIVE}\b|\bwhose {RELATIVE} (?:was|is"
    r"|chaired|chairs|sat|ran|runs) (?:on )?(?:the|our|a) [\w-]+(?: [\w-]+)?"
    rf"|\bbriod â'?r? (?:[\w-]+ )?(?:{WELSH})|\bpriod â'?r? (?:[\w-]+ )?(?:{WELSH})"
    rf"|\b(?:the|our|my|their) (?:[\w-]+ ){{0,2}}?(?:[\w-]+ [0-9]{{1,3}} )?(?:{ENGLISH})'s (?:[a-z]+ )?{RELATIVE}\b"
    r"|\b(?:g?wraig|g?ŵr|mab|fab|merch|ferch|brawd|frawd|chwaer|mam|fam|tad|dad|cefnder|gefnder|cyfnither"
    r"|gyfnither|nai|nith|partner|bartner|cymar|gymar|cymydog|gymydog|ewythr|modryb"
    r"|fodryb)(?:-yng-nghyfraith)?(?: (?:hynaf|ieuengaf|ifanc|iau|hŷn|fach|fawr|bach|mawr))?"
    rf"(?:(?: (?:yr?|ein|eu|fy)|'r) (?:[\w-]+ )?(?:{WELSH})\b(?: \w+ [0-9]{{1,3}})?| (?:{WELSH})(?: yr?|'r) [\w'-]+)",
    re.IGNORECASE,
)
COURT = lists.bounded(
    r"\b(?:[Tt]he )?(?:[Cc]oroner's )?(?:[Ii]nquest|(?:[Ee]mployment |[Ff]irst-tier |[Ll]ands )?[Tt]ribunal"
    r"|(?:[Cc]rown|[Cc]ounty|[Mm]agistrates'?|[Ff]amily|[Hh]igh) [Cc]ourt|[Pp]ublic [Ii]nquiry"
    r"|[Cc]oroner(?:'s [Cc]ourt)?|[Hh]earing)(?: (?:at|in|into the death of|into|for"
    rf"|of))(?: the)? (?P<place>{CAP}(?: {CAP}){{0,2}})"
    rf"|\b(?P<where>{CAP} (?:{CAP} )?)(?:[Cc]rown [Cc]ourt|[Cc]ounty [Cc]ourt|[Mm]agistrates'? [Cc]ourt"
    rf"|[Ff]amily [Cc]ourt"
    r"|Employment Tribunal|Coroner's Court|Assizes|inquest)\b"
)
COURTS = mutations.either(("tribiwnlys", "cwest", "crwner", "llys", "gwrandawiad"))
WELSH_COURT = lists.bounded(
    rf"\b(?:yr? )?(?P<what>(?:{COURTS})(?: [Cc]yflogaeth|(?: y)? [Gg]oron| [Yy]nadon| [Ss]irol| [Tt]eulu| [Tt]ir"
    r"| [Aa]ddysg| [Ii]echyd [Mm]eddwl|(?: [Hh]aen)? [Gg]yntaf|(?: y|'r) [Cc]rwner)?|[Ee]rlyniad|[Aa]chos(?: [Ll]lys)?"
    r"|[Yy]mchwiliad(?: [Cc]yhoeddus)?)(?P<on>(?: (?:gan|gerbron|o flaen|yn erbyn|yng?|ym|i farwolaeth|ar farwolaeth"
    rf"|marwolaeth|ger|i|ar))?(?: yr?)?) (?P<lle>(?!Ll?ys\b){CAP}(?: {CAP}){{0,2}})"
)
"""A court, a hearing or an inquest with its place or its parties: "i dribiwnlys cyflogaeth yng Nghaerdydd"."""
GENERAL = re.compile(r"[Ee]rlyniad|[Aa]chos|[Yy]mchwiliad|[Gg]?[Ww]randawiad")
CALLED_AFTER = lists.bounded(
    rf"\b(?:[Tt]he )?(?P<whose>{CAP})(?:'s)? (?:inquiry|hearing|trial|tribunal|prosecution|judgment|inquest"
    rf"|coroner)\b|\b(?P<bench>{CAP}) Magistrates\b"
)
INQUEST = lists.bounded(
    rf"\b(?:[Tt]he )?(?:inquest|inquiry|hearing) (?:into|of|on) {CAP}(?: {CAP})?(?:'s)? death\b"
    rf"|\b[Cc]?[Cc]?h?[CcGg]west (?:i|ar) farwolaeth {CAP}(?: {CAP})?"
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
    r"|Orffennaf|Fedi|Dachwedd|Ragfyr|spring|summer|autumn|winter|g?wanwyn|haf|hydref|g?aeaf) )?(?:19"
    r"|20)[0-9]{2}(?:[/-][0-9]{2,4})?"
)
FINDING = (
    r"(?:follow-up|findings|rating|grade|judgements|thematic review|re-inspection|national report"
    r"|public interest report|section 114 notice|inspection(?: report)?|report|review|judgement|judgment"
    r"|letter|rating|monitoring visit|visit)"
)
INSPECTION = lists.bounded(
    rf"\b(?:the |our |an? )?(?:{INSPECTORS}|HMIP|HMI Prisons|HMI Probation)(?:'s)? (?:[a-z-]+ ){{0,2}}(?:thematic"
    rf"|{FINDING})(?:,? (?:of|in|from|for|dated|on|last|this)| \()*(?: (?:last )?(?:\w+ )?{WHEN}\)?"
    rf"|,? [0-9]{{1,2}}[./][0-9]{{1,2}}[./][0-9]{{2,4}}| Sept? '[0-9]{{2}}| \w{{3,9}} '[0-9]{{2}})?"
    rf"|\b(?:the |our )?(?:{INSPECTORS})(?:'s)? (?:{WHEN} )?{FINDING}(?: (?:of|in|from|dated) {WHEN})?|\b(?:the "
    rf"|our )?(?:{WHEN} )?(?:{INSPECTORS}) {FINDING}|\b(?:the |our )?{FINDING} (?:by"
    rf"|from) (?:{INSPECTORS}) (?:of|in|from) {WHEN}"
)
WELSH_INSPECTION = lists.bounded(
    rf"\b(?:{mutations.either(lists.named('rare.inspections'))})(?:(?: [a-zâêîôûŵŷ]+){{0,2}}? (?:gan |o |yr? )?|'r )"
    rf"(?:{INSPECTORS}|HMIP)(?:,?(?: [a-zâêîôûŵŷ]+){{0,4}}? (?:{WHEN}|'[0-9]{{2}})(?!\w))?"
)
WIDEST = 120
"""Characters that a combination may take: facts far from each other are not read as one."""
SENTENCE = lists.bounded(r"(?:[^.!?\n]|[.!?](?=\S)){1,600}")


def spans(reading: Reading, places: Iterable[Span]) -> Iterator[Span]:
    """`places` are the places, bodies and sites found before, in their order."""
    known = list(places)
    yield from _combinations(reading, known)
    for match in ONLY.finditer(reading.text):
        yield _to_place(match, known)
    for match in CALLED_AFTER.finditer(reading.text):
        if not in_language((match["whose"] or match["bench"]).lower().removesuffix("'s")):
            yield Span(match.start(), match.end(), Kind.RARE)
    for match in WELSH_COURT.finditer(reading.text):
        bare = match["what"].lower() in ("achos", "erlyniad") or (GENERAL.match(match["what"]) and not match["on"])
        name = match["lle"].split()[0]
        if not common(name) and not (bare and in_language(name.lower())):
            yield Span(match.start(), match.end(), Kind.RARE)
    for pattern in (FAMILY, INSPECTION, WELSH_INSPECTION, COURT, INQUEST):
        for match in pattern.finditer(reading.text):
            where = next((name for name in (match.groupdict().values()) if name), "")
            if not where or not common(where.split()[0]):
                yield Span(match.start(), match.end(), Kind.RARE)


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
            persons = [match.start() for match in PERSON.finditer(reading.text, start, condition.start())]
            early = [place for place in persons if where[1] - place <= WIDEST]
            parts = [who.span(), condition.span(), where, *((place, place) for place in early[-2:])]
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
