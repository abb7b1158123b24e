"""Bodies, buildings and firms by the words around their names; papers, unions and suppliers by lists."""

import re
from collections.abc import Iterator

from . import lists, mutations
from .kinds import Kind, Span
from .language import in_language
from .name_words import known
from .reading import Reading
from .shapes import CAP, CAPITALS

NAMED = rf"(?:{CAP} (?:(?:of(?: the)?|and|y|yr|ar|&|on|upon) )?){{1,4}}"
SITES = (
    r"(?:(?:Community|Church in Wales|CiW|CIW|Catholic|RC|C of E|VA|Welsh|Infants?'?|Junior"
    r"|Bilingual) ){0,2}(?:(?:Primary|Secondary|Comprehensive|High|Grammar|Special"
    r"|Infants?'?|Junior|Nursery|Community) )?(?:School|Academy)|Primary|Comprehensive|Sixth Form"
    r"|(?:(?:General|Community|District|Cottage|University|Memorial|Royal) ){0,2}(?:Hospital|Infirmary)"
    r"|Hospice|Surgery|Medical (?:Centre|Practice)"
    r"|Health Centre|(?:Leisure|Sports|Swimming|Community|Family|Children's|Day|Resource|Civic|Recycling"
    r"|Shopping|Arts|Visitor|Respite|Learning) (?:Centre|Hub|Pool)|Swimming Pool|Library|Museum|(?:Care"
    r"|Nursing|Residential|Children's) Home|House|Court|Lodge"
    r"|Hall|Depot|(?:Fire|Police|Ambulance|Bus|Railway|Transfer|Pumping) Station|Station|(?:Business"
    r"|Industrial|Retail|Country|Caravan|Enterprise|Science) Park|(?:Industrial |Housing |Trading )?Estate"
    r"|Ward|Unit|Clinic|Church|Chapel"
    r"|Park|Bridge|Theatre|Castle|Car Park|Quay|Reservoir|Landfill|Crematorium|Cemetery|Recycling Site|Pier"
    r"|Harbour|Tip|Wing|Farm|Cottage|Close|Allotments|Annexe?|Guildhall|Institute|Pavilion|Mill|Works|Priory"
    r"|Abbey|Arcade|Chambers|Suite|Wharf|Campus|Centre|Island|Valley|Peninsula|Bay|Team|Division|Building"
    r"|Buildings|Tower|Towers|Studios?|Offices|Garage|Yard|Barn|Gallery|Complex|Exchange|Plaza|Terminal|Foundry"
    r"|Maltings|Granary|Barracks|Stadium|Arena|Vicarage|Rectory|Manor|Grange|Tavern|Inn|Arms|Hotel|Cafe|Café"
    r"|Playgroup|Pre-?[Ss]chool|Infants|Juniors|Federation|Day Hospital|Nursery|Kindergarten|Rooms|Lido|Marina"
    r"|Sanatorium|Barrage|Viaduct|Tunnel|Colliery|Quarry|Power Station|Substation|Incinerator|Showground|Racecourse"
    r"|(?:Town|County|City|Village|Memorial|Parish|Church|Shire|Market|Corn|Assembly|Masonic|Miners'?) (?:Hall"
    r"|Exchange|Rooms)"
    r"|(?:Fire|Police|Ambulance) Station \w+"
)
SMALL_SITES = (
    r"division|electoral division|constituency|parish|valley|island|peninsula|hospital|infirmary|hospice"
    r"|surgery|(?:primary|secondary|high|infant|junior|nursery|comprehensive) school|school|academy"
    r"|health centre|medical centre|leisure centre|sports centre|community centre|day centre|care home"
    r"|nursing home"
    r"|library|museum|depot|ward|fire station|police station|industrial estate|estate|recycling centre|tip"
    r"|crematorium|theatre|car park|swimming pool|campus|site|clinic|by-election|reservoir|roundabout|bypass"
    r"|household waste site|infants?|juniors|comp|comprehensive|council|health board|university|college|police"
    r"|town hall|village hall|community hall|hotel|pub|park|lido|marina|office|offices|hub|base|barracks"
)
SITE = re.compile(rf"\b{NAMED}(?:{SITES})\b(?! (?:Council|Rights|Act|Manager|Officer|of State)\b)")
SMALL_SITE = re.compile(rf"\b(?:{CAP} ){{1,3}}(?:{SMALL_SITES})\b")
NUMBER_SITE = re.compile(
    rf"\b(?:[Bb]lock|[Ww]ing|[Tt]ower|[Uu]nit|[Bb]uilding|[Ff]loor|[Rr]oom|[Hh]ut|[Ww]ard|[Pp]hase|[Ll]evel"
    rf"|[Hh]all) (?:[A-Z]|[0-9]{{1,3}}[A-Z]?|[A-Z][0-9]{{1,2}}),? (?:at|of|in) (?:the )?{CAP}(?: {CAP}){{0,2}}"
    rf"|\b(?:[BbFf]loc|[Aa]dain|[Uu]ned|[Ll]lawr|[Yy]stafell|[Tt]ŵr|[Ww]ard) (?:[A-Z]"
    rf"|[0-9]{{1,3}}[A-Z]?),? (?:(?:yn|ym|yng|o) )?(?!Tîm\b|Bwrdd\b){CAP}(?: {CAP}){{0,2}}|"
    r"\b(?:Ward|Bay|Wing|Block|Theatre) (?:[0-9]{1,3}[A-Z]?|[A-Z][0-9]{1,2})\b|\bWard (?!(?:[0-9A-Z] )?(?:and"
    r"|was|is)\b)[A-Z]\b|\bward [0-9]{1,2}[A-Z]?\b(?= (?:at|of|in|yn|yng|ym)\b)"
)
WELSH_SITES = (
    r"[Yy]sgol|[Yy]sbyty|[Ll]lyfrgell|[Ll]yfrgell|(?:[Cc]|[Gg]|[Cc]h|[Nn]gh)anolfan|[MmFf]eddygfa|[Nn]euadd"
    r"|(?:[Pp]|[Bb]|[Pp]h)las|(?:[Cc]|[Gg]|[Cc]h|[Nn]gh)artref|(?:[Pp]|[Bb]|[Pp]h|[Mm]h)arc|[Yy]?[Ss]tad"
    r"|[Ww]ard|[Ll]lys|[Tt]heatr|(?:[Cc]|[Gg]|[Cc]h)apel|[Ee]glwys|[Gg]?[Oo]rsaf|[Dd]epo|[Hh]osbis|[Cc]litig"
    r"|[Cc]linig|[Aa]mgueddfa|[Mm]aes [Pp]arcio|[Pp]wll [Nn]ofio|[Ff]ferm|[Aa]deilad|Tŷ|Dŷ|Thŷ|Nhŷ|[Gg]westy"
    r"|[Cc]ampws|[Gg]ampws|Institiwt|[Uu]ned|[Ss]afle|[BbPp]ont|[YyUu]sgoldy|[Mm]eithrinfa|[Ff]eithrinfa|[Hh]wb"
    r"|[Tt]afarn"
    r"|[Dd]afarn|[Mm]archnad|[Ff]archnad|[Ss]wyddfa(?:'r [Ss]ir)?|[Hh]ostel|[Pp]afiliwn|[Mm]ynwent|[Ff]ynwent"
    r"|[Aa]mlosgfa"
    r"|[Cc]hwarel|[Gg]?[Aa]rgae|[Tt]îm(?: [Aa]dnoddau| [Cc]ymunedol| [Ii]echyd| [Mm]eddwl| [Dd]ydd){1,3}"
)
WELSH_KINDS = (
    r"(?: (?:[Gg]ynradd|[Uu]wchradd|[Gg]ymunedol|[Cc]ymunedol|[Gg]ymraeg|[Cc]yfun|[Gg]yfun|[Ff]eithrin"
    r"|[Ff]abanod|[Ii]au|[Aa]rbennig|[Bb]ro|[Hh]amdden|[Ii]echyd|[Gg]ofal|[Dd]ydd|[Dd]eulu|[Dd]dydd|[Bb]usnes"
    r"|[Dd]iwydiannol|[Hh]enoed|[Pp]reswyl|[Pp]lant|[Dd]ân|[Tt]ân|[Hh]eddlu|[Bb]ws|[Aa]ilgylchu|[Ss]t"
    r"|[Gg]yffredinol|[Cc]offa|[Bb]rifysgol|[Gg]elfyddydau|[Gg]yhoeddus|[Bb]abyddol|yr [Ee]glwys|tai"
    r"|gymdeithasol))*"
)
WELSH_SITE = re.compile(
    rf"\b(?:{WELSH_SITES}){WELSH_KINDS}(?: (?:y|yr|Y|Yr)|'r)?(?P<name>(?:[ -](?:{CAP}|y|yr|ap|a'r"
    rf"|ar))*? {CAP}(?:[ -](?:y |yr )?{CAP}){{0,2}})".replace("*?", "{0,3}?").replace('))*"', '))"')
)
BODIES = (
    r"(?:(?:County|Borough|City|Town|Community|Parish|District|Metropolitan|Unitary) ){0,2}Council"
    r"|(?:Metropolitan )?University|College|(?:(?:University|Teaching) )?Health Board|(?:(?:University"
    r"|Teaching|Hospitals?|Foundation) ){0,3}(?:NHS )?(?:Foundation )?Trust"
    r"|Police|Constabulary|Fire (?:and Rescue|& Rescue)(?: Service)?|Fire Service|Ambulance Service|(?:Housing"
    r"|Tenants'?|Residents'?|Community) Association|Housing (?:Group|Trust)|Homes|Group|Integrated Care Board"
    r"|ICB|National Park(?: Authority)?|Combined Authority"
    r"|Ltd|Limited|plc|PLC|LLP|CIC|Cyf|Cyfyngedig|Foundation|Solicitors|Consulting|Consultants|Consultancy"
    r"|Construction|Contractors|Builders|Systems|Solutions|Software|Technologies|Engineering|Logistics"
    r"|Recruitment|Catering|Scaffolding|Roofing|Partners|Associates"
    r"|Growth Deal|Rotary Club|Rugby Club|Football Club|RFC|FC|AFC|Women's Institute|WI|Credit Union"
    r"|MBC|CBC|UHB|THB|ICB|FRS|NHSFT|Association|Food ?[Bb]ank|Food ?[Pp]antry|Men's Shed|Citizens Advice|Mind"
    r"|Age Concern"
    r"|Shed|Circle|Collective|Society|Guild"
    r"|League|Mission|Pantry|Larder|Rescue|Sanctuary|Volunteers|Befrienders|Choir|Lions|Rotary|Rotarians|Legion"
    r"|Probus|Soroptimists|YFC|Young Farmers|Rovers|Athletic|Scouts|Brownies|Guides|Cadets"
    r"|Fellowship|Youth Club|Boxing Club|Cricket Club|Club|Street Pastors|Playscheme|Helpers|Neighbours|Charity"
    r"|Interiors|Paving|Surfacing|Plumbing|Joinery|Glazing|Flooring|Fencing|Haulage|Coaches|Taxis|Cabs|Motors"
    r"|Tyres|Skips|Alarms|Locksmiths|Lettings|Holdings|Enterprises|Ventures|Industries|Staffing|Resourcing"
    r"|Homecare|Telecoms|Architects|Surveyors|Accountants|Electricals?|Mechanical|Drainage|Groundworks"
    r"|Landscapes|Demolition|Civils|Lifts|Labs|Analytics|Robotics|Digital|Removals|Decorators|Windows|Kitchens"
    r"|Bakery|Foods|Farms|Dairies|Textiles|Printers|Electronics|Instruments|Pharma|Biotech|Bros|Brothers"
)
BODY = re.compile(rf"\b{NAMED}(?:{BODIES})\b(?! (?:Tax|Act|Rights|Chamber)\b)")
BODY_OF = re.compile(
    r"\b(?:University|College|Diocese|Archdiocese|Royal Borough|London Borough|City|Port"
    rf"|Bishop) of (?:the )?(?:{CAP} ){{0,2}}{CAP}|\b(?:NHS|Age Cymru|Age UK|Mind|Menter Iaith|Citizens Advice"
    rf"|Cyngor ar Bopeth|Urdd) (?!{{0}}Wales\b|England\b|Cymru\b|Trust\b|Number\b|App\b|Long\b){CAP}".replace("{0}", "")
)
WELSH_BODIES = (
    r"(?:[Cc]|[Gg]|[Cc]h|[Nn]gh)yngor(?: (?:Sir|Tref|Cymuned|Dinas|Bwrdeistref Sirol|Bwrdeistref|tref|cymuned"
    r"|sir|dinas))*|(?:[Pp]|[Bb]|[Pp]h|[Mm]h)rifysgol(?: Fetropolitan)?|[Hh]eddlu'?r?|(?:[Bb]|[Ff]"
    r"|[Mm])wrdd [Ii]echyd(?: Prifysgol| Addysgu)?"
    r"|(?:[Cc]|[Gg]|[Cc]h)ymdeithas [Tt]ai|[MmFf]enter(?: Iaith)?|(?:[Cc]|[Gg]|[Cc]h)wmni|(?:[Cc]|[Gg]|[Cc]h"
    r"|[Nn]gh)oleg|[Yy]mddiriedolaeth|[Gg]?[Gg]?rŵp|(?:[Cc]|[Gg])artrefi|(?:[Pp]|[Bb])artneriaeth|[Cc]lwb"
    r"|[Gg]wasanaeth [Tt]ân(?: ac [Aa]chub)?|Cylch(?: Merched| Meithrin| Chwarae"
    r"| Ti a Fi)?|[CcGg]ôr|Elusen|Apêl|Pantri|Cegin"
    r"|Toeon|Adeiladwyr|Meddalwedd|Systemau|Tacsis|Bysiau|Modurdy|Cwmni \w+|Plymwyr|Palmantu|Penseiri|Aelwyd|Sgowtiaid"
    r"|Clwb (?:Ieuenctid|Rygbi|Pêl-droed|Bocsio|Cinio)|Cronfa|"
    + mutations.either(lists.named("bodies.charities"), capital=True)
    + r"|(?:C|G|Ch|Ngh)ymorth (?:Oed|Canser|Galar|Menywod|Merched|Digartref|Dioddefwyr|Anabledd|Iechyd Meddwl)"
).replace("))*|", ")){0,2}|")
WELSH_BODY = re.compile(
    rf"\b(?:{WELSH_BODIES})(?: (?:y|yr|Y|Yr)| [Rr]hanbarth)?(?P<name>(?: {CAP}| [ay]r? (?={CAP})| ar (?={CAP})){{1,4}})"
)
HIGH = re.compile(
    rf"\b(?:{CAP} ){{1,2}}(?:High|Juniors|Infants|Grammar|Comp)\b(?! (?:Street|Road|Court|Needs|Risk|Level))"
)
COUNTY = re.compile(rf"\b{CAP} (?:County|Borough|City Region)\b(?! (?:Council|Hall|Court))")
CHARITY = re.compile(
    r"\b(?:Age (?:Support|Connect|Concern|Friendly)|Friends of|Home-Start|Carers|Crossroads|Samaritans"
    r"|Women's Aid|Relate|Gofal Oed|Hafan|Banc Bwyd|Fanc Bwyd|Banciau Bwyd|Cyfeillion|Chyfeillion|Gyfeillion"
    r"|Cymorth i Ferched|Merched y Wawr|Aelwyd|Ffrindiau"
    rf"|Canolfan Gymunedol|Elusen|Cylch Meithrin|Mudiad Meithrin) (?:(?:y|yr|in|of) )?(?:{CAP} ){{0,2}}{CAP}"
)
WARD_OF = re.compile(
    r"\b(?:[Ww]ard|[Dd]ivision|[Cc]onstituency|[Pp]arish|[Ee]state|[Vv]illage"
    rf"|[Tt]own) of {CAP}(?: (?:and )?{CAP}){{0,2}}|\b(?:[Mm]ember"
    rf"|[Cc]ouncillor) for {CAP}(?: (?:and )?{CAP}){{0,2}}|\b(?:ward|etholaeth|[Ww]ard etholiadol|ward gyngor"
    rf"|[Aa]elod dros|[Aa]elod lleol|[Cc]ynghorydd dros) {CAP}(?: {CAP}){{0,2}}|\b{CAP}(?: {CAP})? (?:& Sons?"
    r"|& Daughters?|Bros|Brothers|and Sons?|& Co)\b"
)
ACRONYM = re.compile(
    r"\b(?:[A-Z]{1,5}(?:FRS|CBC|MBC|UHB|THB|NHSFT|NHST|ICB|CCG)|[A-Z]{2,3}(?:CC|BC|DC|FT|HB)|LB[A-Z]{1,3}"
    r"|Rh?CT|NPT|C&V(?: UHB)?|CaF|(?:AB|CTM|HD|SB|BC|CV) ?(?:UHB|THB)|HMCTS|HMPPS|DVLA|DVSA|UKHSA|CAFCASS|Cafcass"
    r"|WAST|GwE|CSC|WLGA|CLlLC|SEPA|NIHE|TfGM|TfW|TfL|WMCA|GMCA|BHT"
    r"|RB[A-Z]{2}|CBS(?:Rh|[A-Z]){1,4}|CS[A-Z]{2}|BI(?:P|A)[A-Z]{2,3}|GTA[A-Z]{1,4})\b"
    r"|(?<=people at )[A-Z]{3,6}\b|(?<=colleagues at )[A-Z]{3,6}\b|(?<=friends at )[A-Z]{3,6}\b"
    r"|(?<=pobl )[A-Z]{3,6}\b|(?<=cydweithwyr yn )[A-Z]{3,6}\b"
)
TRADES = mutations.either(lists.named("bodies.trades"), capital=True)
FIRM_NAME = rf"(?:{CAP} (?:(?:a|ac|&|y|yr) )?){{0,3}}"
WELSH_TRADE = re.compile(rf"\b(?P<name>(?=[{CAPITALS}]){FIRM_NAME})(?:{TRADES})\b")
TRADE_FIRST = re.compile(rf"\b(?:{TRADES}) (?:y |yr )?(?P<name>{FIRM_NAME}{CAP})")
OF_FIRM = re.compile(r" (?:y|yr) [A-ZŴŶ]")
COUNTRY = re.compile(
    rf"\b(?!(?:Llywodraeth|Lywodraeth|Gogledd|De|Ne|Canolbarth|Gorllewin|Dwyrain|Senedd|Gweinidogion|Aelodau|Deddf"
    rf"|Strategaeth|Cyngor"
    rf"|Cymraeg|Lles"
    rf"|Prifysgolion|The|All)\b){CAP}(?: {CAP})? (?:Cymru|UK)\b"
)
SONS = re.compile(
    rf"\b{CAP}(?: {CAP})? a'[iu] (?:[Ff]eibion|[Ff]ab|[Mm]erched|[Ff]erch|[Gg]wmni|[Cc]hwmni|[Bb]artner(?:iaid)?"
    rf"|[Ff]rodyr|[Ff]rawd|[Ch]yfeillion|[Tt]heulu)\b"
)
BRACKETED = re.compile(rf"\b((?:{CAP} ){{1,4}})\(((?:[a-z]{{1,30}} ){{0,2}}{CAP}[^()\n]{{0,30}})\)")
PARTS = lists.named("bodies.parts")
"""Which part of a body is meant, in brackets behind its name."""
LEADING = re.compile(rf"({CAP})'?s? (?:(?:of|the|and|y|yr|ar|a|&|on|upon) )?")


