"""Names of people: with a title, an initial or a known first name or surname, and after words that introduce one."""

import re
from collections.abc import Iterator

from . import lists
from .kinds import Kind, Span
from .language import in_language
from .name_words import initial, known_first, known_surname, listed, may_be_name, strange_capitals
from .reading import Reading, Word

TITLES = lists.named("people.titles")
RANKS = lists.named("people.ranks")
"""Titles that are words too: a name follows only if it looks like one."""
PARTICLES = lists.named("people.particles")
SURE_PARTICLES = frozenset(
    ["ap", "ab", "ferch", "verch", "van", "von", "de", "del", "della", "der", "den", "bin", "ibn", "ó", "ní", "nic"]
) | {"bint", "abu", "ter", "zu", "al", "el"}
"""Those that no other words of the two languages look like, so that capitals around them make a name."""
SAINTS = frozenset(("San", "St", "Santes", "Sant"))
LABELLED = lists.named("people.labelled")
"""Words that are followed by a letter which is no initial."""
DETERMINERS = lists.named("people.determiners")
NEVER_ALONE = lists.named("people.never_alone")
LONE_OPENERS = lists.named("people.lone_openers")
WELSH_OPENERS = LONE_OPENERS | lists.named("people.welsh_openers")
"""Known names that are words too, not believed at the start of a sentence alone."""
CUES = re.compile(
    r"\b(?:called|named|o'r enw|enw|colleague|manager|boss|line manager|officer|worker|assistant|nurse|teacher"
    r"|headteacher|head|director|clerk|planner"
    r"|engineer|architect|secretary|deputy|predecessor|successor|neighbour|friend|husband|wife|son|daughter"
    r"|brother|sister|tenant|patient|client|pupil|by|with|told|asked|met|thank"
    r"|rheolwr|reolwr|swyddog|bennaeth|pennaeth|gydweithiwr|gydweithwraig|cydweithiwr|nyrs|athrawes|athro|gŵr"
    r"|gwraig|mab|merch|ffrind|cymydog),? $"
)
CLOSE = frozenset((" ", "  ", "\n"))
AFTER_DOT = CLOSE | {". ", "."}
LONGEST = 4
"""Words of one name beside the first."""


def spans(reading: Reading) -> Iterator[Span]:
    index = 0
    while index < len(reading.words):
        found = (
            _titled(reading, index) or _first(reading, index) or _initials(reading, index) or _surname(reading, index)
        )
        found = found or _introduced(reading, index) or _particled(reading, index) or _capitals(reading, index)
        if found:
            first, last = found
            yield Span(reading.words[first].start, reading.words[last].stem_end, Kind.NAME)
            index = max(index, last)
        index += 1


def _joined(reading: Reading, index: int) -> bool:
    """Whether the next word goes on with the same name."""
    word = reading.words[index]
    return reading.gap(index) in (AFTER_DOT if initial(word) or word.stem in TITLES | RANKS else CLOSE)


def rest(reading: Reading, index: int, unknown: int) -> int:
    """The last word of a name that begins at `index`: initials, particles, surnames, and so many unknown words."""
    last = at = index
    while (
        at - index < LONGEST and at + 1 < len(reading.words) and _joined(reading, at) and not _ends(reading.words[at])
    ):
        at += 1
        word = reading.words[at]
        if (word.stem in PARTICLES and word.text != "O") or initial(word):
            continue
        if known_surname(word, doubtful=True) or known_first(word, word.stem not in lists.words("not_names")[0]):
            last = at
        elif unknown and may_be_name(word):
            unknown, last = unknown - 1, at
        else:
            break
    # A letter after a name belongs to it, as in "Catrin M".
    if last == index and at > index and initial(reading.words[index + 1]) and reading.words[index + 1].text not in "AI":
        return index + 1
    return last


def _ends(word: Word) -> bool:
    """Whether a name ends here because the word is a possessive ("Siân's Council")."""
    return word.stem_end != word.end


def _titled(reading: Reading, index: int) -> tuple[int, int] | None:
    word = reading.words[index]
    if (
        not word.capital
        or word.stem not in TITLES | RANKS
        or not _joined(reading, index)
        or index + 1 >= len(reading.words)
    ):
        return None
    after = reading.words[index + 1]
    if word.stem == "sir" and reading.language == "cy" and not known_first(after):
        return None  # "Sir Benfro" is a county
    if word.stem in RANKS:
        likely = (
            known_first(after, True)
            or known_surname(after, True)
            or (initial(after) and after.text not in "AI")
            or (may_be_name(after) and not word.opens)
        )
        return (index, rest(reading, index + 1, 1)) if likely else None
    if initial(after) or (
        after.capital and (after.stem not in lists.words("not_names")[0] or known_surname(after, True))
    ):
        return index, rest(reading, index + 1, 1)
    return None


