"""Names of people: with a title, an initial or a known first name or surname, and after words that introduce one."""

import functools
import re
import unicodedata
from collections.abc import Iterator

from . import lists
from .bodies import common
from .kinds import Kind, Span
from .language import in_language
from .reading import Reading, Word

TITLES = lists.named("people.titles")
RANKS = lists.named("people.ranks")
"""Titles that are words too: a name follows only if it looks like one."""
PARTICLES = lists.named("people.particles")
SURE_PARTICLES = frozenset(
    ["ap", "ab", "ferch", "verch", "van", "von", "de", "del", "della", "der", "den", "bin", "ibn", "ó", "ní"]
)
"""Those that no other words of the two languages look like, so that capitals around them make a name."""
RELATIVES = lists.named("people.relatives")
"""What goes before the first name of someone whom everybody knows."""
SAINTS = frozenset(("San", "St", "Santes", "Sant"))
LABELLED = lists.named("people.labelled")
"""Words that are followed by a letter which is no initial."""
NICKNAME = re.compile(r"[A-Z][a-z]{1,5}(?:ff|bb|mm|zz|nn|gg|dd|tt)(?:y|ie|o|a|er|ers|i)")
DETERMINERS = lists.named("people.determiners")
NEVER_ALONE = lists.named("people.never_alone")
LONE_OPENERS = lists.named("people.lone_openers")
"""Known names that are words too, not believed at the start of a sentence alone."""
CUES = re.compile(
    r"\b(?:called|named|o'r enw|enw|colleague|manager|boss|line manager|officer|worker|assistant|nurse|teacher"
    r"|headteacher|head|director|clerk|planner"
    r"|engineer|architect|secretary|deputy|predecessor|successor|neighbour|friend|husband|wife|son|daughter"
    r"|brother|sister|tenant|patient|client|pupil|by|with|told|asked|met|thank"
    r"|rheolwr|reolwr|swyddog|bennaeth|pennaeth|gydweithiwr|gydweithwraig|cydweithiwr|nyrs|athrawes|athro|gŵr"
    r"|gwraig|mab|merch|ffrind|cymydog),? $"
)
EPITHETS = re.compile(
    r"\b(?:known (?:to \w+ |locally )?as|nicknamed|[Cc]alled (?:him|her|them)|goes by the name of"
    r"|went by the name of|answers to|aka|a\.k\.a\.|yr oeddem yn ei (?:alw|galw) yn"
    r"|a elwid yn|a elwir yn|'n cael ei (?:alw|galw) yn|'n cael ei (?:nabod|adnabod) fel|ei (?:alw|galw)'n|llysenw)"
    r",? (?P<name>[\"'“](?:[\w'-]+ ?){1,4}[\"'”]|(?:(?:the|y|yr|Y|Yr|The|our|old"
    r"|big) )?[A-ZŴŶ][\w'-]+(?: (?:the )?[A-ZŴŶ][\w'-]+){0,2})"
    r"|\b(?P<style>(?:the|The|y|Y) (?:Duchess|Duke|Gaffer|Guv'?nor|Admiral|Colonel|General|Professor|Wizard|Oracle"
    r"|Queen|King|Prince"
    r"|Princess|Baron(?:ess)?|Sheriff|Godfather|Godmother|Hammer|Terminator|Doc|Captain|Major|Skipper|Commander"
    r"|Beast|Viking|Giant|Bear"
    r"|Fox|Badger|Weasel|Dragon|Pope|Ghost|Bishop|Brigadier|Sergeant|Don|Countess|Empress|Emperor|Rottweiler"
    r"|Bulldog|Owl|Hawk|Ferret"
    r"|Undertaker|Enforcer|Fixer|Boss|Chief|Dduges|Frenhines|Brenin|Tywysog|Dywysoges|Bòs|Cadfridog|Cyrnol|Capten"
    r"|Ddraig|Llwynog"
    r"|Mochyn Daear|Dewin|Proffwyd|Pab|Arth|Blaidd|Teigr|Barwn|Fam|Esgob))\b(?! (?:of|o|and|a|y|yr|[A-ZŴŶ]"
    r"|Executive|Office)\b)(?! [A-Z])"
    r"|\b(?:a|an|the|some|one|this) (?:[\w-]+ ){1,3}(?:called|named) (?P<called>[A-ZŴŶ][\w'-]+(?: [A-ZŴŶ][\w'-]+){0,2})"
    r"|\w o'r enw (?P<enw>[A-ZŴŶ][\w'-]+(?: [A-ZŴŶ][\w'-]+){0,2})"
    r"|(?<![\w'])(?P<quoted>['\"“][A-Z][\w-]{1,14}['\"”] [A-ZŴŶ][\w'-]{2,20})"
    r"|\b(?P<between>[A-ZŴŶ][\w-]{1,20} ['\"“](?:the )?[A-Z][\w-]{1,14}['\"”](?: [A-ZŴŶ][\w'-]{2,20})?)"
)
"""Nicknames by the words that bring them in, and what people are called in jest."""
CLOSE = frozenset((" ", "  ", "\n"))
AFTER_DOT = CLOSE | {". ", "."}
LONGEST = 4
"""Words of one name beside the first."""


