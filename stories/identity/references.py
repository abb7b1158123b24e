"""Numbers of cases, contracts, orders and the like: by the word before them, or by their form."""

import re

NUMBERED = re.compile(
    r"\b(?:(?:planning|safeguarding|child protection|social care|purchase|court|police|insurance|benefit|foi|our"
    r"|ein) )?(?:ref(?:erence)?"
    r"|case|contract|invoice|complaint|claim|ticket|job|order|po|purchase order|application|planning|account"
    r"|incident"
    r"|referral|enquiry|h?atgyfeiri(?:ad|o)|ymholiad|ymchwiliad|crime|log|tender|policy|licence|permit|payroll|staff"
    r"|employee|collar|badge|warrant|registration|charity"
    r"|company|uprn|asset|file|docket|tribunal|grant|project|serial|passport"
    r"|hospital|patient|pupil|tenancy|request|foi|change|call"
    r"|rhif|cyfeirnod|gyfeirnod|chyfeirnod|achos|contract|gontract|anfoneb|cytundeb|gytundeb|cwyn|gwyn|hawliad"
    r"|tocyn|docyn|cais|gais|archeb|trosedd|digwyddiad|ffeil|prosiect|brosiect|trwydded|elusen|cwmni|cyflogres"
    r"|tendr)"
    r"(?:(?: yr?)? (?:number|num|no|nos|ref|reference|id|rhif|cyfeirnod|file|cynllunio|contract|cytundeb|achos"
    r"|anfoneb|elusen|cwmni|staff|cyflogres|prynu|cwyn|gŵyn|hawliad|trosedd|atgyfeiri(?:ad|o)|ffeil|cais|tocyn"
    r"|digwyddiad|trwydded|archeb|diogelu|amddiffyn plant|gofal)){0,2}"
    r"[.:]{0,2} ?(?:(?:is|was|yw|oedd"
    r"|of) )?#?((?=[A-Z0-9/_.-]{0,12}[0-9]{2})[A-Z0-9]{1,12}(?:[/_.-][A-Z0-9]{1,12}){0,5})(?![\w,%]*[0-9%])(?! (?:years"
    r"|blynedd|words|people|pages|of))",
    re.IGNORECASE,
)
CITED = re.compile(
    r"\[(?:19|20)[0-9]{2}\] [A-Z]{2,6} [0-9]{1,5}|(?<!\w)#[0-9]{3,12}\b"
    r"|\b[A-Z]{2,5} ?-?[0-9]{4,12}\b(?! [A-Z]{2}\b)"
    r"|(?<![\w.,/£$€+-])[0-9]{1,8}(?:[/-][0-9A-Z]{1,8}){1,3}(?![\w/-]|[.,][0-9])"
    r"|\b[A-Z][a-z]{2,12} [1-9][0-9]{4,11}\b"
    r"|(?<![\w.,/£$€+-])[0-9]{6,16}(?![\w/-]|[.,][0-9]| (?:people|pounds|households|words|bunnoedd|o bunnoedd"
    r"|homes|km|miles))"
)
MIXED = re.compile(
    r"(?<![\w/@.-])(?![0-9]{1,4}[/.-][0-9]{1,4}[/.-][0-9]{1,4}\b)(?!covid)(?=[\w/.#:-]{0,30}[A-Za-z])(?=(?:[^\s0-9]{0,20}[0-9]){3})"
    r""
    r"[A-Za-z]{1,12}[0-9]{0,8}(?:[-_/#:.]{1,2}[A-Za-z0-9]{1,14}){1,6}(?![\w/@-]|\.[a-z])",
    re.IGNORECASE,
)
"""A code of letters and figures in parts, whatever its case: "ocds-h6vhtk-03a9f1", "sr#88120-7"."""
LABELLED = re.compile(
    r"\bcyf\.? yr? \w+ [0-9]{2,5}(?: [0-9]{2,6}){1,4}\b"
    r"|\b(?:(?-i:[A-Z][a-z]{2,20}) |ombudsman |police |court |planning |insurance |housing |our |ein )?"
    r"(?:ref(?:erence)?"
    r"|cyf(?:eirnod)?|case|achos|file|ffeil|order|archeb"
    r"|contract|cytundeb"
    r"|gytundeb|gontract|contract|invoice|anfoneb|claim|hawliad|complaint|cwyn|ticket|tocyn|incident|digwyddiad"
    r"|tender|tendr|"
    r"framework|fframwaith|lot|licence|trwydded|matter|datix|lado|application|cais|log|crime|trosedd)"
    r"(?: (?:number|num|no|nos|ref|reference|id|rhif|prynu|brynu|cynllunio|yr ombwdsmon|y llys|yr heddlu"
    r"|y cyngor)){0,2}[.:]{0,2} ?"
    r"(?-i:((?:[A-Z]{1,6}[ /-])?#?(?:[0-9]{2,5}(?: [0-9]{2,6}){1,4}|[0-9]{4,14}"
    r"|[A-Z]{1,6}[ /-]?[0-9]{2,12}[A-Z]?)))(?![\w]|[.,][0-9])"
    r"(?! (?:years|blynedd|words|people|pages|pounds))",
    re.IGNORECASE,
)
CODED = re.compile(
    r"(?<![\w/-])(?=[A-Z0-9/_-]{0,14}[0-9]{3})[A-Z]{1,8}[0-9]{0,4}(?:[/_-][A-Z0-9]{1,10}){1,5}(?![\w/-])"
)
GLUED = re.compile(r"\b[A-Z]{1,6}[0-9]{5,12}\b")
PATTERNS = (NUMBERED, CODED, MIXED, LABELLED, CITED, GLUED)
YEARS = re.compile(r"[A-Za-z]{0,12} ?(?:[A-Z]{1,2}[/-])?(?:19|20)[0-9]{2}(?:[/-](?:19|20)?[0-9]{2})?")
PARTED = re.compile(r"(?<=\w)[/-](?=\w)")
STANDARD = re.compile(
    r"(?:BS |EN |ISO[ /-]?|IEC[ /-]?|PAS |RFC |IFRS |FRS |HTM |HBN |PD |SI ){1,3}-?[0-9]|(?:ISO|BS|EN)[0-9]{4,5}\b"
)
"""What everybody works to: "ISO 27001"."""


def somebodys(found: str, code: str) -> bool:
    """Whether it looks like somebody's number and not like a year, a short count or a standard."""
    return (
        not STANDARD.match(found)
        and sum(character.isdigit() for character in code) >= 3
        and (len(PARTED.findall(code)) > 1 or not YEARS.fullmatch(code))
    )
