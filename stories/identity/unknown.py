"""Names that no list has: words with a capital within a sentence that are no words of the language."""

import re
from collections.abc import Iterator

from . import lists
from .bodies import common
from .kinds import Kind, Span
from .language import compounded, in_language
from .reading import Reading, Word

FOREIGN = re.compile("[kqvxz]")
"""Letters that no Welsh word has: another one alone may be any word that a list lacks, so many are their forms."""
EVERYBODY = lists.named("unknown.everybody")
ABBREVIATIONS = lists.named("unknown.abbreviations")
BEFORE = lists.named("unknown.before")
SHORT, LONG = 4, 8
"""Letters of an abbreviation that is taken for a body's."""
DETERMINED = lists.named("unknown.determined")


def spans(reading: Reading) -> Iterator[Span]:
    """Runs of capitalised words that have an unknown one among them; alone it needs to stand without an article."""
    yield from _capitals(reading)
    index = 0
    while index < len(reading.words):
        last = _run(reading, index)
        if last is None:
            index += 1
            continue
        run = reading.words[index : last + 1]
        article = index > 0 and reading.words[index - 1].text.lower() in DETERMINED
        named = [word for word in run if _unknown(word)]
        if (
            named
            and (len(run) > 1 or not article)
            and (len(run) > 1 or reading.language == "en" or FOREIGN.search(run[0].stem))
        ):
            yield Span(run[0].start, run[-1].stem_end, Kind.ORGANISATION)
        index = last + 1


def _capitals(reading: Reading) -> Iterator[Span]:
    """Abbreviations of bodies after a preposition: "on loan from NWSSP". Short ones are too often something else."""
    for index, word in enumerate(reading.words[1:], 1):
        if not (word.text.isupper() and word.text.isalpha() and SHORT <= len(word.text) <= LONG):
            continue
        after = reading.words[index - 1].text.lower() in BEFORE and not _shouted(reading, index)
        if (
            after
            and word.stem not in ABBREVIATIONS | EVERYBODY
            and not common(word.text)
            and not in_language(word.stem)
        ):
            yield Span(word.start, word.end, Kind.ORGANISATION)


def _shouted(reading: Reading, index: int) -> bool:
    """Whether the words around are in capitals too, so that they say nothing."""
    around = reading.words[max(0, index - 3) : index] + reading.words[index + 1 : index + 3]
    return any(word.text.isupper() and len(word.text) > 1 for word in around)


def _run(reading: Reading, index: int) -> int | None:
    """The last of the capitalised words that follow each other from here; None where none begins."""
    word = reading.words[index]
    if not word.titled or (word.opens and not _strange_opening(word, reading.language)):
        return None
    last = index
    while last + 1 < len(reading.words) and reading.gap(last) in (" ", " & ") and reading.words[last + 1].titled:
        last += 1
    return last


def _strange_opening(word: Word, language: str) -> bool:
    """Whether the first word of a sentence is a name by itself; in Welsh verbs stand there in forms without number."""
    strange = len(word.stem) > 3 and _unknown(word) and not compounded(word.stem)
    return strange and (language == "en" or bool(FOREIGN.search(word.stem)))


def _unknown(word: Word) -> bool:
    return (
        len(word.stem) > 2
        and not word.text.startswith("I'")
        and word.stem not in EVERYBODY
        and not common(word.text)
        and not in_language(word.stem)
    )