LED = (
    (SITE, Kind.SITE),
    (BODY, Kind.ORGANISATION),
    (SMALL_SITE, Kind.SITE),
    (HIGH, Kind.SITE),
    (COUNTY, Kind.ORGANISATION),
)
"""What may have words in front that are no part of the name."""
SIMPLE = (
    (NUMBER_SITE, Kind.SITE),
    (BODY_OF, Kind.ORGANISATION),
    (CHARITY, Kind.ORGANISATION),
    (ACRONYM, Kind.ORGANISATION),
    (WARD_OF, Kind.SITE),
    (SONS, Kind.ORGANISATION),
    (COUNTRY, Kind.ORGANISATION),
)


def spans(reading: Reading) -> Iterator[Span]:
    for pattern, kind in LED:
        for match in pattern.finditer(reading.text):
            start = _without_leading(reading, match.start(), match.end(), pattern is SMALL_SITE)
            if start is not None:
                yield Span(start, match.end(), kind)
    for pattern, kind in SIMPLE:
        for match in pattern.finditer(reading.text):
            yield Span(match.start(), match.end(), kind)
    yield from _judged(reading)


def _judged(reading: Reading) -> Iterator[Span]:
    """Those whose words tell whether they are a name."""
    for pattern, kind in ((WELSH_SITE, Kind.SITE), (WELSH_BODY, Kind.ORGANISATION)):
        for match in pattern.finditer(reading.text):
            words = match["name"].replace("-", " ").split()
            if not all(common(word) for word in words if word[0].isupper()):
                yield Span(match.start(), match.end(), kind)
    for pattern in (WELSH_TRADE, TRADE_FIRST):
        for match in pattern.finditer(reading.text):
            if _firm(match, pattern is TRADE_FIRST):
                yield Span(match.start(), match.end(), Kind.ORGANISATION)
    for match in BRACKETED.finditer(reading.text):
        if not common(match[1].split()[-1]) and _telling(match[2]):
            yield Span(match.start(), match.end(), Kind.ORGANISATION)