def _first(reading: Reading, index: int) -> tuple[int, int] | None:
    word = reading.words[index]
    if not known_first(word, doubtful=True):
        return None
    sure = known_first(word)
    last = rest(reading, index, 1 if sure else 0)
    if last > index:
        return index, last
    if sure:
        if index and reading.words[index - 1].text in SAINTS:
            return None
        openers = WELSH_OPENERS if reading.language == "cy" else LONE_OPENERS
        question = word.stem in openers or word.stem in lists.words("not_names")[0]
        return None if word.opens and question else (index, index)
    alone = not word.opens and word.stem not in NEVER_ALONE and not next_to_capital(reading, index)
    return (index, index) if alone else None


def next_to_capital(reading: Reading, index: int) -> bool:
    """Whether the word is a part of a longer title: "Bill of Rights" no, "Privacy Bill" yes."""
    after = index + 1 < len(reading.words) and reading.gap(index) in CLOSE and reading.words[index + 1].capital
    before = index > 0 and reading.gap(index - 1) in CLOSE and reading.words[index - 1].capital
    return bool(after or (before and not reading.words[index - 1].opens))


def _initials(reading: Reading, index: int) -> tuple[int, int] | None:
    at = index
    while (
        at < len(reading.words) and at - index < LONGEST and initial(reading.words[at]) and reading.gap(at) in AFTER_DOT
    ):
        at += 1
    if at == index or at >= len(reading.words) or (reading.words[index].text in "AI" and "." not in reading.gap(index)):
        return None
    word = reading.words[at]
    dotted = all("." in reading.gap(place) for place in range(index, at))
    labelled = index > 0 and reading.words[index - 1].stem in LABELLED
    single = at - index == 1 and index > 0 and not reading.words[index].opens and reading.gap(index) == " "
    if (
        single
        and not labelled
        and reading.words[index].text not in "AI"
        and may_be_name(word)
        and reading.words[index - 1].stem not in DETERMINERS
    ):
        return index, rest(reading, at, 0)
    if known_surname(word) or (dotted and not labelled and (known_surname(word, True) or may_be_name(word))):
        return index, rest(reading, at, 0)
    return None


def _surname(reading: Reading, index: int) -> tuple[int, int] | None:
    """A surname alone; and the unknown first name before it, whatever it is."""
    word = reading.words[index]
    if known_surname(word) and not (word.opens and word.stem in LONE_OPENERS):
        return index, rest(reading, index, 0)
    if not may_be_name(word) or index + 1 >= len(reading.words) or not _joined(reading, index) or _ends(word):
        return None
    if word.opens and in_language(word.stem):
        return None
    return (index, rest(reading, index + 1, 0)) if known_surname(reading.words[index + 1]) else None


def _introduced(reading: Reading, index: int) -> tuple[int, int] | None:
    """Two unknown capitalised words after one that brings in a person, such as "our manager, Xanthe Quill"."""
    word = reading.words[index]
    if word.opens or not may_be_name(word) or index + 1 >= len(reading.words) or reading.gap(index) not in CLOSE:
        return None
    if in_language(word.stem) and in_language(reading.words[index + 1].stem):
        return None
    if may_be_name(reading.words[index + 1]) and CUES.search(reading.text[max(0, word.start - 20) : word.start]):
        return index, index + 1
    return None


def _particled(reading: Reading, index: int) -> tuple[int, int] | None:
    """Two unknown names with a particle between them: "Gwern ap Gethin"."""
    if not may_be_name(reading.words[index]):
        return None
    at = index + 1
    while (
        at < min(len(reading.words), index + LONGEST)
        and reading.gap(at - 1) in CLOSE
        and reading.words[at].stem in SURE_PARTICLES
    ):
        at += 1
    if (
        at == index + 1
        or at >= len(reading.words)
        or reading.gap(at - 1) not in CLOSE
        or not may_be_name(reading.words[at])
    ):
        return None
    return index, rest(reading, at, 0)


def _capitals(reading: Reading, index: int) -> tuple[int, int] | None:
    """Names as registers print them: "HOLROYD, Janet", "JANET HOLROYD"."""
    word = reading.words[index]
    if len(word.text) < 3 or not word.text.isupper() or index + 1 >= len(reading.words):
        return None
    after, gap = reading.words[index + 1], reading.gap(index)
    shouted = after.text.isupper() and len(after.text) > 2
    given = listed(word, "first_names", False) and shouted and gap == " "
    reversed_names = shouted and gap in (", ", ",") and strange_capitals(word) and strange_capitals(after)
    given = (
        given or reversed_names or (shouted and listed(word, "surnames", False) and listed(after, "first_names", True))
    )
    plain = gap == " " and initial(after) and listed(word, "surnames", False)
    short = plain or (gap == ", " and initial(after) and word.stem not in lists.words("not_names")[0])
    return (index, index + 1) if given or short or (gap in (", ", " ") and known_first(after)) else None
