"""Papers and headlines, unions, suppliers and products: by lists, and by the words around them."""

import re
from collections.abc import Iterator

from . import lists, mutations
from .bodies import common
from .kinds import Kind, Span
from .language import in_language
from .reading import Reading
from .shapes import CAP
from .unknown import EVERYBODY

MASTHEADS = (
    "Gazette|Echo|Argus|Herald|Times|Post|Mail|News|Star|Express|Chronicle|Journal|Advertiser|Observer|Telegraph"
    "|Courier|Mercury|Guardian|Examiner"
    "|Free Press|Leader|Reporter|Tribune|Evening "
    "News|Bulletin|Messenger|Independent|Citizen|Sentinel|Recorder|Visitor|Live"
)
SURE_TITLES = "|".join(name.capitalize() for name in sorted(lists.named("press.titles")))
ENGLISH_TITLES = "|".join(name.capitalize() for name in sorted(lists.named("press.english")))
HERALDS = mutations.either(("herald", "gazette", "argus", "cronicl", "negesydd", "clarion"), capital=True)
ON_PAPER = "front page|back page|letters page|website|headline|story|article|editorial|reporter|photographer"
PIECES = (
    r"(?:piece|story|article|letter|column|feature|interview|editorial|leader|advert|photograph|photo|report|page"
    r"|headline|cartoon|obituary|item)"
)
WORDS = r"(?:[^\"'“”\n]|(?<=\w)'(?=\w)){8,140}"
"""What can stand in quotation marks: apostrophes within words do not end it."""
PAPER = lists.bounded(
    rf"\b(?:{lists.either('papers')})\b|\b(?:{CAP} (?:(?:and|&|on) )?){{1,3}}(?:{MASTHEADS})\b"
    rf"|\b(?:Llais|Papur Bro|Clecs|Clonc|Papur(?! (?:Gwyn|Gwyrdd|Briffio|Safbwynt|Trafod)\b)|Llafar|Yr? Herald"
    rf"|Y Cymro)(?:'r| y| yr)? (?:{CAP} ){{0,2}}{CAP}"
)
LONE = lists.bounded(
    rf"\b[Tt]he (?:{SURE_TITLES})\b(?! {CAP})|(?<=[a-z,] )The (?:{MASTHEADS})\b(?! {CAP})"
    rf"|(?<=page of )the (?:{MASTHEADS})\b|\b[Tt]he (?:{MASTHEADS})(?=(?:'s)? (?:{ON_PAPER})\b| (?:printed|splashed"
    rf"|carried"
    rf"|led with) )|\b(?:{PIECES}|row|reporter|coverage) (?:in|of|from|on) the (?:{MASTHEADS})\b(?! {CAP})"
)
"""A paper by a word that others are called by too: "in The Leader"; the Leader who speaks is no paper."""
WELSH_LONE = re.compile(
    rf"\b[Yy]r? (?:{ENGLISH_TITLES})\b|(?<=[a-zâêîôûŵŷ]'r )(?:{ENGLISH_TITLES})\b"
    rf"|\b(?:{HERALDS}) (?:(?:y|yr) )?(?P<of>{CAP}(?: {CAP})?)|(?<=[a-zâêîôûŵŷ,] )(?P<titled>Yr? {CAP}(?: {CAP})?)"
)
"""In Welsh words an English title with a Welsh article, a title with its region behind it, a title that keeps "Y"."""
NAMED = rf"(?:(?:[Yy]r?|'r) )?(?P<%s>{CAP}(?: (?:y |yr |o |a |ar )?{CAP}){{0,2}})"
WELSH_PAPER = lists.bounded(
    rf"\b(?:[PpBb]|[Mm]h|[Pp]h)apur(?:au)? (?:bro|newydd|lleol|wythnosol|dyddiol)(?: o'r enw)?,? {NAMED % 'paper'}"
    rf"|\b(?:[TtDd]|[Tt]h|[Nn]h)udalen flaen,? (?:(?:yn|o|ar) )?{NAMED % 'page'}"
    rf"|\b(?:Ch?ronicl|N?[Gg]h?ronicl|Ll?ais|Seren|Tyst|Dyst|Utgorn|Baner|Faner|[CG]lecs|[CG]lonc|Ll?afar|Adlais"
    rf"|Eco|Ll?ygad|[TD]afod|[PB]lu)(?:'r| yr?) (?P<title>{CAP})"
)
"""A paper by what it is called before its name, in any of its mutations: "bapur bro Y ...", "dudalen flaen y ..."."""
QUOTED = lists.bounded(rf"[\"“'](?P<words>{WORDS})[\"”'](?!\w)")
WITH_HEADLINE = lists.bounded(
    rf"(?: \(|,? (?:under|headlined|with|o dan|dan y pennawd|gyda)(?: the headline)? |: |,? )[\"“']{WORDS}[\"”']\)?"
    rf"|(?:'s)? (?:{ON_PAPER})\b"
)
STATION = (
    rf"(?:(?:BBC )?(?:Radio|Newyddion|Newsnight|TV) {CAP}(?: {CAP})?|(?:{CAP} ){{1,2}}(?:FM|Radio|Television|Sound"
    rf"|Today)|BBC (?:Wales|Cymru|{CAP})|ITV (?:Wales|Cymru|News)|S4C|Golwg ?360|Y Byd ar Bedwar|Panorama"
    rf"|{CAP}(?<!Go-)Live|{CAP}Online)"
)
WELSH_PIECES = rf"(?:{mutations.either(lists.named('press.pieces'))})"
QUOTE = rf"(?:,? [\"“']{WORDS}[\"”'])?"
PARISH_PAPERS = "|".join(name.split(" ", 1)[1] for name in lists.lines("papers") if name.startswith(("Y ", "Yr ")))
"""Welsh papers whose names are words with an article."""
STORY = lists.bounded(
    rf"\b(?:(?:a|an|the|that) )?(?:[\w'-]+ ){{0,2}}?{PIECES} in (?:[Tt]he )?(?P<paper>{CAP}(?: {CAP}){{0,2}})(?= "
    rf"|[.,;)]|$){QUOTE}"
    rf"|\b{WELSH_PIECES}(?: [\w'-]+){{0,2}}? (?:yn|yng|ym) (?P<papur>[YG]r? {CAP}(?: {CAP})?|(?:yr? )?{CAP} {CAP}"
    rf"|yr? (?:{PARISH_PAPERS}|{MASTHEADS})){QUOTE}"
    rf"|\b(?:{WELSH_PIECES} )?{STATION}(?:'s)?(?: (?:{PIECES}|programme|bulletin|news))?{QUOTE}"
)
HEADLINE = lists.bounded(
    r"\b(?:(?-i:[A-Z]\w+) ran|BBC(?:'s)?|ITV|stor(?:y|ies)|article|editorial|bulletin|stori|erthygl|tweeted|banner"
    r"|placards?|posters?|headlines?"
    r"|front page|splash(?:ed)?|newspaper|paper ran|[pb]h?ennawd|mhennawd|[pb]h?enawdau|mhenawdau"
    r"|(?:t|d|th|nh)udalen flaen|h?erthyglau|h?erthygl|straeon|(?:p|b|ph|mh)apur(?:au)?(?: newydd| bro| lleol)|y papur"
    r"|golygyddol"
    r"|rhifyn|y wasg|'r wasg|(?:c|g|ch)olofn|newyddiadurwr|gohebydd)\b",
    re.IGNORECASE,
)
BARE_HEADLINE = lists.bounded(
    rf"\b(?:[Hh]eadlines?"
    rf"|{mutations.either(('pennawd', 'penawdau'))}),?:? (?P<title>{CAP}(?:(?: [a-zâêîôûŵŷ']{{1,4}}){{0,2}}"
    rf" {CAP}){{3,8}})"
)
SHOUTED = re.compile(r"\b[A-ZÂÊÎÔÛŴŶ]{3,20} (?:[A-ZÂÊÎÔÛŴŶ']{1,4} )?[A-ZÂÊÎÔÛŴŶ]{3,20}\b")
UNION = rf"(?:{lists.either('unions')})(?: the Union)?"
BRANCHES = "(?:[Bb]ranch|[Ll]odge|[Cc]angen|[Gg]angen|[Cc]hangen|[Nn]ghangen)"
BRANCH = lists.bounded(
    rf"\b(?P<numbered>(?:{UNION}) {BRANCHES}(?: [0-9]{{1,6}}| (?:y|yr|o'r|of the) {CAP}))"
    rf"|\b(?P<before>{CAP} (?:{CAP} )?)?(?:{UNION})(?:'s)? (?P<after>(?:{CAP} |[a-z]+ ){{0,3}}){BRANCHES}"
    rf"|\b{BRANCHES} (?:(?:[a-zâêîôûŵŷ]{{2,}}ol|fach|newydd|of|o|yr?|undeb|{CAP}) ){{0,3}}?(?:{UNION})"
    rf"(?P<place>(?: (?:in|at|yng?|ym|o|ar|dros))?(?: yr?| the)? {CAP}(?: {CAP})?)"
    rf"|\b(?:{CAP} )(?:{CAP} )?{BRANCHES} (?:of|for) (?:the )?(?:{UNION})\b"
    rf"|\b{BRANCHES} (?:yr? )?{CAP}(?: {CAP})? (?:of|o'r|o) (?:{UNION})\b|\b(?:{UNION})(?:'s)?(?: (?:in|at|yn|yng"
    rf"|ym))? (?P<where>{CAP}(?: {CAP})?)"
)
SUPPLIER = lists.bounded(rf"\b(?:{lists.either('suppliers')})\b")
REPS = (
    r"(?:reps?|representatives?|members?|stewards?|branch|officials?|convenor|convener|lodge|office|officers?"
    r"|delegates?|lot|people|organiser)"
)
WELSH_REPS = rf"(?:{mutations.either(lists.named('press.reps'))})"
UNION_AFTER = lists.bounded(rf"\b(?P<first>{CAP} (?:{CAP} ){{0,2}})(?:{UNION})\b(?! {BRANCHES})(?: {REPS}\b)?")
UNION_AT = lists.bounded(
    rf"\b(?:{UNION}) (?:{REPS}|{WELSH_REPS}) (?:(?:at|in|of|from|for|yn|yng|ym|o|ar) )?(?:the |y "
    rf"|yr )?(?:[a-zâêîôûŵŷ]{{3,}} )?(?P<second>{CAP}(?: {CAP}){{0,3}})"
    rf"|\b{WELSH_REPS} (?:{UNION})(?: (?:yn|yng|ym|o|ar))?(?: y"
    rf"| yr)?(?: [a-zâêîôûŵŷ]{{3,}})? (?P<third>{CAP}(?: {CAP}){{0,2}})"
    rf"|\b(?:{UNION})(?: {BRANCHES})?[ /,]+(?:no\.? )?(?:[A-Z]{{1,4}}[/-])?[0-9]{{2,6}}(?:/[0-9]+)?\b"
    rf"|\b{BRANCHES} (?:no\.? |number |rhif )?[0-9]{{1,6}} (?:of|o) (?:the )?(?:{UNION})"
    rf"|\b(?:{UNION})(?:'s)? (?:\w+ ){{0,2}}(?:at|in|yn|yng|ym) (?:the )?(?P<fourth>{CAP}(?: {CAP}){{0,2}})"
)
FIRM = lists.bounded(
    r"\b(?:[Ss]uppliers?|[Cc]ontractors?|[Cc]onsultants?|[Vv]endors?|[Ss]upplied by|[Bb]uilt by|[Bb]ought from"
    r"|[Ff]irm called|[Cc]ompany called|[Ss]ystem called"
    r"|[Pp]roduct called|[Aa]pp called|cyflenwr|gyflenwr|contractwr|gontractwr|system o'r enw"
    rf"|cwmni o'r enw),? ({CAP}(?: {CAP}){{0,2}})"
)
PRODUCTS = "app|software|platform|package|product|database|suite|module|licence|licences|contract"
PRODUCT = lists.bounded(
    rf"\b({CAP} (?:{CAP} )?)(?:{PRODUCTS})\b|\b(?:ap|meddalwedd|pecyn|platfform|becyn|feddalwedd"
    rf"|blatfform) ({CAP}(?: {CAP}){{0,2}})"
    rf"|\b({CAP}(?: {CAP}){{0,4}}) (?:v|version |fersiwn )[0-9][0-9.]{{0,6}}\b"
)
JOINED = lists.bounded(
    rf"\b(?!(?:Mac|Mc|De|La|Le|Van|Fitz|Di|Du)[A-Z])[A-Z][a-z]{{1,15}}[A-Z][a-z]\w{{0,15}}(?: (?:from|by|gan"
    rf"|o) {CAP}(?: {CAP})?)?"
)
NUMBERED = lists.bounded(
    rf"\b(?!Prince|Welcome|Password|Windows|Office|Web|Covid|Teams|Level|Mod|Word|Excel|Day|Week|Phase|Year|Adran"
    rf"|Golwg)[A-Z][a-z]{{2,15}}[0-9]{{1,4}}\b(?: (?:by|from|gan|o) {CAP}(?: {CAP})?)?"
)
"""Products such as "Verity360"."""
MADE_UP = lists.bounded(
    r"\b(?!(?:iPad|iPhone|iCloud|iPlayer|iMac|iOS|eBay|eLearning|eForm|eBook|eMail|eNews"
    r"|eSafety)s?\b)[eim][A-Z][a-z]{2,}\w{0,12}"
    r"|\b(?!(?:Covid|Prince|Level|Week|Day|Version|Stage|Phase|Tier|Band|Key|Year|Grade|Zone|Type|Omicron"
    r"|Step)-)[A-Z][a-z]{3,15}-[0-9]{1,3}\b(?!-)"
)
"""Products such as "eTrent" and "Nimbus-9"."""
EVERYWHERE = lists.bounded(
    r"(?:WhatsApp|PowerPoint|SharePoint|YouTube|LinkedIn|OneDrive|OneNote|JavaScript|TikTok|GitHub|DocuSign"
    r"|SurveyMonkey|PayPal|PowerBI|AutoCAD|FaceTime"
    r"|ChatGPT|GovNotify|MailChimp|EventBrite|TripAdvisor|JustGiving|GoFundMe|AirBnB|MyFitness|OpenStreet\w*"
    r"|QuickBooks|WordPress|LibreOffice|HealthWatch|JobCentre|PhD)\b"
)


