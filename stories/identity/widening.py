"""What goes with a find and says as much: "our caretaker, Ron", "Becky on the front desk", "Rapid Response (East)"."""

import re

from . import lists, mutations
from .bodies import common
from .kinds import Kind, Span
from .reading import Reading
from .role_words import ENGLISH, WELSH
from .shapes import CAP

UNITS = (
    r"(?:payroll|finance|reception|housing|planning|procurement|legal|accounts|communications|comms|HR|IT|personnel"
    r"|stores|catering|facilities|security|social care|highways|parks|benefits|revenues|admin|nights|days|lates"
    r"|earlies|tills|admin|transport|licensing|TG|AD"
    r"|(?:[\w-]+ ){0,2}(?:desk|team|office|ward|department|depot|shop|unit|floor|room|line|counter|yard|kitchen|stores"
    r"|section|library|school|switchboard|shift|canteen|post room|lodge|gate|garage|workshop|helpdesk)"
    r"|[A-Z][\w-]+(?: (?:and|&) [A-Z][\w-]+| [A-Z][\w-]+)?)"
)
WELSH_UNITS = r"(?:(?:brif |hen )?(?:" + mutations.either(lists.named("widening.units")) + r")|TG|AD)"
WELSH_OBJECT = r"(?: am| i| ar| yn| at)?(?:'r| yr?)? [a-zâêîôûŵŷ]+(?: (?:y|yr) [a-zâêîôûŵŷ]+)?"
"""What somebody keeps, cleans or drives, behind the verb."""
AFTER_NAME = lists.bounded(
    rf"^(?: the {CAP}\b|, one of (?:the|our) [a-z]+|,? (?:(?:over|down|up|out|back) )?(?:from|in|on|at) (?:the "
    rf"|our |their )?{UNITS}\b"
    r"|,? from (?:the )?[a-z]{4,}\b|,? (?:who|that) (?:runs"
    r"|ran|does|did|works|worked|drives|drove|cleans|cleaned|keeps|kept|manages|managed) (?:in |on "
    rf"|at )?(?:the |our )?[a-z]+(?: [a-z]+)?\b|,? the (?:[a-z]+ ){{0,2}}(?:{ENGLISH})\b|, the [a-z]+ [a-z]+(?=,)"
    rf"|,? (?:sy'n|sydd yn|oedd yn|a oedd yn|fu'n|a fu'n|sydd wedi) [a-zâêîôûŵŷ]{{4,}}{WELSH_OBJECT}"
    rf"|, a [a-zâêîôûŵŷ]{{2,}}(?:ai|odd|ith|iff){WELSH_OBJECT}|,? (?:yr?|ein|fy|eu"
    rf"|ei) (?:[a-zâêîôûŵŷ-]+ ){{0,1}}?(?:{WELSH})\b"
    rf"|, (?:sef )?(?:ein |yr? |fy )?(?:{WELSH})\b(?:'r| yr?)? [a-zâêîôûŵŷ]+|(?: yr?|'r) (?!a\b|b\b)(?:{CAP}|{WELSH}\b)"
    r"|(?: (?:Bach|Fach|Mawr|Fawr|Hir|Ddu|Du|Goch|Coch|Wyn|Post|Llaeth|Bara|Glo|Saer|Tew|Moel|Cloff))+\b"
    rf"|,? (?:(?:draw|lan|lawr|i fyny|i lawr) )?(?:o'r|yn yr|yn y|ar yr|ar y|wrth y|tu ôl i'r|yn ein|o'n|yn|o"
    rf"|ar) {WELSH_UNITS}(?: (?:{CAP}|(?!yn\b|i\b|a\b|ac\b|wedi\b|oedd\b)"
    r"[a-zŵŷâêîôû]+))?"
    rf"|, (?:our|the|my|their) (?:[\w'-]+ ){{0,3}}?(?:{ENGLISH})\b| [(-] ?[A-Za-z' ]{{2,30}}\))"
)
BEFORE_NAME = lists.bounded(
    rf"(?<![\w'-])(?:our|my|their|her|his|the|a|an|ein|fy|eu|ei|y|yr) (?:[\w'-]+ ){{0,2}}?(?:{ENGLISH}"
    rf"|{WELSH})(?: [a-zŵŷâêîôû]+)?,? $"
    r"|(?<![\w'-])(?:a|an|the|our|some|this|one) (?:[\w'-]+ ){1,3}(?:called|named|by the name of) $"
    r"|(?<![\w'-])(?:[\w'-]+ ){1,3}o'r enw $"
    r"|(?<![\w'-])(?:our|my|their|the|ein|fy|eu|y|yr) (?:[a-zŵŷâêîôû'-]+ ){0,2}[a-zŵŷâêîôû'-]{3,}, (?:(?:old|young"
    r"|big|little|poor|dear|hen) )?$",
    re.IGNORECASE,
)
PARTS = (
    r"(?:team|unit|service|clinic|ward|branch|office|depot|council|government|group|club|society|project|scheme"
    r"|hub|centre"
    r"|school|hospital|surgery|court|hearing|inquest|crew|site|campus|department|library|hostel|home|pool"
    r"|pavilions?|reps"
    r"|members|people|tîm|uned|ward|cangen|swyddfa|clinig|adran|gwasanaeth)"
)
AFTER_BODY = lists.bounded(rf"^(?:'s)?(?: (?:North|South|East|West))?(?: [a-z]+){{0,3}} {PARTS}\b")
BEFORE_BODY = lists.bounded(
    rf"(?<![\w'-])(?:the|our|a|their|y|yr|ein) (?:[\w-]+ ){{0,3}}?{PARTS}(?: (?:at|in|of|for|yn|yng|ym|o))?(?: the"
    rf"| y| yr)? $"
)
RUN = re.compile(rf"(?:{CAP} ){{1,3}}$")
"""Capitalised words right before a place, as in "People First Bridgend"."""
BRACKET = re.compile(rf"^ \((?:(?:the|y|yr) )?{CAP}[\w' &-]{{0,40}}\)")
"""A part of a body, or whose a thing is, right behind its name."""
BRACKETED = frozenset((Kind.ORGANISATION, Kind.SITE, Kind.SUPPLIER, Kind.PLACE, Kind.UNION))


def widened(reading: Reading, span: Span) -> Span:
    """The find with the words around it that belong to it."""
    if span.kind in BRACKETED:
        return _body(reading, span)
    if span.kind is not Kind.NAME:
        return span
    before, after = BEFORE_NAME.search(reading.before(span.start, 60)), AFTER_NAME.match(reading.after(span.end, 60))
    start = span.start - (len(before[0]) if before else 0)
    return Span(start, span.end + (after.end() if after else 0), Kind.NAME)


def _body(reading: Reading, span: Span) -> Span:
    """A body or a place with its part, or with the capitalised words of its name."""
    start, end = span.start, span.end
    before = reading.before(start, 60)
    if span.kind is not Kind.UNION and (part := BEFORE_BODY.search(before)):
        start -= len(part[0])
    elif span.kind is Kind.PLACE and (run := RUN.search(before)) and not any(map(common, run[0].split())):
        start -= len(run[0])
    after = reading.after(end, 60)
    if found := BRACKET.match(after) or AFTER_BODY.match(after):
        end += found.end()
    return Span(start, end, span.kind)
