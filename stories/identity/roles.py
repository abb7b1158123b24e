"""Roles with a place ("head of housing in Ceredigion"), and those of which a body has one: chairs and portfolios."""

import re
from collections.abc import Iterable, Iterator

from . import lists, mutations
from .bodies import common
from .kinds import Kind, Span
from .reading import Reading
from .role_words import ENGLISH, WELSH
from .shapes import CAP

JOINED = (
    r"(?:,? (?:in|at|for|of|from|with|within|across|covering|over at|over in|down at|up at|working for|employed by"
    r"|with responsibility for|to|responsible for|based in|based at)(?: the| our| their)? |,? )"
)
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
WELSH_BEFORE = lists.bounded(
    r"(?<![\w'-])(?P<role>(?:(?:dirprwy|ddirprwy|cyn|gyn|uwch|is|unig|hunig|prif|brif"
    rf"|phrif) ?-?){{0,2}}(?:{WELSH})(?: [\w'&-]+){{0,6}}?),? (?:(?:yng|yn|ym|o|i|ar|dros|ar gyfer|gyda|gan|ger"
    r"|mewn|ar draws)(?: y| yr)? )?(?:[Cc]yngor |[Gg]yngor |[Ss]ir |y |yr )?$",
    re.IGNORECASE,
)
GROUPS = (
    r"(?:[Cc]ommittee|[Ss]crutiny|[Pp]anel|[Bb]oard|[Ff]orum|[Gg]overnors|[Tt]rustees|[Cc]abinet"
    r"|[Aa]ssociation|[Cc]ouncil|[Aa]udit|[Pp]lanning|[Ll]icensing)"
)
CHAIR = lists.bounded(
    rf"\b(?:the |our |whoever |who |a )?(?:[\w-]+ )?(?:chairing|chaired|chairs|convening|convened|led|leads|leading"
    rf"|heading) (?:up )?(?:the )?(?:{CAP} )"
    rf"{{0,3}}(?:{GROUPS}|Sub-?[Cc]ommittee|Pensions?|Licensing|Planning|Education|Housing|Finance"
    rf"|Standards)(?: [Cc]ommittee| Sub-?[Cc]ommittee| [Pp]anel| [A-Z0-9])?\b"
    rf"|\b(?:the |our )?(?:[Cc]onven[oe]r|[Cc]hair(?:man|woman|person)?|[Ss]pokes(?:man|woman|person)) (?:of|for"
    rf"|on) {CAP}(?: (?:and|&) {CAP}| {CAP})?"
    rf"|\b(?:[Cc]|[Gg])ynullydd {CAP}(?: ac? {CAP})?|"
    r"\b(?:the |our )?(?:[Dd]eputy |[Aa]cting |[Ff]ormer )?(?:[Vv]ice-?)?(?:[Cc]hair(?:man|woman|person)?"
    r"|[Cc]onvenor|[Cc]onvener|[Pp]resident|[Ss]ecretary) of (?:the "
    rf"|our )?(?:[\w'&-]+ ){{0,5}}?{GROUPS}(?: [Cc]ommittee| [Pp]anel| [Bb]oard)?\b"
    rf"|\b(?:the|our|its) (?:{CAP}(?: and)? ){{0,2}}(?:Planning|Audit|Scrutiny|Licensing|Cabinet|Finance"
    r"|Governors|Trustees|Board|Council|Committee|Education|Housing|Pensions?|Standards|Health|Care|Panel"
    r"|Forum|Schools|Children's|Services|Group|Trust) (?:[Vv]ice-?)?[Cc]hair(?:man|woman|person)?\b"
    rf"|\b(?:[Ii]s-?)?(?:{mutations.either(lists.named('roles.chairs'))}) (?:y |yr |ein )?(?:[Ii]s-?)?"
    rf"(?:{mutations.either(lists.named('roles.groups'))})(?: {CAP}){{0,3}}|\b[Ii]s-?(?:g"
    rf"|ch)adeirydd(?: {CAP}){{1,3}}"
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
ATTRIBUTE = lists.bounded(
    r"\b(?:a|an|the|our|one|their) (?:(?:openly|young|older|retired|former|single) )?(?:Muslim|Sikh|Hindu"
    r"|Jewish|Quaker|gay|lesbian|trans(?:gender)?|deaf|blind|disabled|black|Black|Asian|Polish|Roma|Traveller"
    rf"|Syrian|Afghan|Ukrainian|pregnant|non-binary|autistic) (?:[\w-]+ ){{0,2}}?(?:{ENGLISH}|woman|man|mother"
    rf"|father|family|couple|pupil|student)\b(?:,? [\w'-]+){{0,5}}? (?:in|at|from|on|for|of)(?: the)? $"
)
SOMEONE = lists.bounded(
    r"(?<![\w'-])(?:someone|somebody|anyone|everyone|a (?:man|woman|friend|contact|colleague|person|chap|lady)"
    r"|the (?:man|woman|person|team|people)|people"
    r"|colleagues|friends|counterparts?|opposite numbers?|staff|[rh]?rhywun|rywun|ffrind|cydweithiwr|gydweithiwr"
    r"|pobl|bobl|cydweithwyr"
    r"|staff|tîm|dîm|un)(?: [\w'&,-]+){0,6}?(?:,? (?:over |down |up |out )?(?:at|in|from|with|for|of|yn|yng|ym|o|i"
    r"|gyda|gan|adran|tîm)(?: the| y| yr)?| adran \w+) $",
    re.IGNORECASE,
)
"""A person or people of a body, without their name."""
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


def spans(reading: Reading, places: Iterable[Span]) -> Iterator[Span]:
    """Roles beside one of `places` (places, bodies and sites found before), or with a group of their own."""
    for place in places:
        yield from _role(reading, place)
    for pattern in (CHAIR, PORTFOLIO):
        for match in pattern.finditer(reading.text):
            yield Span(match.start(), match.end(), Kind.ROLE)
    for pattern in (IN_UNKNOWN, OF_UNKNOWN):
        for match in pattern.finditer(reading.text):
            if not common(match["name"].split()[0]):
                yield Span(match.start(), match.end(), Kind.ROLE)


def _role(reading: Reading, place: Span) -> Iterator[Span]:
    before = reading.before(place.start)
    start = place.start - len(before)
    for pattern, kind in (
        (ATTRIBUTE, Kind.RARE),
        (BEFORE_PLACE, Kind.ROLE),
        (WELSH_BEFORE, Kind.ROLE),
        (SOMEONE, Kind.ROLE),
    ):
        if pattern is SOMEONE and place.kind is Kind.PLACE:
            continue
        if match := pattern.search(before):
            yield Span(start + match.start(), place.end, kind)
            return
    if match := AFTER_PLACE.match(reading.after(place.end)):
        yield Span(place.start, place.end + match.end(), Kind.ROLE)