def spans(reading: Reading) -> Iterator[Span]:
    yield from _papers(reading)
    yield from _lone(reading)
    yield from _welsh_papers(reading)
    yield from _headlines(reading)
    for match in BRANCH.finditer(reading.text):
        around = " ".join(part or "" for part in match.groupdict().values())
        names = [word for word in re.findall(CAP, around) if not common(word)]
        if (
            match["numbered"]
            or names
            or (not any(match.groupdict().values()) and not re.match(rf"{UNION}(?:'s)? {BRANCHES}", match[0]))
        ):
            start = match.start() + (
                len(match["before"]) if match["before"] and common(match["before"].split()[0]) else 0
            )
            yield Span(start, match.end(), Kind.UNION)
    yield from _at_unions(reading)
    for match in STORY.finditer(reading.text):
        paper = match["paper"] or match["papur"] or ""
        if not paper or not all(common(word) for word in re.findall(CAP, paper)):
            yield Span(match.start(), match.end(), Kind.NEWS)
    yield from _suppliers(reading)


def _at_unions(reading: Reading) -> Iterator[Span]:
    """ "The Thornby FBU", "RCN reps at Harefield": unions with a name on either side."""
    for match in UNION_AFTER.finditer(reading.text):
        words = match["first"].split()
        while words and (
            common(words[0]) or (len(words) == 1 and _opens(reading, match) and in_language(words[0].lower()))
        ):
            words.pop(0)
        if words:
            yield Span(match.end("first") - len(" ".join(words)) - 1, match.end(), Kind.UNION)
    for match in UNION_AT.finditer(reading.text):
        names = [name for name in match.groupdict().values() if name]
        if not names or any(not common(word) for word in re.findall(CAP, " ".join(names))):
            yield Span(match.start(), match.end(), Kind.UNION)