def spans(reading: Reading) -> Iterator[Span]:
    for match in EPITHETS.finditer(reading.text):
        group = next(name for name, found in match.groupdict().items() if found)
        if group != "called" or not common(match[group].split()[0]):
            yield Span(*match.span(group), Kind.NAME)
    yield from _names(reading)


def _names(reading: Reading) -> Iterator[Span]:
    index = 0
    while index < len(reading.words):
        found = (
            _titled(reading, index) or _first(reading, index) or _initials(reading, index) or _surname(reading, index)
        )
        found = (
            found
            or _introduced(reading, index)
            or _particled(reading, index)
            or _capitals(reading, index)
            or _nickname(reading, index)
        )
        if found:
            first, last = found
            yield Span(reading.words[first].start, reading.words[last].stem_end, Kind.NAME)
            index = max(index, last)
        index += 1


def known_first(word: Word, doubtful: bool = False) -> bool:
    """Whether it is a first name; `doubtful` lets words pass that are something else too. "Mary-Ann": by a part."""
    return word.titled and _listed(word, "first_names", doubtful)


def known_surname(word: Word, doubtful: bool = False) -> bool:
    return (word.titled or _mac(word)) and _listed(word, "surnames", doubtful)


def _mac(word: Word) -> bool:
    return word.text[:2] in ("Mc", "O'")


def _listed(word: Word, name: str, doubtful: bool) -> bool:
    sure, unsure = lists.words(name)
    if not all(part[:1].isupper() for part in word.text.split("-")):
        return False
    plain = without_accents(word.stem)
    parts = [word.stem, plain] if "-" not in word.stem or word.stem in sure else plain.split("-")
    return any(part in sure or (doubtful and part in unsure) for part in parts)


@functools.lru_cache(maxsize=4096)
def without_accents(word: str) -> str:
    """ "Ciarán" as lists have it. A roof is left: in Welsh "Tîm" is no Tim."""
    if "\u0302" in unicodedata.normalize("NFD", word):
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def may_be_name(word: Word) -> bool:
    """A capitalised word that is not one of those that nobody is called."""
    return word.titled and len(word.stem) > 1 and word.stem not in lists.words("not_names")[0]


def initial(word: Word) -> bool:
    """A letter for a first name; also two together, as in "JP Holloway"."""
    return (word.capital and len(word.text) == 1) or word.text in ("Ll", "Rh", "Th", "Ph")


def _joined(reading: Reading, index: int) -> bool:
    """Whether the next word goes on with the same name."""
    word = reading.words[index]
    return reading.gap(index) in (AFTER_DOT if initial(word) or word.stem in TITLES | RANKS else CLOSE)


def _rest(reading: Reading, index: int, unknown: int) -> int:
    """The last word of a name that begins at `index`: initials, particles, surnames, and so many unknown words."""
    last = at = index
    while (
        at - index < LONGEST and at + 1 < len(reading.words) and _joined(reading, at) and not _ends(reading.words[at])
    ):
        at += 1
        word = reading.words[at]
        if (word.stem in PARTICLES and word.text != "O") or initial(word):
            continue
        if known_surname(word, doubtful=True) or known_first(word):
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
        return (index, _rest(reading, index + 1, 1)) if likely else None
    if initial(after) or (
        after.capital and (after.stem not in lists.words("not_names")[0] or known_surname(after, True))
    ):
        return index, _rest(reading, index + 1, 1)
    return None


