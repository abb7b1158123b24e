"""Nicknames: by their form ("Smiffy"), by a word before them ("Auntie Pat"), by what brings them in ("known as")."""

import re
from collections.abc import Iterator

from . import lists
from .bodies import common
from .kinds import Kind, Span
from .language import in_language
from .name_words import known_first, may_be_name
from .people import CLOSE, DETERMINERS, next_to_capital, rest
from .reading import Reading

EPITHETS = lists.bounded(
    r"\b(?:known (?:to \w+ |locally )?as|nicknamed|[Cc]alled (?:him|her|them)|goes by the name of"
    r"|went by the name of|answers to|aka|a\.k\.a\.|yr oeddem yn ei (?:alw|galw) yn"
    r"|a elwid yn|a elwir yn|'n cael ei (?:alw|galw) yn|'n cael ei (?:nabod|adnabod) fel|ei (?:alw|galw)'n|llysenw)"
    r",? (?P<name>[\"'“](?:[\w'-]+ ?){1,4}[\"'”]|(?:(?:the|y|yr|Y|Yr|The|our|old"
    r"|big) )?[A-ZŴŶ][\w'-]+(?: (?:the )?[A-ZŴŶ][\w'-]+){0,2})"
    r"|\b(?P<style>(?:the|The|y|Y) (?:Duchess|Duke|Gaffer|Guv'?nor|Admiral|Colonel|Wizard|Oracle"
    r""
    r"|Baron(?:ess)?|Sheriff|Godfather|Godmother|Terminator|Skipper"
    r"|Beast|Viking|Giant"
    r"|Badger|Weasel|Dragon|Brigadier|Countess|Empress|Emperor|Rottweiler"
    r"|Bulldog|Owl|Hawk|Ferret"
    r"|Undertaker|Enforcer|Fixer|Dduges|Bòs|Cadfridog|Cyrnol"
    r"|Ddraig|Llwynog"
    r"|Brenin|Frenhines|Cawr|Ffured|Eryr|Sgweier|Sarjant|Mochyn Daear|Dewin|Proffwyd|Arth|Blaidd|Teigr"
    r"|Barwn))\b(?! (?:of|o|and|a|y|yr|[A-ZŴŶ]"
    r"|Executive|Office)\b)(?! [A-Z])"
    r"|\b(?:a|an|the|some|one|this) (?:[\w-]+ ){1,3}(?:called|named) (?P<called>[A-ZŴŶ][\w'-]+(?: [A-ZŴŶ][\w'-]+){0,2})"
    r"|\w o'r enw (?P<enw>[A-ZŴŶ][\w'-]+(?: [A-ZŴŶ][\w'-]+){0,2})"
    r"|(?<![\w'])(?P<quoted>['\"“][A-Z][\w-]{1,14}['\"”] [A-ZŴŶ][\w'-]{2,20})"
    r"|\b(?P<between>[A-ZŴŶ][\w-]{1,20} ['\"“](?:the )?[A-Z][\w-]{1,14}['\"”](?: [A-ZŴŶ][\w'-]{2,20})?)"
)
"""Nicknames by the words that bring them in, and what people are called in jest."""
NICKNAME = re.compile(r"[A-Z][a-z]{1,5}(?:ff|bb|mm|zz|nn|gg|dd|tt)(?:y|ie|o|a|er|ers|i)")
WELSH_NICKNAME = re.compile(r"[A-Z][a-zâêîôûŵŷ]{1,3}[bcdfgjlmnprst](?:i|o|y|s|a)")
TO_PEOPLE = lists.named("nicknames.to_people")
"""Welsh words that people stand behind: "eiddo Jonsi", "meddai Nedw"."""
RELATIVES = lists.named("people.relatives")
"""What goes before the first name of someone whom everybody knows."""


def spans(reading: Reading) -> Iterator[Span]:
    for match in EPITHETS.finditer(reading.text):
        group = next(name for name, found in match.groupdict().items() if found)
        if group != "called" or not common(match[group].split()[0]):
            yield Span(*match.span(group), Kind.NAME)
    for index in range(len(reading.words)):
        if found := _nickname(reading, index):
            yield Span(reading.words[found[0]].start, reading.words[found[1]].stem_end, Kind.NAME)


def _nickname(reading: Reading, index: int) -> tuple[int, int] | None:
    """ "Smiffy", "Jonesy", "Auntie Pat"."""
    word = reading.words[index]
    if word.stem in RELATIVES and index + 1 < len(reading.words) and reading.gap(index) in CLOSE:
        return _relative(reading, index)
    before = reading.words[index - 1].text.lower() if index else ""
    if reading.language == "cy" and before in TO_PEOPLE and WELSH_NICKNAME.fullmatch(word.text[: len(word.stem)]):
        return None if common(word.text) or in_language(word.stem) else (index, index)
    if word.opens or before in DETERMINERS or not may_be_name(word) or next_to_capital(reading, index):
        return None
    family = word.stem[-1] in "yo" and word.stem[:-1] in lists.words("surnames")[0]
    if in_language(word.stem):
        return None
    return (index, index) if family or NICKNAME.fullmatch(word.text[: len(word.stem)]) else None


def _relative(reading: Reading, index: int) -> tuple[int, int] | None:
    word = reading.words[index]
    if not word.capital or word.stem not in RELATIVES or not known_first(reading.words[index + 1], True):
        return None
    return index, rest(reading, index + 1, 1)