def _opens(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a match begins a sentence, so that its capital says nothing."""
    return not reading.before(match.start()).strip(" \"'(")


def _papers(reading: Reading) -> Iterator[Span]:
    for match in PAPER.finditer(reading.text):
        if common(match[0].split()[0]) and not lists_paper(match[0]) and not REGIONAL.match(match[0]):
            continue
        after = WITH_HEADLINE.match(reading.text, match.end())
        yield Span(match.start(), after.end() if after else match.end(), Kind.NEWS)


def _welsh_papers(reading: Reading) -> Iterator[Span]:
    for match in WELSH_PAPER.finditer(reading.text):
        name = match["paper"] or match["page"] or match["title"]
        if not all(common(word) for word in re.findall(CAP, name)):
            after = WITH_HEADLINE.match(reading.text, match.end())
            yield Span(match.start(), after.end() if after else match.end(), Kind.NEWS)


def _lone(reading: Reading) -> Iterator[Span]:
    for match in LONE.finditer(reading.text):
        after = WITH_HEADLINE.match(reading.text, match.end())
        yield Span(match.start(), after.end() if after else match.end(), Kind.NEWS)
    for match in WELSH_LONE.finditer(reading.text) if reading.language == "cy" else ():
        named = match["of"] or (match["titled"] or "")[2:]
        if not named or not all(common(word) for word in re.findall(CAP, named)):
            after = WITH_HEADLINE.match(reading.text, match.end())
            yield Span(match.start(), after.end() if after else match.end(), Kind.NEWS)


REGIONAL = re.compile(r"(?:North|South|East|West|Mid|Daily|Evening|Sunday) [A-Z]")


def lists_paper(name: str) -> bool:
    return name in lists.lines("papers")


def _headlines(reading: Reading) -> Iterator[Span]:
    """Quoted words near a newspaper or the word "headline", or in the capitals of one."""
    welsh = (WELSH_LONE,) if reading.language == "cy" else ()
    for match in QUOTED.finditer(reading.text):
        around = reading.before(match.start(), 90) + " | " + reading.after(match.end(), 60)
        words = [word for word in match["words"].split() if len(word) > 3]
        capitals = len(words) > 2 and all(word[0].isupper() for word in words)
        near = any(pattern.search(around) for pattern in (HEADLINE, PAPER, WELSH_PAPER, LONE, *welsh))
        if capitals or near or _shouted(match["words"]):
            yield Span(match.start(), match.end(), Kind.NEWS)
    for match in BARE_HEADLINE.finditer(reading.text):
        yield Span(match.start(), match.end(), Kind.NEWS)


def _shouted(words: str) -> bool:
    """Whether two words in capitals, which are no abbreviations, stand together."""
    found = SHOUTED.search(words)
    return found is not None and all(in_language(word.lower()) for word in found[0].split())


def _suppliers(reading: Reading) -> Iterator[Span]:
    text = reading.text
    for match in SUPPLIER.finditer(text):
        # "Confirm" and "Orchard" open sentences too.
        if match[0][1:].isupper() or not _opens(reading, match):
            yield Span(match.start(), match.end(), Kind.SUPPLIER)
    for match in FIRM.finditer(text):
        if not common(match[1].split()[0]):
            yield Span(match.start(1), match.end(1), Kind.SUPPLIER)
    yield from _products(reading)
    for pattern in (NUMBERED, MADE_UP, JOINED):
        for match in pattern.finditer(text):
            if pattern is not JOINED or not EVERYWHERE.match(match[0]):
                yield Span(match.start(), match.end(), Kind.SUPPLIER)


def _products(reading: Reading) -> Iterator[Span]:
    for match in PRODUCT.finditer(reading.text):
        name = (match[1] or match[2] or match[3]).split()
        telling = not common(name[-1] if match[1] and len(name) == 1 else name[0])
        if match[3] and all(in_language(word.lower()) for word in name):
            continue
        if telling and name[0].lower() not in EVERYBODY and not (match[1] and _opens(reading, match)):
            yield Span(match.start(), match.end(), Kind.SUPPLIER)