def _first(reading: Reading, index: int) -> tuple[int, int] | None:
    word = reading.words[index]
    if not known_first(word, doubtful=True):
        return None
    sure = known_first(word)
    last = _rest(reading, index, 1 if sure else 0)
    if last > index:
        return index, last
    if sure:
        if index and reading.words[index - 1].text in SAINTS:
            return None
        question = word.stem in LONE_OPENERS or word.stem in lists.words("not_names")[0]
        return None if word.opens and question else (index, index)
    alone = not word.opens and word.stem not in NEVER_ALONE and not _next_to_capital(reading, index)
    return (index, index) if alone else None


def _next_to_capital(reading: Reading, index: int) -> bool:
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
        return index, _rest(reading, at, 0)
    if known_surname(word) or (dotted and not labelled and (known_surname(word, True) or may_be_name(word))):
        return index, _rest(reading, at, 0)
    return None


def _surname(reading: Reading, index: int) -> tuple[int, int] | None:
    """A surname alone; and the unknown first name before it, whatever it is."""
    word = reading.words[index]
    if known_surname(word) and not (word.opens and word.stem in LONE_OPENERS):
        return index, _rest(reading, index, 0)
    if not may_be_name(word) or index + 1 >= len(reading.words) or not _joined(reading, index) or _ends(word):
        return None
    if word.opens and in_language(word.stem):
        return None
    return (index, _rest(reading, index + 1, 0)) if known_surname(reading.words[index + 1]) else None


def _introduced(reading: Reading, index: int) -> tuple[int, int] | None:
    """Two unknown capitalised words after one that brings in a person, such as "our manager, Xanthe Quill"."""
    word = reading.words[index]
    if word.opens or not may_be_name(word) or index + 1 >= len(reading.words) or reading.gap(index) not in CLOSE:
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
    return index, _rest(reading, at, 0)


def _capitals(reading: Reading, index: int) -> tuple[int, int] | None:
    """Names as registers print them: "HOLROYD, Janet", "JANET HOLROYD"."""
    word = reading.words[index]
    if len(word.text) < 3 or not word.text.isupper() or index + 1 >= len(reading.words):
        return None
    after, gap = reading.words[index + 1], reading.gap(index)
    shouted = after.text.isupper() and len(after.text) > 2
    given = _listed(word, "first_names", False) and shouted and gap == " "
    reversed_names = shouted and gap in (", ", ",") and _strange_capitals(word) and _strange_capitals(after)
    given = (
        given
        or reversed_names
        or (shouted and _listed(word, "surnames", False) and _listed(after, "first_names", True))
    )
    plain = gap == " " and initial(after) and _listed(word, "surnames", False)
    short = plain or gap == ", " and initial(after) and word.stem not in lists.words("not_names")[0]
    return (index, index + 1) if given or short or (gap in (", ", " ") and known_first(after)) else None


def _strange_capitals(word: Word) -> bool:
    """Whether a word in capitals is neither an abbreviation nor a word."""
    long = len(word.text) > 3 and word.stem not in lists.words("not_names")[0]
    return long and (
        word.stem not in lists.common_words() or _listed(word, "surnames", True) or _listed(word, "first_names", True)
    )


def _nickname(reading: Reading, index: int) -> tuple[int, int] | None:
    """ "Smiffy", "Jonesy", "Auntie Pat"."""
    word = reading.words[index]
    if word.stem in RELATIVES and index + 1 < len(reading.words) and reading.gap(index) in CLOSE:
        return _relative(reading, index)
    before = reading.words[index - 1].text.lower() if index else ""
    if word.opens or before in DETERMINERS or not may_be_name(word) or _next_to_capital(reading, index):
        return None
    family = word.stem[-1] in "yo" and word.stem[:-1] in lists.words("surnames")[0]
    if in_language(word.stem):
        return None
    return (index, index) if family or NICKNAME.fullmatch(word.text[: len(word.stem)]) else None


def _relative(reading: Reading, index: int) -> tuple[int, int] | None:
    word = reading.words[index]
    if not word.capital or word.stem not in RELATIVES or not known_first(reading.words[index + 1], True):
        return None
    return index, _rest(reading, index + 1, 1)
