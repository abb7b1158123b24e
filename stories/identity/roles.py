"""Roles with a place ("head of housing in Ceredigion"), and combinations of facts that few people share."""

import re
from collections.abc import Iterable, Iterator

from . import lists
from .kinds import Kind, Span
from .reading import Reading

ENGLISH = (
    r"head ?teacher|headmaster|headmistress|chief executive|chief constable|chief officer|chief fire officer|chief nurse|chief whip|chief|head|director|leader|manager|officer|nurse|sister|matron|consultant|social worker|caseworker|worker|planner|engineer|surveyor|architect|clerk"
    r"|caretaker|warden|inspector|co-?ordinator|lead|secretary|chair(?:man|woman|person)?|councillor|mayor|cabinet member|portfolio holder|member|treasurer|accountant|auditor|lawyer|solicitor|monitoring officer|teacher|principal|dean|lecturer"
    r"|doctor|GP|surgeon|psychiatrist|psychologist|therapist|midwife|paramedic|pharmacist|dentist|health visitor|vet|librarian|archivist|curator|ranger|superintendent|commander|sergeant|constable|detective|coroner|registrar|magistrate|judge"
    r"|adviser|advisor|analyst|developer|designer|researcher|translator|interpreter|supervisor|foreman|driver|cook|cleaner|porter|carer|foster carer|apprentice|trainee|chaplain|vicar|lifeguard|conservator|ecologist|chief of staff|commissioner|governor|receptionist|technician|buyer|firefighter|whistleblower|resident|tenant|partner|whistle-blower"
)
ENGLISH_ROLE = re.compile(
    rf"(?<![\w'-])(?:(?:(?:deputy|assistant|acting|interim|former|associate|executive|senior|principal|new|then|strategic|corporate|group|lead|only) ){{0,2}}|(?:[\w'-]+ ){{0,3}}?)(?:{ENGLISH})s?(?:,? (?:of|for) (?:[\w'&-]+,? ){{0,5}}?[\w'&-]+)??",
    re.IGNORECASE,
)
JOINED = r"(?:,? (?:in|at|for|of|from|with|within|across|covering|to|responsible for|based in|based at)(?: the)? |,? )"
BEFORE_PLACE = re.compile(
    rf"(?<![\w'-])(?P<role>(?:(?:deputy|assistant|acting|interim|former|associate|executive|senior|principal|strategic|corporate|group|lead|only|sole|first) ){{0,3}}(?:[a-z'&-]+ ){{0,2}}?(?:{ENGLISH})s?"
    rf"(?:,? (?:of|for) (?:[\w'&-]+,? ){{0,5}}?[\w'&-]+)??){JOINED}$",
    re.IGNORECASE,
)
AFTER_PLACE = re.compile(rf"^(?:'s?)? (?:(?!and |or |in |at |was |is |where |when |had |has |who |that |the |a |to |we )[\w&-]+ ){{0,3}}?(?:(?:head|director|leader|chair|chief|manager|cabinet member) (?:of|for) [\w&-]+(?: and [\w&-]+)?|(?:{ENGLISH})\b(?! (?:of|in) ))", re.IGNORECASE)
WELSH = (
    r"(?:p|b|ph|m)?h?ennaeth|(?:g|ch|ngh|c)?yfarwydd(?:wr|wraig)|r?h?eol(?:wr|wraig)|swyddog(?:ion)?|(?:p|b|ph)rif (?:weithredwr|weithredwraig|gwnstabl|swyddog|nyrs|lyfrgellydd)|(?:p|b|ph)rif(?:athro|athrawes)|arweinydd|(?:c|g|ch|ngh)adeirydd|aelod(?: o'r)?(?: cabinet)?"
    r"|(?:c|g|ch|ngh)ynghorydd|(?:c|g|ch)lerc|nyrs|[mf]eddyg|g?weith(?:iwr|wraig|wyr)|ysgrifenn?ydd(?:es)?|athro|athrawes|d?dirprwy|(?:c|g|ch|ngh)ydlynydd|ymgynghorydd|[wg]?warden|arolygydd|(?:p|b|ph)eiriannydd|(?:c|g|ch)ynllunydd|(?:th|t)erapydd|llyfrgellydd|lyfrgellydd|(?:g)?ofalwr|(?:g)?ofalwraig"
    r"|metron|trysorydd|maer|faer|gyrrwr|yrrwr|cogydd|gogydd|cyfieithydd|gyfieithydd|cyfreithiwr|gyfreithiwr|seiciatrydd|seicolegydd|bydwraig|fydwraig|parafeddyg|barafeddyg|uwch-?arolygydd|rheithor|crwner|cofrestrydd|gofrestrydd|hyfforddwr|comisiynydd|gomisiynydd|ceidwad|geidwad|tenant|denant|diffoddwr tân|penseir|pensaer|bensaer|syrfëwr|cyfrifydd|gyfrifydd"
)
WELSH_BEFORE = re.compile(
    rf"(?<![\w'-])(?P<role>(?:(?:dirprwy|ddirprwy|cyn|gyn|uwch|is|unig|hunig|prif|brif|phrif) ?-?){{0,2}}(?:{WELSH})(?: [\w'&-]+){{0,5}}?),? (?:(?:yng|yn|ym|o|i|ar|dros|ar gyfer|gyda|gan|mewn|ar draws)(?: y| yr)? )?(?:[Cc]yngor |[Gg]yngor |[Ss]ir |y |yr )?$",
    re.IGNORECASE,
)
AGE = re.compile(
    r"\b[0-9]{1,3}[- ]years?[- ]olds?\b|\b(?:aged|age|was|turned) [0-9]{1,2}\b(?! (?:of|per|people|days|weeks|hours))|\b[0-9]{1,3}(?: mlwydd|-mlwydd)? oed\b|\b[0-9]{1,3} (?:m?b?lwydd|blwydd|flwydd) oed\b|\b(?:in (?:her|his|their) (?:(?:early|mid|late)[- ])?(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b"
    r"|\byn (?:ei|eu) (?:hugeiniau|ugeiniau|dri ?degau|thri ?degau|bedwardegau|phedwardegau|bumdegau|phumdegau|chwedegau|saithdegau|wythdegau|nawdegau)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(rf"\b(?:{lists.either('conditions')})\b", re.IGNORECASE)
NEAR_PLACE = re.compile(r"\b(?:in|of|from|on|at) (?:our|the|a|this|that) (?:small |only |same |next )?(?:village|hamlet|island|valley|estate|street|cul-de-sac|close|ward|school|parish)\b|\b(?:yn|o|ar|mewn) (?:y |yr |ein |'r )?(?:pentref|bentref|ynys|cwm|ystad|stad|stryd|ward|ysgol)\b", re.IGNORECASE)
FEW = (
    r"the only|our only|their only|its only|the sole|our sole|(?:the|our) (?:first|last|youngest|oldest|longest[- ]serving)(?: ever)?(?: (?:female|woman|black|asian|muslim|sikh|hindu|jewish|gay|deaf|blind|disabled|trans|openly gay|polish|welsh[- ]speaking))?|yr unig|ein hunig|eu hunig|yr? (?:ieuengaf|hynaf)"
)
ONLY = re.compile(
    rf"\b(?:{FEW}) (?:[\w'-]+ ){{0,5}}?(?:{ENGLISH}|{WELSH}|man|woman|person|male|female|speaker|family|merch|dyn|ddynes|fenyw|menyw|ferch|berson|teulu|siaradwr)s?\b(?P<rest>(?: [\w'-]+){{0,6}}? (?:in|on|at|for|within|of|with|yn|yng|ym|ar|o|i|gyda|sydd)\b)",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(
    rf"\b(?:a|an|the|our|one|their) (?:(?:openly|young|older|retired|former|single) )?(?:Muslim|Sikh|Hindu|Jewish|Quaker|gay|lesbian|trans(?:gender)?|deaf|blind|disabled|black|Black|Asian|Polish|Roma|Traveller|Syrian|Afghan|Ukrainian|pregnant|non-binary|autistic) (?:[\w-]+ ){{0,2}}?(?:{ENGLISH}|woman|man|mother|father|family|couple|pupil|student)\b(?:,? [\w'-]+){{0,5}}? (?:in|at|from|on|for|of)(?: the)? $"
)
SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?=\S)){1,600}")


def spans(reading: Reading, places: Iterable[Span]) -> Iterator[Span]:
    """Roles beside one of `places` (places, bodies and sites found before), and rare combinations."""
    known = sorted(places, key=lambda span: span.start)
    for place in known:
        yield from _role(reading, place)
    yield from _combinations(reading, known)
    for match in ONLY.finditer(reading.text):
        yield _to_place(match, known)


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
        age = AGE.search(reading.text, start, end)
        condition = age and CONDITION.search(reading.text, start, end)
        if not age or not condition:
            continue
        within = known[at] if at < len(known) and known[at].end <= end else None
        where = (within.start, within.end) if within else None
        if near := None if where else NEAR_PLACE.search(reading.text, start, end):
            where = near.span()
        if where:
            parts = [age.span(), condition.span(), where]
            yield Span(min(part[0] for part in parts), max(part[1] for part in parts), Kind.RARE)
