"""What other registers call the kinds, nations and classes of ours. Pure.

Every choice may be given by its number, its name in code, its English label, or one of the words below; capitals,
hyphens and underscores do not matter. docs/importing.md repeats these tables for data managers.
"""

import functools
import re
from collections.abc import Mapping

from django.db import models
from django.utils import translation

from ..choices import Deprivation, Kind, Nation, Region, Rurality

KIND_WORDS: Mapping[str, Kind] = {
    "unitary authority": Kind.COUNCIL,
    "metropolitan district": Kind.COUNCIL,
    "london borough": Kind.COUNCIL,
    "city corporation": Kind.COUNCIL,
    "welsh unitary authority": Kind.COUNCIL,
    "principal council": Kind.COUNCIL,
    "scottish unitary authority": Kind.COUNCIL,
    "ni district": Kind.DISTRICT,
    "non metropolitan district": Kind.DISTRICT,
    "district": Kind.DISTRICT,
    "county": Kind.COUNTY,
    "combined authority": Kind.COMBINED,
    "strategic regional authority": Kind.COMBINED,
    "corporate joint committee": Kind.COMBINED,
    "local health board": Kind.HEALTH_BOARD,
    "nhs territorial board": Kind.HEALTH_BOARD,
    "health and social care trust": Kind.NHS_TRUST,
    "nhs foundation trust": Kind.NHS_TRUST,
    "police force area": Kind.POLICE_FORCE,
    "police": Kind.POLICE_FORCE,
    "fire and rescue authority": Kind.FIRE_SERVICE,
    "fire": Kind.FIRE_SERVICE,
    "department": Kind.DEPARTMENT,
    "ministerial department": Kind.DEPARTMENT,
    "non ministerial department": Kind.DEPARTMENT,
    "devolved government": Kind.DEPARTMENT,
    "agency": Kind.AGENCY,
    "agency or public body": Kind.AGENCY,
    "executive agency": Kind.AGENCY,
    "public body": Kind.AGENCY,
    "inspectorate": Kind.INSPECTORATE,
    "regulator": Kind.INSPECTORATE,
    "auditor": Kind.INSPECTORATE,
    "further education": Kind.COLLEGE,
    "national park": Kind.NATIONAL_PARK,
    "registered social landlord": Kind.HOUSING,
}

CENTRAL = frozenset({Kind.DEPARTMENT, Kind.AGENCY})
"""Lists of government bodies call everything one of these two. Their names say more: the first rule that fits wins."""
NAME_RULES: tuple[tuple[re.Pattern, Kind], ...] = (
    (re.compile(r"^other\b"), Kind.UNKNOWN),  # a remainder, not a body
    (re.compile(r"national park|^broads authority"), Kind.NATIONAL_PARK),
    (
        re.compile(
            r"inspectorate|\baudit (office|wales|scotland|commission)|\bauditor\b"
            r"|\bof(sted|gem|wat|qual|com|s)\b|\bestyn\b|regulat(or|ion|ory)\b|ombudsman|information commissioner"
            r"|(quality|charity|electoral) commission|competition and markets|health and safety|statistics authority"
            r"|office for (students|environmental protection)|office of rail and road|monitoring boards"
            r"|social work england"
        ),
        Kind.INSPECTORATE,
    ),
    (
        re.compile(r"^department (for|of)\b|^ministry of\b|\bgovernment$|commonwealth & development", re.MULTILINE),
        Kind.DEPARTMENT,
    ),
)

NATION_WORDS: Mapping[str, Nation] = {
    "uk": Nation.UK,
    "great britain": Nation.UK,
    "cymru": Nation.WALES,
    "ni": Nation.NORTHERN_IRELAND,
}

REGION_WORDS: Mapping[str, Region | None] = {
    "east": Region.EAST,
    "yorkshire": Region.YORKSHIRE,
    "yorkshire and the humber": Region.YORKSHIRE,
    "midlands": None,  # regions of the NHS that are two of ours: which of them is not said
    "north east and yorkshire": None,
}

RURALITY_WORDS: Mapping[str, Rurality] = {
    "sparse": Rurality.SPARSE,
    "mixed": Rurality.URBAN_WITH_RURAL,
    "urban with significant rural": Rurality.URBAN_WITH_RURAL,
}


def folded(text: str) -> str:
    """For comparing what people type: lower case, hyphens and underscores as spaces, "&" as "and"."""
    return " ".join(re.sub(r"[-_–]", " ", text.casefold().replace("&", " and ")).split())


WORDS: Mapping[type[models.IntegerChoices], Mapping] = {
    Kind: KIND_WORDS,
    Nation: NATION_WORDS,
    Region: REGION_WORDS,
    Rurality: RURALITY_WORDS,
    Deprivation: {},
}


@functools.cache
def _table(choices: type[models.IntegerChoices]) -> dict[str, int | None]:
    with translation.override("en"):
        labels = {folded(str(choice.label)): choice.value for choice in choices}
    names = {folded(choice.name): choice.value for choice in choices}
    numbers = {str(choice.value): choice.value for choice in choices}
    return {**labels, **names, **numbers, **WORDS[choices]}


def choice_of(choices: type[models.IntegerChoices], text: str) -> int | None:
    """The number of what a register calls it; None for a region that is wider than ours. Raises ValueError."""
    table = _table(choices)
    key = folded(text).removesuffix(".0")
    if key not in table:
        accepted = ", ".join(choice.name.lower() for choice in choices)
        raise ValueError(f'"{text}" is none of {accepted}, nor of the words in docs/importing.md')
    return table[key]


def kind_of(org_type: str, *names: str) -> int | None:
    """The kind, from another register's word for it and, where that is vague, from the body's names.
    Raises ValueError."""
    kind = choice_of(Kind, org_type)
    if kind in CENTRAL:
        lines = "\n".join(names).casefold()
        return next((better.value for pattern, better in NAME_RULES if pattern.search(lines)), kind)
    return kind
