"""What goes with a find and says as much: "our caretaker, Ron", "Becky on the front desk", "Rapid Response (East)"."""

import re

from . import lists
from .kinds import Kind, Span
from .reading import Reading
from .role_words import ENGLISH, WELSH

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


def widened(reading: Reading, span: Span) -> Span:
    """A name with what goes with it: "our caretaker, Ron", "Becky on the front desk"."""
    if span.kind is not Kind.NAME:
        return span
    before, after = BEFORE_NAME.search(reading.before(span.start, 60)), AFTER_NAME.match(reading.after(span.end, 60))
    start = span.start - (len(before[0]) if before else 0)
    return Span(start, span.end + (after.end() if after else 0), Kind.NAME)