def _firm(match: re.Match[str], first: bool) -> bool:
    """Whether the words beside a trade are a name: "Evans a Marsh Cyfreithwyr"."""
    names = [name for name in re.findall(CAP, match["name"]) if not common(name) and name not in ("Uwch", "Prif")]
    if match["name"].rstrip().endswith("'r"):
        return False
    told = any(known(name) or not in_language(name.lower()) for name in names)
    return told or bool(first and names and OF_FIRM.search(match["name"]))


def _telling(words: str) -> bool:
    """Whether words in brackets say which one: "(East)", "(Harefield)", "(the Prowse rota tool)"."""
    names = [word.lower().removesuffix("'s") for word in re.findall(CAP, words)]
    return any(name in PARTS or not (common(name) or in_language(name)) for name in names)


def common(word: str) -> bool:
    """Whether it names nobody, though it has a capital: "The", "Council", "Tuesday"."""
    return word.lower().removesuffix("'s").removesuffix("'r") in lists.words("not_names")[0]


def _without_leading(reading: Reading, start: int, end: int, small: bool) -> int | None:
    """Where the name itself begins: not with "The" or "Our"; None if nothing but such words is there.

    In front of a small word ("hospital") the capital of a sentence's first word says nothing.
    """
    first = start
    while match := LEADING.match(reading.text, start, end):
        opens = small and start == first and not reading.before(start).strip(" \"'(")
        if not common(match[1]) and not opens:
            return start
        start = match.end()
    return None
